"""Design: features in the coordinates in which a penalty acts, without ever storing them so.

`Z = (X - mean) / penalty_scale` exists only as the arithmetic that surrounds products with X, or
one block of rows at a time. So a fit needs little more memory than X, sparse X stays sparse, and
X may be larger than memory (a memory-mapped array).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import fsum
from typing import Any

import numpy as np
from scipy import sparse

from regpath.core.threads import dealt
from regpath.core.twofold import product_of

LIGHTEST = 1e-14  # share of all weight: less is what rounding leaves of a sum of weights
CONSTANT = 1e-12  # spread below this share of the largest value is rounding noise
FAR = 30.0  # means further than this many spreads from zero would cost digits in products
SQUARABLE = 2.0**200  # spreads up to here, and down to its inverse, have sums of squares in range
CANCELS = 1e4  # terms so many times the spread of predictions: their sum has lost 1e-12 of it
BLOCK_BYTES = 1 << 19  # a block of rows that stays in a core's cache
SPARSE_BLOCKS = 8  # of sparse rows; their products do not gain from staying in cache
WIDE = 512  # columns that are looked at together
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
        1 / penalty_scale, where `penalty_scale` equals `scale` if standardized and 1 otherwise;
        0 for a constant column, whose coefficient is zero by definition.
    shift : ndarray of shape (p,) or None
        Subtracted from each block of rows before it is multiplied, where means are so far from
        zero that products would lose digits. Never for sparse X.
    unit : ndarray of shape (p,) or None, default=None
        Powers of two that the original features were multiplied by: see `in_range`. X and what
        else is said of it here are those of the products.
    """

    X: Any
    mean: np.ndarray
    scale: np.ndarray
    inverse: np.ndarray
    shift: np.ndarray | None
    unit: np.ndarray | None = None
    _pieces: dict[tuple[int, int], Any] = field(default_factory=dict, repr=False)

    @property
    def n(self) -> int:
        """Number of rows."""
        return int(self.X.shape[0])

    @property
    def p(self) -> int:
        """Number of features."""
        return int(self.X.shape[1])

    @property
    def centre(self) -> np.ndarray:
        """Mean of each column of the blocks, shape (p,)."""
        return self.mean if self.shift is None else self.mean - self.shift

    def block(self, rows: slice | np.ndarray) -> Any:
        """Rows of X, shifted; dense or CSR, shape (n_rows, p)."""
        if self.is_sparse and isinstance(rows, slice):
            key = (rows.start, rows.stop)
            if key not in self._pieces:  # slicing sparse rows takes as long as a product
                self._pieces[key] = self.X[rows]
            return self._pieces[key]
        return self.X[rows] if self.shift is None else self.X[rows] - self.shift

    def standardized(
        self, rows: slice | np.ndarray, columns: np.ndarray | None = None
    ) -> np.ndarray:
        """Rows (and columns) of Z as a dense array of its own."""
        if columns is None:
            block = self.X[rows]
            mean, inverse = self.mean, self.inverse
        else:
            block = self.X[rows][:, columns]
            mean, inverse = self.mean[columns], self.inverse[columns]
        if sparse.issparse(block):
            block = block.toarray()
        dense: np.ndarray = np.subtract(block, mean)
        dense *= inverse
        return dense

    def columns(self, columns: np.ndarray | slice) -> np.ndarray:
        """Some columns of Z, shape (n, n_columns)."""
        dense: np.ndarray
        if sparse.issparse(self.X):
            dense = self.X[:, columns].toarray()
        elif isinstance(columns, slice):
            dense = self.X[:, columns].copy(order="K")
        elif self.X.flags.f_contiguous:
            dense = np.take(self.X.T, columns, axis=0).T
        else:
            dense = np.take(self.X, columns, axis=1)
        dense -= self.mean[columns]
        dense *= self.inverse[columns]
        return dense

    def raw(self, coefs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Coefficients and intercepts that act on blocks; (C, K, p) -> (C, K, p), (C, K)."""
        beta = coefs * self.inverse
        return beta, -(beta @ self.centre)

    def to_raw_units(
        self, intercepts: np.ndarray, coefs: np.ndarray, origin: float
    ) -> tuple[np.ndarray, np.ndarray]:
        """Intercepts (C, K) and coefs (C, K, p) that act on X itself, for the response itself.

        `origin` is what the response is measured from.
        """
        beta = coefs * self.inverse
        moved = self._moved(intercepts, -beta, origin)
        return moved, beta if self.unit is None else beta * self.unit

    @np.errstate(all="ignore")  # what is not finite is no proof
    def from_raw_units(
        self, intercepts: np.ndarray, coefs: np.ndarray, origin: float
    ) -> tuple[np.ndarray, np.ndarray]:
        """The same points in the penalty's coordinates; what rounding did to them is kept.

        Where means are far out, an intercept in original units has lost the digits that the
        penalty's coordinates still have: it is carried over exactly, so that a proof sees it.
        """
        coefs = self.within(np.ascontiguousarray(coefs))  # sums in one order, whoever asks
        scaled = np.divide(coefs, self.inverse, out=np.zeros_like(coefs), where=self.inverse > 0.0)
        return self._moved(intercepts, coefs, -origin), scaled

    def within(self, coefs: np.ndarray) -> np.ndarray:
        """Coefficients (..., p) of the original features, as they act on X here."""
        return coefs if self.unit is None else coefs / self.unit

    def original_moments(self) -> tuple[np.ndarray, np.ndarray]:
        """Mean and standard deviation (p,) of the original features."""
        if self.unit is None:
            return self.mean, self.scale
        return self.mean / self.unit, self.scale / self.unit

    def _moved(self, intercepts: np.ndarray, beta: np.ndarray, origin: float) -> np.ndarray:
        """Sums of intercepts (C, K), beta (C, K, p) @ mean and origin, rounded once if far out."""
        moved = np.asarray(intercepts + beta @ self.mean + origin)
        sizes = np.abs(beta) @ np.stack([np.abs(self.mean), self.scale], axis=1)
        size = np.abs(intercepts) + sizes[..., 0] + abs(origin)
        near = sizes[..., 1] + np.minimum(np.abs(intercepts), np.abs(moved))
        far = (size > CANCELS * near) & np.isfinite(size)
        for c, k in zip(*np.nonzero(far), strict=True):
            some = np.flatnonzero(beta[c, k])
            parts = intercepts[c, k], origin, beta[c, k, some], self.mean[some]
            moved[c, k] = exact_sum(*parts)
        return moved

    def row_blocks(self, width: int) -> list[slice]:
        """Stretches of rows such that one with `width` more columns stays in cache."""
        if self.is_sparse:
            return list(stretches(self.n, max(LEAST_ROWS, -(-self.n // SPARSE_BLOCKS))))
        return list(stretches(self.n, max(LEAST_ROWS, BLOCK_BYTES // (8 * (width + self.p)))))

    @property
    def is_plain(self) -> bool:
        """Whether blocks of X are what the penalty sees, as they are."""
        return self.shift is None and not self.mean.any() and bool((self.inverse == 1.0).all())

    @property
    def is_sparse(self) -> bool:
        """Whether X is sparse."""
        return bool(sparse.issparse(self.X))


def exact_sum(a: float, b: float, x: np.ndarray, y: np.ndarray) -> float:
    """Compute a + b + x @ y, rounded once."""
    product, lost = product_of(x, y)
    return fsum([a, b, *product.tolist(), *lost[np.isfinite(lost)].tolist()])


def stretches(n: int, rows: int) -> Iterator[slice]:
    """Cut range(n) into slices of about equal length, at most `rows` long."""
    count = max(1, -(-n // rows))
    edges = [n * k // count for k in range(count + 1)]
    for low, high in pairwise(edges):
        yield slice(low, high)


def moments(X: Any, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weighted mean and 1/n standard deviation of each column; the latter 0 where constant.

    `weights` (n,) sum to one.
    """
    if sparse.issparse(X):
        return _sparse_moments(X, weights)
    p = X.shape[1]
    if p <= WIDE:
        return _dense_moments(X, weights, slice(0, p), dealt)
    # Blocks of whole rows would be large: a few columns after the other, whole columns each time.
    pieces = list(stretches(p, WIDE))
    mean, scale = np.empty(p), np.empty(p)

    def work(part: list[slice]) -> None:
        for columns in part:
            mean[columns], scale[columns] = _dense_moments(X, weights, columns, _alone)

    dealt(work, pieces)
    return mean, scale


def _alone(work: Callable[[list[slice]], Any], items: list[slice]) -> list[Any]:
    return [work(items)]


def _dense_moments(
    X: Any, weights: np.ndarray, columns: slice, deal: Callable[..., list[Any]]
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of some columns; `deal` gives out blocks of rows."""
    p = columns.stop - columns.start
    blocks = list(stretches(X.shape[0], max(LEAST_ROWS, BLOCK_BYTES // (8 * max(p, 1)))))

    def first(part: list[slice]) -> tuple[np.ndarray, np.ndarray]:
        largest, total = np.zeros(p), np.zeros(p)
        for rows in part:
            block = X[rows, columns]
            np.maximum(largest, block.max(axis=0), out=largest)
            np.maximum(largest, -block.min(axis=0), out=largest)
            total += weights[rows] @ block
        return largest, total

    found = deal(first, blocks)
    largest = np.max([peak for peak, _ in found], axis=0)
    mean = np.sum([total for _, total in found], axis=0)
    # Squares of very large or very small values must not leave float range.
    unit = np.where(largest > 0.0, largest, 1.0)

    def second(part: list[slice]) -> np.ndarray:
        total = np.zeros((2, p))
        for rows in part:
            block = np.subtract(X[rows, columns], mean)
            block /= unit
            total[0] += weights[rows] @ block
            total[1] += weights[rows] @ np.square(block, out=block)
        return total

    drift, spread = np.sum(deal(second, blocks), axis=0)
    scale = np.sqrt(np.maximum(spread - drift**2, 0.0))
    scale[scale <= CONSTANT] = 0.0
    return mean + drift * unit, scale * unit


def _sparse_moments(X: Any, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    p = X.shape[1]
    largest = np.zeros(p)
    np.maximum.at(largest, X.indices, np.abs(X.data))
    unit = np.where(largest > 0.0, largest, 1.0)
    repeated = np.repeat(weights, np.diff(X.indptr))
    scaled = X.data / unit[X.indices]
    mean = np.bincount(X.indices, weights=repeated * scaled, minlength=p)
    filled = np.bincount(X.indices, weights=repeated, minlength=p)
    # Either no row is empty, or at least the one that weighs least; less than that is rounding.
    empty = 1.0 - filled
    empty[empty < max(0.5 * weights[weights > 0.0].min(), LIGHTEST)] = 0.0
    away = scaled - mean[X.indices]
    drift = np.bincount(X.indices, weights=repeated * away, minlength=p) - empty * mean
    away = np.square(away, out=away)
    around = np.bincount(X.indices, weights=repeated * away, minlength=p)
    around = around + empty * np.square(mean)
    scale = np.sqrt(np.maximum(around - drift**2, 0.0))
    scale[scale <= CONSTANT] = 0.0
    return (mean + drift) * unit, scale * unit


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
        far = np.abs(mean) / FAR > np.where(constant, np.inf, scale)
        shift = np.where(far, mean, 0.0) if far.any() else None
    return Design(X, mean, scale, inverse, shift)


def change_of_basis(old: Design, new: Design) -> np.ndarray:
    """What takes sums over (z, 1) of one design to those of another of the same features."""
    p = len(old.mean)
    change = np.zeros((p + 1, p + 1))
    scale = np.divide(1.0, old.inverse, out=np.zeros(p), where=old.inverse > 0.0)
    change[np.diag_indices(p)] = scale * new.inverse
    change[:-1, -1] = (old.mean - new.mean) * new.inverse
    change[-1, -1] = 1.0
    return change


def in_range(design: Design) -> Design:
    """The same standardized features, times powers of two where their squares are out of range.

    What is solved is the same to the last bit; only a column that needs it is copied, with X.
    """
    wild = out_of_range(design)
    if not wild.any():
        return design
    exponent = np.where(wild, np.clip(np.frexp(design.scale)[1], -1020, 1020), 0)
    unit = np.ldexp(1.0, -exponent)
    X = design.X.multiply(unit).tocsr() if design.is_sparse else design.X * unit
    mean, scale = design.mean * unit, design.scale * unit
    shift = None if design.shift is None else design.shift * unit
    return Design(X, mean, scale, design.inverse / unit, shift, unit)


def out_of_range(design: Design) -> np.ndarray:
    """Which features spread so far, or so little, that their squares are no numbers, (p,)."""
    scale = design.scale
    result: np.ndarray = (scale > 0.0) & ~((scale > 1.0 / SQUARABLE) & (scale < SQUARABLE))
    return result


def plain_design(Z: np.ndarray) -> Design:
    """Design of features that are in the penalty's coordinates already."""
    p = Z.shape[1]
    return Design(Z, np.zeros(p), np.ones(p), np.ones(p), None)
