"""lesson_handout: a lesson as one page, its questions before its explorer, without a server."""

from __future__ import annotations

import json
from dataclasses import replace
from math import isfinite, log10
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from regpath.charts.curves import names_below
from regpath.charts.theme import LIGHT
from regpath.export.handing_out.handout import cv_of
from regpath.export.handing_out.page import (
    PageContent,
    View,
    blocks_of,
    page_facts,
    view_of,
    write_page,
)
from regpath.lessons.figures import DRAWN, MOVED, StepShown, strengths_around
from regpath.lessons.lesson import Blueprint, Lesson, height_of
from regpath.lessons.material import Material
from regpath.lessons.option_figure import option_figure
from regpath.lessons.sources import sources_of
from regpath.lessons.truths import DRAWN_KINDS, Truths, drawing_of, truth_in_words, work_out
from regpath.number_format import localized, num
from regpath.recipe import Recipe

IN_EXPLORER = ("paths", "scores", "validation")  # charts of steps that the explorer itself draws
AS_TABLE = ("rows", "museum")  # whose table is what they show
BASIC = ("scatter", "bar")  # traces that the library of the page draws
POSITIONS = 11  # of a slider: each has a drawing of its own in the page
NO_NUMBERS = pd.DataFrame()  # of a picture that is chosen
MOST_ROWS = 200  # of a table on the page
DIGITS = 6  # of a number in a table
HOW = {
    "marker": "Drag the marker, tap where it should stand, or move it with the arrow keys.",
    "sketch": "Draw with finger or mouse, tap single points, or move them with the arrow keys.",
}


def lesson_handout(lesson: Lesson, file: str | Path | None = None, *, answers: bool = False) -> str:
    """Write a lesson as one page of HTML that works without a server or network.

    Its text and questions come first. Once all predictions are locked in, the steps are shown with
    their pictures, and the explorer of the lesson's data under its recipe; under every other
    recipe that a step looks at, too.

    Parameters
    ----------
    lesson : Lesson
        From `regpath.lessons.catalog()` or `regpath.lessons.read_lesson`.
    file : str or Path, default=None
        Where to write the page. None writes nothing.
    answers : bool, default=False
        Whether what the data say is in the page, to be shown beside each prediction once it is
        locked, with why, what to notice, the claims and what to take away. Without, whoever looks
        at the source of the page finds no answer but by way of the explorer.

    Returns
    -------
    str
        The page.

    Raises
    ------
    DataError
        If the data cannot be read or fit.

    Examples
    --------
    >>> import regpath
    >>> lesson = regpath.lessons.lesson_called("runaway_weights")
    >>> page = regpath.export.lesson_handout(lesson)
    >>> lesson.goal in page, len(page) < 1_300_000
    (True, True)
    >>> why = "All four rows are on the right side"
    >>> why in page, why in regpath.export.lesson_handout(lesson, answers=True)
    (False, True)
    """
    truths = work_out(lesson)
    views, places = _views(lesson)
    steps, figures = _steps(lesson, truths, places, answers=answers)
    asked = [_asked(lesson, truths, k, answers=answers) for k in range(len(lesson.predictions))]
    for one, told in zip(lesson.predictions, asked, strict=True):
        for picture, option in zip(one.pictures, told["pictures"], strict=True):
            option["figure"] = len(figures)
            figure = names_below(option_figure(lesson.material, picture, LIGHT))  # on phones, too
            figures.append(_frames([StepShown((figure,), NO_NUMBERS, "")], 0))
    shown = {
        "goal": lesson.goal,
        "minutes": lesson.minutes,
        "asked": asked,
        "steps": steps,
        "claims": _claims(lesson, truths) if answers else (),
        "takeaway": truths.filled(lesson.takeaway) if answers else "",
        "start": {
            "asked": [one["drawing"] for one in asked],
            "judged": _judged(lesson, truths) if answers else [],
            "figures": figures,
        },
    }
    page_content = PageContent(
        title=lesson.title,
        blocks=blocks_of(truths.filled(lesson.text)),
        views=tuple(views),
        facts=page_facts(lesson.material.study),
        language=lesson.language,
        lesson=shown,
    )
    return write_page(page_content, file)


