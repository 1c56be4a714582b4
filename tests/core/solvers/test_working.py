import numpy as np
import pytest

from regpath.core.solvers import newton, polishing, working
from regpath.core.solvers.members import restricted


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("free", [False, True])
def test_working_sets_agree_with_every_feature_in_play(family, l1_ratio, free, setting):
    factors = np.ones(12)
    factors[[2, 9]] = 0.0 if free else 2.0
    case = setting(family, l1_ratio=l1_ratio, factors=factors, weights=True)
    one, two = case.solve(working), case.solve(newton)
    scale = max(1.0, np.abs(two[1]).max())
    if l1_ratio < 1.0 or family != "multinomial":
        ours, theirs = one[1], two[1]
        if free and ours.shape[1] > 1:  # softmax does not feel a common shift
            ours, theirs = (b - b.mean(axis=1, keepdims=True) for b in (ours, theirs))
        assert ours == pytest.approx(theirs, abs=1e-6 * scale)
    assert case.worst(*one) < 1e-7


@pytest.mark.parametrize("l1_ratio", [1.0, 0.3])
@pytest.mark.parametrize("limit", ["LARGEST_MATRIX", None])
def test_more_features_than_rows_with_and_without_matrices(
    family, l1_ratio, limit, setting, monkeypatch
):
    case = setting(family, l1_ratio=l1_ratio, n=30, p=90, least=0.05)
    if limit:
        monkeypatch.setattr(working, limit, 4)
    assert case.worst(*case.solve(working)) < 1e-6


def test_sums_of_few_features_are_those_of_all(family, setting):
    case = setting(family, weights=True)
    rng = np.random.default_rng(0)
    some, K = np.array([1, 4, 7]), case.Y.shape[1]
    small = restricted(case.sums, some)
    b0, b = rng.normal(size=(2, K)), rng.normal(size=(2, K, 3))
    full = np.zeros((2, K, 12))
    full[:, :, some] = b
    one = np.zeros(2, dtype=np.intp)
    z, slope = small.gradient(b0, b, one)
    all_z, all_slope = case.sums.gradient(b0, full, one)
    assert z == pytest.approx(all_z[:, :, some], abs=1e-13)
    assert slope == pytest.approx(all_slope, abs=1e-13)
    keep = np.append(some, 12)
    expected = case.sums.curvature(b0[0], full[0], 0)[:, keep][:, :, :, keep]
    assert small.curvature(b0[0], b[0], 0) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("size", [1e-6, 1e-2, 1.0])
@pytest.mark.parametrize("limit", [1500, 4])
def test_polish_repairs_corrupted_points(family, l1_ratio, size, limit, setting, monkeypatch):
    monkeypatch.setattr(polishing, "LARGEST_MATRIX", limit)
    case = setting(family, l1_ratio=l1_ratio, n_lambdas=4)
    intercepts, coefs = case.solve(newton)
    rng = np.random.default_rng(0)
    wrong = coefs + size * rng.normal(size=coefs.shape)
    off = intercepts + size * rng.normal(size=intercepts.shape)
    given = off.copy(), wrong.copy()
    fixed = polishing.polish(case.sums, case.penalty, case.lambdas, case.targets, off, wrong, 1e12)
    assert case.worst(*fixed) < 1e-7
    # What was given is left as it was.
    assert off.tolist() == given[0].tolist()
    assert wrong.tolist() == given[1].tolist()


def test_polish_finds_features_that_are_missing(family, setting):
    case = setting(family, n_lambdas=4)
    start, empty = case.start[:2]
    fixed = polishing.polish(
        case.sums, case.penalty, case.lambdas, case.targets, np.tile(start, (4, 1)),
        np.tile(empty, (4, 1, 1)), 1e12,
    )  # fmt: skip
    assert case.worst(*fixed) < 1e-7
