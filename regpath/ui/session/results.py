"""Results of a source's data: computed once and remembered, for everybody or for one visitor.

`Results.get` is the one place where a computation is asked for; `StudyResults` is what pages ask.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeGuard, TypeVar
from weakref import WeakValueDictionary

import streamlit as st

from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress
from regpath.core.validation.cv_result import CVResult
from regpath.explorer import Mark
from regpath.io import Table
from regpath.number_format import POINT, writing
from regpath.recipe import Recipe
from regpath.study import Study
from regpath.ui.session import first_page_worker
from regpath.ui.session.computing import (
    compute_payload,
    compute_problem,
    compute_study,
    look_for_alarms,
)
from regpath.ui.session.costs import (
    alarm_seconds,
    coding_seconds,
    payload_seconds,
    study_seconds,
)
from regpath.ui.session.keys import (
    ALARMS,
    PROBLEM,
    STUDY,
    ResultKey,
    TableKey,
    key_of,
    payload_name,
)
from regpath.ui.session.limits import refuse_expansion
from regpath.ui.session.opening import truth_of
from regpath.ui.session.state import Key
from regpath.ui.session.store import Store
from regpath.ui.session.turns import page_turns
from regpath.ui.session.waiting import (
    AS_USUAL,
    PATIENCE,
    How,
    let_others_begin,
    visitor,
    wait_for,
    wait_for_workers,
)
from regpath.ui.workers.serving import working_pool
from regpath.ui.workers.task import NoProcessError, Request
from regpath.ui.workers.worker import Make

if TYPE_CHECKING:
    from regpath.alarms import Alarm

Result = TypeVar("Result")
_lock = Lock()
KEPT_SHARED, KEPT_OWN = 256, 48  # tables, problems, studies and what follows from them


@dataclass(frozen=True)
class Results:
    """What is computed of one source's data.

    Attributes
    ----------
    store : Store
        Of the server for bundled data, of those who brought it for a file, or of one session.
    is_shared : bool
        Whether the data are bundled.
    """

    store: Store
    is_shared: bool

    def get(self, key: ResultKey | TableKey, compute: Callable[[], Result]) -> Result:
        """The result of a key; computed by `compute`, here and now, where nobody has it."""
        return self.store.get(key, lambda: self._compute(key, compute))

    def make(self, key: ResultKey | TableKey, make: Make, how: How = AS_USUAL) -> Any:
        """The result of a key; computed by a worker where there are some, else here and now.

        Who asks while it is at work waits for the same computation; who asks while the only worker
        is replaced waits for the new one, as long as one comes, and not for ever.

        Parameters
        ----------
        key : ResultKey or TableKey
        make : callable
            Takes a callback for progress; it and what it holds can be pickled.
        how : How, default=AS_USUAL
        """
        if how.is_foreign and key not in self.store:
            wait_for_workers()
        pool = working_pool()
        if pool is not None and key not in self.store:
            let_others_begin(how)
        found = first_page_worker.result_of(key) if self._is_awaited(key) else None
        if found is not None:  # not everything of that page is brought by its process
            return self.get(key, lambda: found)
        if pool is None:
            return self.get(key, lambda: make(how.tell))
        request = Request(
            make, how.visitor or visitor(), how.seconds, how.patience, page_turns.asked()
        )
        try:
            return self.store.join(
                key,
                partial(pool.submit, request),
                partial(wait_for, how=how),
            )
        except NoProcessError:
            return self.get(key, lambda: make(how.tell))

    def problem(self, table: Table, recipe: Recipe, told: Progress | None = None) -> Problem:
        """What a recipe makes of the columns of a table."""
        key = key_of(table.digest, recipe, PROBLEM)
        problem: Problem = self.make(
            key, partial(compute_problem, table, recipe), How(coding_seconds(table), told)
        )
        refuse_expansion(problem)
        return problem

    def alarms(self, table: Table, recipe: Recipe) -> tuple[Alarm, ...]:
        """The alarms that a recipe sets off."""
        fit = recipe.of_fit
        key = key_of(table.digest, fit, ALARMS)
        how = How(alarm_seconds(table), patience=PATIENCE)
        return self.make(key, partial(look_for_alarms, table, fit), how)

    def study(self, table: Table, recipe: Recipe, told: Progress | None = None) -> Study:
        """The study of a recipe; those of one fit share everything but the recipe.

        `told` hears the share of the strengths that is solved; what it raises takes who asks away.
        """
        fit = recipe.of_fit
        key = key_of(table.digest, fit, STUDY)
        problem = self.problem(table, fit, told)
        study: Study = self.make(
            key, partial(compute_study, table, fit, problem), How(study_seconds(problem, fit), told)
        )
        return replace(study, recipe=recipe, table=table)  # under the name that is known here

    def _is_awaited(self, key: ResultKey | TableKey) -> TypeGuard[ResultKey]:
        """Whether the process of the first page brings it."""
        return self.is_shared and isinstance(key, ResultKey) and first_page_worker.expects(key)

    def _compute(self, key: ResultKey | TableKey, compute: Callable[[], Result]) -> Result:
        ready: Result | None = first_page_worker.result_of(key) if self._is_awaited(key) else None
        if ready is not None:
            return ready
        with writing(POINT):  # kept for others, too: who shows it writes it as the visitor does
            return compute()


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

    def make(self, what: str, make: Make, how: How = AS_USUAL) -> Any:
        """The result, made by a worker where there are some; see `Results.make`."""
        return self.results.make(self.key(what), make, how)

    def known(self, what: str, default: Any = None) -> Any:
        """The result if it is there, else `default`."""
        return self.results.store.known(self.key(what), default)

    def put(self, what: str, result: Any) -> None:
        """Remember a result."""
        self.results.store.put(self.key(what), result)

    def payload(self, cv: CVResult | None, marks: Sequence[Mark]) -> dict[str, Any]:
        """What the explorer draws; nobody changes it."""
        truth = truth_of(self.study) if self.results.is_shared else None
        make = partial(compute_payload, self.study, cv, marks, truth)
        payload: dict[str, Any] = self.make(
            payload_name(self.study, cv, marks), make, How(payload_seconds(self.study))
        )
        return payload


def shared_results() -> Results:
    """Results about bundled data, which everybody shares."""
    return Results(_shared_store(), is_shared=True)


def results_of_content(digest: str) -> Results:
    """Results about a file, for all who brought its bytes; gone with the last of their visits.

    Nobody can ask for a digest without the bytes: the server takes it of what was brought.
    """
    held: dict[str, Store] = st.session_state.setdefault(Key.HELD, {})
    if digest not in held:
        with _lock:
            held[digest] = _stores().setdefault(digest, Store(KEPT_SHARED))
    return Results(held[digest], is_shared=False)


def own_results() -> Results:
    """Results that bear what this visitor called something; they stay in the session."""
    store: Store = st.session_state.setdefault(Key.RESULTS, Store(KEPT_OWN))
    return Results(store, is_shared=False)


def forget_results() -> None:
    """Forget what was computed of a file that is taken away."""
    for key in (Key.RESULTS, Key.HELD):
        st.session_state.pop(key, None)


@st.cache_resource(show_spinner=False)
def _shared_store() -> Store:
    return Store(KEPT_SHARED)


@st.cache_resource(show_spinner=False)
def _stores() -> WeakValueDictionary[str, Store]:
    """Stores of files by the digests of their bytes; visits hold them."""
    return WeakValueDictionary()
