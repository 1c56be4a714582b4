"""The seam between solvers and data: sums over rows, for many models and many points at once.

A solver for many rows asks the data two questions only: the gradient of the loss at some points,
and its second derivatives at a few. Both are sums over blocks of rows, so the same solver runs on
an array, on sparse rows, on a file larger than memory, or wherever else such sums can be added up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from regpath.core.design import BLOCK_BYTES, LEAST_ROWS, Design
from regpath.core.families import Family
from regpath.core.solvers.residuals import RESIDUALS
from regpath.core.threads import n_threads, side_by_side

ROWS_PER_FEATURE = 400  # of a rough answer, at the least
COLUMNS = 128  # points times outputs that one block of rows meets at a time


@dataclass(frozen=True, eq=False)
class Weighting:
    """Which rows count how much in which model: one model on all rows, or one for each fold.

    Row i has the weight `weights[i] * shares[pattern[i], m]` in model m; these weights sum to one
    over the rows for each m.

    Attributes
    ----------
    weights : ndarray of shape (n,)
    pattern : ndarray of int, shape (n,)
        Rows of the same pattern belong to the same models.
    shares : ndarray of shape (n_patterns, M)
    mean, inverse : ndarray of shape (M, p)
        Centre and scale of the features in each model.
    """

    weights: np.ndarray
    pattern: np.ndarray
    shares: np.ndarray
    mean: np.ndarray
    inverse: np.ndarray

    @classmethod
    def single(cls, design: Design, weights: np.ndarray) -> Weighting:
        """One model on all rows, in the coordinates of `design`."""
        return cls(
            weights=weights,
            pattern=np.zeros(len(weights), dtype=np.int64),
            shares=np.ones((1, 1)),
            mean=design.mean[None],
            inverse=design.inverse[None],
        )


@dataclass(frozen=True, eq=False)
class RowSums:
    """Sums over the rows of `design` for the models in `models`.

    Points are given by intercepts (C, K), coefs (C, K, p) in the coordinates of their model, and
    `model` (C,), the number of the model that each belongs to.
    """

    design: Design
    Y: np.ndarray
    family: Family
    models: Weighting

    @property
    def p(self) -> int:
        """Number of features."""
        return self.design.p

    @cached_property
    def _offset(self) -> np.ndarray:
        shift = self.design.shift
        return self.models.mean if shift is None else self.models.mean - shift

    def gradient(
        self, intercepts: np.ndarray, coefs: np.ndarray, model: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """sum_i w_i u_i z_i and sum_i w_i u_i, u = y - mean; shapes (C, K, p) and (C, K)."""
        n_points, n_outputs, p = coefs.shape
        inverse, offset = self.models.inverse[model], self._offset[model]
        beta = coefs * inverse[:, None]
        start = intercepts - np.einsum("ckp,cp->ck", beta, offset)
        share = self.models.shares[:, model]
        step = max(8, COLUMNS // n_outputs)
        # All points of a class lie side by side, so that a kernel's loops are long.
        chunks = [
            (
                chunk,
                np.ascontiguousarray(beta[chunk].transpose(2, 1, 0).reshape(p, -1)),
                np.ascontiguousarray(start[chunk].T).ravel(),
                np.ascontiguousarray(share[:, chunk]),
            )
            for chunk in (slice(low, low + step) for low in range(0, n_points, step))
        ]
        residuals = RESIDUALS[self.family.name]
        blocks = self.design.row_blocks(min(step, n_points) * n_outputs)

        def add(part: list[slice]) -> tuple[list[np.ndarray], list[np.ndarray]]:
            gradients = [np.zeros(B.shape) for _, B, _, _ in chunks]
            totals = [np.zeros(B.shape[1]) for _, B, _, _ in chunks]
            for rows in part:
                block = self.design.block(rows)
                ones = np.ones(block.shape[0])
                for c, (_, B, begin, shares) in enumerate(chunks):
                    u = np.ascontiguousarray(block @ B)
                    residuals(
                        u,
                        begin,
                        shares,
                        self.models.pattern[rows],
                        self.Y[rows],
                        self.models.weights[rows],
                    )
                    gradients[c] += block.T @ u
                    totals[c] += ones @ u
            return gradients, totals

        count = min(n_threads(), len(blocks))
        found = side_by_side(add, [blocks[k::count] for k in range(count)])
        z, slope = np.empty(coefs.shape), np.empty((n_points, n_outputs))
        for c, (chunk, _, _, _) in enumerate(chunks):
            gradient = np.sum([gradients[c] for gradients, _ in found], axis=0)
            total = np.sum([totals[c] for _, totals in found], axis=0)
            z[chunk] = gradient.reshape(p, n_outputs, -1).transpose(2, 1, 0)
            slope[chunk] = total.reshape(n_outputs, -1).T
        z -= offset[:, None] * slope[:, :, None]
        z *= inverse[:, None]
        return z, slope

    def curvature(
        self, intercept: np.ndarray, coefs: np.ndarray, model: int, *, rough: bool = False
    ) -> np.ndarray:
        """Second derivatives at one point, shape (K, p + 1, K, p + 1); the intercept comes last.

        A `rough` answer may leave rows out: those of every other block, or more, as long as there
        are hundreds of rows for each feature.
        """
        n_outputs, p = coefs.shape
        blocks = self.design.row_blocks(p * n_outputs if n_outputs > 1 else p)
        keep = 1
        if rough:
            rows_needed = ROWS_PER_FEATURE * (p + 1) * n_outputs
            keep = int(min(max(1, self.design.n // rows_needed), max(1, len(blocks) // 8)))
        some = blocks[keep // 2 :: keep]
        count = min(n_threads(), len(some))
        beta = coefs * self.models.inverse[model]
        start = intercept - beta @ self._offset[model]

        def add(part: list[slice]) -> np.ndarray:
            if n_outputs == 1:
                return self._bent(part, start, beta, model)
            return self._bent_together(part, start, beta, model)

        total = np.sum(side_by_side(add, [some[k::count] for k in range(count)]), axis=0)
        if keep > 1:
            weights = self.models.weights * self.models.shares[self.models.pattern, model]
            total /= sum(float(weights[rows].sum()) for rows in some)
        self._standardise(total, model)
        return total

    def curvatures_by_model(self, intercept: np.ndarray, beta: np.ndarray) -> list[np.ndarray]:
        """The same for every model at once, at one point in original units.

        `intercept` (K,) and `beta` (K, p) act on X itself. Rows of a pattern are summed up once.
        """
        start = intercept if self.design.shift is None else intercept + beta @ self.design.shift
        n_outputs, p = beta.shape
        sums = []
        for f in range(len(self.models.shares)):
            rows = np.flatnonzero(self.models.pattern == f)
            step = max(LEAST_ROWS, BLOCK_BYTES // (8 * p * n_outputs))
            parts = [rows[low : low + step] for low in range(0, len(rows), step)]
            count = min(n_threads(), len(parts))
            add = self._bent if n_outputs == 1 else self._bent_together
            work = partial(add, start=start, beta=beta, model=None)
            sums.append(np.sum(side_by_side(work, [parts[k::count] for k in range(count)]), axis=0))
        result = []
        for m in range(self.models.shares.shape[1]):
            total = np.tensordot(self.models.shares[:, m], np.stack(sums), axes=1)
            self._standardise(total, m)
            result.append(total)
        return result

    def _bent(
        self, part: list[Any], start: np.ndarray, beta: np.ndarray, model: int | None
    ) -> np.ndarray:
        """Sums of h_i (x_i, 1)(x_i, 1)' over some blocks, for one output."""
        p = beta.shape[1]
        result = np.zeros((1, p + 1, 1, p + 1))
        matrix = result[0, :, 0, :]
        for rows in part:
            block = self.design.block(rows)
            weights = self._weights(rows, model)
            if self.family.name != "gaussian":
                weights *= self.family.curvature(self.family.mean(block @ beta.T + start))[:, 0, 0]
            if self.design.is_sparse:
                scaled = block.multiply(np.sqrt(weights)[:, None]).tocsr()
                matrix[:p, :p] += (scaled.T @ scaled).toarray()
            else:
                scaled = block * np.sqrt(weights)[:, None]
                matrix[:p, :p] += scaled.T @ scaled
            matrix[p, :p] += block.T @ weights
            matrix[p, p] += weights.sum()
        matrix[:p, p] = matrix[p, :p]
        return result

    def _bent_together(
        self, part: list[Any], start: np.ndarray, beta: np.ndarray, model: int | None
    ) -> np.ndarray:
        """The same for several outputs: diag(m) - m m' instead of h."""
        n_outputs, p = beta.shape
        result = np.zeros((n_outputs, p + 1, n_outputs, p + 1))
        flat = result.reshape(n_outputs * (p + 1), -1)
        for rows in part:
            block = self.design.block(rows)
            mean = self.family.mean(block @ beta.T + start)
            full = np.ones((block.shape[0], p + 1))
            full[:, :-1] = block.toarray() if self.design.is_sparse else block
            full *= np.sqrt(self._weights(rows, model))[:, None]
            wide = (mean[:, :, None] * full[:, None, :]).reshape(len(full), -1)
            flat -= wide.T @ wide
            for k in range(n_outputs):
                scaled = full * np.sqrt(mean[:, k, None])
                result[k, :, k, :] += scaled.T @ scaled
        return result

    def _weights(self, rows: Any, model: int | None) -> np.ndarray:
        """Weights of some rows in a model, or before any model has a say."""
        weights = self.models.weights[rows]
        if model is None:
            return weights.copy()
        return np.asarray(weights * self.models.shares[self.models.pattern[rows], model])

    def _standardise(self, total: np.ndarray, model: int) -> None:
        """Turn sums over (x, 1) into sums over (z, 1), in place."""
        offset, inverse = self._offset[model], self.models.inverse[model]
        total[:, :-1] -= offset[:, None, None] * total[:, -1:]
        total[..., :-1] -= offset * total[..., -1:]
        total[:, :-1] *= inverse[:, None, None]
        total[..., :-1] *= inverse
