"""Scores and calibration of parts of the rows, such as those of each sex or site."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from regpath.core.checks import check_choice
from regpath.core.metrics.bootstrap import redrawn
from regpath.core.metrics.calibration import calibration_slope
from regpath.core.metrics.measures import MEASURES, check_measure, measures_of
from regpath.core.metrics.residuals import Z95
from regpath.core.problems.inputs import rescaled
from regpath.core.problems.problem import Problem
from regpath.errors import DataError, ParameterError
from regpath.shown import Drawn

NEVER = 1e-15  # probabilities have a finite logarithm
SMALL = 30  # rows of a group; with fewer its score says little
FEW = 10  # rows of a class, and of the others; the same
REDRAWN = 400  # times that the rows of a group are drawn anew
MANY = 5_000  # rows of a group beyond which its score needs no interval
LEVEL = 0.95  # share of the redrawn scores within the interval


@dataclass(frozen=True, eq=False)
class GroupScores(Drawn):
    """Scores and calibration of groups of rows.

    Attributes
    ----------
    frame : DataFrame
        One row per group; see `scores_by_group`.
    measure : str
        What `score` holds.
    what : str
        What `predicted`, `observed` and `gap` are means of: the target, or the share of a class.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.Problem.from_arrays(np.eye(4), [1.0, 2.0, 3.0, 4.0], family="gaussian")
    >>> found = regpath.scores_by_group(problem, problem.y, ["a", "a", "b", "b"])
    >>> found.measure, found.what, found.to_frame()["gap"].tolist()
    ('mse', 'y', [0.0, 0.0, 0.0])
    """

    frame: pd.DataFrame
    measure: str
    what: str

    def to_frame(self) -> pd.DataFrame:
        """The same as a table; see `scores_by_group`.

        Returns
        -------
        DataFrame
            A copy of `frame`.
        """
        return self.frame.copy()

    def __repr__(self) -> str:
        rows = int(self.frame["n_rows"].iloc[0])
        return f"GroupScores({self.measure} of {len(self.frame) - 1} groups of {rows} rows)"


def scores_by_group(
    problem: Problem,
    predicted: np.ndarray,
    groups: pd.Series | np.ndarray,
    *,
    measure: str = "auto",
    label: object = None,
    seed: int = 0,
) -> GroupScores:
    """Score predictions within each group of rows, and compare their mean with what happened.

    Parameters
    ----------
    problem : Problem
        The rows that were predicted.
    predicted : ndarray of shape (n_obs,) or (n_obs, n_classes)
        Expected responses, for classes their probabilities, of rows that the fit has not seen:
        `CVResult.out_of_fold(problem, lam)`, or `predict` and `predict_proba` of test rows. Rows
        without (NaN) or without a weight are left out.
    groups : array-like of shape (n_obs,)
        What each row belongs to, such as `grouped(column)`; rows without are left out.
    measure : str, default="auto"
        Which score has an interval; see `cross_validate`.
    label : object, default=None
        The class whose calibration is told; None means the second of two, or the first of many.
    seed : int, default=0
        Of the redrawings that make the interval.

    Returns
    -------
    GroupScores
        Its frame has "all rows" first, then one row per group, categories in their order and other
        groups as they first appear: `group`; `n_rows`; `is_small` (fewer than 30
        rows, or fewer than 10 of a class or of the others); `predicted` and `observed`, the mean
        response (of the class its share); `gap`, observed less predicted, with `gap_low` and
        `gap_high` (1.96 standard errors); with two classes `slope` and `slope_se`
        (`calibration_slope`); `score`, `score_low` and `score_high` of `measure` (95 % of 400
        redrawings of the group's rows; missing of more than 5 000 rows, where it is narrow); then
        every measure that can judge the family. Missing where one is undefined.

    Raises
    ------
    ParameterError
        If shapes differ, or the measure does not suit the family.
    DataError
        If no row has a prediction and a group.

    Notes
    -----
    Many groups are looked at, so that some differ by chance; an interval is of one group alone.

    References
    ----------
    Efron, B. and Tibshirani, R. J. (1993), An introduction to the bootstrap, chapter 13.
    Collins, G. S. et al. (2024), TRIPOD+AI statement, BMJ 385 (items on fairness and on
    performance in key subgroups).

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("diabetes")
    >>> problem = regpath.make_problem(table, "progression")
    >>> path = regpath.fit_path(problem, n_lambdas=20)
    >>> told = path.predict(problem, path.lambdas[9])
    >>> found = regpath.scores_by_group(problem, told, problem.frame["sex"].astype(str))
    >>> frame = found.to_frame()
    >>> frame["n_rows"].tolist(), bool((frame["score_low"] < frame["score_high"]).all())
    ([442, 207, 235], True)
    """
    how = check_measure(measure, problem.family, "scores_by_group")
    told, names = _checked(problem, predicted, groups)
    usable = np.isfinite(told).reshape(len(told), -1).all(axis=1) & (problem.sample_weight > 0.0)
    usable &= names.notna().to_numpy()
    if not usable.any():
        raise DataError("No row has a prediction and a group.", "Use another column.")
    k = _class_of(problem, label)
    order = names[usable].unique() if names.dtype != "category" else names.cat.categories
    parts = [("all rows", np.flatnonzero(usable))]
    parts += [(str(g), np.flatnonzero(usable & (names == g).to_numpy())) for g in order]
    rng = np.random.default_rng(seed)
    lines = [
        {"group": name, **_line(_only(problem, rows), told[rows], how.name, k, rng)}
        for name, rows in parts
        if len(rows)
    ]
    what = problem.target if k is None else f"share of {problem.classes[k]}"
    return GroupScores(pd.DataFrame(lines), how.name, what)


def grouped(column: pd.Series, *, most: int = 8) -> pd.Series:
    """Groups of rows by a column: its levels, or quarters of its numbers.

    Parameters
    ----------
    column : Series
        Numbers of more than `most` values are cut into quarters of about as many rows.
    most : int, default=8
        Levels that have a group; the rarest share "others".

    Returns
    -------
    Series of category
        Of the same index, in the order of the groups; gaps are "missing".

    Examples
    --------
    >>> import pandas as pd
    >>> from regpath.core.metrics.subgroups import grouped
    >>> grouped(pd.Series(["b", "a", None, "b"])).cat.categories.tolist()
    ['b', 'a', 'missing']
    >>> grouped(pd.Series(range(100))).value_counts(sort=False).to_dict()
    {'0 to 24': 25, '25 to 49': 25, '50 to 74': 25, '75 to 99': 25}
    """
    known = column.dropna()
    if pd.api.types.is_numeric_dtype(known) and known.nunique() > most:
        names = _quarters(known.astype(float))
    else:
        words = known.astype(str)
        counts = words.value_counts()
        kept = list(counts.index) if len(counts) <= most else list(counts.index[: most - 1])
        names = pd.Series(
            pd.Categorical(words.where(words.isin(kept), "others"), [*kept, "others"]), words.index
        )
    order = [*names.cat.categories, "missing"]
    full = names.astype(object).reindex(column.index).fillna("missing")
    result = pd.Series(pd.Categorical(full, list(dict.fromkeys(order))), column.index)
    return result.cat.remove_unused_categories()


def _quarters(numbers: pd.Series) -> pd.Series:
    bounds = np.unique(np.quantile(numbers, [0.0, 0.25, 0.5, 0.75, 1.0]))
    at = np.clip(np.searchsorted(bounds, numbers, side="right") - 1, 0, max(len(bounds) - 2, 0))
    ends = [(numbers[at == j].min(), numbers[at == j].max()) for j in np.unique(at)]
    names = [f"{low:.6g} to {high:.6g}" if low < high else f"{low:.6g}" for low, high in ends]
    place = np.searchsorted(np.unique(at), at)
    told = np.array(_apart(names), dtype=object)
    return pd.Series(pd.Categorical(told[place], categories=list(told)), numbers.index)


def _apart(names: list[str]) -> list[str]:
    """The same names, told apart where rounding made two alike."""
    return [n if n not in names[:j] else f"{n} ({j + 1})" for j, n in enumerate(names)]


def _checked(
    problem: Problem, predicted: np.ndarray, groups: pd.Series | np.ndarray
) -> tuple[np.ndarray, pd.Series]:
    shape = (problem.n_obs, len(problem.classes)) if problem.classes else (problem.n_obs,)
    if np.shape(predicted) != shape:
        raise ParameterError(
            f"The 'predicted' parameter of scores_by_group must have shape {shape}. Got "
            f"{np.shape(predicted)} instead.",
            "Choose one point of the grid: out_of_fold(problem, lam).",
        )
    if len(groups) != problem.n_obs:
        raise ParameterError(
            f"The 'groups' parameter of scores_by_group must have {problem.n_obs} values. Got "
            f"{len(groups)} instead."
        )
    return np.asarray(predicted, dtype=float), pd.Series(groups).reset_index(drop=True)


def _class_of(problem: Problem, label: object) -> int | None:
    if not problem.classes:
        return None
    if label is None:
        return 1 if problem.loss.two_classes else 0
    names = tuple(map(str, problem.classes))
    check_choice(str(label), "label", "scores_by_group", names)
    return names.index(str(label))


def _only(problem: Problem, rows: np.ndarray) -> Problem:
    """What judges predictions of some rows: their responses and weights, without features."""

    def some(values: np.ndarray | None) -> np.ndarray | None:
        return None if values is None else values[rows]

    return replace(
        problem,
        X=np.empty((len(rows), 0)),
        y=problem.y[rows],
        sample_weight=rescaled(problem.sample_weight[rows]),
        frame=None,
        encoder=None,
        row_groups=some(problem.row_groups),
        row_times=some(problem.row_times),
        exposure=some(problem.exposure),
    )


def _line(
    rows: Problem, told: np.ndarray, measure: str, k: int | None, rng: np.random.Generator
) -> dict[str, object]:
    """All that is told of one group."""
    mean = told if k is None else told[:, k]
    y = rows.y if k is None else (rows.y == k).astype(float)
    w = rows.sample_weight / rows.n_obs
    gap = float(w @ (y - mean))
    worth = 1.0 / float(w @ w)  # equal rows that say as much
    spread = float(w @ np.square(y - mean - gap))
    half = Z95 * np.sqrt(spread / (worth - 1.0)) if worth > 1.0 else np.nan
    eta = _linear(rows, told)[..., None]
    scores = {n: float(MEASURES[n].of(eta, rows)[0]) for n in measures_of(rows.family)}
    low, high = _interval(rows, eta, measure, rng)
    line: dict[str, object] = {
        "n_rows": rows.n_obs,
        "is_small": rows.n_obs < SMALL or (k is not None and _is_rare(y)),
        "predicted": float(w @ mean),
        "observed": float(w @ y),
        "gap": gap,
        "gap_low": gap - half,
        "gap_high": gap + half,
    }
    if rows.loss.two_classes:
        slope = calibration_slope(rows, told).iloc[0]
        line |= {"slope": float(slope["slope"]), "slope_se": float(slope["slope_se"])}
    return line | {"score": scores[measure], "score_low": low, "score_high": high} | scores


def _is_rare(hit: np.ndarray) -> bool:
    return min(float(hit.sum()), float(len(hit) - hit.sum())) < FEW


def _linear(rows: Problem, told: np.ndarray) -> np.ndarray:
    """Linear predictors that give these predictions: what measures take."""
    if not rows.classes:
        return told if rows.loss.quadratic else np.log(np.maximum(told, NEVER))
    logs: np.ndarray = np.log(np.clip(told, NEVER, 1.0))
    return logs if rows.loss.per_class else logs[:, 1] - logs[:, 0]


def _interval(
    rows: Problem, eta: np.ndarray, measure: str, rng: np.random.Generator
) -> tuple[float, float]:
    """Where 95 % of the scores of rows drawn again lie; of whole groups where rows have such."""
    none = (np.nan, np.nan)
    if rows.n_obs > MANY or rows.n_obs < 2:
        return none
    weighed = MEASURES[measure].weighed(eta, rows)
    weights = redrawn(rows, REDRAWN, rng) * rows.sample_weight
    scores = np.array([weighed(each)[0] for each in weights if each.any()])
    scores = scores[np.isfinite(scores)]
    if len(scores) < REDRAWN / 2:
        return none
    tail = 0.5 * (1.0 - LEVEL)
    low, high = np.quantile(scores, [tail, 1.0 - tail])
    return float(low), float(high)
