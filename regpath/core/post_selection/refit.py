"""The fit without a penalty on some features: finite or not, unique or not, and proven."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from regpath.core.design import Design, design_of
from regpath.core.fit import FitData
from regpath.core.problems.problem import Problem
from regpath.core.separation.find_separation import find_separation
from regpath.core.separation.zero_counts import only_where_none
from regpath.core.solvers.max_likelihood import Maximum, maximize, maximize_smooth
from regpath.core.uniqueness.collinear import basis_of

EXACT = 1e-9  # largest gradient of a fit, relative to the spread of the response
MOST_WORK = 2e10  # multiplications of a fit


def unbounded(problem: Problem) -> str:
    """Why chosen features have no finite fit, where that is proven."""
    return f"the features chosen there {problem.loss.no_finite_fit}"


class Refit(NamedTuple):
    """A fit on the features at `kept`; all other coefficients are zero.

    `coefs` (K, p) and `intercept` (K,) are per standard deviation, NaN where `why` says that there
    is no finite fit. `unique` is False where features depend on each other: then the coefficients
    of the independent ones among them stand for all.
    """

    intercept: np.ndarray
    coefs: np.ndarray
    unique: bool
    why: str


def none_of(problem: Problem, why: str) -> Refit:
    """No finite fit, and why."""
    n_outputs = problem.loss.n_outputs(len(problem.classes))
    lost = np.full((n_outputs, problem.n_features), np.nan)
    return Refit(lost[:, 0], lost, True, why)


def refit(problem: Problem, design: Design, kept: np.ndarray) -> Refit:
    """Fit the features at `kept` without a penalty.

    Least squares by orthogonal factors; classes and counts by Newton steps that must end at a zero
    gradient and with a proof that the fit is finite. Coefficients of a
    multinomial fit sum to zero over the classes.
    """
    n_outputs = problem.loss.n_outputs(len(problem.classes))
    rows = np.flatnonzero(problem.sample_weight > 0.0)
    kept = kept[design.scale[kept] > 0.0]
    weights = problem.weights[rows]
    unit = np.where(design.scale > 0.0, design.scale, 1.0)
    Z = np.empty((len(rows), 0))
    if kept.size:
        Z = design.standardized(rows, kept) / (design.inverse * unit)[kept]
    coefs = np.zeros((n_outputs, problem.n_features))
    if len(rows) * float(max(1, kept.size) * n_outputs) ** 2 > MOST_WORK:
        return none_of(problem, "it would take too long")
    root = np.sqrt(weights * len(rows))[:, None]
    basis = basis_of(Z * root) if kept.size else None
    used = np.sort(basis.kept) if basis is not None else kept
    unique = len(used) == len(kept)
    Z = Z[:, used]
    if problem.loss.quadratic:
        y = problem.Y[rows, 0]
        full = np.hstack([Z, np.ones((len(rows), 1))]) * root
        answer, *_ = np.linalg.lstsq(full, y * root[:, 0], rcond=None)
        coefs[0, kept[used]] = answer[:-1]
        return Refit(answer[-1:] + problem.origin, coefs, unique, "")
    full = np.hstack([Z, np.ones((len(rows), 1))])
    end, finite, without = (_classes if problem.classes else _numbers)(problem, full, rows, kept)
    if not (finite and end.violation <= EXACT):
        return none_of(problem, unbounded(problem) if without else "none could be proven")
    found = np.vstack([np.zeros((1, full.shape[1])), end.coefs])
    found = end.coefs if n_outputs == 1 else found - found.mean(axis=0)
    coefs[:, kept[used]] = found[:, :-1]
    return Refit(found[:, -1], coefs, unique, "")


def _classes(
    problem: Problem, Z: np.ndarray, rows: np.ndarray, kept: np.ndarray
) -> tuple[Maximum, bool, bool]:
    """Where Newton steps end; whether a finite fit is proven to exist, and proven not to."""
    end = maximize(Z, problem.y[rows], problem.weights[rows], len(problem.classes), to=EXACT)
    finite, separated = end.finite, end.separates
    if not (finite or separated):  # the steps prove neither, programmes may
        kind = find_separation(_only(problem, kept)).kind
        finite, separated = kind == "none", kind in ("quasi", "complete")
    return end, finite, separated


def _numbers(
    problem: Problem, Z: np.ndarray, rows: np.ndarray, kept: np.ndarray
) -> tuple[Maximum, bool, bool]:
    """The same for numbers; counts have no end where features point out rows without any."""
    design = design_of(Z, problem.weights[rows], False)
    offset = None if problem.offset is None else problem.offset[rows]
    data = FitData(design, problem.Y[rows], problem.weights[rows], problem.loss, offset)
    end = maximize_smooth(Z, data, to=EXACT)
    endless = problem.loss.endless_at_zero and not end.finite
    return end, end.finite, endless and only_where_none(Z, problem.y[rows])


def _only(problem: Problem, kept: np.ndarray) -> Problem:
    """The same question of some features, as they are coded."""
    return replace(
        problem,
        X=problem.X[:, kept],
        feature_names=tuple(problem.feature_names[j] for j in kept),
        groups=tuple(problem.groups[j] for j in kept),
        encoder=None,
        frame=None,
    )
