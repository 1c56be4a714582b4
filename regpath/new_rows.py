"""New rows scored by a model: predictions, what could not be scored and why, and what is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from regpath.core.metrics import calibration as judge
from regpath.core.metrics.scores import score_path
from regpath.core.problems.problem import Problem
from regpath.core.problems.response import label_of, words_back
from regpath.errors import DataError
from regpath.io import Table
from regpath.model import Model, frame_for
from regpath.shown import Shown
from regpath.training_column import TrainingColumn, bin_counts
from regpath.wording import counted, listed

# Siddiqi (2006), Credit Risk Scorecards: below 0.10 no shift, from 0.25 on a large one.
SHIFT, LARGE_SHIFT = 0.10, 0.25
ROWS_OF_BIN = 10  # of a calibration curve at the least; with fewer its intervals say nothing
CHANCE = 0.001  # how rarely an index this large may come from equal columns, to be called a shift


@dataclass(frozen=True, eq=False)
class ScoredRows(Shown):
    """What a model says of new rows.

    Attributes
    ----------
    predictions : DataFrame
        One row per row of the table, under its row number: `prediction`, `probability of CLASS`
        for each class, `filled` (the columns whose gaps were filled), `new` (the columns with a
        level or a value that no row of the fit had) and `not scored` (why; "" if it was).
    columns : DataFrame
        One row per column of the model: `n_missing`, `n_new` (rows with a level never seen, or
        a number outside the range of the fit), `example`, `stability_index` (of the column
        against the rows of the fit), `by_chance` (how often equal columns would show as much)
        and `shift` ("", "shift" or "large shift").
    scores : Series or None
        If the target is there: the measures of `score_path` on the rows that were scored.
    notes : tuple of str
        One sentence for each thing to know.
    calibration : DataFrame or None
        If there are scores: `calibration_curve` of classes, else `observed_by_predicted`.
    calibration_summary : DataFrame or None
        `calibration_slope` of classes, else `mean_predicted` and `observed`.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("diabetes")
    >>> study = regpath.run_study(table, regpath.Recipe("progression", n_lambdas=20))
    >>> rows = regpath.score_rows(regpath.Model.from_study(study, study.path.lambdas[10]), table)
    >>> rows.columns["column"].tolist()[:3], rows.predictions.columns.tolist()
    (['age', 'sex', 'body_mass_index'], ['prediction', 'filled', 'new', 'not scored'])
    >>> rows.scores.index.tolist()
    ['mse', 'rmse', 'mae', 'r2', 'deviance_explained']
    """

    predictions: pd.DataFrame
    columns: pd.DataFrame
    scores: pd.Series | None
    notes: tuple[str, ...]
    calibration: pd.DataFrame | None = None
    calibration_summary: pd.DataFrame | None = None

    def _summary(self) -> str:
        scored = int((self.predictions["not scored"] == "").sum())
        headline = f"{scored:,} of {counted(len(self.predictions), 'row')} predicted"
        scores = (
            []
            if self.scores is None
            else [", ".join(f"{name} {value:.4g}" for name, value in self.scores.items())]
        )
        return "\n".join([headline, *scores, *self.notes])

    def _shown_frame(self) -> pd.DataFrame:
        return self.predictions


def score_rows(model: Model, table: Table | pd.DataFrame) -> ScoredRows:
    """Predict new rows, and say what a careful person would want to know of them.

    Parameters
    ----------
    model : Model
        From `load_model` or `Model.from_study`.
    table : Table or DataFrame
        With the columns of the fit, in any order; others are not looked at. `Model.read` reads a
        file as that of the fit was read.

    Returns
    -------
    ScoredRows
        Predictions, columns, scores and notes.

    Raises
    ------
    DataError
        If a column of the fit is missing, or there are no rows.

    Notes
    -----
    The stability index of a column is sum (q - p) ln(q / p) over its bins, p and q being their
    shares in the fit and now; half a row is added to each bin. Bins are tenths of the rows of the
    fit for numbers, levels for words, and the gaps. Were both samples of one population, the
    index times n m / (n + m) would be about chi-squared; a shift is told only where that is rarer
    than 1 in 1000, so that few new rows raise no alarm.

    References
    ----------
    Siddiqi, N. (2006), Credit Risk Scorecards, Wiley. Yurdakul, B. (2018), Statistical properties
    of population stability index, Western Michigan University.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("iris")
    >>> study = regpath.run_study(table, regpath.Recipe("species", n_lambdas=20))
    >>> model = regpath.Model.from_study(study, study.path.lambdas[10])
    >>> rows = regpath.score_rows(model, table.frame.drop(columns="species").head(3))
    >>> rows.predictions["prediction"].tolist(), rows.scores is None
    (['setosa', 'setosa', 'setosa'], True)
    """
    frame = frame_for(model, table)
    if frame.empty:
        raise DataError("There are no rows to score.", "Bring at least one row.")
    reasons = _reasons(model, frame)
    fine = reasons == ""
    predictions = pd.DataFrame(index=frame.index)
    rows = frame[fine]
    if fine.any():
        predictions = predictions.join(_predicted(model, rows))
    new = {name: _is_new(frame[name], name, model) for name in model.columns}
    features = [name for name in model.needs if name != model.path.exposure_name]
    gaps = {name: frame[name].isna().to_numpy() for name in features}
    predictions["filled"] = _listed(gaps, frame, but=model.drops_gaps)
    predictions["new"] = _listed(new, frame)
    predictions["not scored"] = reasons
    columns = pd.DataFrame([_compared(name, frame, new[name], model) for name in model.columns])
    judged, target_notes = _judged(model, table, rows)
    weighed = [model.facts["probabilities"]] if "probabilities" in model.facts else []
    notes = (*_notes(model, predictions, columns), *weighed, *target_notes)
    if judged is None:
        return ScoredRows(predictions, columns, None, notes)
    scores = score_path(model.path, judged).iloc[0].drop("lambda").rename("score")
    return ScoredRows(predictions, columns, scores, notes, *_calibrated(model, judged))


def _reasons(model: Model, frame: pd.DataFrame) -> pd.Series:
    """Why each row cannot be scored; "" if it can."""
    reasons = pd.Series("", index=frame.index, dtype=object)
    kinds = model.path.encoder.kinds if model.path.encoder is not None else {}
    for name in model.needs:
        values = frame[name]
        found = []
        if kinds.get(name, "numeric") == "numeric":
            numbers, wrong = _as_numbers(values)
            found += [(wrong, "is no number"), (np.isinf(numbers), "is infinite")]
        if name == model.path.exposure_name:
            found.append((~(numbers > 0.0), "is missing or not above 0, and it is the exposure"))
        elif model.drops_gaps or not kinds:
            found.append((values.isna().to_numpy(), "is missing"))
        for where, what in found:
            reasons[where & (reasons == "").to_numpy()] = f"{name!r} {what}"
    return reasons


def _as_numbers(values: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """A column's numbers, and where it holds what is none."""
    if pd.api.types.is_numeric_dtype(values):
        numbers = values.to_numpy(float, na_value=np.nan)
        return numbers, np.zeros(len(numbers), bool)
    numbers = pd.to_numeric(values, errors="coerce").to_numpy(float, na_value=np.nan)
    return numbers, np.isnan(numbers) & values.notna().to_numpy()


