"""RegPath: a grid of strengths and its coefficients, with their proof, in one frozen result."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from regpath.core.checks import check_choice, same_strength
from regpath.core.conversions.scikit_learn import lambda_to_c
from regpath.core.families import FAMILIES, Family, family_of
from regpath.core.learned_factors import LearnedFactors
from regpath.core.problems.encoder import Encoder, encode_rows
from regpath.core.problems.exposure import exposure_of_new, without_exposure
from regpath.core.problems.inputs import freeze
from regpath.core.problems.problem import Problem
from regpath.errors import DataError, ParameterError
from regpath.io import Table
from regpath.io.table import named_by_text
from regpath.shown import Drawn

RATIOS = tuple(dict.fromkeys(family.ratio for family in FAMILIES.values() if family.ratio))
UNITS = ("original", "standardized", *RATIOS)


@dataclass(frozen=True, eq=False)
class RegPath(Drawn):
    """Coefficients along a grid of strengths.

    Attributes
    ----------
    lambdas : ndarray of shape (n_lambdas,)
        Strictly decreasing.
    coef_path : ndarray of shape (n_features, n_lambdas)
        In original units; multinomial: (n_classes, n_features, n_lambdas).
    intercept_path : ndarray of shape (n_lambdas,)
        Multinomial: (n_classes, n_lambdas).
    dev_ratio : ndarray of shape (n_lambdas,)
        Share of the null deviance explained on the rows of the fit (R2 for gaussian).
    dual_gap : ndarray of shape (n_lambdas,)
        Upper bound on (objective - smallest objective) / objective.
    kkt_violation : ndarray of shape (n_lambdas,)
        Largest violation of the optimality conditions / largest gradient of the null model.
    converged : ndarray of bool, shape (n_lambdas,)
        Whether both are at most 1e-6: the point is proven.
    feature_names, groups : tuple of str
        Name and source column of each feature.
    family : {"gaussian", "binomial", "multinomial", "poisson"}
        Which loss was fit.
    classes : tuple
        Labels, in the order of the coefficients; () for amounts and counts.
    target : str
        Name of the response.
    l1_ratio : float in [0, 1]
        1 is lasso, 0 is ridge.
    standardize : bool
        Whether the penalty acted on coefficients per standard deviation.
    penalty_factor : ndarray of shape (n_features,)
        What lambda was multiplied by for each feature; 0 for those that are always in.
    x_mean, x_scale : ndarray of shape (n_features,)
        Mean and 1/n standard deviation of each feature on the rows of the fit.
    n_obs : int
        Rows of the fit.
    encoder : Encoder or None
        How raw columns become features; None for paths fit on arrays.
    learned_factors : LearnedFactors or None
        How the penalty factors were learned from the rows of the fit, such as `AdaptiveFactors`;
        None if they were given.
    exposure_name : str
        The column of exposures that the log of expected counts starts from; "" without one.
    passes : int
        How often all rows were passed over, where they lie elsewhere (`read_rows`); else 0.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem, n_lambdas=20)
    >>> path.coef_path.shape, path.coefs("standardized").shape, path.Cs.shape
    ((10, 20), (10, 20), (20,))
    >>> int(path.n_nonzero[0]), bool(path.kkt_violation.max() < 1e-6)
    (0, True)
    >>> lam = path.lambdas[5]
    >>> path.index_of(lam), path.coef_at(lam).index.tolist()[:2]
    (5, ['age', 'sex'])
    >>> path.decision_path(problem).shape, path.predict(problem.X, lam).shape
    ((442, 20), (442,))
    >>> path.to_frame().columns[:4].tolist(), path.loss.name
    (['lambda', 'C', 'n_nonzero', 'dev_ratio'], 'gaussian')
    >>> path.factors_on(problem).tolist() == [1.0] * 10
    True
    >>> iris = regpath.make_problem(regpath.datasets.load("iris"), "species")
    >>> regpath.fit_path(iris, n_lambdas=20).predict_proba(iris.X).shape
    (150, 3, 20)
    """

    lambdas: np.ndarray
    coef_path: np.ndarray
    intercept_path: np.ndarray
    dev_ratio: np.ndarray
    dual_gap: np.ndarray
    kkt_violation: np.ndarray
    converged: np.ndarray
    feature_names: tuple[str, ...]
    groups: tuple[str, ...]
    family: str
    classes: tuple[Any, ...]
    target: str
    l1_ratio: float
    standardize: bool
    penalty_factor: np.ndarray
    x_mean: np.ndarray
    x_scale: np.ndarray
    n_obs: int
    encoder: Encoder | None = None
    learned_factors: LearnedFactors | None = None
    exposure_name: str = ""
    passes: int = 0

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def loss(self) -> Family:
        """The family, which knows its mathematics."""
        return family_of(self.family)

    @property
    def n_nonzero(self) -> np.ndarray:
        """Number of features with a non-zero coefficient (in any class), shape (n_lambdas,)."""
        alive = self.coef_path != 0.0
        alive = alive.any(axis=0) if alive.ndim == 3 else alive
        result: np.ndarray = np.count_nonzero(alive, axis=0)
        return result

    @property
    def Cs(self) -> np.ndarray:
        """The same strengths as scikit-learn's C = 1 / (n lambda)."""
        return lambda_to_c(self.lambdas, self.n_obs)

    def factors_on(self, problem: Problem, *, standardize: bool | None = None) -> Any:
        """Penalty factors of the same fit on other rows: learned there, if these were learned.

        Parameters
        ----------
        problem : Problem
            The rows, with the features of this path or some of them.
        standardize : bool, default=None
            Whether that fit is to standardize; None means as this one did.

        Returns
        -------
        LearnedFactors or ndarray of shape (n_features,)
            What `fit_path` takes.
        """
        if self.learned_factors is not None:
            how = self.standardize if standardize is None else standardize
            return self.learned_factors.learned_on(problem, standardize=how)
        if problem.feature_names == self.feature_names:
            return self.penalty_factor
        given = dict(zip(self.feature_names, self.penalty_factor, strict=True))
        return np.array([given[name] for name in problem.feature_names])

    def index_of(self, lam: float) -> int:
        """Position of `lam` in the grid.

        Parameters
        ----------
        lam : float
            A point of the grid, but for 1e-9 of itself.

        Returns
        -------
        int
            From 0, the strongest.

        Raises
        ------
        ParameterError
            If it is not a point of the grid: what lies between points is not certified.
        """
        if isinstance(lam, bool) or not isinstance(lam, Real):
            raise ParameterError(f"lambda must be a number. Got {lam!r} instead.")
        index = int(np.argmin(np.abs(np.log(self.lambdas) - np.log(lam)))) if lam > 0 else 0
        if not same_strength(self.lambdas[index], lam):
            raise ParameterError(
                f"lambda = {lam:.6g} is not on the grid; the nearest is {self.lambdas[index]:.6g}.",
                "Use that, or fit_path(problem, lambdas=[...]) with your own values.",
            )
        return index

    def coefs(self, units: str = "original") -> np.ndarray:
        """Coefficients along the path, shaped as `coef_path`.

        Parameters
        ----------
        units : {"original", "standardized", "odds_ratio", "rate_ratio"}, default="original"
            Per unit of the feature, per standard deviation, or exp of the coefficient per unit:
            what it multiplies odds (classes) or expected counts (Poisson) by.

        Returns
        -------
        ndarray of shape (n_features, n_lambdas), or (n_classes, n_features, n_lambdas)
            The second for multinomial.

        Raises
        ------
        ParameterError
            If the units are unknown, or the family has none of them.
        """
        check_choice(units, "units", "RegPath.coefs", UNITS)
        values: np.ndarray = self.coef_path
        if units == "standardized":
            values = values * self.x_scale[:, None]
        if units in RATIOS:
            if units != self.loss.ratio:
                kind = units.replace("_", " ")
                raise ParameterError(f"A {self.family} path has no {kind}s.", "Use other units.")
            with np.errstate(over="ignore"):
                values = np.exp(values)
        return values

    def coef_at(self, lam: float, units: str = "original") -> pd.Series | pd.DataFrame:
        """Coefficients at one point of the grid, by name of the feature.

        Parameters
        ----------
        lam : float
            A point of the grid.
        units : {"original", "standardized", "odds_ratio", "rate_ratio"}, default="original"
            See `coefs`.

        Returns
        -------
        Series, or DataFrame for multinomial
            By feature; the frame has a column for each class.

        Raises
        ------
        ParameterError
            If `lam` is not on the grid, or the family has no such units.
        """
        values = self.coefs(units)[..., self.index_of(lam)]
        names = pd.Index(self.feature_names, name="feature")
        if values.ndim == 1:
            return pd.Series(values, index=names, name="coefficient")
        return pd.DataFrame(values.T, index=names, columns=list(self.classes))

    def decision_path(self, X: Any, exposure: Any = None) -> np.ndarray:
        """Linear predictor at every lambda, shape (n, n_lambdas); multinomial (n, K, n_lambdas).

        Parameters
        ----------
        X : Problem, Table, DataFrame or array-like of shape (n, n_features)
            A problem with the features of the fit, raw columns as in its data, found by name, or
            an array of features.
        exposure : float or array-like of shape (n,), default=None
            Of a fit with exposures: those of these rows. None takes them from the column of that
            name, or from the problem.

        Returns
        -------
        ndarray of shape (n, n_lambdas), or (n, n_classes, n_lambdas)
            The second for multinomial.

        Raises
        ------
        DataError
            If a column is missing or unknown, the number of features is another, or exposures
            are missing.
        ParameterError
            If exposures are given, and the fit had none.
        """
        if isinstance(X, Problem):
            X, exposure = X.X, X.exposure if exposure is None else exposure
        frame = X.frame if isinstance(X, Table) else X
        if self.encoder is not None and isinstance(frame, pd.DataFrame):
            frame = named_by_text(frame)
        features = without_exposure(frame, self.exposure_name, self.feature_names)
        Z = encode_rows(features, self.encoder, self.feature_names)
        exposure = exposure_of_new(frame, exposure, self.exposure_name, Z.shape[0])
        centre = self.intercept_path
        # Products of values far from zero would cancel; sparse ones must stay as they are.
        if not sparse.issparse(Z):
            Z = Z - self.x_mean
            centre = centre + self.x_mean @ self.coef_path
        if self.coef_path.ndim == 2:
            eta = np.asarray(Z @ self.coef_path + centre)
            return eta if exposure is None else eta + np.log(exposure)[:, None]
        n_classes, p, n_lambdas = self.coef_path.shape
        flat = self.coef_path.transpose(1, 0, 2).reshape(p, -1)
        return np.asarray((Z @ flat).reshape(-1, n_classes, n_lambdas) + centre)

    def predict_proba(self, X: Any, lam: float | None = None) -> np.ndarray:
        """Probability of each class.

        Parameters
        ----------
        X : Table, DataFrame or array-like of shape (n, n_features)
            Raw columns as in the data of the fit, found by name, or an array of features.
        lam : float, default=None
            A point of the grid; None means all of them.

        Returns
        -------
        ndarray of shape (n, n_classes, n_lambdas), or (n, n_classes) with `lam`
            Sums to one over the classes, which are in the order of `classes`.

        Raises
        ------
        ParameterError
            If the path has no classes, or `lam` is not on the grid.
        DataError
            If a column is missing or unknown, or the number of features is another.
        """
        if not self.classes:
            raise ParameterError(f"A {self.family} path has no probabilities.", "Use predict.")
        eta = self.decision_path(X)
        outputs = eta.transpose(0, 2, 1) if eta.ndim == 3 else eta[..., None]
        proba = self.loss.probabilities(outputs).transpose(0, 2, 1)
        return proba if lam is None else proba[..., self.index_of(lam)]

    def predict(self, X: Any, lam: float | None = None, exposure: Any = None) -> np.ndarray:
        """Predicted response: the most probable label for classes, else the expected value.

        Parameters
        ----------
        X : Problem, Table, DataFrame or array-like of shape (n, n_features)
            A problem with the features of the fit, raw columns as in its data, found by name, or
            an array of features.
        lam : float, default=None
            A point of the grid; None means all of them.
        exposure : float or array-like of shape (n,), default=None
            See `decision_path`; with 1, counts are predicted for one unit of exposure.

        Returns
        -------
        ndarray of shape (n, n_lambdas), or (n,) with `lam`
            In units of the target, or labels.

        Raises
        ------
        ParameterError
            If `lam` is not on the grid.
        DataError
            If a column is missing or unknown, or the number of features is another.
        """
        if not self.classes:
            mean = self.loss.mean(self.decision_path(X, exposure))
            return mean if lam is None else mean[:, self.index_of(lam)]
        result: np.ndarray = np.array(self.classes)[self.predict_proba(X, lam).argmax(axis=1)]
        return result

    def to_frame(self, units: str = "original") -> pd.DataFrame:
        """One row per lambda: strength, features kept, fit, proof, and every coefficient.

        Parameters
        ----------
        units : {"original", "standardized", "odds_ratio", "rate_ratio"}, default="original"
            Of the coefficients; see `coefs`.

        Returns
        -------
        DataFrame
            `lambda`, `C`, `n_nonzero`, `dev_ratio`, `kkt_violation`, `dual_gap`, `certified`,
            `intercept`, and a column `coef[name]` for each feature; for multinomial
            `intercept[class]` and `coef[class][name]`.

        Raises
        ------
        ParameterError
            If the units are unknown, or the family has none of them.
        """
        values = self.coefs(units).reshape(-1, len(self.lambdas))
        many = self.loss.per_class
        names = [
            f"coef[{label}][{name}]" if many else f"coef[{name}]"
            for label in (self.classes if many else ("",))
            for name in self.feature_names
        ]
        starts = [f"intercept[{c}]" for c in self.classes] if many else ["intercept"]
        meta = {
            "lambda": self.lambdas,
            "C": self.Cs,
            "n_nonzero": self.n_nonzero,
            "dev_ratio": self.dev_ratio,
            "kkt_violation": self.kkt_violation,
            "dual_gap": self.dual_gap,
            "certified": self.converged,
        }
        intercepts = self.intercept_path.reshape(-1, len(self.lambdas))
        numbers = np.vstack([intercepts, values]).T
        return pd.concat(
            [pd.DataFrame(meta), pd.DataFrame(numbers, columns=[*starts, *names])], axis=1
        )

    def __repr__(self) -> str:
        kind = {0.0: "ridge", 1.0: "lasso"}.get(self.l1_ratio, f"elastic net {self.l1_ratio:g}")
        if self.learned_factors is not None:
            kind = f"{self.learned_factors.name} {kind}"
        kept = self.n_nonzero
        missed = [f"{lam:.4g}" for lam in self.lambdas[~self.converged]]
        more = f" and {len(missed) - 5} more" if len(missed) > 5 else ""
        said = f"\n  not certified: lambda = {', '.join(missed[:5])}{more}" if missed else ""
        return (
            f"RegPath({self.family}, {kind}, target {self.target!r}, {self.n_obs} rows x "
            f"{len(self.feature_names)} features)\n"
            f"  lambda {self.lambdas[0]:.4g} to {self.lambdas[-1]:.4g} in {len(self.lambdas)} "
            f"points, {kept[0]} to {kept[-1]} features, "
            f"deviance explained {self.dev_ratio[0]:.3f} to {self.dev_ratio[-1]:.3f}\n"
            f"  certified {self.converged.sum()} of {len(self.lambdas)}: largest KKT violation "
            f"{self.kkt_violation.max():.1e}, largest relative gap {self.dual_gap.max():.1e}{said}"
        )


def check_problem(problem: Problem, caller: str) -> None:
    """Refuse what is not a Problem."""
    if not isinstance(problem, Problem):
        raise ParameterError(
            f"{caller} takes a Problem. Got {type(problem).__name__} instead.",
            "make_problem and Problem.from_arrays build one.",
        )


def check_match(path: RegPath, problem: Problem, caller: str) -> None:
    """Refuse a problem that asks another question than the path answers."""
    if not isinstance(path, RegPath):
        raise ParameterError(f"{caller} takes a RegPath. Got {type(path).__name__} instead.")
    check_problem(problem, caller)
    hint = "Bring the problem it was fit on, or rows coded in the same way."
    if (problem.family, problem.classes) != (path.family, path.classes):
        raise DataError("The path was fit on another target.", hint)
    if problem.feature_names != path.feature_names:
        raise DataError("The path was fit on other features.", hint)
    if (problem.exposure is None) == bool(path.exposure_name):
        have = "with" if path.exposure_name else "without"
        raise DataError(f"The path was fit {have} exposures.", hint)
