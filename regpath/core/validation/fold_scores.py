"""Every measure on held-out rows at one strength, beside the one that chose it."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pandas as pd

from regpath.core.metrics.measures import MEASURES, measures_of
from regpath.core.problems.problem import Problem
from regpath.core.validation.cv_result import CVResult, check_rows
from regpath.core.validation.fold_paths import held_out
from regpath.core.validation.one_standard_error import mean_and_error
from regpath.errors import DataError

COLUMNS = ("measure", "mean", "se")


def fold_scores_at(cv: CVResult, problem: Problem, lam: float) -> pd.DataFrame:
    """Mean over the folds of every measure that can judge the family, at one strength.

    Parameters
    ----------
    cv : CVResult
        What `cross_validate` gave.
    problem : Problem
        The problem that was validated.
    lam : float
        A point of the grid.

    Returns
    -------
    DataFrame
        `measure`, `mean` and `se`, as in `CVResult.mean` and `CVResult.se`. Measures that are
        defined in fewer than two folds have no row; leave-one-out in closed form has the one
        measure that it was asked for.

    Raises
    ------
    DataError
        If it is another problem.
    ParameterError
        If `lam` is not on the grid.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=20), n_folds=5)
    >>> frame = fold_scores_at(cv, problem, cv.lambda_min).set_index("measure")
    >>> bool(abs(frame.loc["mse", "mean"] - cv.mean[cv.index_min]) < 1e-9 * cv.mean[0])
    True
    """
    check_rows(problem, cv.path, "fold_scores_at")
    index = cv.path.index_of(lam)
    if not cv.fold_paths:
        known = [(cv.measure, float(cv.mean[index]), float(cv.se[index]))]
        return pd.DataFrame(known, columns=list(COLUMNS))
    names = measures_of(cv.path.family)
    scores = {name: np.full((len(cv.folds), 1), np.nan) for name in names}
    for k in np.flatnonzero(cv.fold_weights):
        path = cv.fold_paths[k]
        held = held_out(problem, path, cv.folds[k].test)
        eta = path.decision_path(held)[..., index : index + 1]
        for name in names:
            if cv.kind != "leave_one_out" or MEASURES[name].of_one_row:
                scores[name][k] = MEASURES[name].of(eta, held)
    rows = []
    for name in names:
        with suppress(DataError):  # defined in fewer than two folds
            how = MEASURES[name]
            mean, se = mean_and_error(scores[name], cv.fold_weights, cv.repeats, how)
            rows.append((name, float(mean[0]), float(se[0])))
    return pd.DataFrame(rows, columns=list(COLUMNS))