def _views(lesson: Lesson) -> tuple[list[View], dict[Recipe, int]]:
    """What the explorer shows: the lesson's own recipe first; and where each recipe's path is."""
    own = lesson.material
    materials = {own.recipe: own}
    for step in lesson.steps:
        if step.chart in IN_EXPLORER:
            on = own.changed(recipe=step.recipe)
            materials.setdefault(on.recipe, on)
    views = [
        view_of(on.study, cv_of(on.study), label=_label(on.recipe, own.recipe))
        for on in materials.values()
    ]
    return views, {recipe: k for k, recipe in enumerate(materials)}


def _label(recipe: Recipe, own: Recipe) -> str:
    """The penalty, and what else is not as in the lesson."""
    mix = recipe.l1_ratio
    parts = [{1.0: "L1", 0.0: "L2"}.get(mix, f"Elastic net, l1_ratio {num(mix):g}")]
    if recipe.standardize != own.standardize:
        parts.append("standardized" if recipe.standardize else "not standardized")
    same = replace(recipe, l1_ratio=own.l1_ratio, standardize=own.standardize)
    parts += [f"{name} {' '.join(words)}" for name, words in same.to_words(own).items()]
    return ", ".join(parts)


def _asked(lesson: Lesson, truths: Truths, place: int, *, answers: bool) -> dict[str, Any]:
    """One prediction for the page: how it is asked, and with answers what the data say."""
    one, truth, chart = lesson.predictions[place], truths.answers[place], truths.charts[place]
    options = [option.says for option in one.options]
    drawing = None
    if chart is not None:
        drawing = drawing_of(one, chart, truth, locked=False)
        drawing["label"] = truths.filled(one.question)
        if answers:
            drawing["shown"] = drawing_of(one, chart, truth, locked=True)
    room = HOW.get(one.kind, "")
    if one.kind == "number" and isfinite(one.low) and isfinite(one.high):
        room = f"between {num(one.low):g} and {num(one.high):g}"
    return {
        "place": place,
        "kind": one.kind,
        "question": truths.filled(one.question),
        "options": sorted(truth) if one.kind == "order" else options,
        "pictures": [{"see": picture.see} for picture in one.pictures],
        "low": one.low if isfinite(one.low) else None,
        "high": one.high if isfinite(one.high) else None,
        "room": room,
        "drawing": drawing,
        "drawn": one.kind in DRAWN_KINDS,
        "truth": truth_in_words(one, truth) if answers else "",
        "why": blocks_of(truths.filled(one.why)) if answers else (),
        "formula": truths.filled(one.formula) if answers else "",
    }


def _judged(lesson: Lesson, truths: Truths) -> list[dict[str, Any]]:
    """What the page takes to say how far each prediction is from the data."""
    found = []
    for one, truth in zip(lesson.predictions, truths.answers, strict=True):
        told: dict[str, Any] = {"kind": one.kind, "within": one.within}
        if one.kind == "choice":
            told |= {"truth": int(truth), "options": [option.says for option in one.options]}
        elif one.kind == "order":
            told["truth"] = list(truth)
        elif one.kind == "sketch":
            lambdas, scores = truth[0], np.asarray(truth[1])
            told |= {"x": np.log10(lambdas).tolist(), "truth": scores.tolist()}
            told["height"] = height_of(scores)
        else:
            told["truth"] = float(truth) if one.kind == "number" else log10(truth)
        found.append(told)
    return found


