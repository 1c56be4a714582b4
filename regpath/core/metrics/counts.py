"""Counts observed beside counts expected: how often each, if the model were right."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regpath.core.checks import check_count
from regpath.core.metrics.residuals import Z95, predicted_rows
from regpath.core.problems.problem import Problem
from regpath.errors import ParameterError

TAIL = 0.995  # share of the rows below the last count that stands alone
AT_ONCE = 20_000  # rows whose probabilities are held at a time


def count_frequencies(problem: Problem, predicted: np.ndarray, *, n_bins: int = 25) -> pd.DataFrame:
    """How often each count was observed, and how often it is expected of these rows.

    Parameters
    ----------
    problem : Problem
        The rows that were predicted, of counts.
    predicted : ndarray of shape (n_obs,)
        Expected counts m of rows that the fit has not seen; see `residuals`.
    n_bins : int, default=25
        How many lines there are at most; where counts reach further, neighbours share one.

    Returns
    -------
    DataFrame
        One row per count or range of counts: `first`, `last` (infinite at the end), `observed`
        (rows), `expected` (sum over rows of the probability that a Poisson variable of mean m
        falls there), `low` and `high` (between which 95 % of samples of these rows would lie).

    Raises
    ------
    ParameterError
        If the problem is not of counts, or an argument is outside its range.
    DataError
        If no row has a prediction.

    References
    ----------
    Kleiber, C. and Zeileis, A. (2016), Visualizing count data regressions using rootograms, The
    American Statistician 70.

    Examples
    --------
    >>> import numpy as np
    >>> from regpath import Problem, count_frequencies
    >>> problem = Problem.from_arrays([[0.0], [1.0]], [0.0, 2.0], family="poisson")
    >>> frame = count_frequencies(problem, np.array([1.0, 1.0]))
    >>> frame["observed"].tolist(), frame["expected"].round(3).tolist()
    ([1, 0, 1], [0.736, 0.736, 0.528])
    """
    check_count(n_bins, "n_bins", "count_frequencies", least=2)
    if problem.loss.kind != "counts":
        raise ParameterError("count_frequencies is for counts.", "Amounts have residuals.")
    rows = predicted_rows(problem, predicted, "count_frequencies")
    mean, y = np.asarray(predicted, dtype=float)[rows], problem.y[rows]
    last = max(1, int(np.ceil(np.quantile(y, TAIL))))
    width = int(np.ceil((last + 1) / n_bins))
    first = np.arange(0, last + 1, width)
    expected, variance = _expected(first, mean)
    half = Z95 * np.sqrt(variance)
    return pd.DataFrame(
        {
            "first": first,
            "last": np.append(first[1:] - 1.0, np.inf),
            "observed": np.bincount(np.searchsorted(first, y, side="right") - 1),
            "expected": expected,
            "low": np.maximum(expected - half, 0.0),
            "high": np.minimum(expected + half, len(y)),
        }
    )


def dispersion(problem: Problem, predicted: np.ndarray) -> float:
    """Mean squared Pearson residual: 1 for Poisson counts on rows that the fit has not seen.

    Parameters
    ----------
    problem : Problem
        Of counts.
    predicted : ndarray of shape (n_obs,)
        See `residuals`.
    """
    rows = predicted_rows(problem, predicted, "dispersion")
    mean, w = np.asarray(predicted, dtype=float)[rows], problem.sample_weight[rows]
    return float(w @ (np.square(problem.y[rows] - mean) / mean) / w.sum())


def _expected(first: np.ndarray, mean: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sum over rows of each range's probability p, and of p (1 - p)."""
    from scipy.special import pdtr

    total, variance = np.zeros(len(first)), np.zeros(len(first))
    for low in range(0, len(mean), AT_ONCE):
        m = mean[low : low + AT_ONCE, None]
        below = np.hstack([np.zeros_like(m), pdtr(first[1:] - 1.0, m), np.ones_like(m)])
        p = np.diff(below, axis=1)
        total += p.sum(axis=0)
        variance += (p * (1.0 - p)).sum(axis=0)
    return total, variance
