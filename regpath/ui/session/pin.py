"""Pin: a study at one strength, held for comparison."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from regpath.study import Study
from regpath.ui.session.state import Key


@dataclass(frozen=True)
class Pin:
    """A study at one strength, held for comparison.

    `is_shown` says whether a class shows it, and a person who follows did not choose it.
    """

    study: Study
    index: int
    title: str
    is_shown: bool = False

    @property
    def lam(self) -> float:
        """The strength."""
        return float(self.study.path.lambdas[self.index])

    @property
    def name(self) -> tuple[str, str, float]:
        """What makes it another one than others."""
        return self.study.table.digest, self.study.recipe.to_query(), self.lam


def pinned_of(digest: str) -> Pin | None:
    """What is pinned, if it is of these data."""
    pin: Pin | None = st.session_state.get(Key.PINNED)
    return None if pin is None or pin.study.table.digest != digest else pin


def hold(pin: Pin | None) -> None:
    """Hold a study; a person's own is laid aside for one that a class shows. None for nothing."""
    now: Pin | None = st.session_state.get(Key.PINNED)
    if pin is not None and pin.is_shown and now is not None and not now.is_shown:
        st.session_state[Key.OWN_PIN] = now
    st.session_state[Key.PINNED] = pin


def hold_own() -> None:
    """What a person had laid aside, or nothing, in the place of what a class shows."""
    now: Pin | None = st.session_state.get(Key.PINNED)
    if now is None or now.is_shown:
        st.session_state[Key.PINNED] = st.session_state.get(Key.OWN_PIN)
    st.session_state[Key.OWN_PIN] = None
