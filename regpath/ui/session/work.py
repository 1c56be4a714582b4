"""Long computations: at once if they are quick, else on request, with progress and a way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from regpath.core.progress import Progress
from regpath.study import Study
from regpath.ui.session.results import is_known, key_of, remembered
from regpath.ui.session.state import Key

AT_ONCE = 1.0  # seconds that nobody is asked about


@dataclass(frozen=True)
class Work:
    """One computation.

    Attributes
    ----------
    what : str
        Its name and all its settings: results are remembered under it.
    verb : str
        What the button says.
    seconds : float
        Estimate; None where nobody knows, which asks first.
    make : callable
        Takes a callback for progress, or None.
    """

    what: str
    verb: str
    seconds: float | None
    make: Callable[[Progress | None], Any]


def done(work: Work, study: Study, *, bundled: str | None) -> Any | None:
    """The result of a work; None, and a button, until it was asked for.

    Clicking anything while it runs stops it: Streamlit ends the script where progress is told.
    """
    key = key_of(study, work.what)
    if is_known(study, work.what, bundled=bundled):
        return remembered(study, work.what, lambda: None, bundled=bundled)
    if work.seconds is not None and work.seconds <= AT_ONCE:
        with st.spinner(f"{work.verb} …"):
            return remembered(study, work.what, lambda: work.make(None), bundled=bundled)
    if st.session_state.get(Key.WANTED) != key:
        st.button(
            work.verb, key=f"ask:{work.what}", type="primary", icon=":material/play_arrow:",
            on_click=_want, args=(key,), help=_cost(work),
        )  # fmt: skip
        st.caption(_cost(work))
        return None
    return _run(work, study, key, bundled)


def _run(work: Work, study: Study, key: str, bundled: str | None) -> Any:
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, text=f"{work.verb} … {_cost(work)}")
        st.button("Cancel", key=f"stop:{work.what}", on_click=_want, args=(None,))

    def tell(share: float) -> None:
        bar.progress(share, text=f"{work.verb} … {share:.0%}")

    try:
        return remembered(study, work.what, lambda: work.make(tell), bundled=bundled)
    finally:
        place.empty()


def _want(key: str | None) -> None:
    st.session_state[Key.WANTED] = key


def _cost(work: Work) -> str:
    """How long it takes, in words that promise no more than is known."""
    if work.seconds is None:
        return "This may take a while."
    if work.seconds < 90.0:
        return f"Takes about {max(1, round(work.seconds))} s on a common machine."
    return f"Takes about {round(work.seconds / 60.0)} minutes on a common machine."
