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
from regpath.core.fit import FitData, Points
from regpath.core.solvers.residual_sums import COLUMNS, residual_sums
from regpath.core.solvers.weighting import Weighting
from regpath.core.threads import summed

ROWS_PER_FEATURE = 400  # of a rough answer, at the least
FEW_PAIRS = 600_000  # products of features, times squared outputs, that are kept


@dataclass(frozen=True, eq=False)
class RowSums:
    """Sums over the rows of `data` for the models in `models`.

    Points are given by intercepts (C, K), coefs (C, K, p) in the coordinates of their model, and
    `model` (C,), the number of the model that each belongs to.
    """

    data: FitData
    models: Weighting

    @classmethod
    def single(cls, data: FitData) -> RowSums:
        """Sums for one model on all rows."""
        return cls(data, Weighting.single(data.design))

    @property
    def design(self) -> Design:
        """Features, in the coordinates of all rows."""
        return self.data.design

    @property
    def family(self) -> Family:
        """The loss."""
        return self.data.family

    @property
    def steepest(self) -> float:
        """The largest curvature of a row's loss that a solver should reckon with."""
        return self.data.steepest

    @property
    def p(self) -> int:
        """Number of features."""
        return self.data.p

    @cached_property
    def _centre(self) -> np.ndarray:
        shift = self.design.shift
        return self.models.mean if shift is None else self.models.mean - shift

    def gradient(
        self, intercepts: np.ndarray, coefs: np.ndarray, model: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """sum_i w_i u_i z_i and sum_i w_i u_i, u = y - mean; shapes (C, K, p) and (C, K)."""
        inverse, centre = self.models.inverse[model], self._centre[model]
        beta = coefs * inverse[:, None]
        start = intercepts - np.einsum("ckp,cp->ck", beta, centre)
        blocks = self.design.row_blocks(min(COLUMNS, start.size))
        shares = self.models.shares[:, model]
        pattern = None if len(shares) == 1 else self.models.pattern
        z, slope = residual_sums(self.data, blocks, Points(start, beta), shares, pattern)
        z -= centre[:, None] * slope[:, :, None]
        z *= inverse[:, None]
        return z, slope

    def gradients_by_model(
        self, intercepts: np.ndarray, betas: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """The same in every model, (M, C, K, p) and (M, C, K), at C points in original units.

        Rows of a pattern are summed up once, for all models that they belong to.
        """
        shift = self.design.shift
        start = intercepts if shift is None else intercepts + betas @ shift
        ones = np.ones((1, len(betas)))
        step = max(LEAST_ROWS, BLOCK_BYTES // (8 * (COLUMNS + self.p)))
        found = [
            residual_sums(self.data, _pieces(rows, step), Points(start, betas), ones)
            for rows in self._rows_by_pattern
        ]
        shares = self.models.shares.T
        z = np.tensordot(shares, np.stack([part for part, _ in found]), axes=1)
        slope = np.tensordot(shares, np.stack([part for _, part in found]), axes=1)
        z -= self._centre[:, None, None] * slope[..., None]
        z *= self.models.inverse[:, None, None]
        return z, slope

    @cached_property
    def _rows_by_pattern(self) -> list[np.ndarray]:
        count = len(self.models.shares)
        return [np.flatnonzero(self.models.pattern == f) for f in range(count)]

    def curvature(
        self, intercept: np.ndarray, coefs: np.ndarray, model: int, *, rough: bool = False
    ) -> np.ndarray:
        """Second derivatives at one point, shape (K, p + 1, K, p + 1); the intercept comes last.

        A `rough` answer may leave rows out: those of every other block, or more, as long as there
        are hundreds of rows for each feature.
        """
        n_outputs, p = coefs.shape
        blocks = self.design.row_blocks(p * n_outputs if n_outputs > 1 else p)
        keep = self._thinning(len(blocks), p, n_outputs) if rough else 1
        some = blocks[keep // 2 :: keep]
        beta = coefs * self.models.inverse[model]
        start = intercept - beta @ self._centre[model]

        def add(part: list[slice]) -> np.ndarray:
            if n_outputs == 1:
                return self._bent(part, start, beta, model)
            return self._bent_together(part, start, beta, model)

        total = summed(add, some)
        if keep > 1:
            weights = self.data.weights * self.models.shares[self.models.pattern, model]
            total /= sum(float(weights[rows].sum()) for rows in some)
        self._standardize(total, model)
        result: np.ndarray = total
        return result

    @cached_property
    def cheap(self) -> bool:
        """Whether second derivatives at many points come from one short product."""
        n_outputs, wide = self.data.n_outputs, self.p + 1
        size = self.design.n * (wide * (wide + 1) // 2)
        tall = self.design.n > 2 * wide and not self.design.is_sparse
        return tall and size * n_outputs**2 <= FEW_PAIRS

    @cached_property
    def _pairs(self) -> np.ndarray:
        """Products of all pairs of features, one among them, shape (n, number of pairs)."""
        full = np.ones((self.design.n, self.p + 1))
        full[:, :-1] = self.design.block(slice(0, self.design.n))
        j, k = np.triu_indices(self.p + 1)
        return np.asarray(full[:, j] * full[:, k])

    def curvatures(
        self, intercepts: np.ndarray, coefs: np.ndarray, model: np.ndarray, *, rough: bool = False
    ) -> np.ndarray:
        """Second derivatives at C points, shape (C, K, p + 1, K, p + 1); see `curvature`."""
        if not self.cheap:
            points = zip(intercepts, coefs, model, strict=True)
            return np.stack([self.curvature(b0, b, int(m), rough=rough) for b0, b, m in points])
        n_points, n_outputs, p = coefs.shape
        beta = coefs * self.models.inverse[model][:, None]
        start = intercepts - np.einsum("ckp,cp->ck", beta, self._centre[model])
        block = self.design.block(slice(0, self.design.n))
        eta = block @ beta.reshape(-1, p).T + start.ravel()
        eta = self.data.with_offset(eta.reshape(-1, n_points, n_outputs), slice(None))
        bend = self.family.curvature(self.family.mean(eta))
        bend *= self._weights(slice(0, self.design.n), model)[:, :, None, None]
        found = bend.reshape(len(block), -1).T @ self._pairs
        result = np.empty((n_points, n_outputs, n_outputs, p + 1, p + 1))
        j, k = np.triu_indices(p + 1)
        shaped = found.reshape(n_points, n_outputs, n_outputs, -1)
        result[..., j, k] = result[..., k, j] = shaped
        result = np.ascontiguousarray(result.transpose(0, 1, 3, 2, 4))
        self._standardize(result, model)
        return result

    def _thinning(self, n_blocks: int, p: int, n_outputs: int) -> int:
        """A rough answer takes every block of so many."""
        rows_needed = ROWS_PER_FEATURE * (p + 1) * n_outputs
        return int(min(max(1, self.design.n // rows_needed), max(1, n_blocks // 4)))

    def curvatures_by_model(self, intercept: np.ndarray, beta: np.ndarray) -> np.ndarray:
        """The same for every model at once, at one point in original units.

        `intercept` (K,) and `beta` (K, p) act on X itself. Rows of a pattern are summed up once.
        """
        start = intercept if self.design.shift is None else intercept + beta @ self.design.shift
        n_outputs, p = beta.shape
        sums = []
        for rows in self._rows_by_pattern:
            parts = _pieces(rows, max(LEAST_ROWS, BLOCK_BYTES // (8 * p * n_outputs)))
            add = self._bent if n_outputs == 1 else self._bent_together
            work = partial(add, start=start, beta=beta, model=None)
            sums.append(summed(work, parts))
        result = []
        for m in range(self.models.shares.shape[1]):
            total = np.tensordot(self.models.shares[:, m], np.stack(sums), axes=1)
            self._standardize(total, m)
            result.append(total)
        return np.stack(result)

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
            if not self.family.quadratic:
                eta = self.data.with_offset(block @ beta.T + start, rows)
                weights *= self.family.curvature(self.family.mean(eta))[:, 0, 0]
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
            mean = self.family.mean(self.data.with_offset(block @ beta.T + start, rows))
            full = np.ones((block.shape[0], p + 1))
            full[:, :-1] = block.toarray() if self.design.is_sparse else block
            full *= np.sqrt(self._weights(rows, model))[:, None]
            wide = (mean[:, :, None] * full[:, None, :]).reshape(len(full), -1)
            flat -= wide.T @ wide
            for k in range(n_outputs):
                scaled = full * np.sqrt(mean[:, k, None])
                result[k, :, k, :] += scaled.T @ scaled
        return result

    def _weights(self, rows: Any, model: int | np.ndarray | None) -> np.ndarray:
        """Weights of some rows in a model, or before any model has a say."""
        weights = self.data.weights[rows]
        if model is None:
            result: np.ndarray = weights.copy()
            return result
        if isinstance(model, np.ndarray):
            return np.asarray(
                weights[:, None] * self.models.shares[self.models.pattern[rows]][:, model]
            )
        return np.asarray(weights * self.models.shares[self.models.pattern[rows], model])

    def _standardize(self, total: np.ndarray, model: int | np.ndarray) -> None:
        """Turn sums over (x, 1) into sums over (z, 1), in place; perhaps of several models."""
        centre, inverse = self._centre[model], self.models.inverse[model]
        left = (..., None, slice(None), None, None)
        right = (..., None, None, None, slice(None))
        total[..., :, :-1, :, :] -= centre[left] * total[..., :, -1:, :, :]
        total[..., :-1] -= centre[right] * total[..., -1:]
        total[..., :, :-1, :, :] *= inverse[left]
        total[..., :-1] *= inverse[right]


def _pieces(rows: np.ndarray, length: int) -> list[np.ndarray]:
    """Row numbers in pieces of at most `length`."""
    return [rows[low : low + length] for low in range(0, len(rows), length)]
