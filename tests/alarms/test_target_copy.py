"""A relabelled target is found whatever it is called and coded as; what correlates is not."""

import numpy as np
import pandas as pd
import pytest

KIND = "target_copy"
CODINGS = {
    "numbers": lambda codes, rng: rng.permutation(50)[codes] - 7,
    "words": lambda codes, rng: np.array(["kiwi", "fig", "plum", "pear"])[rng.permutation(4)][
        codes
    ],
    "fractions": lambda codes, rng: rng.normal(size=4).round(3)[codes],
    "same": lambda codes, rng: codes,
}


def flipped(codes, share, rng):
    """A share of the rows moved to the next class."""
    rows = rng.choice(len(codes), int(share * len(codes)), replace=False)
    moved = codes.copy()
    moved[rows] = (moved[rows] + 1) % (codes.max() + 1)
    return moved


@pytest.mark.parametrize("noise", [0.0, 0.005, 0.01])
@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("kind", ["binomial", "multinomial"])
@pytest.mark.parametrize("seed", range(5))
def test_a_relabelled_target_always_fires(kind, coding, noise, seed, make_table, alarms_of):
    rng = np.random.default_rng(seed)
    frame = make_table(kind, n=200, seed=seed)
    codes = pd.factorize(frame["y"], sort=True)[0]
    frame["z"] = CODINGS[coding](flipped(codes, noise, rng), rng)
    found = alarms_of(frame, KIND)
    assert [alarm.columns for alarm in found] == [("z",)]
    assert found[0].severity == "severe"


def test_rows_and_coding_are_named(make_table, alarms_of):
    frame = make_table(n=200).set_axis(range(2, 202), axis=0)
    frame["z"] = frame["y"].map({"sick": 1, "well": 0})
    frame.loc[17, "z"] = 1 - frame.loc[17, "z"]
    (alarm,) = alarms_of(frame, KIND)
    assert "0 for 'well', 1 for 'sick', in 199 of 200 rows (not in row 17)" in alarm.what


@pytest.mark.parametrize("kind", ["binomial", "multinomial", "gaussian"])
def test_leaving_it_out_ends_the_alarm(kind, make_table, alarms_of, goes):
    frame = make_table(kind)
    frame["z"] = pd.factorize(frame["y"])[0] if kind != "gaussian" else 2.54 * frame["y"] - 1
    (alarm,) = alarms_of(frame, KIND)
    assert alarm.remedy == "Leave 'z' out"
    assert goes(frame, alarm)


@pytest.mark.parametrize("agreement", [0.6, 0.8, 0.9, 0.95])
@pytest.mark.parametrize("seed", range(5))
def test_a_binary_feature_that_correlates_does_not_fire(agreement, seed, make_table, alarms_of):
    rng = np.random.default_rng(seed)
    frame = make_table(n=400, seed=seed)
    frame["z"] = flipped(pd.factorize(frame["y"])[0], 1.0 - agreement, rng)
    assert not alarms_of(frame, KIND)
    assert not alarms_of(frame, "separating_column")


def test_a_rare_class_is_not_repeated_by_a_constant(make_table, alarms_of):
    frame = make_table(n=400)
    frame["y"] = np.where(np.arange(400) < 4, "sick", "well")
    frame["z"] = np.where(np.isin(np.arange(400), [0, 7]), 1, 0)
    assert not alarms_of(frame, KIND)


def test_a_mark_of_one_class_of_several_is_a_warning(make_table, alarms_of, goes):
    frame = make_table("multinomial")
    frame["z"] = (frame["y"] == "b").astype(int)
    (alarm,) = alarms_of(frame, KIND)
    assert alarm.severity == "warning"
    assert "0 for 'not b', 1 for 'b'" in alarm.what
    assert goes(frame, alarm)


@pytest.mark.parametrize(
    ("transform", "told"),
    [
        (lambda y: 0.01 * y + 3, "100 x z - 300"),
        (lambda y: -4.0 * y, "-0.25 x z"),
        (np.exp, "in step"),
        (lambda y: -(y**3), "in step"),
        (lambda y: y.rank(), "in step"),
    ],
)
def test_an_amount_on_another_scale(transform, told, make_table, alarms_of):
    frame = make_table("gaussian")
    frame["z"] = transform(frame["y"])
    (alarm,) = alarms_of(frame, KIND)
    assert told in alarm.what


def test_an_id_repeats_nothing(make_table, alarms_of):
    frame = make_table(n=100)
    frame["z"] = np.arange(100) + 5
    frame["w"] = [f"u{i:03d}" for i in range(100)]
    assert not alarms_of(frame, KIND)


def test_too_few_rows_prove_nothing(alarms_of):
    frame = pd.DataFrame({"z": [0, 0, 1, 1, 0, 1], "x": [1.0, 5, 2, 4, 3, 9], "y": list("aabbab")})
    assert not alarms_of(frame, KIND)


@pytest.mark.parametrize("x", [[1.0, 2, 3, 4, 5], [1.0, 4, 9, 16, 25]])
def test_few_amounts_in_step_prove_nothing(x, alarms_of):
    frame = pd.DataFrame({"x": x, "w": [2.0, 1, 5, 3, 3], "y": [1.5, 2.5, 3.5, 4.5, 5.5]})
    assert not alarms_of(frame, KIND)
    assert not alarms_of(frame, "separating_column")


@pytest.mark.parametrize("reference", [False, True])
def test_a_one_hot_target_is_repeated_by_its_columns_together(
    reference, make_table, alarms_of, goes
):
    frame = make_table("multinomial", n=150)
    labels = ["b", "c"] if reference else ["a", "b", "c"]
    for j, label in enumerate(labels):
        frame[f"z{j}"] = np.where(frame["y"] == label, 2.5, -1.0)
    (alarm,) = alarms_of(frame, KIND)
    assert alarm.severity == "severe"
    assert alarm.columns == tuple(f"z{j}" for j in range(len(labels)))
    assert "'z0' for" in alarm.what
    assert goes(frame, alarm)
