"""The seam between a fit and its rows: what solvers, proof and validation ask, all of it sums.

Every answer is a sum over rows, or is made of such sums, so rows may lie in parts: the answer of
the whole is the sum over its parts. `in_memory` makes a `RowData` of a problem's arrays; an engine
that keeps rows elsewhere makes one of its own (docs/extending/engine.md).
"""

from __future__ import annotations

from typing import NamedTuple, Protocol, runtime_checkable

import numpy as np

from regpath.core.evidence import Squares, Sums
from regpath.core.families import Family
from regpath.core.fit import FitData, Goal, Points

ANCHORS = 16  # points of a path at which second derivatives are measured


class Coordinates(Protocol):
    """Where the penalty acts: on features (x - mean) inverse.

    `mean` and `scale` (p,) are weighted moments of the rows; `inverse` (p,) is 1 / scale or 1, and
    0 for a constant feature. `regpath.core.design.Design` has all of these.
    """

    @property
    def mean(self) -> np.ndarray: ...  # noqa: D102

    @property
    def scale(self) -> np.ndarray: ...  # noqa: D102

    @property
    def inverse(self) -> np.ndarray: ...  # noqa: D102

    def to_raw_units(
        self, intercepts: np.ndarray, coefs: np.ndarray, origin: float
    ) -> tuple[np.ndarray, np.ndarray]:
        """Intercepts (C, K) and coefs (C, K, p) for the features and the response themselves."""

    def from_raw_units(
        self, intercepts: np.ndarray, coefs: np.ndarray, origin: float
    ) -> tuple[np.ndarray, np.ndarray]:
        """Inverse of `to_raw_units`."""


class NullSums(NamedTuple):
    """Of the intercept alone: its value (K,), its mean loss, and the spread of its residuals.

    `spread` is the largest root of sum_i w_i u_ik^2 over the outputs k.
    """

    intercept: np.ndarray
    loss: float
    spread: float


class HeldOut(NamedTuple):
    """sum_i w_i loss_i of C points (C,) over some rows, and sum_i w_i of these rows."""

    total: np.ndarray
    mass: float


class ModelSums(Protocol):
    """What a solver for many rows asks: gradients at many points, second derivatives at a few.

    M models have weights of their own on the same rows, and coordinates of their own: one for a
    path, one for each fold of a validation. Points are intercepts (C, K) and coefs (C, K, p) in
    the coordinates of the model whose number `model` (C,) gives; u = y - mean.
    """

    @property
    def family(self) -> Family: ...  # noqa: D102

    @property
    def p(self) -> int: ...  # noqa: D102

    @property
    def steepest(self) -> float:
        """The largest curvature of a row's loss that a solver should reckon with."""

    @property
    def cheap(self) -> bool:
        """Whether second derivatives at many points cost no more than their gradients."""

    def gradient(
        self, intercepts: np.ndarray, coefs: np.ndarray, model: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """sum_i w_i u_i z_i (C, K, p) and sum_i w_i u_i (C, K)."""

    def gradients_by_model(
        self, intercepts: np.ndarray, betas: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """The same in every model, (M, C, K, p) and (M, C, K), at points in original units."""

    def curvature(
        self, intercept: np.ndarray, coefs: np.ndarray, model: int, *, rough: bool = False
    ) -> np.ndarray:
        """Second derivatives at one point, (K, p + 1, K, p + 1); the intercept comes last.

        Some hundreds of rows per feature are enough for a `rough` answer.
        """

    def curvatures(
        self, intercepts: np.ndarray, coefs: np.ndarray, model: np.ndarray, *, rough: bool = False
    ) -> np.ndarray:
        """The same at C points, (C, K, p + 1, K, p + 1)."""

    def curvatures_by_model(self, intercept: np.ndarray, beta: np.ndarray) -> np.ndarray:
        """The same in every model, (M, K, p + 1, K, p + 1), at one point in original units."""


class RowData(Protocol):
    """Rows that a model is fit to, as its penalty sees them.

    Weights sum to one, responses are measured from `origin`, and points are in the coordinates of
    `design` where nothing else is said.
    """

    @property
    def family(self) -> Family: ...  # noqa: D102

    @property
    def design(self) -> Coordinates: ...  # noqa: D102

    @property
    def origin(self) -> float: ...  # noqa: D102

    @property
    def n(self) -> int: ...  # noqa: D102

    @property
    def p(self) -> int: ...  # noqa: D102

    @property
    def n_outputs(self) -> int: ...  # noqa: D102

    @property
    def arrays(self) -> FitData | None:
        """The rows as arrays, where they are at hand.

        Solvers for few rows or many features work on columns; without them, paths are found by
        Gram matrices and Newton steps on all features.
        """

    def null_sums(self) -> NullSums:
        """The model without features."""

    def curvature_along(self, point: Points, step: np.ndarray) -> float:
        """Second derivative of the mean loss at one point along a step (K, p)."""

    def certificate_sums(
        self, penalized: np.ndarray, points: Points, known: Squares | None = None
    ) -> Sums:
        """Loss, gradients and what balancing needs, at C points: see `evidence.Sums`.

        What solvers ask must not be answered from here, nor this from there: a proof shares
        nothing with what found the point. `known` are sums of products, if the caller has them.
        """

    def model_sums(self) -> ModelSums:
        """What solvers ask, for the one model that all rows belong to."""


class SplittableRows(RowData, Protocol):
    """Rows that a caller may deal into folds by their positions, from 0 to n - 1.

    Rows that lie elsewhere deal themselves where they lie (`regpath.rows.validating`), and are
    none of these.
    """

    def for_folds(self, pattern: np.ndarray, kinds: np.ndarray, standardize: bool) -> FoldRows:
        """The rows of M folds: row i trains fold m where kinds[pattern[i], m] is true."""

    def held_out(self, points: Points, rows: np.ndarray) -> HeldOut:
        """Losses of C points over the rows of the mask `rows` (n,)."""


class FoldRows(NamedTuple):
    """What M folds are trained on: the rows of each, with weights and coordinates of its own.

    `sums` has one model for each of them; `known` are their sums of products, for least squares.
    """

    rows: list[RowData]
    sums: ModelSums
    known: list[Squares | None]


class WarmStart(NamedTuple):
    """Points near a path, one for each lambda, and what is known of the loss there.

    Attributes
    ----------
    points : Points
    gradients : tuple of ndarray of shape (L, K, p), (L, K)
        There, as `ModelSums.gradient` gives them.
    anchors : ndarray of shape (A,)
        Decreasing lambdas of points near the path whose second derivatives are known.
    hessians : ndarray of shape (A, K, p + 1, K, p + 1)
    """

    points: Points
    gradients: tuple[np.ndarray, np.ndarray]
    anchors: np.ndarray
    hessians: np.ndarray


@runtime_checkable
class DearRows(Protocol):
    """Rows of which a pass costs more than all that is done with its answer."""

    def warm_start(self, goal: Goal) -> WarmStart | None:
        """Where all points of a path may start together; None if that is not known."""

    def look_again(self, points: Points, goal: Goal) -> WarmStart | None:
        """The same at better points, in one pass; None where the start was as near as that."""


def anchors_of(n_lambdas: int) -> np.ndarray:
    """Numbers of the points at which second derivatives are measured.

    >>> anchors_of(3).tolist(), len(anchors_of(100))
    ([0, 1, 2], 16)
    """
    even = np.linspace(0.0, n_lambdas - 1.0, min(ANCHORS, n_lambdas))
    return np.unique(np.round(even).astype(np.intp))
