"""Which choices outlive a run in which their widget is not drawn, and when they are forgotten."""

from __future__ import annotations

import streamlit as st

from regpath.ui.controls.table import CONTROLS
from regpath.ui.session.state import Key

OF_RECIPE = frozenset(key for control in CONTROLS.values() for key in control.keys)
OF_PAGES = frozenset(
    {
        Key.SOURCE,
        Key.DATASET,
        Key.VALIDATE,
        Key.MARKED,
        Key.SECTION,
        Key.ACROSS,
        Key.UPWARDS,
        Key.OTHERS,
        Key.N_PAIRS,
        Key.HALVES_SEED,
        Key.THRESHOLD,
        Key.MAX_FALSE,
        Key.CUT,
        Key.SUBGROUP,
    }
)
KEPT = OF_RECIPE | OF_PAGES


def keep_alive() -> None:
    """Keep every choice; Streamlit forgets those whose widget is not drawn in a run."""
    for name in list(st.session_state):
        if str(name).partition(":")[0] in KEPT:
            st.session_state[name] = st.session_state[name]


def forget_choices(owner: str) -> None:
    """Forget every choice that belongs to one data set."""
    for name in list(st.session_state):
        key, _, rest = str(name).partition(":")
        if key in KEPT and (rest == owner or rest.startswith(f"{owner}:")):
            del st.session_state[name]
