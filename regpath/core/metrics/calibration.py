"""Calibration: whether what is told with probability p happens a share p of the time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regpath.core.checks import check_count
from regpath.core.problems.inputs import rescaled
from regpath.core.problems.problem import Problem
from regpath.errors import DataError, ParameterError

ROUNDING = 1e-12  # relative, of a mean loss and of coefficients
ROUNDS = 100  # Newton steps at the most
SMALL = 1e-12  # probabilities nearer than this to 0 or 1 have no finite log odds to speak of
Z95 = 1.959963984540054  # quantile of the normal distribution: 95 % lie within


def calibration_curve(
    problem: Problem, probabilities: np.ndarray, *, n_bins: int = 10
) -> pd.DataFrame:
    """Share of the rows that are of a class, among those told so with about the same probability.

    Rows are cut into bins of about equal numbers by their probability; equal ones stay together.

    Parameters
    ----------
    problem : Problem
        The rows that were predicted.
    probabilities : ndarray of shape (n_obs, n_classes)
        From `RegPath.predict_proba(X, lam)` on rows that the fit has not seen, or better from
        `CVResult.out_of_fold(problem, lam)`. Rows without a prediction (NaN) are left out.
    n_bins : int, default=10
        How many there are at most.

    Returns
    -------
    DataFrame
        One row per class and bin: `class`, `bin`, `predicted` (mean probability), `observed`
        (share), `low` and `high` (Wilson's 95 % interval of the share), `n_rows`. With two classes
        only the second is told of.

    Raises
    ------
    ParameterError
        If the problem has no classes, or the probabilities have another shape.
    DataError
        If no row has a prediction.

    References
    ----------
    Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference,
    JASA 22.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("breast_cancer"), "diagnosis")
    >>> cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=20), n_folds=5)
    >>> curve = regpath.calibration_curve(problem, cv.out_of_fold(problem, cv.lambda_1se), n_bins=4)
    >>> curve["n_rows"].tolist(), bool((curve["low"] <= curve["observed"]).all())
    ([143, 142, 142, 142], True)
    """
    check_count(n_bins, "n_bins", "calibration_curve")
    rows, proba, w = _predicted(problem, probabilities, "calibration_curve")
    parts = []
    for k in _scored_classes(problem):
        p, hit = proba[:, k], (problem.y[rows] == k).astype(float)
        rank = np.searchsorted(np.sort(p), p, side="left")
        number = np.unique(rank * n_bins // len(p), return_inverse=True)[1]
        mass, n_rows = np.bincount(number, weights=w), np.bincount(number)
        safe = np.where(mass > 0.0, mass, np.nan)
        share = np.bincount(number, weights=w * hit) / safe
        # As many equal rows as say as much as these weights do.
        worth = np.square(mass) / np.where(mass > 0.0, np.bincount(number, weights=w * w), np.nan)
        low, high = _wilson(share, worth)
        parts.append(
            pd.DataFrame(
                {
                    "class": str(problem.classes[k]),
                    "bin": np.arange(len(mass)),
                    "predicted": np.bincount(number, weights=w * p) / safe,
                    "observed": share,
                    "low": low,
                    "high": high,
                    "n_rows": n_rows,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def calibration_slope(problem: Problem, probabilities: np.ndarray) -> pd.DataFrame:
    """Intercept and slope of the logistic regression of each class on its own log odds.

    A slope of 1 and an intercept of 0 are perfect. A slope above 1 says that the probabilities
    are too timid, as penalties make them; below 1, too bold, as overfitting does.

    Parameters
    ----------
    problem : Problem
        The rows that were predicted.
    probabilities : ndarray of shape (n_obs, n_classes)
        As for `calibration_curve`.

    Returns
    -------
    DataFrame
        One row per class: `class`, `intercept`, `slope` and `slope_se`; `mean_predicted` and
        `observed`, whose difference is the calibration in the large. NaN where the log odds part
        the class from the rest or do not vary, so that no slope is finite.

    Raises
    ------
    ParameterError
        If the problem has no classes, or the probabilities have another shape.
    DataError
        If no row has a prediction.

    References
    ----------
    Cox, D. R. (1958), Two further applications of a model for binary regression, Biometrika 45.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("breast_cancer"), "diagnosis")
    >>> cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=20), n_folds=5)
    >>> strong = regpath.calibration_slope(problem, cv.out_of_fold(problem, cv.lambdas[5]))
    >>> bool(strong["slope"].iloc[0] > 1.0)  # a strong penalty makes probabilities timid
    True
    """
    rows, proba, w = _predicted(problem, probabilities, "calibration_slope")
    found = []
    for k in _scored_classes(problem):
        p, hit = np.clip(proba[:, k], SMALL, 1.0 - SMALL), problem.y[rows] == k
        fit = _logistic(np.log(p) - np.log1p(-p), hit.astype(float), w)
        means = (w @ proba[:, k] / w.sum(), w @ hit / w.sum())
        found.append((str(problem.classes[k]), *fit, *means))
    names = ["class", "intercept", "slope", "slope_se", "mean_predicted", "observed"]
    return pd.DataFrame(found, columns=names)


def observed_by_predicted(
    problem: Problem, predicted: np.ndarray, *, n_bins: int = 10
) -> pd.DataFrame:
    """Mean of amounts or counts among rows that were predicted about the same.

    Rows are cut into bins of about equal numbers by their prediction; equal ones stay together.

    Parameters
    ----------
    problem : Problem
        The rows that were predicted, of amounts or counts.
    predicted : ndarray of shape (n_obs,)
        Expected responses of rows that the fit has not seen. Rows without (NaN) are left out.
    n_bins : int, default=10
        How many there are at most.

    Returns
    -------
    DataFrame
        One row per bin: `predicted` and `observed` (means), `low` and `high` (observed, less and
        more 1.96 standard errors of that mean; NaN of a bin with one row), `n_rows`.

    Raises
    ------
    ParameterError
        If the problem has classes.
    DataError
        If no row has a prediction.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem, n_lambdas=20)
    >>> curve = observed_by_predicted(problem, path.predict(problem, path.lambdas[9]), n_bins=4)
    >>> bool(curve["observed"].is_monotonic_increasing), int(curve["n_rows"].sum())
    (True, 442)
    """
    check_count(n_bins, "n_bins", "observed_by_predicted")
    if problem.classes:
        raise ParameterError("Classes have a calibration curve instead.")
    rows = np.flatnonzero(np.isfinite(predicted) & (problem.sample_weight > 0.0))
    if not rows.size:
        raise DataError("No row has a prediction.", "Predict some rows first.")
    m, y, w = predicted[rows], problem.y[rows], problem.sample_weight[rows]
    rank = np.searchsorted(np.sort(m), m, side="left")
    number = np.unique(rank * n_bins // len(m), return_inverse=True)[1]
    mass, n_rows = np.bincount(number, weights=w), np.bincount(number)
    observed = np.bincount(number, weights=w * y) / mass
    squares = np.bincount(number, weights=w * np.square(y - observed[number])) / mass
    worth = np.square(mass) / np.bincount(number, weights=w * w)
    half = Z95 * np.sqrt(squares / np.where(worth > 1.0 + SMALL, worth - 1.0, np.nan))
    return pd.DataFrame(
        {
            "predicted": np.bincount(number, weights=w * m) / mass,
            "observed": observed,
            "low": observed - half,
            "high": observed + half,
            "n_rows": n_rows,
        }
    )


def _predicted(
    problem: Problem, probabilities: np.ndarray, caller: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows that have a prediction, their probabilities and weights."""
    if not problem.classes:
        raise ParameterError("Numbers have no probabilities to calibrate.")
    shape = (problem.n_obs, len(problem.classes))
    if np.shape(probabilities) != shape:
        raise ParameterError(
            f"The 'probabilities' parameter of {caller} must have shape {shape}. Got "
            f"{np.shape(probabilities)} instead.",
            "Choose one point of the grid: predict_proba(X, lam) or out_of_fold(problem, lam).",
        )
    proba = np.asarray(probabilities, dtype=float)
    rows = np.flatnonzero(np.isfinite(proba).all(axis=1) & (problem.sample_weight > 0.0))
    if not rows.size:
        raise DataError("No row has a prediction.", "Predict some rows first.")
    return rows, proba[rows], rescaled(problem.sample_weight[rows])


