"""Objects in frames: what is a number serves as one, durations in hours, the rest by name."""

from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import regpath

RNG = np.random.default_rng(0)
N = 40
PRICES = np.round(RNG.random(N) * 9, 2)


def frame_of(values, y=None):
    return pd.DataFrame(
        {"x": values, "z": RNG.normal(size=N), "y": RNG.normal(size=N) if y is None else y}
    )


NUMBERS = {
    "Decimal": [Decimal(f"{value:.2f}") for value in PRICES],
    "Fraction": [Fraction(f"{value:.2f}") for value in PRICES],
    "Decimal and float": [Decimal(f"{v:.2f}") if k % 2 else v for k, v in enumerate(PRICES)],
    "int, Fraction and bool": [True, *[Fraction(k, 7) for k in range(N - 2)], 3],
    "numpy scalars": [np.float32(value) for value in PRICES],
    "decimal of Arrow": pd.array(
        [Decimal(f"{value:.2f}") for value in PRICES], dtype=pd.ArrowDtype(pa.decimal128(9, 2))
    ),
    "few Decimals": [Decimal("1.5"), Decimal("2.0")] * (N // 2),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_whatever_is_a_number_serves_as_one(name):
    values = pd.Series(NUMBERS[name])
    problem = regpath.make_problem(frame_of(values.astype(values.dtype)), "y")
    assert problem.feature_names == ("x", "z")
    np.testing.assert_array_equal(problem.X[:, 0], [float(value) for value in NUMBERS[name]])


def test_decimals_are_a_target_and_may_be_missing():
    prices = list(NUMBERS["Decimal"])
    prices[3] = None
    problem = regpath.make_problem(frame_of(RNG.normal(size=N), prices), "y")
    assert (problem.family, problem.n_obs) == ("gaussian", N - 1)
    problem = regpath.make_problem(frame_of(prices), "y")
    assert problem.X[3, 0] == np.median(np.delete(PRICES, 3))
    path = regpath.fit_path(problem, n_lambdas=5)
    rows = problem.frame.assign(x=prices)
    np.testing.assert_allclose(path.predict(rows), path.predict(problem.frame))


@pytest.mark.parametrize(
    "stay",
    [
        pd.to_timedelta(RNG.integers(1, 9, N), "h"),
        [timedelta(minutes=int(k)) for k in RNG.integers(1, 900, N)],
        pd.to_timedelta(RNG.integers(1, 99, N), "D").astype("timedelta64[s]"),
        pd.array([timedelta(hours=k) for k in range(1, N + 1)], pd.ArrowDtype(pa.duration("us"))),
    ],
)
def test_durations_are_hours_and_it_is_said(stay):
    hours = pd.Series(stay).astype("timedelta64[ns]") / pd.Timedelta(hours=1)
    frame = frame_of(stay)
    problem = regpath.make_problem(frame, "y", features=["x", "z"])
    np.testing.assert_array_equal(problem.X[:, 0], hours)
    assert "Durations in 'x' are counted in hours." in problem.notes
    target = regpath.make_problem(
        frame,
        "x",
    )
    assert target.family == "gaussian"
    np.testing.assert_array_equal(target.y, hours)
    assert "Durations in 'x' are counted in hours." in target.notes
    path = regpath.fit_path(problem, n_lambdas=5)
    assert path.predict(frame.iloc[:3]).shape == (3, 5)


@pytest.mark.parametrize("arrow", [False, True])
def test_times_of_the_day_are_hours_and_it_is_said(arrow):
    clock = [time(k % 24, k * 7 % 60, k % 60, 500_000) for k in range(N)]
    hours = [t.hour + t.minute / 60 + (t.second + 0.5) / 3600 for t in clock]
    values = pd.array(clock, pd.ArrowDtype(pa.time64("us"))) if arrow else clock
    frame = frame_of(values)
    problem = regpath.make_problem(frame, "y", features=["x", "z"])
    np.testing.assert_allclose(problem.X[:, 0], hours)
    assert "Times of the day in 'x' are counted in hours." in problem.notes
    path = regpath.fit_path(problem, n_lambdas=5)
    assert path.predict(frame.iloc[:3]).shape == (3, 5)
    target = regpath.make_problem(frame, "x")
    assert target.family == "gaussian"
    np.testing.assert_allclose(target.y, hours)


def test_a_gap_among_times_of_the_day_is_a_gap():
    frame = frame_of([None, *(time(k % 24) for k in range(1, N))])
    problem = regpath.make_problem(frame, "y")
    assert problem.X[0, 0] == np.median([k % 24 for k in range(1, N)])


def test_a_gap_among_durations_is_a_gap():
    frame = frame_of(pd.to_timedelta([None, *range(1, N)], "h"))
    assert regpath.make_problem(frame, "y").X[0, 0] == N / 2


@pytest.mark.parametrize(
    "days",
    [
        [date(2024, 1, 1) + timedelta(days=k) for k in range(N)],
        pd.period_range("2024-01", periods=N, freq="M"),
        pd.date_range("2024-01-01", periods=N).to_list(),
    ],
)
def test_days_of_the_calendar_are_dates(days):
    problem = regpath.make_problem(frame_of(days), "y")
    assert problem.feature_names == ("z",)
    assert "it holds dates" in problem.notes[0]


@pytest.mark.parametrize("value", [[1, 2], {"a": 1}, {3}, np.arange(3)])
def test_containers_are_set_aside_or_refused_by_name(value):
    frame = frame_of([value] * N)
    problem = regpath.make_problem(frame, "y")
    name = type(value).__name__
    assert problem.feature_names == ("z",)
    assert problem.notes[0] == f"Column 'x' is set aside: it holds objects of type {name}."
    with pytest.raises(regpath.DataError, match=f"Column 'x' holds objects of type {name}"):
        regpath.make_problem(frame, "y", features=["x"])
    with pytest.raises(regpath.DataError, match=f"Target 'x' holds objects of type {name}"):
        regpath.make_problem(frame, "x")
    assert regpath.run_study(frame, regpath.Recipe("y")).path.feature_names == ("z",)


@pytest.mark.parametrize(
    ("values", "what"), [([1j, 2.0], "complex"), ([10**400, 2], "too large"), ([2j, 1j], "complex")]
)
def test_numbers_that_are_no_floats_are_refused_by_name(values, what):
    with pytest.raises(regpath.DataError, match=f"Column 'x' holds .*{what}"):
        regpath.make_problem(frame_of(pd.Series(values * (N // 2), dtype=object)), "y")


def test_arrays_take_numbers_of_any_kind_and_refuse_durations():
    x = np.array(NUMBERS["Decimal"], dtype=object)[:, None]
    problem = regpath.Problem.from_arrays(x, NUMBERS["Fraction"])
    assert problem.family == "gaussian"
    np.testing.assert_array_equal(problem.X[:, 0], problem.y)
    hours = np.arange(N).astype("timedelta64[h]")
    with pytest.raises(regpath.DataError, match="X holds durations"):
        regpath.Problem.from_arrays(hours[:, None], PRICES)
    with pytest.raises(regpath.DataError, match="y holds durations"):
        regpath.Problem.from_arrays(PRICES[:, None], hours)
    with pytest.raises(regpath.DataError, match="y holds dates"):
        regpath.Problem.from_arrays(PRICES[:, None], np.datetime64("2024-01-01") + hours)
