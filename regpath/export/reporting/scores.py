"""The section on how well the model predicts, how sure that is, and how well it is calibrated."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from regpath.core.metrics.bootstrap import bootstrap_band
from regpath.core.metrics.calibration import (
    calibration_curve,
    calibration_slope,
    observed_by_predicted,
)
from regpath.core.metrics.measures import MEASURES, measures_of
from regpath.core.problems.problem import Problem
from regpath.core.selection.net_benefit import decision_curve
from regpath.core.validation.fold_scores import fold_scores_at
from regpath.errors import DataError
from regpath.export.reporting.pictures import calibration_picture
from regpath.export.reporting.section import Block, Cells, Section, Text, written
from regpath.export.reporting.subject import Subject
from regpath.number_format import num

N_BOOT = 1000  # redrawings: the ends of 95 % then stand on 25 each
LEVEL = 0.95  # of intervals, as papers have it
ROUNDING = 1e-14  # of a share
FEW = 100  # test rows or events below which a score says little (Vergouwe et al. 2005)
MOST_BINS, PER_BIN = 10, 15  # bins of predictions, and rows in each: fewer tell nothing
THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7)  # of acting, from careful to bold
MOST_CLASSES = 12  # beside each other in a table of predicted against observed

Point = tuple[float, float, float, float]


def scores(of: Subject) -> Section:
    """Scores on each kind of rows, and what was predicted against what was observed."""
    blocks: list[Block] = [_measures(of), Text(_read(of))]
    blocks += _few(of)
    for title, rows, predicted in held_out_predictions(of):
        if rows.classes:
            blocks += _confusion(title, rows, predicted)
    if of.path.loss.two_classes:
        blocks += _net_benefit(of)
    return Section("scores", "Scores", tuple(blocks))


def _net_benefit(of: Subject) -> list[Block]:
    """What acting on the held-out predictions is worth, at some thresholds."""
    title, rows, predicted = next(held_out_predictions(of), ("", None, None))
    if rows is None or predicted is None:
        return []
    try:
        curve = decision_curve(rows, predicted).set_index("threshold")
    except DataError:  # the rows with a prediction are of one class
        return []
    places = [int(np.argmin(np.abs(curve.index.to_numpy() - t))) for t in THRESHOLDS]
    lines = [
        (f"{num(t):.0%}", *map(float, curve.iloc[place][["net_benefit", "treat_all"]]), 0.0)
        for t, place in zip(THRESHOLDS, places, strict=True)
    ]
    caption = (
        f"Net benefit, {title}: hits less what false alarms cost, per row, of acting from a "
        "probability on"
    )
    head = ("acting from", "on the model", "on everybody", "on nobody")
    return [Cells.of(caption, head, lines)]


def _measures(of: Subject) -> Cells:
    study = of.study
    names = measures_of(of.path.family)
    base = of.without_features
    folds = pd.DataFrame(columns=["measure", "mean", "se"])
    if of.cv is not None:
        folds = fold_scores_at(of.cv, study.train, of.lam)
    held = {
        row["measure"]: f"{num(row['mean']):.4g} ± {num(row['se']):.2g}"
        for row in folds.to_dict("records")
    }
    last = study.parts[-1]
    rows = []
    for name in names:
        how = MEASURES[name]
        cells = [how.label, "larger" if how.larger_is_better else "smaller"]
        cells.append(written(float(how.of(_eta(of, study.train), study.train)[0])))
        cells.append(held.get(name, "—"))
        cells += [_with_interval(of, name)] if last == "test" else []
        cells.append(written(base[name]))
        rows.append(cells)
    head = ["measure", "better is", "rows of the fit", "cross-validation ± SE"]
    head += [f"test [{num(LEVEL):.0%} interval]"] if last == "test" else []
    return Cells.of("Scores at the chosen strength", [*head, "without features"], rows)


def _eta(of: Subject, rows: Problem) -> np.ndarray:
    return of.point.decision_path(rows)


def _with_interval(of: Subject, name: str) -> str:
    """The test score between the ends of what other test rows might have given."""
    test = of.study.test
    assert test is not None
    score = float(MEASURES[name].of(_eta(of, test), test)[0])
    try:
        band = bootstrap_band(of.point, test, measure=name, n_boot=N_BOOT, level=LEVEL)
    except DataError:  # too few redrawings on which it is defined
        return written(score)
    low, high = float(band["low"].iloc[0]), float(band["high"].iloc[0])
    return f"{written(score)} [{written(low)}, {written(high)}]"


def _read(of: Subject) -> str:
    words = (
        "Scores on the rows of the fit are too good. Those of cross-validation are on rows that "
        "each fold had held out; the standard error is over folds, and of the strength that was "
        "chosen for its score they are a little too good, too."
    )
    if of.study.parts[-1] != "test":
        return words
    return (
        f"{words} The interval of the test score is of {N_BOOT} redrawings of the test rows: how "
        "far other test rows might move it, not how far another training set would."
    )


def _few(of: Subject) -> list[Block]:
    study = of.study
    if study.test is None or study.seal.hides:
        return []
    n = study.test.n_obs
    if study.test.classes:
        n = int(np.bincount(study.test.y, minlength=len(study.test.classes)).min())
    if n >= FEW:
        return []
    what = "rows of the rarest class" if study.test.classes else "rows"
    return [Text(f"There are {n} test {what}: fewer than {FEW} give wide intervals at best.", True)]


def held_out_predictions(of: Subject) -> Iterator[tuple[str, Problem, np.ndarray]]:
    """What was predicted of rows that the fit had not seen, by what they are."""
    study, path = of.study, of.path
    if of.cv is not None:
        yield "held out in cross-validation", study.train, of.cv.out_of_fold(study.train, of.lam)
    if "test" in study.parts:
        assert study.test is not None
        predict = path.predict_proba if path.classes else path.predict
        yield "test rows", study.test, predict(study.test, of.lam)


def _confusion(title: str, rows: Problem, proba: np.ndarray) -> Iterator[Cells]:
    classes = [str(label) for label in rows.classes]
    if len(classes) > MOST_CLASSES:
        return
    known = np.isfinite(proba).all(axis=1)
    guess = proba[known].argmax(axis=1)
    counts = np.zeros((len(classes), len(classes)), dtype=int)
    np.add.at(counts, (rows.y[known], guess), 1)
    lines = [(f"is {label}", *counts[k], int(counts[k].sum())) for k, label in enumerate(classes)]
    head = ("", *(f"told {label}" for label in classes), "rows")
    yield Cells.of(f"The most probable class, {title}", head, lines)


def calibration(of: Subject) -> Section:
    """Whether what is predicted happens as often, or as much, as it says."""
    curves: dict[str, pd.DataFrame] = {}
    slopes = []
    for title, rows, predicted in held_out_predictions(of):
        if rows.classes:
            curves[title] = calibration_curve(rows, predicted, n_bins=_bins(rows))
            frame = calibration_slope(rows, predicted)
            slopes += [(title, *row) for row in frame.itertuples(index=False)]
        else:
            curves[title] = observed_by_predicted(rows, predicted, n_bins=_bins(rows))
    if not curves:
        words = "Nothing can be said: no rows were held out."
        return Section("calibration", "Calibration", (Text(words),))
    blocks: list[Block] = [calibration_picture(_points(curves))]
    if slopes:
        blocks.append(_slopes(slopes))
    blocks += [_table(title, curve) for title, curve in curves.items()]
    return Section("calibration", "Calibration", tuple(blocks))


def _bins(rows: Problem) -> int:
    return int(np.clip(rows.n_obs // PER_BIN, 2, MOST_BINS))


def _points(curves: dict[str, pd.DataFrame]) -> dict[str, list[Point]]:
    names = ["predicted", "observed", "low", "high"]
    points: dict[str, list[Point]] = {}
    for title, curve in curves.items():
        groups = curve.groupby("class", sort=False) if "class" in curve else [("", curve)]
        for label, rows in groups:
            several = "class" in curve and curve["class"].nunique() > 1
            key = f"{label}, {title}" if several else title
            points[key] = [tuple(map(float, row)) for row in rows[names].to_numpy()]  # type: ignore[misc]
    return points


def _slopes(rows: list[tuple[object, ...]]) -> Cells:
    lines = [
        (
            title,
            label,
            f"{num(slope):.3g} ± {num(se):.2g}" if slope == slope else "—",
            intercept,
            told,
            seen,
        )
        for title, label, intercept, slope, se, told, seen in rows
    ]
    head = ("rows", "class", "slope ± SE", "intercept", "mean predicted", "observed")
    caption = "Calibration: a slope above 1 is too timid, below 1 too bold; — where none is finite"
    return Cells.of(caption, head, lines)


def _rounded(value: object) -> object:
    """Zero but for rounding is zero."""
    return 0.0 if isinstance(value, float) and abs(value) < ROUNDING else value


def _table(title: str, curve: pd.DataFrame) -> Cells:
    names = [name for name in ("class", "predicted", "observed", "low", "high") if name in curve]
    rows = [
        (*(_rounded(row[name]) for name in names), int(row["n_rows"]))
        for row in curve.to_dict("records")
    ]
    head = (*names, "rows")
    return Cells.of(f"Observed by predicted, {title}; low and high are 95 % limits", head, rows)
