"""What a lesson's data give: worked out beside the server, once for everybody.

Workers are asked by names alone, and read the lesson themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from regpath.charts import Look
from regpath.core.progress import Progress
from regpath.lessons import Lesson, Prediction, lesson_called
from regpath.lessons.reading import LIVE
from regpath.ui.pages.lessons.figures import DRAWN, StepShown
from regpath.ui.session.keys import TableKey
from regpath.ui.session.results import shared_results


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
    """

    lambdas: list[float]
    curves: Mapping[str, list[float]]
    hidden: str
    from_zero: bool = True


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
        return re.sub(LIVE, lambda found: self.numbers[found[1]], text)


def truths_of(lesson: Lesson) -> Truths:
    """What a lesson asks of its data."""
    key = TableKey(f"lesson:{lesson.name}", "truths")
    found: Truths = shared_results().make(key, partial(_truths, lesson.name))
    return found


def shown_step(lesson: Lesson, step: int, options: Mapping[str, Any], look: Look) -> StepShown:
    """The chart of a step."""
    told = json.dumps([step, dict(options), look.paper], sort_keys=True)
    key = TableKey(f"lesson:{lesson.name}", told)
    found: StepShown = shared_results().make(
        key, partial(_shown, lesson.name, step, dict(options), look)
    )
    return found


def _truths(name: str, tell: Progress | None) -> Truths:
    lesson = lesson_called(name)
    numbers = {key: _number(fact.of(lesson.material)) for key, fact in lesson.numbers.items()}
    return Truths(
        tuple(one.answer() for one in lesson.predictions),
        tuple(claim.verdict() for claim in lesson.claims),
        numbers,
        tuple(_drawn_on(lesson, one) for one in lesson.predictions),
    )


def _drawn_on(lesson: Lesson, one: Prediction) -> DrawnOn | None:
    """What a marker or a curve is put on: where a rule chooses, its validation; else a path."""
    if one.kind not in ("marker", "sketch"):
        return None
    asked = {} if one.truth is None else one.truth.parameters
    on = lesson.material.changed(recipe=asked.get("recipe"))
    path = on.study.path
    if "rule" in asked:
        cv = on.validation
        curves = {
            f"{cv.measure} + 1 standard error": (cv.mean + cv.se).tolist(),
            "- 1 standard error": (cv.mean - cv.se).tolist(),
            "mean of the folds": cv.mean.tolist(),
        }
        return DrawnOn(path.lambdas.tolist(), curves, "", from_zero=False)
    units = "standardized" if path.standardize else "original"
    drawn = dict(zip(path.feature_names, path.coefs(units).tolist(), strict=True))
    return DrawnOn(path.lambdas.tolist(), drawn, asked.get("feature", ""))


def _shown(
    name: str, step: int, options: dict[str, Any], look: Look, tell: Progress | None
) -> StepShown:
    lesson = lesson_called(name)
    blueprint = lesson.steps[step]
    on = lesson.material.changed(recipe=blueprint.recipe)
    return DRAWN[blueprint.chart](on, options, look)


def _number(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
