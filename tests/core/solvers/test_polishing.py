import numpy as np
import pytest

from regpath.core.fit import Points
from regpath.core.solvers import newton, polishing


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
    fixed = polishing.polish_one_by_one(case.sums, case.goal, Points(off, wrong), 1e12)
    assert case.worst(*fixed) < 1e-7
    # What was given is left as it was.
    assert off.tolist() == given[0].tolist()
    assert wrong.tolist() == given[1].tolist()


def test_polish_finds_features_that_are_missing(family, setting):
    case = setting(family, n_lambdas=4)
    fixed = polishing.polish_one_by_one(case.sums, case.goal, case.null.repeated(4), 1e12)
    assert case.worst(*fixed) < 1e-7
