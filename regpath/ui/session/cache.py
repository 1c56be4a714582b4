"""Results that are kept, keyed by the data's digest and the recipe; no logic of their own."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib import import_module
from threading import Timer
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from regpath import datasets
from regpath.core.problems.building import make_problem
from regpath.core.problems.problem import Problem
from regpath.core.solvers import warm_up
from regpath.core.validation.cv_result import CVResult
from regpath.errors import ParameterError, RegpathError
from regpath.explorer import Mark, marks_of
from regpath.io import Table, read_table
from regpath.recipe import Recipe
from regpath.study import Study, run_study
from regpath.ui.controls.folds import named, validation_of
from regpath.ui.session import first_page as first
from regpath.ui.session import first_page_worker as ahead
from regpath.ui.session.limits import reading_limits, refuse_expansion
from regpath.ui.session.overrides import Saying, options_of
from regpath.ui.session.results import keep, remembered, shared
from regpath.ui.session.state import Key

if TYPE_CHECKING:
    from regpath.alarms import Alarm

LATER = ("regpath.alarms", "plotly.graph_objects", "sklearn.model_selection")
SECONDS_TO_DRAW = 3.0
KEPT = 24  # tables, studies and what follows from them, of one visitor
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Upload:
    """A file that a person brought; it is never written to disk."""

    content: bytes = field(repr=False)
    name: str
    file_id: str


@st.cache_resource(show_spinner=False)
def warm_up_later() -> None:
    """Load what the pages after the first need, once the first one has had time to be drawn."""
    later = Timer(SECONDS_TO_DRAW, _warm_up)
    later.daemon = True
    later.start()


def _warm_up() -> None:
    for name in LATER:
        import_module(name)
    warm_up()


@st.cache_resource(show_spinner=False, max_entries=64)
def bundled_table(name: str) -> Table:
    """A bundled table; everybody shares it, nobody can change it."""
    return datasets.load(name)


@st.cache_resource(show_spinner=False, max_entries=64)
def _bundled_study(name: str, query: str) -> Study:
    page = ahead.first_page(name, query)
    if page is not None:
        keep(page.study, named(page.study.recipe), page.cv, bundled=name)
        what = _drawing(page.study, page.cv, page.marks)
        keep(page.study, what, page.payload, bundled=name)
        return page.study
    recipe = Recipe.from_query(query)
    problem = problem_of(bundled_table(name), recipe, bundled=name)
    return run_study(bundled_table(name), recipe, problem=problem)


def prepare_first_page() -> None:
    """Have at hand what a new visitor is shown first."""
    name, recipe = first.first_name(), first.first_recipe()
    study = study_of(bundled_table(name), recipe, bundled=name)
    cv = validation_of(study, bundled=name)
    payload_of(study, cv, marks_of(study.path, cv), bundled=name)


def uploaded_table(upload: Upload, sayings: tuple[Saying, ...]) -> Table:
    """The table of an upload, read once for all that is said of it; it is this visitor's alone."""
    said = repr([sorted(saying.changes.items()) for saying in sayings])
    return _remembered(f"table:{upload.file_id}:{said}", lambda: _read(upload, sayings))


def _read(upload: Upload, sayings: tuple[Saying, ...]) -> Table:
    """Read; of columns that do not exist when the file is read so, nothing is said."""
    limits = reading_limits()
    with st.spinner("Reading …"):
        try:
            options = options_of(sayings)
            return read_table(upload.content, name=upload.name, options=options, limits=limits)
        except ParameterError:
            options = options_of(sayings, columns=())
            table = read_table(upload.content, name=upload.name, options=options, limits=limits)
            names = {report.name for report in table.diagnosis.columns}
            options = options_of(sayings, names)
            return read_table(upload.content, name=upload.name, options=options, limits=limits)


@st.cache_resource(show_spinner=False, max_entries=64)
def _bundled_problem(name: str, query: str) -> Problem:
    return _problem(bundled_table(name), Recipe.from_query(query))


def problem_of(table: Table, recipe: Recipe, *, bundled: str | None) -> Problem:
    """What a recipe makes of the columns of a table; shared as studies are."""
    query = recipe.of_fit.to_query()
    if bundled is not None:
        return _bundled_problem(bundled, query)
    return _remembered(f"problem:{table.digest}?{query}", lambda: _problem(table, recipe))


def _problem(table: Table, recipe: Recipe) -> Problem:
    problem = make_problem(table, recipe.target, **recipe.of_problem)
    refuse_expansion(problem)
    return problem


def alarms_of(table: Table, recipe: Recipe, *, bundled: str | None) -> tuple[Alarm, ...]:
    """The alarms that a recipe sets off on a table; shared as studies are."""
    query = recipe.of_fit.to_query()
    if bundled is not None:
        found: tuple[Alarm, ...] = shared(
            f"alarms {bundled}?{query}", lambda: _bundled_alarms(bundled, query)
        )
        return found
    return _remembered(f"alarms:{table.digest}?{query}", lambda: _alarms(table, recipe))


def _bundled_alarms(name: str, query: str) -> tuple[Alarm, ...]:
    said = ahead.first_alarms(name, query)
    return _alarms(bundled_table(name), Recipe.from_query(query)) if said is None else said


def _alarms(table: Table, recipe: Recipe) -> tuple[Alarm, ...]:
    """Look for alarms; what looks for them is loaded when it is first needed."""
    found: tuple[Alarm, ...] = import_module("regpath.alarms").find_alarms(table, recipe)
    return found


def study_of(table: Table, recipe: Recipe, *, bundled: str | None) -> Study:
    """The study of a recipe on a table; shared between visitors for bundled tables only."""
    fit = recipe.of_fit
    query = fit.to_query()
    if bundled is not None:
        return replace(_bundled_study(bundled, query), recipe=recipe)
    problem = problem_of(table, fit, bundled=None)
    key = f"{table.digest}?{query}"
    study = _remembered(key, lambda: run_study(table, fit, problem=problem))
    return replace(study, recipe=recipe)


def payload_of(
    study: Study, cv: CVResult | None, marks: tuple[Mark, ...], *, bundled: str | None
) -> dict[str, Any]:
    """What the explorer draws; nobody changes it."""
    found: dict[str, Any] = remembered(
        study,
        _drawing(study, cv, marks),
        lambda: first.drawn(study, cv, marks),
        bundled=bundled,
    )
    return found


def _drawing(study: Study, cv: CVResult | None, marks: tuple[Mark, ...]) -> str:
    """Name of what the explorer draws."""
    validated = named(study.recipe) if cv is not None else "not validated"
    told = [(mark.rule, mark.index) for mark in marks]
    return f"payload {validated} {told} {study.seal.hides}"


def _remembered(key: str, make: Callable[[], Kept]) -> Kept:
    """What was made, or why it could not be made: a refusal is not worked out twice."""
    if Key.STUDIES not in st.session_state:
        st.session_state[Key.STUDIES] = OrderedDict()
    kept: OrderedDict[str, Kept | RegpathError] = st.session_state[Key.STUDIES]
    if key not in kept:
        try:
            kept[key] = make()
        except RegpathError as error:
            kept[key] = error
        while len(kept) > KEPT:
            kept.popitem(last=False)
    kept.move_to_end(key)
    found = kept[key]
    if isinstance(found, RegpathError):
        raise found.with_traceback(None)
    return found
