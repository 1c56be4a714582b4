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
from regpath.lessons import Lesson, lesson_called
from regpath.lessons.reading import LIVE
from regpath.ui.pages.lessons.figures import DRAWN, Shown
from regpath.ui.session.keys import TableKey
from regpath.ui.session.results import shared_results


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
    charts : tuple
        Of each prediction, what is drawn on: `None`, or curves.
    """

    answers: tuple[Any, ...]
    verdicts: tuple[tuple[bool, str], ...]
    numbers: Mapping[str, str]
    charts: tuple[Any, ...]

    def filled(self, text: str) -> str:
        """A text with its live numbers."""
        return re.sub(LIVE, lambda found: self.numbers[found[1]], text)


def truths_of(lesson: Lesson) -> Truths:
    """What a lesson asks of its data."""
    key = TableKey(f"lesson:{lesson.name}", "truths")
    found: Truths = shared_results().make(key, partial(_truths, lesson.name))
    return found


def shown(lesson: Lesson, step: int, options: Mapping[str, Any], look: Look) -> Shown:
    """The chart of a step."""
    told = json.dumps([step, dict(options), look.paper], sort_keys=True)
    key = TableKey(f"lesson:{lesson.name}", told)
    found: Shown = shared_results().make(
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


def _drawn_on(lesson: Lesson, one: Any) -> Any:
    """The grid of strengths, and the curves of a path that a marker is put on."""
    if one.kind not in ("marker", "sketch"):
        return None
    changes = one.truth.parameters.get("recipe") if one.truth else None
    study = lesson.material.changed(recipe=changes).study
    path, hidden = study.path, one.truth.parameters.get("feature") if one.truth else None
    units = "standardized" if path.standardize else "original"
    curves = dict(zip(path.feature_names, path.coefs(units).tolist(), strict=True))
    return path.lambdas.tolist(), curves, hidden


def _shown(
    name: str, step: int, options: dict[str, Any], look: Look, tell: Progress | None
) -> Shown:
    lesson = lesson_called(name)
    blueprint = lesson.steps[step]
    on = lesson.material.changed(recipe=blueprint.recipe)
    return DRAWN[blueprint.chart](on, options, look)


def _number(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
