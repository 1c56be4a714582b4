"""Each system's own objective, written out here, is ours but for a factor and a constant."""

from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regpath
from regpath.core.conversions.convert import convert, mix_from, mix_in, parametrizations
from regpath.core.conversions.parametrizations import PARAMETRIZATIONS
from regpath.errors import ParameterError

N = 37
X = np.random.default_rng(4).normal(size=(N, 3))
AMOUNT = X @ [1.0, -0.5, 0.0] + np.random.default_rng(5).normal(size=N)
CLASS = (AMOUNT > 0).astype(float)
COUNT = np.floor(np.exp(AMOUNT))
POINTS = np.random.default_rng(6).normal(size=(12, 3))


def loss(family, eta):
    """Loss of each row, as regpath.core.families has it."""
    if family == "gaussian":
        return np.square(AMOUNT - eta) / 2
    if family == "poisson":
        return np.exp(eta) - COUNT * eta
    return np.logaddexp(0.0, eta) - CLASS * eta


def penalty(b, r):
    return r * np.abs(b).sum() + (1 - r) / 2 * np.square(b).sum()


def rss(b):
    return np.square(AMOUNT - X @ b).sum()


def ours(b, lam, family, r):
    return loss(family, X @ b).mean() + lam * penalty(b, r)


OBJECTIVES = {
    "lambda": ours,
    "C": lambda b, v, f, r: v * loss(f, X @ b).sum() + penalty(b, r),
    "logistic_alpha": ours,
    "lasso_alpha": lambda b, v, f, r: rss(b) / (2 * N) + v * penalty(b, r),
    "ridge_alpha": lambda b, v, f, r: rss(b) + v * np.square(b).sum(),
    "poisson_alpha": lambda b, v, f, r: loss(f, X @ b).mean() + v / 2 * np.square(b).sum(),
    "glmnet": lambda b, v, f, r: glmnet(b, v, f, r),
    "gauss_variance": lambda b, v, f, r: loss(f, X @ b).sum() + np.square(b).sum() / (2 * v),
    "laplace_variance": lambda b, v, f, r: (
        loss(f, X @ b).sum() + sqrt(2.0) / sqrt(v) * np.abs(b).sum()
    ),
    "weka": lambda b, v, f, r: loss(f, X @ b).sum() + v * np.square(b).sum(),
    "course": lambda b, v, f, r: loss(f, X @ b).mean() + v / (2 * N) * np.square(b).sum(),
    "lassoglm": lambda b, v, f, r: 2 * loss(f, X @ b).mean() + v * penalty(b, r),
    "matlab_lasso": lambda b, v, f, r: rss(b) / (2 * N) + v * penalty(b, r),
    "lasso2": lambda b, v, f, r: rss(b) / N + v / N * np.abs(b).sum(),
    "h2o": ours,
    "statsmodels": ours,
    "statsmodels_l1": lambda b, v, f, r: loss(f, X @ b).sum() + v * np.abs(b).sum(),
}


def glmnet(b, lam, family, r):
    """Of y divided by its SD s, and lambda / s, with glmnet's own mix; then back in units of y."""
    if family != "gaussian":
        return ours(b, lam, family, r)
    s = AMOUNT.std()
    alpha = r / (r + (1 - r) * s) if r else 0.0
    return s**2 * (np.square(AMOUNT / s - X @ b / s).mean() / 2 + lam / s * penalty(b / s, alpha))


CASES = [
    (name, family, r)
    for name, form in PARAMETRIZATIONS.items()
    for family in form.families
    if family != "multinomial"
    for r in (0.0, 0.3, 1.0)
    if form.serves(family, r)
]


@pytest.mark.parametrize(("name", "family", "r"), CASES)
def test_the_other_objective_is_ours_but_for_a_factor(name, family, r):
    lam = 0.07
    value = convert("lambda", lam, to=name, n=N, l1_ratio=r, family=family, sd_y=AMOUNT.std())
    mine = np.array([ours(b, lam, family, r) for b in POINTS])
    theirs = np.array([OBJECTIVES[name](b, value, family, r) for b in POINTS])
    factor = np.ptp(theirs) / np.ptp(mine)
    np.testing.assert_allclose(theirs, factor * mine + (theirs - factor * mine)[0], rtol=1e-11)
    assert factor > 0.0


@pytest.mark.parametrize(("name", "family", "r"), CASES)
@given(lam=st.floats(1e-8, 1e8), n=st.floats(0.5, 1e7), sd=st.floats(1e-6, 1e6))
def test_there_and_back_is_the_identity(name, family, r, lam, n, sd):
    how = {"n": n, "l1_ratio": r, "family": family, "sd_y": sd}
    there = convert("lambda", lam, to=name, **how)
    assert convert(name, there, to="lambda", **how) == pytest.approx(lam, rel=1e-12)


@pytest.mark.parametrize(
    ("system", "value", "n", "to", "expected"),
    [
        ("C", 1.0, 400, "glmnet", 0.0025),
        ("C", 1.0, 400, "gauss_variance", 1.0),
        ("C", 1.0, 400, "laplace_variance", 2.0),
        ("C", 1.0, 400, "weka", 0.5),
        ("C", 1.0, 400, "lassoglm", 0.005),
        ("C", 1.0, 400, "logistic_alpha", 0.0025),
        ("gauss_variance", 0.1, 100, "C", 0.1),
        ("gauss_variance", 0.1, 100, "lambda", 0.1),
        ("laplace_variance", 0.1, 100, "C", 0.2236067977),
        ("laplace_variance", 0.1, 100, "lambda", 0.04472135955),
    ],
)
def test_vectors_of_the_vocabulary(system, value, n, to, expected):
    assert convert(system, value, n=n, to=to) == pytest.approx(expected, rel=1e-9)


