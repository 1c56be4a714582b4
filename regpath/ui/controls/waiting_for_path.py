"""The wait for a path: how many strengths are solved, and how to stop it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from regpath.core.progress import Progress
from regpath.ui.session.keys import ResultKey
from regpath.ui.session.state import Key
from regpath.ui.session.work import AT_ONCE

PREPARED = "Preparing the columns …"


@contextmanager
def path_told(key: ResultKey, n_lambdas: int) -> Iterator[Progress]:
    """Show how far a path is once it has taken a while, in a card that moves nothing.

    Parameters
    ----------
    key : ResultKey
        Of the study. Where a person stopped it, this run of the page ends here, with an offer to
        compute it after all.
    n_lambdas : int
        Strengths of the path.

    Yields
    ------
    callable
        To be told the share of the strengths that is solved.
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
            bar.progress(share, text=_progress_text(share, n_lambdas))

    try:
        yield tell
    finally:
        slot.empty()


def _progress_text(share: float, n_lambdas: int) -> str:
    if share == 0.0:
        return PREPARED
    if share == 1.0:
        return "Proving the path and scoring it …"
    return f"Path: strength {int(share * n_lambdas) + 1} of {n_lambdas}"


def _stop(key: ResultKey | None) -> None:
    st.session_state[Key.STOPPED] = key
