"""The seam between solvers and data: sums over rows, for many models and many points at once.

A solver for many rows asks the data two questions only: the gradient of the loss at some points,
and its second derivatives at a few. Both are sums over blocks of rows, so the same solver runs on
an array, on sparse rows, on a file larger than memory, or wherever else such sums can be added up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regpath.core.design import Design
from regpath.core.families import Family
from regpath.core.solvers.residuals import RESIDUALS
from regpath.core.threads import n_threads, side_by_side

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

    def curvature(self, intercept: np.ndarray, coefs: np.ndarray, model: int) -> np.ndarray:
        """Second derivatives at one point, shape (K, p + 1, K, p + 1); the intercept comes last."""
        share = self.models.shares[:, model]
        blocks = self.design.row_blocks(self.p * len(intercept))
        count = min(n_threads(), len(blocks))

        def add(part: list[slice]) -> np.ndarray:
            return self._curvature(part, intercept, coefs, model, share)

        return np.sum(side_by_side(add, [blocks[k::count] for k in range(count)]), axis=0)

    def _curvature(
        self,
        part: list[slice],
        intercept: np.ndarray,
        coefs: np.ndarray,
        model: int,
        share: np.ndarray,
    ) -> np.ndarray:
        n_outputs, p = coefs.shape
        full = np.append(coefs, intercept[:, None], axis=1)
        result = np.zeros((n_outputs, p + 1, n_outputs, p + 1))
        flat = result.reshape(n_outputs * (p + 1), -1)
        for rows in part:
            Z = self._standardized(rows, model)
            weights = self.models.weights[rows] * share[self.models.pattern[rows]]
            mean = self.family.mean(Z @ full.T)
            if self.family.name != "multinomial":
                Z *= np.sqrt(weights * self.family.curvature(mean)[:, 0, 0])[:, None]
                flat += Z.T @ Z
                continue
            Z *= np.sqrt(weights)[:, None]
            for k in range(n_outputs):
                scaled = Z * np.sqrt(mean[:, k, None])
                result[k, :, k, :] += scaled.T @ scaled
            wide = (mean[:, :, None] * Z[:, None, :]).reshape(len(Z), -1)
            flat -= wide.T @ wide
        return result

    def _standardized(self, rows: slice, model: int) -> np.ndarray:
        """Rows of the model's features, followed by a column of ones."""
        Z = np.ones((rows.stop - rows.start, self.p + 1))
        block = self.design.X[rows]
        if self.design.is_sparse:
            block = block.toarray()
        np.subtract(block, self.models.mean[model], out=Z[:, :-1])
        Z[:, :-1] *= self.models.inverse[model]
        return Z
