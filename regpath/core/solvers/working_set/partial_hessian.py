"""Second derivatives between some variables only, as sums over blocks of rows.

Variables are counted as in `quasi_newton`: K intercepts, then the K coefficients of each feature.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from regpath.core.design import BLOCK_BYTES
from regpath.core.fit import Points
from regpath.core.solvers.sums import RowSums
from regpath.core.threads import summed


def partial_hessian(
    sums: RowSums, point: Points, left: np.ndarray, right: np.ndarray
) -> np.ndarray:
    """Second derivatives at one point between variables `left` and `right`, shape (l, r).

    `sums` has one model, and `point` its coordinates. Sparse rows stay sparse for one output, and
    are made dense a few at a time for more.
    """
    design, family, n_outputs = sums.design, sums.family, point.intercepts.shape[1]
    same = left is right
    beta, start = design.raw(point.coefs)
    start = start[0] + point.intercepts[0]
    # Only features that are alive move predictions.
    alive = np.flatnonzero(beta[0].any(axis=0))

    def add(part: list[slice]) -> np.ndarray:
        total = np.zeros((left.size, right.size))
        for rows in part:
            block, weights = design.block(rows), sums.data.weights[rows]
            eta = block[:, alive] @ beta[0, :, alive] + start
            mean = family.mean(sums.data.with_offset(eta, rows))
            if n_outputs > 1:
                few = max(16, BLOCK_BYTES // (8 * left.size)) if design.is_sparse else len(mean)
                for low in range(0, len(mean), few):
                    c = slice(low, low + few)
                    total += _coupled(sums, block[c], (weights[c], mean[c]), left, right)
                continue
            curved = weights * family.curvature(mean)[:, 0, 0]
            if design.is_sparse:
                total += _sparse(sums, block, curved, left, right)
                continue
            root = np.sqrt(curved)[:, None]
            tall = _columns(sums, block, left, 1) * root
            other = tall if same else _columns(sums, block, right, 1) * root
            total += tall.T @ other
        return total

    return summed(add, design.row_blocks(left.size))


def _columns(sums: RowSums, block: Any, variables: np.ndarray, n_outputs: int) -> np.ndarray:
    """Standardized features that belong to the variables, a column of ones for intercepts."""
    features = variables // n_outputs - 1
    some = block[:, features]
    result = some.toarray() if sums.design.is_sparse else np.ascontiguousarray(some)
    if not sums.design.is_plain:
        result -= sums.design.centre[features]
        result *= sums.design.inverse[features]
    result[:, features < 0] = 1.0
    return result


def _coupled(
    sums: RowSums,
    block: np.ndarray,
    rows: tuple[np.ndarray, np.ndarray],
    left: np.ndarray,
    right: np.ndarray,
) -> np.ndarray:
    """The part of some rows where outputs feel each other: diag(m) - m m' instead of h.

    `rows` are their weights (n,) and expected responses m (n, K).
    """
    weights, mean = rows
    n_outputs = mean.shape[1]
    root = np.sqrt(weights)[:, None]
    tall = _columns(sums, block, left, n_outputs) * root
    other = tall if left is right else _columns(sums, block, right, n_outputs) * root
    classes, others = left % n_outputs, right % n_outputs
    one = mean[:, classes] * tall
    two = one if left is right else mean[:, others] * other
    total = -(one.T @ two)
    for k in range(n_outputs):
        here, there = np.flatnonzero(classes == k), np.flatnonzero(others == k)
        total[np.ix_(here, there)] += tall[:, here].T @ (mean[:, k, None] * other[:, there])
    return np.asarray(total)


def _sparse(
    sums: RowSums, block: Any, curved: np.ndarray, left: np.ndarray, right: np.ndarray
) -> np.ndarray:
    """The part of some sparse rows: their products, moved to where the features are centred."""
    design, root = sums.design, np.sqrt(curved)[:, None]

    def parts(variables: np.ndarray) -> tuple[Any, np.ndarray, np.ndarray]:
        features = variables - 1
        some = block[:, features]
        inverse = design.inverse[features]
        centre = design.centre[features] * inverse
        intercept = features < 0
        # An intercept is a column of zeros whose centre is -1.
        inverse[intercept], centre[intercept] = 0.0, -1.0
        scaled = some.multiply(root).multiply(inverse).tocsr()
        return scaled, centre, np.asarray(scaled.T @ root[:, 0])

    one, centre, total_one = parts(left)
    two, other_centre, total_two = (one, centre, total_one) if left is right else parts(right)
    total = (one.T @ two).toarray()
    total -= np.outer(centre, total_two) + np.outer(total_one, other_centre)
    total += np.outer(centre, other_centre) * curved.sum()
    return np.asarray(total)


def hessian_diagonals(sums: RowSums, points: Points) -> np.ndarray:
    """Second derivatives in each variable at C points, shape (C, V)."""
    design, family = sums.design, sums.family
    n_points, n_outputs, p = points.coefs.shape
    beta, start = design.raw(points.coefs)
    B, start = beta.reshape(-1, p).T, (start + points.intercepts).ravel()

    def add(part: list[slice]) -> np.ndarray:
        total = np.zeros((2 * p + 1, n_points * n_outputs))
        for rows in part:
            block, weights = design.block(rows), sums.data.weights[rows]
            eta = sums.data.with_offset(block @ B + start, rows).reshape(-1, n_points, n_outputs)
            curved = family.curvature_diagonal(family.mean(eta))
            curved = (curved * weights[:, None, None]).reshape(len(weights), -1)
            squares = block.multiply(block).tocsr() if design.is_sparse else np.square(block)
            total[:p] += squares.T @ curved
            total[p:-1] += block.T @ curved
            total[-1] += curved.sum(axis=0)
        return total

    total = summed(add, design.row_blocks(B.shape[1]))
    centre, inverse = design.centre[:, None], design.inverse[:, None]
    found = np.empty((p + 1, n_points * n_outputs))
    found[0] = total[-1]
    found[1:] = (total[:p] - 2.0 * centre * total[p:-1] + centre**2 * total[-1]) * inverse**2
    found = found.reshape(p + 1, n_points, n_outputs)
    return np.ascontiguousarray(found.transpose(1, 0, 2)).reshape(n_points, -1)
