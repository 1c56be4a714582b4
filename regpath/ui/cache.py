"""Results that are kept, keyed by the data's digest and the recipe; no logic of their own."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from regpath import datasets
from regpath.core.problems.building import make_problem
from regpath.core.problems.problem import Problem
from regpath.core.problems.response import guess_family
from regpath.core.separating.runaway import separated_from
from regpath.core.solvers import warm_up
from regpath.core.validating.cv_result import CVResult
from regpath.errors import ParameterError, RegpathError
from regpath.explorer import Mark, marks_of, payload
from regpath.io import Table, read_table
from regpath.recipe import Recipe
from regpath.study import Study, run_study
from regpath.ui.limits import reading_limits, refuse_expansion
from regpath.ui.results import remembered
from regpath.ui.said import Saying, options_of
from regpath.ui.state import Key
from regpath.ui.validating import named, validation_of

if TYPE_CHECKING:
    from regpath.alarms import Alarm

KEPT = 24  # tables, studies and what follows from them, of one visitor
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Upload:
    """A file that a person brought; it is never written to disk."""

    content: bytes = field(repr=False)
    name: str
    file_id: str


@st.cache_resource(show_spinner=False)
def warm_kernels() -> None:
    """Load the solvers beside the first page, so that no visitor waits for them."""
    Thread(target=warm_up, name="regpath-warm-up", daemon=True).start()


@st.cache_resource(show_spinner=False, max_entries=64)
def bundled_table(name: str) -> Table:
    """A bundled table; everybody shares it, nobody can change it."""
    return datasets.load(name)


@st.cache_resource(show_spinner=False, max_entries=64)
def _bundled_study(name: str, query: str) -> Study:
    recipe = Recipe.from_query(query)
    problem = problem_of(bundled_table(name), recipe, bundled=name)
    return run_study(bundled_table(name), recipe, problem=problem)


def prepare_first_page() -> None:
    """Compute what a new visitor is shown first, so that it is there when the page is."""
    entry = datasets.catalog()[0]
    table = bundled_table(entry.name)
    family = guess_family(table.frame[entry.target].dropna())
    study = study_of(table, Recipe(entry.target, family=family), bundled=entry.name)
    cv = validation_of(study, bundled=entry.name)
    payload_of(study, cv, marks_of(study.path, cv), bundled=entry.name)


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


@st.cache_resource(show_spinner=False, max_entries=64)
def _bundled_alarms(name: str, query: str) -> tuple[Alarm, ...]:
    return _alarms(bundled_table(name), Recipe.from_query(query))


def alarms_of(table: Table, recipe: Recipe, *, bundled: str | None) -> tuple[Alarm, ...]:
    """The alarms that a recipe sets off on a table; shared as studies are."""
    query = recipe.of_fit.to_query()
    if bundled is not None:
        return _bundled_alarms(bundled, query)
    return _remembered(f"alarms:{table.digest}?{query}", lambda: _alarms(table, recipe))


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
    validated = named(study.recipe) if cv is not None else "not validated"
    told = [(mark.rule, mark.index) for mark in marks]
    found: dict[str, Any] = remembered(
        study,
        f"payload {validated} {told} {study.seal.hides}",
        lambda: _drawn(study, cv, marks),
        bundled=bundled,
    )
    return found


def _drawn(study: Study, cv: CVResult | None, marks: tuple[Mark, ...]) -> dict[str, Any]:
    start = separated_from(study.weighted_train, study.path, quick=True)
    return payload(study, cv, marks=marks, separated_from=start)


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
