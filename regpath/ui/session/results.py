"""Results of a source's data: computed once and remembered, for everybody or for one visitor.

`Results.get` is the one place where a computation is asked for; `StudyResults` is what pages ask.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from regpath.core.problems.building import make_problem
from regpath.core.problems.problem import Problem
from regpath.core.validation.cv_result import CVResult
from regpath.explorer import Mark, payload_of_study
from regpath.io import Table
from regpath.recipe import Recipe
from regpath.study import Study, run_study
from regpath.ui.session import first_page_worker
from regpath.ui.session.keys import ALARMS, PROBLEM, STUDY, ResultKey, key_of, payload_name
from regpath.ui.session.limits import refuse_expansion
from regpath.ui.session.opening import truth_of
from regpath.ui.session.state import Key
from regpath.ui.session.store import Store

if TYPE_CHECKING:
    from regpath.alarms import Alarm

Result = TypeVar("Result")
KEPT_SHARED, KEPT_OWN = 256, 48  # tables, problems, studies and what follows from them


@dataclass(frozen=True)
class Results:
    """What is computed of one source's data.

    Attributes
    ----------
    store : Store
        Of the server for bundled data, of the visitor's session for a file.
    is_shared : bool
    """

    store: Store
    is_shared: bool

    def get(self, key: ResultKey, compute: Callable[[], Result]) -> Result:
        """The result of a key; computed by `compute` where nobody has it."""
        return self.store.get(key, lambda: self._compute(key, compute))

    def problem(self, table: Table, recipe: Recipe) -> Problem:
        """What a recipe makes of the columns of a table."""
        key = key_of(table.digest, recipe, PROBLEM)
        return self.get(key, lambda: _make_problem(table, recipe))

    def alarms(self, table: Table, recipe: Recipe) -> tuple[Alarm, ...]:
        """The alarms that a recipe sets off."""
        fit = recipe.of_fit
        return self.get(key_of(table.digest, fit, ALARMS), lambda: _find_alarms(table, fit))

    def study(self, table: Table, recipe: Recipe) -> Study:
        """The study of a recipe; those of one fit share everything but the recipe."""
        fit = recipe.of_fit
        study = self.get(
            key_of(table.digest, fit, STUDY),
            lambda: run_study(table, fit, problem=self.problem(table, fit)),
        )
        return replace(study, recipe=recipe)

    def _compute(self, key: ResultKey, compute: Callable[[], Result]) -> Result:
        ready: Result | None = first_page_worker.result_of(key) if self.is_shared else None
        return compute() if ready is None else ready


@dataclass(frozen=True)
class StudyResults:
    """A study, and what pages compute of it.

    Attributes
    ----------
    study : Study
    results : Results
    """

    study: Study
    results: Results

    def key(self, what: str) -> ResultKey:
        """Name of a result about this study."""
        return key_of(self.study.table.digest, self.study.recipe, what)

    def get(self, what: str, compute: Callable[[], Result]) -> Result:
        """The result, computed now if it is not there."""
        return self.results.get(self.key(what), compute)

    def known(self, what: str, default: Any = None) -> Any:
        """The result if it is there, else `default`."""
        return self.results.store.known(self.key(what), default)

    def put(self, what: str, result: Any) -> None:
        """Remember a result."""
        self.results.store.put(self.key(what), result)

    def payload(self, cv: CVResult | None, marks: Sequence[Mark]) -> dict[str, Any]:
        """What the explorer draws; nobody changes it."""
        what = payload_name(self.study, cv, marks)
        truth = truth_of(self.study) if self.results.is_shared else None
        return self.get(what, lambda: payload_of_study(self.study, cv, marks, truth))


def shared_results() -> Results:
    """Results about bundled data, which everybody shares."""
    return Results(_shared_store(), is_shared=True)


def own_results() -> Results:
    """Results about what a visitor brought, which stay in the session."""
    store: Store = st.session_state.setdefault(Key.RESULTS, Store(KEPT_OWN))
    return Results(store, is_shared=False)


def forget_results() -> None:
    """Forget what was computed of a file that is taken away."""
    st.session_state.pop(Key.RESULTS, None)


@st.cache_resource(show_spinner=False)
def _shared_store() -> Store:
    return Store(KEPT_SHARED)


def _make_problem(table: Table, recipe: Recipe) -> Problem:
    problem = make_problem(table, recipe.target, **recipe.of_problem)
    refuse_expansion(problem)
    return problem


def _find_alarms(table: Table, recipe: Recipe) -> tuple[Alarm, ...]:
    """Look for alarms; what looks for them is loaded when it is first needed."""
    found: tuple[Alarm, ...] = import_module("regpath.alarms").find_alarms(table, recipe)
    return found
