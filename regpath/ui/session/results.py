"""What pages compute of a study, remembered under its data, its recipe and what was asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from regpath.study import Study
from regpath.ui.session.state import Key
from regpath.ui.session.store import Store

KEPT_COMMON, KEPT_OWN = 64, 24


def remembered(study: Study, what: str, make: Callable[[], Any], *, bundled: str | None) -> Any:
    """The result of `make`, made once: for everybody if the data are bundled, else per visitor."""
    return _store(bundled).get(key_of(study, what), make)


def shared(key: str, make: Callable[[], Any]) -> Any:
    """A result about bundled data that needs no study."""
    return _common().get(key, make)


def keep(study: Study, what: str, result: Any, *, bundled: str | None) -> None:
    """Remember a result that was made elsewhere."""
    _store(bundled).get(key_of(study, what), lambda: result)


def is_known(study: Study, what: str, *, bundled: str | None) -> bool:
    """Whether the result is there already."""
    return key_of(study, what) in _store(bundled)


def key_of(study: Study, what: str) -> str:
    """Name of a result: it never outlives the data or the recipe that it belongs to."""
    return f"{what}@{study.table.digest}?{study.recipe.to_query()}"


@st.cache_resource(show_spinner=False)
def _common() -> Store:
    return Store(KEPT_COMMON)


def _store(bundled: str | None) -> Store:
    if bundled is not None:
        return _common()
    store: Store = st.session_state.setdefault(Key.RESULTS, Store(KEPT_OWN))
    return store
