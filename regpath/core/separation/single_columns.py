"""Columns that tell a class from all others by themselves: looked up, not computed."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from regpath.core.problems.problem import Problem
from regpath.core.regpath import check_problem
from regpath.errors import ParameterError
from regpath.wording import counted

COLUMNS = ["feature", "column", "class", "side", "threshold", "n_rows", "complete"]


def separating_columns(problem: Problem) -> pd.DataFrame:
    """Features that separate a class from the others by themselves.

    A feature does where no value of the class lies on the other side of all values of the rest:
    above or below a threshold that at most some rows share. So does a rare level all of whose
    rows belong to one class.

    Parameters
    ----------
    problem : Problem
        Of classes.

    Returns
    -------
    DataFrame
        One row per feature and class: `feature`, `column` (its source), `class`, `side` ("above"
        or "below": where the class lies), `threshold` (in original units), `n_rows` (rows that do
        not lie on the threshold itself) and `complete` (whether all rows are told apart). Those
        that tell the most rows apart come first. Of two classes it is said once, of the one with
        more such rows.

    Raises
    ------
    ParameterError
        If the problem is of amounts.

    References
    ----------
    Albert, A. and Anderson, J. A. (1984), On the existence of maximum likelihood estimates in
    logistic regression models, Biometrika 71.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("four_points"), "y")
    >>> separating_columns(problem)[["feature", "side", "n_rows"]].values.tolist()
    [['x', 'above', 4]]
    """
    check_problem(problem, "separating_columns")
    if not problem.classes:
        raise ParameterError(
            f"separating_columns takes a problem of classes. Got a {problem.family} one instead.",
            "Only classes come apart; relax_path says whether another fit is finite.",
        )
    rows = np.flatnonzero(problem.sample_weight > 0.0)
    low, high = _ranges(problem, rows)
    found = []
    # Of two classes, what tells the second from the first tells the first from the second.
    for k in range(1 if problem.loss.two_classes else 0, len(problem.classes)):
        rest = np.arange(len(problem.classes)) != k
        others = low[rest].min(axis=0), high[rest].max(axis=0)
        varies = np.minimum(low[k], others[0]) < np.maximum(high[k], others[1])
        for j in np.flatnonzero(varies & ((low[k] >= others[1]) | (high[k] <= others[0]))):
            above = low[k, j] >= others[1][j]
            edges = (others[1][j], low[k, j]) if above else (high[k, j], others[0][j])
            found.append(_entry(problem, rows, int(j), k, "above" if above else "below", edges))
    frame = pd.DataFrame(found, columns=[*COLUMNS, "own"])
    order = frame.sort_values(["n_rows", "own"], ascending=False, kind="stable", ignore_index=True)
    return order[COLUMNS]


def _ranges(problem: Problem, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Least and largest value of each feature in each class, shapes (K, p)."""
    found = []
    for k in range(len(problem.classes)):
        block = problem.X[rows[problem.y[rows] == k]]
        ends = (block.min(axis=0), block.max(axis=0))
        found.append([np.ravel(end.toarray() if sparse.issparse(end) else end) for end in ends])
    low, high = np.array(found).transpose(1, 0, 2)
    return low, high


def _entry(
    problem: Problem, rows: np.ndarray, j: int, k: int, side: str, edges: tuple[float, float]
) -> list[object]:
    threshold = 0.5 * edges[0] + 0.5 * edges[1]
    complete = bool(edges[0] < edges[1])
    off = np.ones(len(rows), dtype=bool)
    if not complete:
        off = values_of(problem, rows, j) != threshold
    n_rows, own = int(off.sum()), int((off & (problem.y[rows] == k)).sum())
    if problem.loss.two_classes and 2 * own < n_rows:  # say it of the class that is told apart
        k, own, side = 1 - k, n_rows - own, "below" if side == "above" else "above"
    name, source = problem.feature_names[j], problem.groups[j]
    return [name, source, problem.classes[k], side, float(threshold), n_rows, complete, own]


def values_of(problem: Problem, rows: np.ndarray, j: int) -> np.ndarray:
    """One feature on some rows, in original units, as a dense array."""
    column = problem.X[:, [j]]
    dense = column.toarray() if sparse.issparse(column) else np.asarray(column)
    return np.asarray(dense[rows, 0])


def told_by_columns(alone: pd.DataFrame) -> str:
    """One sentence about the column that tells the most rows apart; "" without any."""
    if alone.empty:
        return ""
    first = alone.iloc[0]
    more = f" ({len(alone) - 1} more do so too)" if len(alone) > 1 else ""
    if first["complete"]:
        sign = ">" if first["side"] == "above" else "<"
        return (
            f"{first['feature']!r} tells '{first['class']}' from the rest by itself, where it "
            f"is {sign} {first['threshold']:.6g}{more}."
        )
    return (
        f"{first['feature']!r} by itself tells '{first['class']}' from the rest in "
        f"{counted(first['n_rows'], 'row')}, those where it is not {first['threshold']:.6g}{more}."
    )
