"""Two features of any fit: their path, the ball of the penalty and the valley of the loss."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from regpath.core.geometry.ball import Ball
from regpath.core.geometry.priors import Prior
from regpath.core.geometry.valley import FreeCoefs, Valley
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath, check_match
from regpath.errors import DataError

MOST_FREE = 150  # coefficients that are fitted again at each point: their systems are dense
MOST_PRODUCTS = 20_000_000  # numbers of all products of two columns, 160 MB


@dataclass(frozen=True, eq=False)
class FeaturePair:
    """Two features of a path, and of one class where each has coefficients of its own.

    Attributes
    ----------
    problem : Problem
        The rows of the fit, with the weights that it gave them.
    path : RegPath
    features : (int, int)
        Their positions.
    output : int, default=0
        Position of the class.

    Raises
    ------
    DataError
        If they are not two, or one of them has no penalty.

    Examples
    --------
    >>> import numpy as np, regpath
    >>> from regpath.core.geometry.touching import touching_point
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem, l1_ratio=0.5, n_lambdas=20)
    >>> pair = FeaturePair(problem, path, (2, 8))
    >>> touched = touching_point(pair.valley(12), pair.ball(12))
    >>> bool(np.abs(touched - pair.coefs[:, 12]).max() < 1e-4)
    True
    """

    problem: Problem
    path: RegPath
    features: tuple[int, int]
    output: int = 0

    def __post_init__(self) -> None:
        check_match(self.path, self.problem, "FeaturePair")
        if self.features[0] == self.features[1]:
            raise DataError("The picture is of two features.", "Choose another one beside it.")
        for j, factor in zip(self.features, self.factors, strict=True):
            if not factor > 0.0:
                name = self.path.feature_names[j]
                raise DataError(
                    f"{name!r} has no penalty, and what costs nothing has no ball.",
                    "Choose features that are penalized.",
                )

    @property
    def names(self) -> tuple[str, str]:
        """The names of the features."""
        first, second = (self.path.feature_names[j] for j in self.features)
        return first, second

    @property
    def units(self) -> str:
        """The units that the penalty sees, as `RegPath.coefs` calls them."""
        return "standardized" if self.path.standardize else "original"

    @property
    def coefs(self) -> np.ndarray:
        """The path of the two, shape (2, n_lambdas)."""
        every = self.path.coefs(self.units)
        return np.asarray((every[self.output] if every.ndim == 3 else every)[list(self.features)])

    @property
    def factors(self) -> np.ndarray:
        """Their penalty factors, shape (2,)."""
        return np.asarray(self.path.penalty_factor, dtype=float)[list(self.features)]

    @property
    def n_others(self) -> int:
        """How many coefficients there are beside the two."""
        return self.path.coef_path[..., 0].size - 2

    @property
    def can_refit(self) -> bool:
        """Whether all others can be fitted again at each point of a map."""
        q = len(self.path.feature_names) + 1
        n_free = self._n_outputs * q - 2
        return n_free <= MOST_FREE and self.problem.n_obs * q * (q + 1) // 2 <= MOST_PRODUCTS

    @property
    def _n_outputs(self) -> int:
        return self.path.loss.n_outputs(len(self.path.classes))

    def ball(self, index: int) -> Ball:
        """The ball whose edge the solution at one strength lies on."""
        at = Ball(self.path.l1_ratio, self.factors, 0.0)
        return Ball(self.path.l1_ratio, self.factors, at.price(self.coefs[:, index]))

    def prior(self, index: int, which: int, noise: float = 1.0) -> Prior:
        """The prior of one of the two that the penalty at one strength stands for."""
        strength = self.problem.n_obs * self.path.lambdas[index] * self.factors[which] / noise
        return Prior.of(float(strength), self.path.l1_ratio)

    def valley(self, index: int, *, refit: bool = False) -> Valley:
        """The loss over the two, the others held at their values at one strength.

        Parameters
        ----------
        index : int
            Position of the strength.
        refit : bool, default=False
            Fit the others again at each point, for their penalty at this strength.

        Raises
        ------
        DataError
            If there are too many others to be fitted again.
        """
        if refit and not self.can_refit:
            raise DataError(
                f"{self.n_others:,} others of {self.problem.n_obs:,} rows are too many to be "
                "fitted again at each point.",
                "Hold them at their values on the path.",
            )
        path, problem = self.path, self.problem
        pair = list(self.features)
        Z = (_dense(problem.X, pair) - path.x_mean[pair]) / self._scale[pair]
        coefs = path.coef_path[..., index].reshape(self._n_outputs, -1).copy()
        intercepts = np.atleast_1d(path.intercept_path[..., index]) + coefs @ path.x_mean
        coefs[self.output, pair] = 0.0
        free = self._refitted(coefs, index) if refit else self._none_refitted()
        base = np.zeros((problem.n_obs, self._n_outputs)) if refit else self._held(coefs)
        if problem.offset is not None:
            base = base + problem.offset[:, None]
        if self.n_others:
            free.start[:, 0] = intercepts - problem.origin
        else:  # the valley is the same at every strength, to the last digit
            null = problem.loss.null_intercept(problem.Y, problem.weights, problem.offset)
            free.start[:, 0] = null
        return Valley(
            Z, base, problem.Y, problem.weights, problem.loss, output=self.output, free=free
        )

    @property
    def _scale(self) -> np.ndarray:
        """What features are divided by, as the penalty sees them, shape (p,)."""
        path = self.path
        return path.x_scale if path.standardize else np.ones_like(path.x_scale)

    def _held(self, coefs: np.ndarray) -> np.ndarray:
        """What coefficients (K, p) that are held add to the predictors, shape (n, K)."""
        X, mean = self.problem.X, self.path.x_mean
        if sparse.issparse(X):
            return np.asarray(X @ coefs.T - coefs @ mean)
        return np.asarray((X - mean) @ coefs.T)

    def _none_refitted(self) -> FreeCoefs:
        """Intercepts alone."""
        none = np.zeros((self._n_outputs, 1))
        return FreeCoefs(np.ones((self.problem.n_obs, 1)), none.copy(), none, none, none > 0.0)

    def _refitted(self, coefs: np.ndarray, index: int) -> FreeCoefs:
        """Intercepts and all coefficients (K, p) but the pair, per spread, and their penalty."""
        path, n_outputs = self.path, self._n_outputs
        spread = np.where(path.x_scale > 0.0, path.x_scale, 1.0)
        every = (_dense(self.problem.X, slice(None)) - path.x_mean) / spread
        factors = path.penalty_factor * path.lambdas[index]
        inside = self._scale / spread  # of a coefficient per spread, one that the penalty sees
        l1 = path.l1_ratio * factors * inside
        l2 = (1.0 - path.l1_ratio) * factors * inside**2
        fixed = np.zeros((n_outputs, 1 + len(spread)), dtype=bool)
        fixed[self.output, 1 + np.array(self.features)] = True
        return FreeCoefs(
            columns=np.hstack([np.ones((len(every), 1)), every]),
            start=np.hstack([np.zeros((n_outputs, 1)), coefs * spread]),
            l1=np.tile(np.append(0.0, l1), (n_outputs, 1)),
            l2=np.tile(np.append(0.0, l2), (n_outputs, 1)),
            fixed=fixed,
        )


def largest_pair(path: RegPath, index: int, output: int = 0) -> tuple[int, int]:
    """The two features to look at first: the largest at a strength, as the penalty sees them.

    Parameters
    ----------
    path : RegPath
    index : int
        Position of the strength. Of features that are zero there the larger ones elsewhere follow.
    output : int, default=0
        Position of the class, where each has coefficients of its own.

    Raises
    ------
    DataError
        If fewer than two features have a penalty.
    """
    sizes = np.abs(path.coefs("standardized" if path.standardize else "original"))
    sizes = sizes[output] if sizes.ndim == 3 else sizes
    penalized = np.flatnonzero(np.asarray(path.penalty_factor) > 0.0)
    if len(penalized) < 2:
        names = ", ".join(repr(path.feature_names[j]) for j in penalized)
        raise DataError(
            "The picture takes two features with a penalty, and "
            + (f"there is one: {names}." if names else "there is none."),
            "With one coefficient there is no valley to look down on: its path says it all.",
        )
    order = np.lexsort((-sizes.max(axis=1)[penalized], -sizes[penalized, index]))
    first, second = penalized[order[:2]].tolist()
    return first, second


def _dense(X: object, columns: list[int] | slice) -> np.ndarray:
    some = X[:, columns]  # type: ignore[index]
    return np.asarray(some.toarray() if sparse.issparse(some) else some, dtype=float)
