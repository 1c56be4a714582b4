"""What a lesson's data give: worked out beside the server, once for everybody.

Workers are asked by names alone, and read the lesson themselves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from regpath.charts import Look
from regpath.core.progress import Progress
from regpath.lessons import Lesson, lesson_called
from regpath.lessons.figures import DRAWN, StepShown
from regpath.lessons.truths import Truths, work_out
from regpath.ui.session.keys import TableKey
from regpath.ui.session.results import shared_results


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
    return work_out(lesson_called(name))


def _shown(
    name: str, step: int, options: dict[str, Any], look: Look, tell: Progress | None
) -> StepShown:
    lesson = lesson_called(name)
    blueprint = lesson.steps[step]
    on = lesson.material.changed(recipe=blueprint.recipe)
    return DRAWN[blueprint.chart](on, options, look)