def _predicted(model: Model, rows: pd.DataFrame) -> pd.DataFrame:
    rows = _numeric(model, rows)
    found = pd.DataFrame({"prediction": model.predict(rows)}, index=rows.index)
    if model.path.classes:
        proba = model.predict_proba(rows)
        for k, label in enumerate(model.path.classes):
            found[f"probability of {label}"] = proba[:, k]
    return found


def _numeric(model: Model, rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of the model; numbers that a frame holds as words become numbers."""
    kinds = model.path.encoder.kinds if model.path.encoder is not None else {}
    numbers = {
        name: _as_numbers(rows[name])[0]
        for name in model.needs
        if kinds.get(name, "numeric") == "numeric"
    }
    if not kinds:
        return pd.DataFrame(numbers, index=rows.index)
    return rows[list(model.needs)].assign(**numbers)


def _is_new(values: pd.Series, name: str, model: Model) -> np.ndarray:
    """Where a column holds a level never seen, or a number outside the range of the fit."""
    known = model.columns[name]
    if known.levels:
        words = _words_of(model, values)
        return (words.notna() & ~words.isin(known.levels)).to_numpy()
    numbers, _ = _as_numbers(values)
    if not known.edges:
        return ~np.isnan(numbers)
    return (numbers < known.edges[0]) | (numbers > known.edges[-1])


def _words_of(model: Model, values: pd.Series) -> pd.Series:
    encoder = model.path.encoder
    merged = values if encoder is None else encoder.coding.merged(values)
    return merged.astype(object).where(merged.notna(), None)


def _listed(where: dict[str, np.ndarray], frame: pd.DataFrame, but: bool = False) -> list[str]:
    """Of each row, the columns that are marked in it."""
    lists: list[list[str]] = [[] for _ in range(len(frame))]
    for name, marks in where.items():
        if not but:
            for i in np.flatnonzero(marks):
                lists[i].append(name)
    return [", ".join(names) for names in lists]


def _compared(name: str, frame: pd.DataFrame, new: np.ndarray, model: Model) -> dict[str, object]:
    """A column now against the column of the fit."""
    values, known = frame[name], model.columns[name]
    before, now = _bins(values, known, model)
    index, chance = stability_index(before, now)
    shifted = chance < CHANCE and index >= SHIFT
    first = values.iloc[int(np.argmax(new))] if new.any() else None
    return {
        "column": name,
        "n_missing": int(values.isna().sum()),
        "n_new": int(new.sum()),
        "example": "" if first is None else str(first),
        "stability_index": index,
        "by_chance": chance,
        "shift": ("large shift" if index >= LARGE_SHIFT else "shift") if shifted else "",
    }


def _bins(values: pd.Series, known: TrainingColumn, model: Model) -> tuple[np.ndarray, np.ndarray]:
    """Rows in each bin, then and now; the last bin are gaps, and of words, that before new ones."""
    n_missing = int(values.isna().sum())
    if known.levels:
        words = _words_of(model, values)
        counts = words.value_counts()
        now = [int(counts.get(level, 0)) for level in known.levels]
        unseen = len(values) - n_missing - sum(now)
        return np.array([*known.counts, 0, known.n_missing]), np.array([*now, unseen, n_missing])
    numbers, _ = _as_numbers(values)
    edges = np.array(known.edges if known.edges else [0.0])
    now = bin_counts(numbers[~np.isnan(numbers)], edges)
    before = known.counts if known.counts else (0,) * len(now)
    return np.array([*before, known.n_missing]), np.array([*now, n_missing])


def stability_index(before: np.ndarray, now: np.ndarray) -> tuple[float, float]:
    """Population stability index of two lists of counts, and how often chance gives as much.

    Bins that are empty in both do not count.

    >>> stability_index(np.array([50, 50, 0]), np.array([5, 5, 0]))
    (0.0, 1.0)
    """
    there = (before > 0) | (now > 0)
    if there.sum() < 2:
        return 0.0, 1.0
    p, q = before[there] + 0.5, now[there] + 0.5
    n, m = p.sum(), q.sum()
    p, q = p / n, q / m
    index = float((q - p) @ np.log(q / p))
    return index, float(chdtrc(len(p) - 1, index * n * m / (n + m)))


def _judged(
    model: Model, table: Table | pd.DataFrame, rows: pd.DataFrame
) -> tuple[Problem | None, list[str]]:
    """The rows whose target is there and known."""
    path = model.path
    if path.target not in rows.columns or rows.empty:
        return None, []
    target = words_back(table, rows[path.target])
    if path.classes:
        labels = list(map(str, path.classes))
        place = target.map(lambda value: _place(value, labels)).to_numpy(float)
    else:
        place, _ = _as_numbers(target)
    known = np.isfinite(place)
    strange = int((~known & target.notna().to_numpy()).sum())
    notes = []
    if strange:
        what = "a class that the fit did not have" if path.classes else "no number"
        notes.append(
            f"{counted(strange, 'row')} whose {path.target!r} is {what}: left out of the scores."
        )
    if known.sum() < 2:
        return None, notes
    used = _numeric(model, rows[known])
    features = used[list(path.feature_names)] if path.encoder is None else used
    X = features.to_numpy(float) if path.encoder is None else path.encoder.encode(features)
    exposure = used[path.exposure_name].to_numpy(float) if path.exposure_name else None
    problem = Problem(
        X=X,
        y=place[known].astype(np.intp) if path.classes else place[known],
        sample_weight=np.ones(int(known.sum())),
        family=path.family,
        classes=path.classes,
        feature_names=path.feature_names,
        groups=path.groups,
        target=path.target,
        exposure=exposure,
        exposure_name=path.exposure_name,
    )
    return problem, notes


def _calibrated(model: Model, rows: Problem) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What happened beside what was told: by tenths of the rows or fewer, and in sum."""
    path, n_bins = model.path, int(np.clip(rows.n_obs // ROWS_OF_BIN, 1, 10))
    lam = float(path.lambdas[0])
    if path.classes:
        told = path.predict_proba(rows, lam)
        curve = judge.calibration_curve(rows, told, n_bins=n_bins)
        return curve, judge.calibration_slope(rows, told)
    told = path.predict(rows, lam)
    means = {"mean_predicted": [float(told.mean())], "observed": [float(rows.y.mean())]}
    return judge.observed_by_predicted(rows, told, n_bins=n_bins), pd.DataFrame(means)


def _place(value: Any, labels: list[str]) -> float:
    word = str(label_of(value))
    return float(labels.index(word)) if not pd.isna(value) and word in labels else np.nan


def _notes(model: Model, predictions: pd.DataFrame, columns: pd.DataFrame) -> list[str]:
    notes = []
    lost = predictions["not scored"] != ""
    if lost.any():
        first = int(np.argmax(lost))
        notes.append(
            f"{counted(int(lost.sum()), 'row')} not scored, the first in row "
            f"{predictions.index[first]}: {predictions['not scored'].iloc[first]}."
        )
    if columns.empty:
        return notes
    new = columns[columns["n_new"] > 0]
    is_word = new["column"].map(lambda name: bool(model.columns[name].levels)).to_numpy(bool)
    for _, line in new[is_word].iterrows():
        notes.append(
            f"{counted(line['n_new'], 'row')} with a level of {line['column']!r} never seen in the "
            f"fit, such as {line['example']!r}: {_effect(model, line['column'])}."
        )
    if not is_word.all():
        beyond = new[~is_word].sort_values("n_new", ascending=False, kind="stable")
        notes.append(
            f"Numbers outside the range of the fit, where the model extrapolates: "
            f"{listed(beyond['column'].tolist())}, most of them in "
            f"{counted(int(beyond['n_new'].iloc[0]), 'row')}."
        )
    for size in ("large shift", "shift"):
        moved = columns[columns["shift"] == size]
        if len(moved):
            notes.append(f"A {size} since the fit: {listed(moved['column'].tolist())}.")
    return notes


def _effect(model: Model, column: str) -> str:
    encoder = model.path.encoder
    if encoder is not None and column in encoder.pooled:
        return "it counts as 'other'"
    return "it has no coefficient of its own"
