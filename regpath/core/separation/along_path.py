"""Where on a path coefficients only grow, because classes are separated."""

from __future__ import annotations

import numpy as np

from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath, check_match
from regpath.core.separation.find_separation import find_separation
from regpath.core.separation.result import Separation

QUICK = 2e7  # rows times squared coefficients, up to which nobody waits for the detector


def separated_from(
    problem: Problem,
    path: RegPath,
    separation: Separation | None = None,
    *,
    quick: bool = False,
) -> int | None:
    """First position in `path.lambdas` from which the penalty alone holds the weights back.

    Where classes are completely separated: from where every row of the fit is predicted right,
    at this point and at all weaker ones. Scaled up, such coefficients would fit better without
    end, so the path proves it by itself. Where some rows only are separated: from where all of
    them are predicted right, and the coefficients' share of the separating direction, per
    standard deviation, grows from point to point until the end.

    Parameters
    ----------
    problem : Problem
        The problem of the fit.
    path : RegPath
    separation : Separation, default=None
        What `find_separation(problem)` gave, where it is known already.
    quick : bool, default=False
        Ask the detector only where it answers at once; else the path alone.

    Returns
    -------
    int or None
        None where classes are not separated, or it is not known, or the path ends before.
    """
    check_match(path, problem, "separated_from")
    if not path.classes:
        return None
    if separation is None:
        # A path that ends with every row on its side proves complete separation by itself.
        everybody = _last_stretch(_all_right(problem, path, problem.sample_weight > 0.0))
        size = problem.n_features * (len(problem.classes) - 1)
        if everybody is not None or (quick and problem.n_obs * float(size) ** 2 > QUICK):
            return everybody
        separation = find_separation(problem)
    if not separation:
        return None
    good = _all_right(problem, path, separation.gaining & ~separation.boundary)
    return _last_stretch(good & _grows(path, separation) if separation.kind == "quasi" else good)


def _last_stretch(good: np.ndarray) -> int | None:
    """Where the last stretch of True begins; None if the end is False."""
    bad = np.flatnonzero(~good)
    start = int(bad[-1]) + 1 if bad.size else 0
    return start if start < len(good) else None


def _all_right(problem: Problem, path: RegPath, told: np.ndarray) -> np.ndarray:
    """Whether every row that is told apart is on its side, at each point."""
    rows = np.flatnonzero(told)
    eta, own = path.decision_path(problem)[rows], problem.y[rows]
    if eta.ndim == 2:
        return np.asarray((np.where(own[:, None] == 1, eta, -eta) > 0.0).all(axis=0))
    at = (np.arange(len(rows)), own)
    mine = eta[at].copy()
    eta[at] = -np.inf
    return np.asarray((mine > eta.max(axis=1)).all(axis=0))


def _grows(path: RegPath, found: Separation) -> np.ndarray:
    """Whether the share of the direction is positive and larger than at the point before."""
    toward = found.direction * path.x_scale
    toward = toward - toward.mean(axis=0) if toward.ndim == 2 else toward
    share = np.tensordot(toward, path.coefs("standardized"), axes=toward.ndim)
    return np.asarray((share > 0.0) & np.append(share[0] > 0.0, np.diff(share) > 0.0))
