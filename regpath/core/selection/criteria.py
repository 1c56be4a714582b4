"""Information criteria along a path: what the fit is worth, less a price for its freedom."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import gammaln

from regpath.core.checks import check_fraction
from regpath.core.metrics.measures import MEASURES
from regpath.core.metrics.predictions import losses
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.selection.freedom import degrees_of_freedom
from regpath.core.validation.cv_result import check_rows, check_weights_of

CRITERIA = ("aic", "aicc", "bic", "ebic")


def information_criteria(path: RegPath, problem: Problem, *, gamma: float = 0.5) -> pd.DataFrame:
    """AIC, AICc, BIC and EBIC of every point of a path; smaller is better.

        aic  = D + 2 k
        aicc = aic + 2 k (k + 1) / (n - k - 1)
        bic  = D + k log(n)
        ebic = bic + 2 gamma log(number of ways to choose the kept features)

    D is -2 log-likelihood at the penalized coefficients, up to a constant: n log(RSS / n) for
    least squares, whose variance is unknown and estimated too, else twice the summed log-loss
    (classes) or the deviance (counts).
    k counts `degrees_of_freedom`, the intercept (with several classes one for each but one), and
    the variance of least squares. n is the number of rows that have a weight; weights sum to it.
    Features without a penalty are in every model: they count for k, and not as choices.

    Parameters
    ----------
    path : RegPath
        What is judged.
    problem : Problem
        The problem of the fit.
    gamma : float in [0, 1], default=0.5
        Price of having many features to choose from (Chen and Chen, 2008); 0 makes EBIC a BIC.

    Returns
    -------
    DataFrame
        One row per lambda: `lambda`, `df`, `n_parameters` (k), `deviance` (D), `aic`, `aicc`,
        `bic`, `ebic`. Where k reaches n - 1 the fit is saturated and no criterion is defined: NaN.

    Raises
    ------
    DataError
            If the path was fit on another problem, or with other weights (of classes).
    ParameterError
        If `gamma` is outside its range.

    References
    ----------
    Akaike, H. (1974), A new look at the statistical model identification, IEEE Trans. Automat.
    Control 19.
    Hurvich, C. M. and Tsai, C.-L. (1989), Regression and time series model selection in small
    samples, Biometrika 76.
    Schwarz, G. (1978), Estimating the dimension of a model, Ann. Statist. 6.
    Chen, J. and Chen, Z. (2008), Extended Bayesian information criteria for model selection with
    large model spaces, Biometrika 95.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> frame = information_criteria(regpath.fit_path(problem), problem)
    >>> bool(frame["lambda"][frame["bic"].argmin()] >= frame["lambda"][frame["aic"].argmin()])
    True
    """
    check_rows(problem, path, "information_criteria")
    check_weights_of(problem, path)
    check_fraction(gamma, "gamma", "information_criteria")
    n, df = _n_counted(problem), degrees_of_freedom(path, problem)
    k = df + max(1, len(path.classes) - 1) + int(path.loss.variance_unknown)
    deviance = _deviance(path, problem)
    open_ = k < n - 1
    left = np.where(open_, n - k - 1, np.nan)
    deviance = np.where(open_, deviance, np.nan)
    aic, bic = deviance + 2.0 * k, deviance + k * np.log(n)
    return pd.DataFrame(
        {
            "lambda": path.lambdas,
            "df": df,
            "n_parameters": k,
            "deviance": deviance,
            "aic": aic,
            "aicc": aic + 2.0 * k * (k + 1.0) / left,
            "bic": bic,
            "ebic": bic + 2.0 * gamma * _log_choices(path),
        }
    )


def _deviance(path: RegPath, problem: Problem) -> np.ndarray:
    eta, n = path.decision_path(problem), _n_counted(problem)
    if path.loss.variance_unknown:
        with np.errstate(divide="ignore"):
            result: np.ndarray = n * np.log(MEASURES["mse"].of(eta, problem))
            return result
    return np.asarray(2.0 * n * (problem.weights @ losses(eta, problem)))


def _n_counted(problem: Problem) -> int:
    """Rows that have a weight: the others might as well not be there."""
    return int(np.count_nonzero(problem.sample_weight))


def _log_choices(path: RegPath) -> np.ndarray:
    """Logarithm of the number of ways to keep as many of the features that have a penalty."""
    penalized = path.penalty_factor > 0.0
    alive = path.coef_path[..., penalized, :] != 0.0
    kept = np.count_nonzero(alive.any(axis=0) if alive.ndim == 3 else alive, axis=0)
    p = float(penalized.sum())
    return np.asarray(gammaln(p + 1.0) - gammaln(kept + 1.0) - gammaln(p - kept + 1.0))
