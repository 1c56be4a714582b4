"""Long computations: at once if they are quick, else on request, with progress and a way out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from regpath.core.progress import Progress
from regpath.ui.session.results import StudyResults
from regpath.ui.session.state import Key
from regpath.ui.session.waiting import How

AT_ONCE = 1.0  # seconds that nobody is asked about
SAID_AFTER = 1.0  # seconds in which quick work need not say how far it is
AS_LONG = 60.0  # seconds that are supposed where nobody knows: such work goes behind all other
_MISSING = object()


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
    said : callable
        What a share that is done means, in words; by default a percentage.
    """

    what: str
    verb: str
    seconds: float | None
    make: Callable[[Progress | None], Any]
    said: Callable[[float], str] = "{:.0%}".format

    @property
    def cost(self) -> str:
        """How long it takes, in words that promise no more than is known."""
        if self.seconds is None:
            return "This may take a while."
        if self.seconds < 90.0:
            return f"Takes about {max(1, round(self.seconds))} s on a common machine."
        return f"Takes about {round(self.seconds / 60.0)} minutes on a common machine."


def done(work: Work, results: StudyResults) -> Any | None:
    """The result of a work; None, and a button, until it was asked for.

    Clicking anything while it runs stops it: Streamlit ends the script where progress is told.
    """
    known = results.known(work.what, _MISSING)
    if known is not _MISSING:
        return known
    key = results.key(work.what)
    if st.session_state.get(Key.WANTED) == key:
        return _run(work, results, after=0.0)
    is_quick = work.seconds is not None and work.seconds <= AT_ONCE
    if is_quick and st.session_state.get(Key.UNWANTED) != key:
        with st.spinner(f"{work.verb} …"):
            return _run(work, results, after=SAID_AFTER)
    st.button(
        work.verb,
        key=f"ask:{work.what}",
        type="primary",
        icon=":material/play_arrow:",
        on_click=_want,
        args=(key,),
        help=work.cost,
    )
    st.caption(work.cost)
    return None


def _run(work: Work, results: StudyResults, *, after: float) -> Any:
    """Have it done; whoever leaves stops it, unless somebody else waits for it too.

    The place of what comes is kept free. How far it is, and how to stop it, is told after some
    seconds: what is quick as a rule may take a while on a server that has much to do.
    """
    begun = time.monotonic()
    slot = st.empty()
    with slot.container(key=f"rp-coming:{work.what}"):
        room = st.empty()
    bars: list[DeltaGenerator] = []

    def tell(share: float) -> None:
        if not bars and time.monotonic() - begun >= after:
            with room.container():
                bars.append(st.progress(0.0))
                st.button("Cancel", key=f"stop:{work.what}", on_click=_leave, args=(key,))
        begins = "at work" if after else work.cost
        for bar in bars:
            bar.progress(share, text=f"{work.verb} … {work.said(share) if share else begins}")

    key = results.key(work.what)
    tell(0.0)
    try:
        return results.make(work.what, work.make, How(work.seconds or AS_LONG, tell))
    finally:
        slot.empty()


def _want(key: object) -> None:
    st.session_state[Key.WANTED], st.session_state[Key.UNWANTED] = key, None


def _leave(key: object) -> None:
    st.session_state[Key.WANTED], st.session_state[Key.UNWANTED] = None, key
