"""Design: features in the coordinates in which a penalty acts, without ever storing them so.

`Z = (X - mean) / penalty_scale` exists only as the arithmetic that surrounds products with X, or
one block of rows at a time. So a fit needs little more memory than X, sparse X stays sparse, and
X may be larger than memory (a memory-mapped array).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from regpath.core.threads import n_threads, side_by_side

CONSTANT = 1e-12  # spread below this share of the largest value is rounding noise
FAR = 1e3  # means further than this many spreads from zero would cost digits in a product
BLOCK_BYTES = 1 << 19  # a block of rows that stays in a core's cache
LEAST_ROWS = 256  # shorter blocks of wide data would starve matrix products


@dataclass(frozen=True, eq=False)
class Design:
    """Features as the penalty sees them.

    Attributes
    ----------
    X : ndarray, memory map or CSR matrix of shape (n, p)
        In original units.
    mean, scale : ndarray of shape (p,)
        Weighted mean and 1/n standard deviation of each column (0 for a constant one).
    inverse : ndarray of shape (p,)
        1 / penalty_scale, where `penalty_scale` equals `scale` if standardised and 1 otherwise;
        0 for a constant column, whose coefficient is zero by definition.
    shift : ndarray of shape (p,) or None
        Subtracted from each block of rows before it is multiplied, where means are so far from
        zero that products would lose digits. Never for sparse X.
    """

    X: Any
    mean: np.ndarray
    scale: np.ndarray
    inverse: np.ndarray
    shift: np.ndarray | None

    @property
    def n(self) -> int:
        """Number of rows."""
        return int(self.X.shape[0])

    @property
    def p(self) -> int:
        """Number of features."""
        return int(self.X.shape[1])

    @property
    def offset(self) -> np.ndarray:
        """Mean of each column of the blocks, shape (p,)."""
        return self.mean if self.shift is None else self.mean - self.shift

    def block(self, rows: slice) -> Any:
        """Rows of X, shifted; dense or CSR, shape (n_rows, p)."""
        block = self.X[rows]
        if self.shift is not None:
            return block - self.shift
        return block

    def standardized(self, rows: slice, columns: np.ndarray | None = None) -> np.ndarray:
        """Rows (and columns) of Z as a dense array of its own."""
        if columns is None:
            block = self.X[rows]
            mean, inverse = self.mean, self.inverse
        else:
            block = self.X[rows][:, columns]
            mean, inverse = self.mean[columns], self.inverse[columns]
        if sparse.issparse(block):
            block = block.toarray()
        dense = np.subtract(block, mean)
        dense *= inverse
        return dense

    def columns(self, columns: np.ndarray | slice) -> np.ndarray:
        """Some columns of Z, shape (n, n_columns)."""
        if sparse.issparse(self.X):
            dense = self.X[:, columns].toarray()
        elif isinstance(columns, slice):
            dense = self.X[:, columns].copy(order="K")
        else:
            dense = np.take(self.X, columns, axis=1)
        dense -= self.mean[columns]
        dense *= self.inverse[columns]
        return dense

    def raw(self, coefs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Coefficients and offsets that act on blocks; (C, K, p) -> (C, K, p), (C, K)."""
        beta = coefs * self.inverse
        return beta, -(beta @ self.offset)

    def raw_units(self, coefs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Coefficients and intercept changes that act on X itself; see `raw`."""
        beta = coefs * self.inverse
        return beta, -(beta @ self.mean)

    def row_blocks(self, width: int) -> list[slice]:
        """Stretches of rows such that one with `width` more columns stays in cache."""
        rows = max(LEAST_ROWS, BLOCK_BYTES // (8 * (width + (1 if self.is_sparse else self.p))))
        return list(stretches(self.n, rows))

    @property
    def is_sparse(self) -> bool:
        """Whether X is sparse."""
        return sparse.issparse(self.X)


def stretches(n: int, rows: int) -> Iterator[slice]:
    """Cut range(n) into slices of about equal length, at most `rows` long."""
    count = max(1, -(-n // rows))
    edges = [n * k // count for k in range(count + 1)]
    for low, high in zip(edges[:-1], edges[1:], strict=True):
        yield slice(low, high)


def moments(X: Any, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weighted mean and 1/n standard deviation of each column; the latter 0 where constant.

    `weights` (n,) sum to one.
    """
    if sparse.issparse(X):
        return _sparse_moments(X, weights)
    n, p = X.shape
    blocks = list(stretches(n, max(LEAST_ROWS, BLOCK_BYTES // (8 * max(p, 1)))))
    parts = [blocks[k :: n_threads()] for k in range(min(n_threads(), len(blocks)))]

    def first(part: list[slice]) -> tuple[np.ndarray, np.ndarray]:
        largest, total = np.zeros(p), np.zeros(p)
        for rows in part:
            block = X[rows]
            np.maximum(largest, block.max(axis=0), out=largest)
            np.maximum(largest, -block.min(axis=0), out=largest)
            total += _scaled_sum(weights[rows], block)
        return largest, total

    found = side_by_side(first, parts)
    largest = np.max([peak for peak, _ in found], axis=0)
    mean = np.sum([total for _, total in found], axis=0)
    # Squares of very large or very small values must not leave float range.
    unit = np.where(largest > 0.0, largest, 1.0)

    def second(part: list[slice]) -> np.ndarray:
        total = np.zeros((2, p))
        for rows in part:
            block = np.subtract(X[rows], mean)
            block /= unit
            total[0] += weights[rows] @ block
            total[1] += weights[rows] @ np.square(block, out=block)
        return total

    drift, spread = np.sum(side_by_side(second, parts), axis=0)
    scale = np.sqrt(np.maximum(spread - drift**2, 0.0))
    scale[scale <= CONSTANT] = 0.0
    return mean + drift * unit, scale * unit


def _scaled_sum(weights: np.ndarray, block: np.ndarray) -> np.ndarray:
    return np.asarray(weights @ block)


def _sparse_moments(X: Any, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    p = X.shape[1]
    largest = np.zeros(p)
    np.maximum.at(largest, X.indices, np.abs(X.data))
    unit = np.where(largest > 0.0, largest, 1.0)
    repeated = np.repeat(weights, np.diff(X.indptr))
    scaled = X.data / unit[X.indices]
    mean = np.bincount(X.indices, weights=repeated * scaled, minlength=p)
    filled = np.bincount(X.indices, weights=repeated, minlength=p)
    around = np.bincount(
        X.indices, weights=repeated * np.square(scaled - mean[X.indices]), minlength=p
    )
    scale = np.sqrt(around + np.maximum(1.0 - filled, 0.0) * np.square(mean))
    scale[scale <= CONSTANT] = 0.0
    return mean * unit, scale * unit


def design_of(X: Any, weights: np.ndarray, standardize: bool) -> Design:
    """Learn the coordinates of X under `weights` (n,), which sum to one."""
    mean, scale = moments(X, weights)
    return coordinates(X, mean, scale, standardize)


def coordinates(
    X: Any, mean: np.ndarray, scale: np.ndarray, standardize: bool, shift: np.ndarray | None = None
) -> Design:
    """Design with known moments; `shift` is found where it is not given."""
    constant = scale == 0.0
    inverse = np.zeros_like(scale)
    inverse[~constant] = 1.0 / scale[~constant] if standardize else 1.0
    if shift is None and not sparse.issparse(X):
        far = np.abs(mean) > FAR * np.where(constant, np.inf, scale)
        shift = np.where(far, mean, 0.0) if far.any() else None
    return Design(X, mean, scale, inverse, shift)


def plain(Z: np.ndarray) -> Design:
    """Design of features that are in the penalty's coordinates already."""
    p = Z.shape[1]
    return Design(Z, np.zeros(p), np.ones(p), np.ones(p), None)
