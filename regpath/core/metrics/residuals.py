"""Residuals: what amounts and counts were, less what was expected of them, row by row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from regpath.core.checks import check_count
from regpath.core.problems.problem import Problem
from regpath.errors import DataError, ParameterError
from regpath.shown import Drawn

MOST_QUANTILES = 500  # that are told of more rows, which is more than a chart has pixels for
Z95 = 1.959963984540054  # quantile of the normal distribution: 95 % lie within


@dataclass(frozen=True, eq=False)
class Residuals(Drawn):
    """Observed and expected responses of some rows at one strength.

    Attributes
    ----------
    rows : ndarray of shape (n,)
        Their numbers in the file, or from 1 where there was none.
    observed, expected : ndarray of shape (n,)
    scale : ndarray of shape (n,)
        What a residual is divided by to be standardized: for amounts the root of the mean squared
        residual; for counts the root of the expected count (Pearson).

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem, n_lambdas=20)
    >>> found = regpath.residuals(problem, path.predict(problem, path.lambdas[9]))
    >>> list(found.largest(3)), len(found.to_frame())
    (['row', 'observed', 'expected', 'residual', 'standardized'], 442)
    >>> list(found.quantiles())
    ['normal', 'residual', 'low', 'high']
    """

    rows: np.ndarray
    observed: np.ndarray
    expected: np.ndarray
    scale: np.ndarray

    @property
    def residual(self) -> np.ndarray:
        """Observed less expected.

        Examples
        --------
        >>> three = np.array([1.0, 2.0, 4.0])
        >>> Residuals(np.arange(3), three, three[::-1], np.full(3, 2.0)).residual.tolist()
        [-3.0, 0.0, 3.0]
        """
        found: np.ndarray = self.observed - self.expected
        return found

    @property
    def standardized(self) -> np.ndarray:
        """Residuals over their scale; 0 where there is nothing to divide by.

        Examples
        --------
        >>> three = np.array([1.0, 2.0, 4.0])
        >>> Residuals(np.arange(3), three, three[::-1], np.full(3, 2.0)).standardized.tolist()
        [-1.5, 0.0, 1.5]
        """
        found: np.ndarray = np.zeros_like(self.scale)
        np.divide(self.residual, self.scale, out=found, where=self.scale > 0.0)
        return found

    def to_frame(self) -> pd.DataFrame:
        """The same as a table.

        Returns
        -------
        DataFrame
            One row per row: `row`, `observed`, `expected`, `residual`, `standardized`.
        """
        return pd.DataFrame(
            {
                "row": self.rows,
                "observed": self.observed,
                "expected": self.expected,
                "residual": self.residual,
                "standardized": self.standardized,
            }
        )

    def largest(self, n: int = 10) -> pd.DataFrame:
        """The rows whose standardized residuals are largest, either way; see `to_frame`.

        Parameters
        ----------
        n : int, default=10
            How many.

        Returns
        -------
        DataFrame
            The largest first.

        Raises
        ------
        ParameterError
            If `n` is no count.
        """
        check_count(n, "n", "Residuals.largest")
        order = np.argsort(-np.abs(self.standardized), kind="stable")[:n]
        return self.to_frame().iloc[order].reset_index(drop=True)

    def quantiles(self) -> pd.DataFrame:
        """Standardized residuals in order beside what a normal distribution would have there.

        Returns
        -------
        DataFrame
            `normal`, `residual`, and `low` and `high`: within these, 95 % of normal samples of
            this size lie at each place, one by one. At most 500 rows, evenly spaced in
            probability, where there are more residuals.

        References
        ----------
        Fox, J. (2016), Applied regression analysis and generalized linear models, section 3.1.3
        (standard error of an order statistic).
        """
        from scipy.special import ndtri

        n = len(self.rows)
        m = min(n, MOST_QUANTILES)
        p = (np.arange(m) + 0.5) / m
        normal = ndtri(p)
        density = np.exp(-0.5 * np.square(normal)) / np.sqrt(2.0 * np.pi)
        half = Z95 * np.sqrt(p * (1.0 - p) / n) / density
        return pd.DataFrame(
            {
                "normal": normal,
                "residual": np.quantile(self.standardized, p, method="hazen"),
                "low": normal - half,
                "high": normal + half,
            }
        )


def residuals(problem: Problem, predicted: np.ndarray) -> Residuals:
    """Compare what amounts or counts were with what was expected of them.

    Parameters
    ----------
    problem : Problem
        The rows that were predicted, of amounts or counts.
    predicted : ndarray of shape (n_obs,)
        Expected responses of rows that the fit has not seen: `CVResult.out_of_fold(problem, lam)`,
        or `RegPath.predict` of test rows. Rows without (NaN) or without a weight are left out.

    Returns
    -------
    Residuals
        Of each row that was predicted.

    Raises
    ------
    ParameterError
        If the problem has classes, or the predictions have another shape.
    DataError
        If no row has a prediction.

    References
    ----------
    McCullagh, P. and Nelder, J. A. (1989), Generalized linear models, section 2.4.1 (Pearson
    residuals).

    Examples
    --------
    >>> import numpy as np
    >>> from regpath import Problem, residuals
    >>> counted = Problem.from_arrays([[0.0], [1.0]], [4.0, 1.0], family="poisson")
    >>> residuals(counted, np.array([1.0, 4.0])).standardized.tolist()
    [3.0, -1.5]
    """
    rows = predicted_rows(problem, predicted, "residuals")
    told = np.asarray(predicted, dtype=float)[rows]
    observed = problem.y[rows]
    if problem.loss.quadratic:
        scale = np.full(len(rows), np.sqrt(np.mean(np.square(observed - told))))
    else:
        scale = np.sqrt(told)
    return Residuals(row_numbers(problem)[rows], observed, told, scale)


def predicted_rows(problem: Problem, predicted: np.ndarray, caller: str) -> np.ndarray:
    """Positions of the rows of amounts or counts that have a prediction and a weight."""
    if problem.classes:
        raise ParameterError(
            f"{caller} is for amounts and counts.", "Classes have calibration_curve."
        )
    if np.shape(predicted) != (problem.n_obs,):
        raise ParameterError(
            f"The 'predicted' parameter of {caller} must have shape ({problem.n_obs},). Got "
            f"{np.shape(predicted)} instead.",
            "Choose one point of the grid: predict(X, lam) or out_of_fold(problem, lam).",
        )
    rows = np.flatnonzero(np.isfinite(predicted) & (problem.sample_weight > 0.0))
    if not rows.size:
        raise DataError("No row has a prediction.", "Predict some rows first.")
    return rows


def row_numbers(problem: Problem) -> np.ndarray:
    """The numbers of rows in their file, or from 1 where there was none."""
    if problem.frame is None:
        return np.arange(1, problem.n_obs + 1)
    return problem.frame.index.to_numpy()