def test_what_is_larger_is_said_truly():
    for name, form in PARAMETRIZATIONS.items():
        r = form.l1_ratios[1]
        weak, strong = (
            convert("lambda", lam, to=name, n=10, l1_ratio=r, family=form.families[-1])
            for lam in (0.1, 0.2)
        )
        assert (strong > weak) == (form.larger_is == "stronger")


def test_the_table_holds_what_convert_says():
    frame = parametrizations(0.02, n=50, family="gaussian", l1_ratio=0.0, sd_y=3.0)
    for name, value in frame["value"].items():
        asked = convert("lambda", 0.02, to=name, n=50, l1_ratio=0.0, family="gaussian", sd_y=3.0)
        assert value == asked
    assert frame.loc["glmnet", "value"] == pytest.approx(0.06)
    assert "lasso2" not in frame.index
    assert "glmnet" not in parametrizations(0.02, n=50, family="gaussian", l1_ratio=0.0).index


@given(r=st.floats(0.0, 1.0), sd=st.floats(1e-3, 1e3))
def test_glmnets_own_mix_is_that_of_its_own_units(r, sd):
    """With y divided by its SD, coefficients are too, so L1 weighs sd times as much as L2."""
    alpha = mix_in("glmnet", r, family="gaussian", sd_y=sd)
    assert alpha * (1 - r) * sd == pytest.approx((1 - alpha) * r, rel=1e-9, abs=1e-12)
    assert mix_in("glmnet", r, family="binomial") == mix_in("h2o", r) == r
    # Back again: of an alpha so near to 1 that 1 - alpha has no digits left, nothing is.
    back = mix_from("glmnet", alpha, family="gaussian", sd_y=sd)
    assert back * (1 - alpha) == pytest.approx(alpha * (1 - back) * sd, rel=1e-9, abs=1e-9 * sd)
    assert mix_from("glmnet", r, family="binomial") == mix_from("h2o", r) == r


def test_a_mix_that_a_system_cannot_be_told_is_refused():
    for system, mix in (("lasso_alpha", 0.0), ("weka", 1.0), ("h2o", 1.5)):
        with pytest.raises(ParameterError):
            mix_from(system, mix)


def test_the_nearest_penalty_is_one_that_people_mean():
    mixes = {
        name: [form.nearest_mix(r) for r in (0.0, 0.3, 1.0)]
        for name, form in PARAMETRIZATIONS.items()
    }
    assert mixes["weka"] == [0.0, 0.0, 0.0]
    assert mixes["laplace_variance"] == [1.0, 1.0, 1.0]
    assert mixes["C"] == [0.0, 0.3, 1.0]
    assert mixes["lasso_alpha"] == [1.0, 0.3, 1.0]  # its floor of 0.001 is nobody's wish


def test_no_penalty_at_all_is_infinite_c():
    assert convert("C", inf, n=10, to="lambda") == 0.0
    assert convert("C", inf, n=10, to="gauss_variance") == inf


def test_rows_cancel_between_sums():
    assert convert("ridge_alpha", 3.0, to="course") == 3.0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ({"system": "C", "value": 1.0, "to": "weka"}, "needs the number of rows"),
        ({"system": "C", "value": -1.0, "to": "weka", "n": 3}, "must be a positive number"),
        ({"system": "C", "value": 1.0, "to": "lasso_alpha", "n": 3}, "different kinds of targets"),
        ({"system": "weka", "value": 1.0, "to": "laplace_variance", "n": 3}, "no penalty in"),
        ({"system": "ridge_alpha", "value": 1.0, "to": "glmnet", "n": 3}, "Give l1_ratio"),
        ({"system": "spss", "value": 1.0, "to": "C", "n": 3}, "must be one of"),
        ({"system": "weka", "value": 1.0, "to": "C", "n": 3, "l1_ratio": 1.0}, "cannot say"),
        ({"system": "C", "value": 1.0, "to": "glmnet", "n": 3, "family": "gaussian"}, "is not for"),
    ],
)
def test_what_cannot_be_converted_is_refused_in_words(call, message):
    with pytest.raises(ParameterError, match=message):
        convert(**call)


def test_the_old_name_still_answers_and_says_the_new_one():
    how = {"n": 400, "family": "binomial", "l1_ratio": 0.0}
    with pytest.warns(DeprecationWarning, match=r"regpath\.parametrizations"):
        assert regpath.dialects(0.0025, **how).equals(parametrizations(0.0025, **how))


@pytest.mark.parametrize(
    ("system", "value", "to"),
    [
        ("C", 1e308, "laplace_variance"),
        ("C", 1e-320, "lambda"),
        ("lambda", 1e-300, "laplace_variance"),
    ],
)
def test_a_strength_that_no_number_holds_is_refused_in_words(system, value, to):
    with pytest.raises(ParameterError, match=f"{system} = .* no number holds {to}"):
        convert(system, value, to=to, n=400)


def test_a_strength_beyond_all_use_that_a_number_holds_is_converted():
    assert convert("laplace_variance", 1e-300, to="C", n=400) == pytest.approx(sqrt(5e-301))


def test_the_table_of_a_tiny_strength_has_what_no_number_holds_as_infinite():
    values = parametrizations(1e-300, n=4, family="binomial")["value"]
    assert values["laplace_variance"] == inf
    assert (values > 0.0).all()


def test_a_whole_number_beyond_all_floats_is_no_strength():
    with pytest.raises(ParameterError, match="a positive number"):
        convert("C", 10**400, to="lambda", n=4)
