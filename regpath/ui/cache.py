"""Results that are kept, keyed by the data's digest and the recipe; no logic of their own."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Thread
from typing import Any, TypeVar

import streamlit as st

from regpath import datasets
from regpath.choosing import validate_study
from regpath.core.cv_result import CVResult
from regpath.core.response import guess_family
from regpath.core.runaway import separated_from
from regpath.core.solvers import warm_up
from regpath.explorer import payload
from regpath.io import Table, read_table
from regpath.recipe import Recipe
from regpath.study import Study, run_study
from regpath.ui.state import Key

KEPT = 24  # tables, studies and what follows from them, of one visitor
Kept = TypeVar("Kept", Table, Study, CVResult, dict[str, Any])


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
    return run_study(bundled_table(name), Recipe.from_query(query))


def prepare_first_page() -> None:
    """Compute what a new visitor is shown first, so that it is there when the page is."""
    entry = datasets.catalog()[0]
    table = bundled_table(entry.name)
    family = guess_family(table.frame[entry.target].dropna())
    study = study_of(table, Recipe(entry.target, family=family), bundled=entry.name)
    payload_of(study, validation_of(study, bundled=entry.name), bundled=entry.name)


def uploaded_table(content: bytes, name: str, file_id: str) -> Table:
    """The table of an upload, read once; it belongs to this visitor alone."""
    return _remembered(f"table:{file_id}", lambda: read_table(content, name=name))


def study_of(table: Table, recipe: Recipe, *, bundled: str | None) -> Study:
    """The study of a recipe on a table; shared between visitors for bundled tables only."""
    query = recipe.to_query()
    if bundled is not None:
        return _bundled_study(bundled, query)
    return _remembered(f"{table.digest}?{query}", lambda: run_study(table, recipe))


@st.cache_resource(show_spinner=False, max_entries=64)
def _bundled_validation(name: str, query: str) -> CVResult:
    study = _bundled_study(name, query)
    return validate_study(study)


def validation_of(study: Study, *, bundled: str | None) -> CVResult:
    """The cross-validation of a study's training rows; shared as the study is."""
    query = study.recipe.to_query()
    if bundled is not None:
        return _bundled_validation(bundled, query)
    key = f"validation:{study.table.digest}?{query}"
    return _remembered(key, lambda: validate_study(study))


@st.cache_resource(show_spinner=False, max_entries=64)
def _bundled_payload(name: str, query: str, validated: bool) -> dict[str, Any]:
    cv = _bundled_validation(name, query) if validated else None
    return _drawn(_bundled_study(name, query), cv)


def _drawn(study: Study, cv: CVResult | None) -> dict[str, Any]:
    start = separated_from(study.train, study.path, quick=True)
    return payload(study, cv, separated_from=start)


def payload_of(study: Study, cv: CVResult | None, *, bundled: str | None) -> dict[str, Any]:
    """What the explorer draws; nobody changes it."""
    query = study.recipe.to_query()
    if bundled is not None:
        return _bundled_payload(bundled, query, cv is not None)
    key = f"payload:{study.table.digest}?{query}&{cv is not None}"
    return _remembered(key, lambda: _drawn(study, cv))


def _remembered(key: str, make: Callable[[], Kept]) -> Kept:
    if Key.STUDIES not in st.session_state:
        st.session_state[Key.STUDIES] = OrderedDict()
    kept: OrderedDict[str, Kept] = st.session_state[Key.STUDIES]
    if key not in kept:
        kept[key] = make()
        while len(kept) > KEPT:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return kept[key]