def _scored_classes(problem: Problem) -> range:
    return range(1, 2) if problem.loss.two_classes else range(len(problem.classes))


def _wilson(share: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    centre = (share + Z95**2 / (2.0 * n)) / (1.0 + Z95**2 / n)
    half = Z95 * np.sqrt(share * (1.0 - share) / n + Z95**2 / (4.0 * n * n)) / (1.0 + Z95**2 / n)
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)


def _logistic(x: np.ndarray, hit: np.ndarray, w: np.ndarray) -> tuple[float, float, float]:
    """Intercept, slope and its standard error by Newton's method; NaN where there is none."""
    none = (np.nan, np.nan, np.nan)
    yes, no = x[hit > 0.0], x[hit == 0.0]
    if not (yes.size and no.size) or np.ptp(x) == 0.0:
        return none
    if yes.min() >= no.max() or yes.max() <= no.min():
        return none
    centre, spread = x.mean(), x.std()
    A, beta = np.column_stack([np.ones_like(x), (x - centre) / spread]), np.zeros(2)
    best = _loss(A @ beta, hit, w)
    for _ in range(ROUNDS):
        m = 1.0 / (1.0 + np.exp(-A @ beta))
        slope, bend = A.T @ (w * (hit - m)), (A.T * (w * m * (1.0 - m))) @ A
        step = np.linalg.solve(bend, slope)
        while _loss(A @ (beta + step), hit, w) > best + ROUNDING * abs(best):
            step /= 2.0
        beta = beta + step
        best = _loss(A @ beta, hit, w)
        if np.abs(step).max() < ROUNDING * max(1.0, np.abs(beta).max()):
            break
    error = np.sqrt(np.linalg.inv(bend)[1, 1]) / spread
    return float(beta[0] - beta[1] * centre / spread), float(beta[1] / spread), float(error)


def _loss(eta: np.ndarray, hit: np.ndarray, w: np.ndarray) -> float:
    return float(w @ (np.logaddexp(0.0, eta) - hit * eta))
