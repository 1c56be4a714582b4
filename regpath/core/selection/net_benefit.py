"""Net benefit: what acting on a prediction is worth, at every threshold one may act from."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regpath.core.problems.problem import Problem
from regpath.core.selection.threshold import threshold_curve

# At each percent, as one writes it; at 0 and 1 one side costs nothing.
THRESHOLDS = np.arange(1, 100) / 100.0


def decision_curve(problem: Problem, probabilities: np.ndarray) -> pd.DataFrame:
    r"""Net benefit of acting on a model, on everybody and on nobody, at each threshold.

    Who acts from probability t on holds (1 - t) / t false alarms worth one hit. On n rows

    .. math:: NB(t) = TP(t) / n - (FP(t) / n) \, t / (1 - t).

    Parameters
    ----------
    problem : Problem
        The rows that were predicted, of two classes.
    probabilities : ndarray of shape (n_obs, 2)
        NaN for rows without a prediction, which are left out.

    Returns
    -------
    DataFrame
        `threshold` (0.01 to 0.99), `net_benefit` of the model, `treat_all` of acting on everybody;
        acting on nobody has 0.

    Raises
    ------
    ParameterError
        If there are not two classes, or the probabilities have another shape.
    DataError
        If the rows with a prediction are all of one class.

    References
    ----------
    Vickers, A. J. and Elkin, E. B. (2006), Decision curve analysis, Medical Decision Making 26.

    Examples
    --------
    >>> import numpy as np, regpath
    >>> problem = regpath.Problem.from_arrays([[0.0], [1.0], [2.0], [3.0]], ["a", "b", "a", "b"])
    >>> told = np.array([0.1, 0.4, 0.6, 0.9])
    >>> curve = regpath.decision_curve(problem, np.column_stack([1.0 - told, told]))
    >>> curve.iloc[49].round(6).tolist()
    [0.5, 0.0, 0.0]
    """
    curve = threshold_curve(problem, probabilities)
    marks = curve["threshold"].to_numpy()
    # The last row of the curve whose threshold is not below: everybody from t on is told.
    at = np.searchsorted(-marks, -THRESHOLDS, side="right") - 1
    share = float(curve["precision"].iloc[-1])
    hits = share * curve["true_positive_rate"].to_numpy()[at]
    alarms = (1.0 - share) * curve["false_positive_rate"].to_numpy()[at]
    odds = THRESHOLDS / (1.0 - THRESHOLDS)
    return pd.DataFrame(
        {
            "threshold": THRESHOLDS,
            "net_benefit": hits - alarms * odds,
            "treat_all": share - (1.0 - share) * odds,
        }
    )
