"""Columns that separate by themselves, against a loop over thresholds."""

import numpy as np
import pytest

import regpath


def by_thresholds(x, mine):
    """Sides on which the class lies, tried one by one."""
    found = set()
    for t in np.unique(x):
        if (x[mine] >= t).all() and (x[~mine] <= t).all():
            found.add("above")
        if (x[mine] <= t).all() and (x[~mine] >= t).all():
            found.add("below")
    edges = np.unique(x)
    for t in (edges[1:] + edges[:-1]) / 2.0:
        if (x[mine] > t).all() and (x[~mine] < t).all():
            found.add("above")
        if (x[mine] < t).all() and (x[~mine] > t).all():
            found.add("below")
    return found


@pytest.mark.parametrize("n_classes", [2, 3])
def test_agrees_with_all_thresholds(n_classes):
    hits = 0
    for seed in range(80):
        rng = np.random.default_rng(seed)
        X = rng.integers(0, 3, (7, 3)).astype(float)
        y = np.append(np.arange(n_classes), rng.integers(0, n_classes, 7 - n_classes))
        family = "binomial" if n_classes == 2 else "multinomial"
        problem = regpath.Problem.from_arrays(X, y, family=family)
        frame = regpath.separating_columns(problem)
        got = set(zip(frame["feature"], frame["class"], frame["side"], strict=True))
        if n_classes == 2:  # of which one is told from the other as the other from it
            turned = {"above": "below", "below": "above"}
            got = {(name, 1, side if k else turned[side]) for name, k, side in got}
        classes = [1] if n_classes == 2 else range(n_classes)
        want = {
            (f"x{j}", k, side)
            for j in range(3)
            for k in classes
            if np.ptp(X[:, j]) > 0
            for side in by_thresholds(X[:, j], y == k)
        }
        assert got == want
        hits += len(got)
    assert hits > 10


def test_says_where_and_how_many():
    X = np.array([[0.0, 1.0], [0.0, 2.0], [0.0, 2.0], [1.0, 3.0], [1.0, 5.0]])
    problem = regpath.Problem.from_arrays(X, list("aabbb"), feature_names=["rare", "size"])
    frame = regpath.separating_columns(problem)
    assert frame["feature"].tolist() == ["size", "rare"]
    assert frame["threshold"].tolist() == [2.0, 0.0]
    assert frame["n_rows"].tolist() == [3, 2]
    assert not frame["complete"].any()


def test_refuses_amounts():
    problem = regpath.Problem.from_arrays(np.eye(3), [0.1, 0.2, 0.4], family="gaussian")
    with pytest.raises(regpath.ParameterError, match="takes a problem of classes"):
        regpath.separating_columns(problem)
