"""What is computed for a page, by a worker where there are some; knows no Streamlit.

A worker imports the module of what it carries out: Streamlit would cost each of them 50 MB.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from regpath.core.problems.building import make_problem
from regpath.core.problems.likely_targets import LikelyTarget, likely_targets
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress
from regpath.core.validation.cv_result import CVResult
from regpath.errors import ParameterError
from regpath.explorer import Mark, payload_of_study
from regpath.io import ReadOptions, Table, read_table
from regpath.io.diagnosis import Diagnosis
from regpath.io.limits import Limits
from regpath.recipe import Recipe
from regpath.study import Study, run_study
from regpath.ui.session.changes import Changes, merged
from regpath.ui.workers.lending import Content

if TYPE_CHECKING:
    from regpath.alarms import Alarm
    from regpath.model import Model
    from regpath.new_rows import ScoredRows


@dataclass(frozen=True)
class NewFile:
    """Another file for a model.

    Attributes
    ----------
    file : Content
    name : str
        What a visitor calls it.
    options : ReadOptions
        What is known of it.
    """

    file: Content
    name: str
    options: ReadOptions


def compute_table(
    file: Content, said: Sequence[Changes], limits: Limits, name: str, tell: Progress | None
) -> Table:
    """Read; what was said of columns that do not exist when the file is read so is left aside."""
    read = partial(read_table, file.content, name=name, limits=limits)
    try:
        return read(options=merged(said))
    except ParameterError:
        table = read(options=merged(said, columns=()))
        names = {report.name for report in table.diagnosis.columns}
        return read(options=merged(said, names))


def compute_new_table(model: Model, new: NewFile, limits: Limits, tell: Progress | None) -> Table:
    """Read as the file of the fit was read."""
    return model.read(new.file.content, name=new.name, limits=limits, options=new.options)


def compute_scored_rows(model: Model, table: Table, tell: Progress | None) -> ScoredRows:
    """What a model says of rows."""
    scored: ScoredRows = import_module("regpath.new_rows").score_rows(model, table)
    return scored


def compute_problem(table: Table, recipe: Recipe, tell: Progress | None) -> Problem:
    """What a recipe makes of the columns of a table."""
    return make_problem(table, recipe.target, **recipe.of_problem)


def compute_study(table: Table, recipe: Recipe, problem: Problem, tell: Progress | None) -> Study:
    """The path of a recipe, and its proof."""
    return run_study(table, recipe, problem=problem, progress=tell)


def light(table: Table) -> Table:
    """A table with what the search for a target asks of its reports: the words for no and yes.

    Those of 50 000 columns take the server a third of a second to be handed over.
    """
    words = {name: each for name, each in table.reading.columns.items() if each.words is not None}
    return replace(table, diagnosis=Diagnosis(), reading=replace(table.reading, columns=words))


def find_likely_targets(table: Table, most: int, tell: Progress | None) -> tuple[LikelyTarget, ...]:
    """Columns that a person may want to predict."""
    return likely_targets(table, most=most)


def compute_payload(
    study: Study,
    cv: CVResult | None,
    marks: Sequence[Mark],
    truth: Mapping[str, float] | None,
    tell: Progress | None,
) -> dict[str, Any]:
    """What the explorer draws."""
    return payload_of_study(study, cv, marks, truth)


def look_for_alarms(table: Table, recipe: Recipe, tell: Progress | None) -> tuple[Alarm, ...]:
    """Look for alarms; what looks for them is loaded when it is first needed."""
    found: tuple[Alarm, ...] = import_module("regpath.alarms").find_alarms(
        table, recipe, progress=tell
    )
    return found
