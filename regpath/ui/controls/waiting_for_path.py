"""The wait for a path: how many strengths are solved, and how to stop it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from regpath.core.progress import Progress
from regpath.recipe import Recipe
from regpath.study import share_of_path
from regpath.ui.session.keys import ResultKey
from regpath.ui.session.state import Key
from regpath.ui.session.work import AT_ONCE

PREPARED = "Preparing the columns …"


@contextmanager
def path_told(key: ResultKey, recipe: Recipe) -> Iterator[Progress]:
    """Show how far a path is once it has taken a while, in a card that moves nothing.

    Parameters
    ----------
    key : ResultKey
        Of the study. Where a person stopped it, this run of the page ends here, with an offer to
        compute it after all.
    recipe : Recipe
        Of the path.

    Yields
    ------
    callable
        To be told the share of the work that is done.
    """
    slot = st.empty()  # in every run, so that nothing below moves
    if st.session_state.get(Key.STOPPED) == key:
        with slot.container(key="rp-stopped"):
            st.info("The path was stopped before it was computed.", icon=":material/stop_circle:")
            st.button(
                "Compute it", key="compute_path", type="primary", on_click=_stop, args=(None,)
            )
        st.stop()
    begun = time.monotonic()
    bars: list[DeltaGenerator] = []

    def tell(share: float) -> None:
        if not bars and time.monotonic() - begun >= AT_ONCE:
            with slot.container(horizontal=True, vertical_alignment="center", key="rp-wait"):
                bars.append(st.progress(0.0))
                st.button("Stop", key="stop_path", on_click=_stop, args=(key,))
        for bar in bars:
            bar.progress(share, text=_progress_text(share, recipe))

    try:
        yield tell
    finally:
        slot.empty()


def _progress_text(share: float, recipe: Recipe) -> str:
    if share == 0.0:
        return PREPARED
    if share == 1.0:
        return "Proving the path and scoring it …"
    solved = share_of_path(share, recipe)
    if solved is None:
        return "Learning the factors of the adaptive lasso …"
    n = recipe.n_strengths
    return f"Path: strength {min(int(solved * n) + 1, n)} of {n}"


def _stop(key: ResultKey | None) -> None:
    st.session_state[Key.STOPPED] = key
