"""The values that a fit is made of: its data, its goal, and the points that it finds.

They travel together from a Problem to the solvers and to the proof. Nothing here computes a path.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np

from regpath.core.design import Design
from regpath.core.families import Family
from regpath.core.penalty import Penalty

TOL = 1e-7  # goal for KKT violation and relative gap, if the caller has no other
AIM = 1e-8  # KKT violation that a solver aims at, however loose the caller's `tol`


@dataclass(frozen=True, eq=False)
class FitData:
    """Rows to be fit, as the penalty sees them.

    Attributes
    ----------
    design : Design
        Features, n rows and p columns.
    Y : ndarray of shape (n, K)
        Response, measured from `origin`.
    weights : ndarray of shape (n,)
        Sum to one.
    family : Family
    offset : ndarray of shape (n,), or None
        What is added to every prediction of a row before the model has its say, such as the log of
        an exposure; None means nothing.
    origin : float
        What Y is measured from; intercepts in original units are that much larger.
    """

    design: Design
    Y: np.ndarray
    weights: np.ndarray
    family: Family
    offset: np.ndarray | None = None
    origin: float = 0.0

    @property
    def n(self) -> int:
        """Number of rows."""
        return self.design.n

    @property
    def p(self) -> int:
        """Number of features."""
        return self.design.p

    @property
    def n_outputs(self) -> int:
        """Number of outputs, K."""
        return int(self.Y.shape[1])

    @cached_property
    def steepest(self) -> float:
        """The largest curvature of a row's loss that a solver should reckon with."""
        return self.family.steepest(self.Y)

    def weighed(self, design: Design, weights: np.ndarray) -> Self:
        """The same rows with other weights, in the coordinates that belong to these."""
        return replace(self, design=design, weights=weights)

    def with_offset(self, eta: np.ndarray, rows: slice | np.ndarray) -> np.ndarray:
        """Add the offset of some rows to their predictions (n_rows, ...), in place."""
        if self.offset is not None:
            eta += self.offset[rows].reshape(-1, *[1] * (eta.ndim - 1))
        return eta

    def null_intercept(self) -> np.ndarray:
        """Intercept of the model without features, shape (K,)."""
        return self.family.null_intercept(self.Y, self.weights, self.offset)

    def null_eta(self) -> np.ndarray:
        """Predictions of the model without features, shape (n, K)."""
        return self.with_offset(np.tile(self.null_intercept(), (self.n, 1)), slice(None))


class Points(NamedTuple):
    """C models of the same data: intercepts (C, K) and coefs (C, K, p)."""

    intercepts: np.ndarray
    coefs: np.ndarray

    def at(self, chosen: np.ndarray | slice | int) -> Points:
        """Some of them."""
        return Points(self.intercepts[chosen], self.coefs[chosen])

    def among(self, features: np.ndarray) -> Points:
        """The same models, seen by some features alone."""
        return Points(self.intercepts, self.coefs[:, :, features])

    def copy(self) -> Points:
        """The same numbers in arrays of their own."""
        return Points(self.intercepts.copy(), self.coefs.copy())

    def put(self, where: np.ndarray | slice, new: Points) -> None:
        """Write other points in the place of some, in place."""
        self.intercepts[where], self.coefs[where] = new


class NullModel(NamedTuple):
    """The model without penalized features.

    `gradient` is its largest gradient over penalized features and classes, `entry` the same
    divided by the penalty factors. Of the intercept alone, without any feature, are `loss`, from
    which explained deviance is counted, and `spread`, the largest standard deviation of the
    residuals over the classes: with `gradient` the scale against which violations are measured.
    """

    intercept: np.ndarray
    coefs: np.ndarray
    loss: float
    gradient: float
    entry: float
    spread: float

    def repeated(self, count: int) -> Points:
        """The same model `count` times."""
        return Points(np.tile(self.intercept, (count, 1)), np.tile(self.coefs, (count, 1, 1)))


@dataclass(frozen=True, eq=False)
class Goal:
    """What is to be minimized, and how well.

    Attributes
    ----------
    lambdas : ndarray of shape (L,)
        Strictly decreasing strengths.
    penalty : Penalty
    targets : ndarray of shape (L,)
        Violation of the optimality conditions that a solver should reach at each lambda, as
        `Penalty.violation` measures it. Whether it was reached is for the certificate to say.
    tol : float
        KKT violation and relative gap above which a point is solved again, more tightly.
    """

    lambdas: np.ndarray
    penalty: Penalty
    targets: np.ndarray
    tol: float = TOL

    @classmethod
    def of(cls, lambdas: np.ndarray, penalty: Penalty, null: NullModel, tol: float = TOL) -> Goal:
        """Set the targets at which certificates usually meet `tol`."""
        targets = np.full(lambdas.shape, 0.5 * min(0.1 * tol, AIM) * null.gradient)
        if penalty.l1_ratio == 1.0:
            # The lasso's gap grows with violation / lambda, since its dual point must be shrunk
            # into the box; with a ridge part it grows with the square of the violation only.
            targets = np.minimum(targets, 0.25 * tol * lambdas)
        return cls(lambdas, penalty, targets, tol)

    def at(self, chosen: np.ndarray | slice) -> Goal:
        """Some of the lambdas."""
        return Goal(self.lambdas[chosen], self.penalty, self.targets[chosen], self.tol)

    def accepting(self, tol: float) -> Goal:
        """The same targets; but points within `tol` are not solved again."""
        return replace(self, tol=tol)

    def tighter(self, share: float) -> Goal:
        """The same lambdas with targets that are only a share of these."""
        return self.aiming(share * self.targets)

    def aiming(self, targets: np.ndarray) -> Goal:
        """The same lambdas with other targets."""
        return Goal(self.lambdas, self.penalty, targets, self.tol)

    def of_features(self, features: np.ndarray) -> Goal:
        """The same for some features alone."""
        penalty = Penalty(self.penalty.l1_ratio, self.penalty.factors[features])
        return replace(self, penalty=penalty)