def _steps(
    lesson: Lesson, truths: Truths, places: dict[Recipe, int], *, answers: bool
) -> tuple[list[dict[str, Any]], list[list[dict[str, Any]]]]:
    """Steps for the page, and all their figures, each as its frames."""
    steps: list[dict[str, Any]] = []
    figures: list[list[dict[str, Any]]] = []
    for step in lesson.steps:
        on = lesson.material.changed(recipe=step.recipe)
        shown: dict[str, Any] = {
            "see": truths.filled(step.see),
            "do": truths.filled(step.do),
            "notice": truths.filled(step.notice) if answers else "",
            "sources": sources_of(step.chart),
            **{"view": None, "index": None, "figures": [], "moves": 0, "alt": "", "table": None},
        }
        if step.chart in IN_EXPLORER:
            shown["view"] = places[on.recipe]
            shown["index"] = _index(on, step)
        else:
            drawn = _drawn(on, step)
            first = drawn[0]
            shown["alt"] = first.alt
            shown["table"] = _table(first.frame, step.chart)
            shown["moves"] = len(drawn) if len(drawn) > 1 else 0
            for which in range(len(first.figures)):
                shown["figures"].append(len(figures))
                figures.append(_frames(drawn, which))
        steps.append(shown)
    return steps, figures


def _index(on: Material, step: Blueprint) -> int | None:
    """Where the cursor of a step stands, if it says so."""
    lam = step.options.get("lam")
    if "rule" in step.options:
        lam = on.chosen(step.options["rule"]).lam
    if lam is None:
        return None
    return int(np.argmin(np.abs(np.log(on.study.path.lambdas / lam))))


def _drawn(on: Material, step: Blueprint) -> list[StepShown]:
    """What a step shows; where its strength moves, the middle first, then from strong to weak."""
    draw, options = DRAWN[step.chart], dict(step.options)
    if step.chart not in MOVED:
        one = draw(on, options, LIGHT)
        return [one._replace(alt=localized(one.alt))]
    lams = strengths_around(options.get("lam"), POSITIONS)
    middle = POSITIONS // 2
    places = (middle, *range(middle), *range(middle + 1, POSITIONS))
    made = []
    for place in places:
        one = draw(on, options | {"lam": float(lams[place])}, LIGHT)
        made.append(one._replace(alt=f"λ = {num(lams[place]):.3g}. {localized(one.alt)}"))
    return made


def _frames(drawn: list[StepShown], which: int) -> list[dict[str, Any]]:
    """A figure as data, and of every other frame of it what differs from the first."""
    frames: list[dict[str, Any]] = []
    for one in drawn:
        made = json.loads(one.figures[which].to_json())
        data = [trace for trace in made["data"] if trace["type"] in BASIC]
        layout = {name: value for name, value in made["layout"].items() if name != "width"}
        if frames:
            first = frames[0]
            changed = {str(k): trace for k, trace in enumerate(data) if trace != first["data"][k]}
            frame: dict[str, Any] = {"data": changed, "told": one.alt}
            if layout != first["layout"]:
                frame["layout"] = layout
        else:
            frame = {"data": data, "layout": layout, "told": one.alt}
        frames.append(frame)
    return frames


def _table(frame: pd.DataFrame, chart: str) -> dict[str, Any] | None:
    """The numbers of a step, where they are what it shows."""
    if chart not in AS_TABLE:
        return None
    more = len(frame) - MOST_ROWS
    return {
        "title": "What the checks find" if chart == "museum" else "The rows",
        "open": chart == "rows",
        "head": [str(name) for name in frame.columns],
        "rows": [[_cell(value) for value in row] for row in frame.head(MOST_ROWS).to_numpy(object)],
        "more": f"{num(more):,} more rows are not shown." if more > 0 else "",
    }


def _cell(value: Any) -> str:
    return f"{num(value):.{DIGITS}g}" if isinstance(value, float) else str(value)


def _claims(lesson: Lesson, truths: Truths) -> list[tuple[str, str]]:
    return [
        ("✓" if holds else "✗", f"{claim.says} ({localized(numbers)})")
        for claim, (holds, numbers) in zip(lesson.claims, truths.verdicts, strict=True)
    ]
