"""What a lesson's data give: worked out beside the server, once for everybody.

Workers are asked by names alone, and read the lesson themselves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

from regpath.charts import Look
from regpath.core.progress import Progress
from regpath.lessons import Lesson, lesson_called
from regpath.lessons.figures import DRAWN, StepShown
from regpath.lessons.option_figure import option_figure
from regpath.lessons.truths import Truths, work_out
from regpath.ui.session.keys import TableKey
from regpath.ui.session.results import shared_results

DEALT = 16  # lessons by seeds of students, that a worker keeps with their fits


def truths_of(lesson: Lesson) -> Truths:
    """What a lesson asks of its data."""
    seed = lesson.recipe.seed
    key = TableKey(f"lesson:{lesson.name}", f"truths:{seed}")
    found: Truths = shared_results().make(key, partial(_truths, lesson.name, seed))
    return found


def shown_step(lesson: Lesson, step: int, options: Mapping[str, Any], look: Look) -> StepShown:
    """The chart of a step."""
    seed = lesson.recipe.seed
    told = json.dumps([step, dict(options), look.paper, seed], sort_keys=True)
    key = TableKey(f"lesson:{lesson.name}", told)
    found: StepShown = shared_results().make(
        key, partial(_shown, lesson.name, seed, step, dict(options), look)
    )
    return found


def shown_option(lesson: Lesson, number: int, option: int, look: Look) -> Any:
    """The picture of an option of a prediction."""
    seed = lesson.recipe.seed
    told = json.dumps(["option", number, option, look.paper, seed])
    key = TableKey(f"lesson:{lesson.name}", told)
    return shared_results().make(key, partial(_option, lesson.name, seed, number, option, look))


@lru_cache(maxsize=DEALT)
def _dealt(name: str, seed: int) -> Lesson:
    """A lesson by a seed, with what was worked out of it."""
    lesson = lesson_called(name)
    return lesson if seed == lesson.recipe.seed else lesson.with_seed(seed)


def _truths(name: str, seed: int, tell: Progress | None) -> Truths:
    return work_out(_dealt(name, seed))


def _option(
    name: str, seed: int, number: int, option: int, look: Look, tell: Progress | None
) -> Any:
    lesson = _dealt(name, seed)
    return option_figure(lesson.material, lesson.predictions[number].pictures[option], look)


def _shown(
    name: str, seed: int, step: int, options: dict[str, Any], look: Look, tell: Progress | None
) -> StepShown:
    lesson = _dealt(name, seed)
    blueprint = lesson.steps[step]
    on = lesson.material.changed(recipe=blueprint.recipe)
    return DRAWN[blueprint.chart](on, options, look)
