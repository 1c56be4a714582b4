"""Gradients as sums over blocks of rows, at many points at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from regpath.core.design import Design
from regpath.core.fit import FitData, Points
from regpath.core.solvers.kernels.residuals import RESIDUALS
from regpath.core.threads import dealt

COLUMNS = 128  # points times outputs that one block of rows meets at a time


class _Chunk(NamedTuple):
    """Some points, with all points of a class side by side, so that a kernel's loops are long."""

    points: slice
    beta: np.ndarray  # (p, K C)
    start: np.ndarray  # (K C,)
    shares: np.ndarray  # (F, C)


def residual_sums(
    data: FitData,
    blocks: Sequence[Any],
    points: Points,
    shares: np.ndarray,
    pattern: np.ndarray | None = None,
    predictors: Design | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """sum_i w_i u_i x_i (C, K, p) and sum_i w_i u_i (C, K), u = y - mean, at C points.

    Parameters
    ----------
    data : FitData
    blocks : sequence of slice or of ndarray of int
        The rows that count, in pieces.
    points : Points
        They act on blocks of `predictors`.
    shares : ndarray of shape (F, C)
        Row i counts shares[pattern[i], c] times its weight at point c.
    pattern : ndarray of int, shape (n,), default=None
        None means 0 for every row.
    predictors : Design, default=None
        Features that predict; None means those of `data`. The sums are over those of `data`.
    """
    n_points, n_outputs, _ = points.coefs.shape
    chunks, design = _chunks(points, shares), data.design
    predictors = predictors or design
    residuals = RESIDUALS[data.family.kernels]

    def add(part: list[Any]) -> tuple[list[np.ndarray], list[np.ndarray]]:
        gradients = [np.zeros((design.p, len(chunk.start))) for chunk in chunks]
        totals = [np.zeros(len(chunk.start)) for chunk in chunks]
        for rows in part:
            block = design.block(rows)
            seen = block if predictors is design else predictors.block(rows)
            ones = np.ones(block.shape[0])
            own = np.zeros(len(ones), dtype=np.int64) if pattern is None else pattern[rows]
            y, weights = data.Y[rows], data.weights[rows]
            for c, chunk in enumerate(chunks):
                u = data.with_offset(np.ascontiguousarray(seen @ chunk.beta), rows)
                residuals(u, chunk.start, chunk.shares, own, y, weights)
                gradients[c] += block.T @ u
                totals[c] += ones @ u
        return gradients, totals

    (gradients, totals), *others = dealt(add, blocks)
    z, slope = np.empty((n_points, n_outputs, design.p)), np.empty((n_points, n_outputs))
    for c, chunk in enumerate(chunks):
        gradient, total = gradients[c], totals[c]
        for more_gradients, more_totals in others:
            gradient += more_gradients[c]
            total += more_totals[c]
        z[chunk.points] = gradient.reshape(design.p, n_outputs, -1).transpose(2, 1, 0)
        slope[chunk.points] = total.reshape(n_outputs, -1).T
    return z, slope


def _chunks(points: Points, shares: np.ndarray) -> list[_Chunk]:
    start, beta = points
    n_points, n_outputs, p = beta.shape
    step = max(8, COLUMNS // n_outputs)
    return [
        _Chunk(
            c,
            np.ascontiguousarray(beta[c].transpose(2, 1, 0).reshape(p, -1)),
            np.ascontiguousarray(start[c].T).ravel(),
            np.ascontiguousarray(shares[:, c]),
        )
        for c in (slice(low, low + step) for low in range(0, n_points, step))
    ]
