"""Family: what everybody else may ask of a loss, so that nobody asks for its name."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np


class Family(ABC):
    """A loss, what its response is, and what is to be said and shown of it.

    Shapes: the last axis of `eta`, `Y` and everything derived from them counts the K outputs; any
    axes may stand before it. K is the number of classes where `per_class`, else 1.

    Attributes
    ----------
    name : str
        As callers write it.
    title : str
        As a menu says it.
    model : str
        What it is called in a sentence.
    kind : str
        What a response is, "amount", "classes", "counts" or a word of its own: which measures can
        judge a prediction (`Measure.kinds`). Classes are coded by position, all others are numbers.
    responses : str
        What several of them are called in a sentence.
    has_domain : bool
        Whether not every number can be an expected response.
    has_exposure : bool
        Whether rows may say how long or how much was watched: an offset, the log of it.
    is_guessed : bool
        Whether a target alone may suggest it (`core.problems.response.guess_family`).
    choose_if : str
        When a person should choose it in place of what was guessed; "" if nothing is to be said.
    per_class : bool
        Whether there is one linear predictor for each class; else there is one in all, and if the
        response is a class, it is one of two.
    quadratic : bool
        Whether the loss is the squared error, so that second derivatives are the same everywhere.
    largest_curvature : float
        Of the loss of one row, over all predictions and directions; infinite without a bound.
    kernels : str
        Which compiled loops of `solvers.kernels` serve it.
    variance_unknown : bool
        Whether the likelihood has a variance that is estimated too.
    measure : str
        By which a strength is chosen unless the caller says otherwise.
    ratio : str
        The unit of coefficients that their exponential is; "" if it means nothing.
    predictor : str
        What the linear predictor is, in words.
    view : {"scatter", "threshold", "confusion"}
        How the explorer shows predictions beside what was observed.
    script : str
        Which of `export.estimators` writes the scikit-learn script of a fit; "" if none does.
    glmnet : str
        What R's glmnet calls it; "" if that has no such family.
    query : str
        Which of `export.sql_query` tells a database's rows what a fit expects; "" if none does.
    systems : tuple of str
        Which other systems fit it too, as `core.conversions` calls their strengths.
    no_finite_fit : str
        What features without a penalty do that have no finite fit; "" if every fit is finite.
    endless_at_zero : bool
        Whether that is so where features point out rows whose response is 0.
    demand : str
        What numbers must be to be responses, where not every number can be one; see `cannot_be`.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    model: ClassVar[str]
    kind: ClassVar[str]
    responses: ClassVar[str]
    has_domain: ClassVar[bool] = False
    has_exposure: ClassVar[bool] = False
    is_guessed: ClassVar[bool] = False
    choose_if: ClassVar[str] = ""
    per_class: ClassVar[bool] = False
    quadratic: ClassVar[bool] = False
    largest_curvature: ClassVar[float]
    kernels: ClassVar[str]
    variance_unknown: ClassVar[bool] = False
    measure: ClassVar[str]
    ratio: ClassVar[str] = ""
    predictor: ClassVar[str]
    view: ClassVar[str]
    script: ClassVar[str] = ""
    glmnet: ClassVar[str] = ""
    query: ClassVar[str] = ""
    systems: ClassVar[tuple[str, ...]] = ()
    no_finite_fit: ClassVar[str] = ""
    endless_at_zero: ClassVar[bool] = False
    demand: ClassVar[str] = ""

    @property
    def has_classes(self) -> bool:
        """Whether the response is a class."""
        return self.kind == "classes"

    @property
    def two_classes(self) -> bool:
        """Whether the response is one of two classes, and one predictor tells which."""
        return self.has_classes and not self.per_class

    def cannot_be(self, y: np.ndarray) -> np.ndarray:
        """Which numbers are no responses, shape (n,)."""
        return np.zeros(len(y), dtype=bool)

    def is_offered_for(self, y: np.ndarray) -> bool:
        """Whether a menu names it for numbers; a caller may name it for all that can be some."""
        return not self.cannot_be(y).any()

    def n_outputs(self, n_classes: int) -> int:
        """Number of linear predictors, K."""
        return n_classes if self.per_class else 1

    def origin(self, y: np.ndarray, weights: np.ndarray) -> float:
        """What responses are measured from; `weights` sum to one."""
        return 0.0

    def coded(self, y: np.ndarray, n_classes: int) -> np.ndarray:
        """Responses (n,), or positions of classes, as `Y` (n, K)."""
        return y[:, None].astype(float)

    def probabilities(self, eta: np.ndarray) -> np.ndarray:
        """Probability of each class, (..., n_classes), where the response is a class."""
        raise TypeError(f"The {self.name} family has no classes.")

    @abstractmethod
    def loss(self, Y: np.ndarray, eta: np.ndarray) -> np.ndarray:
        """Loss of each row, shape (..., ); never negative, and 0 for a perfect prediction."""

    @abstractmethod
    def mean(self, eta: np.ndarray) -> np.ndarray:
        """Expected response, shape (..., K); the gradient of the loss in eta is `mean - Y`."""

    @abstractmethod
    def curvature(self, mean: np.ndarray) -> np.ndarray:
        """Second derivatives of each row's loss in eta, shape (..., K, K)."""

    def curvature_diagonal(self, mean: np.ndarray) -> np.ndarray:
        """The diagonals of `curvature`, shape (..., K)."""
        return np.asarray(np.diagonal(self.curvature(mean), axis1=-2, axis2=-1))

    def steepest(self, Y: np.ndarray) -> float:
        """The largest curvature that a solver should reckon with, for responses `Y` (n, K)."""
        return self.largest_curvature

    @abstractmethod
    def evaluate(self, Y: np.ndarray, eta: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Loss, mean, and what `bent` takes, at once, which costs less; for eta (n, C, K)."""

    def bent(self, bend: np.ndarray, factors: np.ndarray) -> np.ndarray:
        """Second derivatives times `factors` (n, Q), summed over rows; shape (Q, C, K, K)."""
        return np.asarray((factors.T @ bend[..., 0])[..., None, None])

    @abstractmethod
    def null_intercept(
        self, Y: np.ndarray, weights: np.ndarray, offset: np.ndarray | None = None
    ) -> np.ndarray:
        """Intercept of the model without features, shape (K,); `weights` sum to one.

        `offset` (n,) is added to the predictions of each row.
        """

    def null_loss(
        self, Y: np.ndarray, weights: np.ndarray, offset: np.ndarray | None = None
    ) -> float:
        """Mean loss of the model without features; `weights` sum to one."""
        alone = np.tile(self.null_intercept(Y, weights, offset), (len(Y), 1))
        if offset is not None:
            alone += offset[:, None]
        return float(weights @ self.loss(Y, alone))


def entropy(shares: np.ndarray) -> float:
    """Minus the sum of s log(s) over shares; nothing of a share of nothing."""
    some = shares[shares > 0.0]
    return float(-(some * np.log(some)).sum())
