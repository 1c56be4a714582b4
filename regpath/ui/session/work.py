"""Long computations: at once if they are quick, else on request, with progress and a way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from regpath.core.progress import Progress
from regpath.ui.session.results import StudyResults
from regpath.ui.session.state import Key
from regpath.ui.session.waiting import How

AT_ONCE = 1.0  # seconds that nobody is asked about
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
    if work.seconds is not None and work.seconds <= AT_ONCE:
        with st.spinner(f"{work.verb} …"):
            return results.make(work.what, work.make, How(work.seconds))
    key = results.key(work.what)
    if st.session_state.get(Key.WANTED) == key:
        return _run(work, results)
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


def _run(work: Work, results: StudyResults) -> Any:
    """Have it done; whoever leaves stops it, unless somebody else waits for it too."""
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, text=f"{work.verb} … {work.cost}")
        st.button("Cancel", key=f"stop:{work.what}", on_click=_want, args=(None,))

    def tell(share: float) -> None:
        bar.progress(share, text=f"{work.verb} … {work.said(share)}")

    try:
        return results.make(work.what, work.make, How(work.seconds or AS_LONG, tell))
    finally:
        place.empty()


def _want(key: object) -> None:
    st.session_state[Key.WANTED] = key
