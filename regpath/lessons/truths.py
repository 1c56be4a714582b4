"""All that a lesson asks of its data, worked out: answers, verdicts, numbers, charts to draw on.

Whoever shows a lesson shows these; the app works them out beside the server.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import log10
from typing import Any, NamedTuple

import numpy as np

from regpath.charts.names import measure_name
from regpath.lessons.claims import plainly
from regpath.lessons.lesson import Lesson, Prediction
from regpath.lessons.reading import LIVE, in_place
from regpath.number_format import localized
from regpath.wording import number_text

NAMED = 4  # curves; more names would lie on each other
PLACES = 8  # points of a sketched curve
ROOM = 0.08  # above and below curves, as a share of their height
ENDS = ("← stronger", "weaker →")
DRAWN_KINDS = ("marker", "sketch")  # of predictions that are put on a chart


class DrawnOn(NamedTuple):
    """The chart on which a marker or a curve is put.

    Attributes
    ----------
    lambdas : list of float
    curves : mapping of str to list of float
    hidden : str
        Of these, what is shown with the truth only.
    from_zero : bool
        Whether 0 is on the chart.
    upwards : str
        What is drawn upwards.
    """

    lambdas: list[float]
    curves: Mapping[str, list[float]]
    hidden: str
    from_zero: bool = True
    upwards: str = ""


class Truths(NamedTuple):
    """All that a lesson asks of its data.

    Attributes
    ----------
    answers : tuple
        Of each prediction.
    verdicts : tuple of (bool, str)
        Of each claim, with its numbers.
    numbers : mapping of str to str
        Live numbers, as they stand in texts.
    charts : tuple of DrawnOn or None
        Of each prediction, what it is put on.
    """

    answers: tuple[Any, ...]
    verdicts: tuple[tuple[bool, str], ...]
    numbers: Mapping[str, str]
    charts: tuple[DrawnOn | None, ...]

    def filled(self, text: str) -> str:
        """A text with its live numbers."""
        return re.sub(LIVE, lambda found: localized(self.numbers[found[1]]), text)


def work_out(lesson: Lesson) -> Truths:
    """Ask the data of a lesson for all that it says and asks."""
    numbers, answers, verdicts, charts = {}, [], [], []
    for key, fact in lesson.numbers.items():
        with in_place(f"numbers.{key}"):
            numbers[key] = _number(fact.of(lesson.material))
    for number, one in enumerate(lesson.predictions, 1):
        with in_place(f"predictions {number}"):
            answers.append(one.answer())
            charts.append(_drawn_on(lesson, one))
    for number, claim in enumerate(lesson.claims, 1):
        with in_place(f"claims {number}"):
            verdicts.append(claim.verdict())
    return Truths(tuple(answers), tuple(verdicts), numbers, tuple(charts))


def along_strengths(lambdas: np.ndarray, points: Sequence[float]) -> np.ndarray:
    """A sketched curve at every strength."""
    xs = np.log10(np.asarray(lambdas))
    places = np.linspace(xs[0], xs[-1], PLACES)
    return np.interp(-xs, -places, points)


def drawing_of(
    one: Prediction, chart: DrawnOn, truth: Any, answer: Any = None, *, locked: bool
) -> dict[str, Any]:
    """What the browser's chart takes on which a prediction is put.

    Parameters
    ----------
    one : Prediction
        A marker or a sketch.
    chart : DrawnOn
    truth : float, or pair of (lambdas, scores)
        In the result only if the answer is locked.
    answer : float or list of float, default=None
        What was put.
    locked : bool

    Returns
    -------
    dict
        JSON-ready.
    """
    xs = np.log10(chart.lambdas)
    drawn: list[dict[str, Any]] = []
    shown_truth: Any = None
    if one.kind == "marker":
        shown = {name: y for name, y in chart.curves.items() if locked or name != chart.hidden}
        named = len(shown) <= NAMED
        drawn = [{"name": name if named else "", "y": y} for name, y in shown.items()]
        zero = [0.0] if chart.from_zero else []
        span = _span(np.concatenate([*map(np.asarray, shown.values()), zero]))
        answer = None if answer is None else log10(answer)
        shown_truth = log10(truth) if locked else None
    else:
        scores = np.asarray(truth[1])
        span = _span(np.append(scores, 0.0))
        shown_truth = scores.tolist() if locked else None
    return {
        "kind": one.kind,
        "x": xs.tolist(),
        "y": span,
        "places": np.linspace(xs[0], xs[-1], PLACES).tolist(),
        "curves": drawn,
        "answer": answer,
        "truth": shown_truth,
        "locked": locked,
        "ends": ENDS,
        "upwards": chart.upwards,
        "label": one.question,
        "words": {"truth": "the data", "marker": "Your marker", "point": "Point"},
    }


def truth_in_words(one: Prediction, truth: Any) -> str:
    """What the data say, for people."""
    if one.kind == "choice":
        return one.options[truth].says
    if one.kind == "order":
        return ", then ".join(truth)
    if one.kind == "marker":
        return f"λ = {number_text(truth, 3)}"
    return "the dashed curve" if one.kind == "sketch" else number_text(truth)


def _drawn_on(lesson: Lesson, one: Prediction) -> DrawnOn | None:
    """What a marker or a curve is put on: where a rule chooses, its validation; else a path."""
    if one.kind not in DRAWN_KINDS:
        return None
    asked = {} if one.truth is None else one.truth.parameters
    on = lesson.material.changed(recipe=asked.get("recipe"))
    path = on.study.path
    if "rule" in asked:
        cv = on.validation
        curves = {
            "mean + SE": (cv.mean + cv.se).tolist(),
            "mean \u2212 SE": (cv.mean - cv.se).tolist(),
            "mean": cv.mean.tolist(),
        }
        error = f"{measure_name(cv.measure)} of the folds"
        return DrawnOn(path.lambdas.tolist(), curves, "", from_zero=False, upwards=error)
    units = "standardized" if path.standardize else "original"
    drawn = dict(zip(path.feature_names, path.coefs(units).tolist(), strict=True))
    upwards = "coefficient per SD" if path.standardize else "coefficient"
    if one.kind == "sketch":
        upwards = f"{measure_name(one.measure)} on the test rows"
    return DrawnOn(path.lambdas.tolist(), drawn, asked.get("feature", ""), upwards=upwards)


def _span(values: np.ndarray) -> list[float]:
    low, high = float(values.min()), float(values.max())
    pad = ROOM * (high - low or 1.0)
    return [low - pad if low < 0.0 else low, high + pad]


def _number(value: Any) -> str:
    return plainly(value) if isinstance(value, float) else str(value)
