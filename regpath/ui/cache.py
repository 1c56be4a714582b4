"""Results that are kept, keyed by the data's digest and the recipe; no logic of their own."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Thread
from typing import TypeVar

import streamlit as st

from regpath import datasets
from regpath.core.solvers import warm_up
from regpath.io import Table, read_table
from regpath.recipe import Recipe
from regpath.study import Study, run_study
from regpath.ui.state import Key

KEPT = 12  # tables and studies of one visitor
Kept = TypeVar("Kept", Table, Study)


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


def uploaded_table(content: bytes, name: str, file_id: str) -> Table:
    """The table of an upload, read once; it belongs to this visitor alone."""
    return _remembered(f"table:{file_id}", lambda: read_table(content, name=name))


def study_of(table: Table, recipe: Recipe, *, bundled: str | None) -> Study:
    """The study of a recipe on a table; shared between visitors for bundled tables only."""
    query = recipe.to_query()
    if bundled is not None:
        return _bundled_study(bundled, query)
    return _remembered(f"{table.digest}?{query}", lambda: run_study(table, recipe))


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
