"""All folds of a validation together: one pass over the rows serves every fold and many lambdas.

Each fold is a model on the same rows with other weights, its own centres and scales. Sums over the
rows of one pattern (rows that belong to the same folds) are taken once and shared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from regpath.core.design import Design, coordinates, moments
from regpath.core.fit import FitData, Goal, NullModel, Points
from regpath.core.row_data import Coordinates, FoldRows, ModelSums
from regpath.core.solvers import gram
from regpath.core.solvers.hessians import Blend, ReducedHessians, interpolation
from regpath.core.solvers.lockstep import joined_goals
from regpath.core.solvers.model import QuadraticModels
from regpath.core.solvers.newton_batch import NewtonBatch
from regpath.core.solvers.weighting import Weighting
from regpath.core.threads import side_by_side

GROUP = 16  # lambdas of every fold that are solved together
DOUBTFUL = 1e-6  # spread, relative to all rows, below which a fold's own must be computed afresh


def fold_designs(
    data: FitData, pattern: np.ndarray, kinds: np.ndarray, standardize: bool
) -> tuple[list[Design], Weighting]:
    """Centres and scales of every fold, from one pass over the rows, and how much rows count.

    Row i counts in fold m where kinds[pattern[i], m] is true.
    """
    design, weights = data.design, data.weights
    mass = np.bincount(pattern, weights=weights, minlength=len(kinds))
    shares = kinds / (mass @ kinds)
    first, second = _pattern_moments(design, weights, pattern, len(kinds))
    drift = shares.T @ first
    scale = np.sqrt(np.maximum(shares.T @ second - np.square(drift), 0.0))
    unit = np.where(design.scale > 0.0, design.scale, 1.0)
    means, scales = design.mean + drift * unit, scale * unit
    scales[:, design.scale == 0.0] = 0.0
    for m, j in zip(*np.nonzero((scale < DOUBTFUL) & (design.scale > 0.0)), strict=True):
        rows = kinds[pattern, m]
        share = weights[rows] / weights[rows].sum()
        mean, spread = moments(_column(design, j, rows), share)
        means[m, j], scales[m, j] = mean[0], spread[0]
    designs = [
        replace(coordinates(design.X, mean, spread, standardize, design.shift), unit=design.unit)
        for mean, spread in zip(means, scales, strict=True)
    ]
    return designs, Weighting.of(pattern, shares, designs)


def _column(design: Design, j: int, rows: np.ndarray) -> np.ndarray:
    column = design.X[:, [j]]
    dense = column.toarray() if design.is_sparse else np.asarray(column)
    result: np.ndarray = dense[rows]
    return result


def _pattern_moments(
    design: Design, weights: np.ndarray, pattern: np.ndarray, n_patterns: int
) -> tuple[np.ndarray, np.ndarray]:
    """Weighted sums of (x - mean)/scale and of its square over the rows of each pattern."""
    inverse = np.divide(1.0, design.scale, out=np.zeros(design.p), where=design.scale > 0.0)
    first, second = np.zeros((2, n_patterns, design.p))
    for rows in design.row_blocks(n_patterns):
        block = design.X[rows]
        block = block.toarray() if design.is_sparse else block
        Z = np.subtract(block, design.mean)
        Z *= inverse
        belongs = np.zeros((len(Z), n_patterns))
        belongs[np.arange(len(Z)), pattern[rows]] = weights[rows]
        first += belongs.T @ Z
        second += belongs.T @ np.square(Z, out=Z)
    return first, second


def solve(
    folds: FoldRows,
    goals: Sequence[Goal],
    nulls: Sequence[NullModel],
    path: Points,
    told: Callable[[float], None] | None = None,
) -> list[Points]:
    """Points of every fold, in its own coordinates.

    Parameters
    ----------
    folds : FoldRows
    goals : sequence of Goal
        One for each fold; they differ in their targets only.
    nulls : sequence of NullModel
        One for each fold.
    path : Points
        The path on all rows, in original units: every fold starts there.
    told : callable, default=None
        Told the share of the lambdas that is done; what it raises ends the work.
    """
    sums = folds.sums
    if sums.family.quadratic:
        return _least_squares(sums, goals, nulls)
    arrays = folds.rows[0].arrays
    if arrays is not None:
        path = Points(path.intercepts, arrays.design.within(path.coefs))
    n_lambdas, start = len(path.coefs), _standardized(path, [rows.design for rows in folds.rows])
    hessians: dict[int, np.ndarray] = {}
    for low in range(0, n_lambdas, GROUP):
        if told is not None:
            told(low / n_lambdas)
        here = np.arange(low, min(low + GROUP, n_lambdas))
        ends = [here[0], here[len(here) // 2], min(here[-1] + 1, n_lambdas - 1)]
        # Where each point gets second derivatives of its own, any will do to begin with.
        ends = [0] if sums.cheap else sorted({int(i) for i in ends})
        hessians = {
            i: hessians[i] if i in hessians else sums.curvatures_by_model(*path.at(i)) for i in ends
        }
        batch = _batch(sums, goals, path, start, here, hessians)
        batch.refine(sums)
        for whole, part in zip(start, batch.points, strict=True):
            whole[:, here] = part.reshape(len(goals), len(here), *part.shape[1:])
    return [start.at(m) for m in range(len(goals))]


def _standardized(path: Points, designs: Sequence[Coordinates]) -> Points:
    """Points (M, L) of a path in original units, in the coordinates of every model."""
    mean = np.stack([design.mean for design in designs])
    inverse = np.stack([design.inverse for design in designs])[:, None, None]
    back = np.divide(1.0, inverse, out=np.zeros_like(inverse), where=inverse > 0.0)
    intercepts = path.intercepts + np.einsum("lkp,mp->mlk", path.coefs, mean)
    return Points(intercepts, path.coefs * back)


def _batch(
    sums: ModelSums,
    goals: Sequence[Goal],
    path: Points,
    start: Points,
    here: np.ndarray,
    hessians: dict[int, np.ndarray],
) -> NewtonBatch:
    """Some lambdas of every fold, at `start`, where the path on all rows has `path`.

    `hessians` are those of all folds at some lambdas of that path.
    """
    n_models, (n_outputs, p) = len(goals), path.coefs.shape[1:]
    model = np.repeat(np.arange(n_models), len(here))
    goal = joined_goals([each.at(here) for each in goals])
    numbers, mix = _blended(goals[0].lambdas, here, list(hessians))
    blend = Blend(
        ReducedHessians.of(np.concatenate(list(hessians.values()))),
        model[:, None] + n_models * np.tile(numbers, (n_models, 1)),
        np.tile(mix, (n_models, 1)),
    )
    points = Points(
        start.intercepts[:, here].reshape(-1, n_outputs),
        start.coefs[:, here].reshape(-1, n_outputs, p),
    )
    z, slope = sums.gradients_by_model(*path.at(here))
    gradients = z.reshape(-1, n_outputs, p), slope.reshape(-1, n_outputs)
    return NewtonBatch(model, goal, points.copy(), QuadraticModels(blend), gradients=gradients)


def _blended(
    lambdas: np.ndarray, here: np.ndarray, ends: list[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the known second derivatives (L, 3) and their shares (L, 3) at each lambda."""
    at = -np.log(lambdas[here])
    if len(ends) == 1:
        return np.zeros((len(here), 3), dtype=np.int64), np.tile([1.0, 0.0, 0.0], (len(here), 1))
    three = [ends[0], *ends] if len(ends) == 2 else ends
    numbers = np.array([ends.index(i) for i in three], dtype=np.int64)
    return np.tile(numbers, (len(here), 1)), interpolation(-np.log(lambdas[three]), at)


def _least_squares(
    sums: ModelSums, goals: Sequence[Goal], nulls: Sequence[NullModel]
) -> list[Points]:
    """Every fold from its Gram matrix; all of them are sums over the same few patterns."""
    n_models, p = len(goals), sums.p
    grams = [
        matrix[0, :-1, 0, :-1] for matrix in sums.curvatures_by_model(np.zeros(1), np.zeros((1, p)))
    ]
    centre = np.stack([null.intercept for null in nulls])
    z, _ = sums.gradient(centre, np.zeros((n_models, 1, p)), np.arange(n_models))

    def work(m: int) -> Points:
        coefs = gram.coefs_along(grams[m], z[m, 0], goals[m], np.zeros(p))
        return Points(np.tile(centre[m], (len(coefs), 1)), coefs[:, None])

    return side_by_side(work, list(range(n_models)))
