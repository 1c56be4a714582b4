import numpy as np
import pytest

from regpath.core.path import fit_path
from regpath.core.problems.problem import Problem
from regpath.core.solvers.working_set import screening
from regpath.core.solvers.working_set import solve as working


@pytest.mark.parametrize("large", [False, True])
def test_part_of_a_group_counts_only_where_nobody_is_missing(family, large, setting, monkeypatch):
    """The last point of a group is never solved, and features come into play late."""
    kind = working.Diagonal if large else working.Factored
    refine = kind.refine

    def unlucky(batch, likely):
        solved = refine(batch, likely)
        if len(solved) > 1:
            solved[-1] = False
        return solved

    monkeypatch.setattr(kind, "refine", unlucky)
    monkeypatch.setattr(screening, "NEARLY_ALIVE", -0.2)
    monkeypatch.setattr(screening, "ROOM", 1)
    if large:
        monkeypatch.setattr(working, "LARGEST_MATRIX", 0)
    case = setting(family, l1_ratio=1.0, n=60, p=40, least=0.05, n_lambdas=24)
    assert case.worst(*case.solve(working)) < 1e-7


def test_one_point_stands_for_a_group_where_rows_are_few(family, setting, monkeypatch):
    monkeypatch.setattr(working, "CROWDED", 0)
    case = setting(family, l1_ratio=0.5, n=30, p=60, least=0.05)
    assert case.worst(*case.solve(working)) < 1e-7


@pytest.mark.parametrize(("n", "p"), [(200, 199), (201, 200), (200, 200)])
@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_least_squares_on_about_as_many_features_as_rows_are_proven(n, p, l1_ratio):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, p))
    y = X[:, :8].sum(axis=1) + rng.normal(size=n)
    path = fit_path(Problem.from_arrays(X, y, family="gaussian"), l1_ratio=l1_ratio)
    assert path.converged.all()
