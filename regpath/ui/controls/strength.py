"""The chosen strength on pages without the explorer: the same one, moved by a slider."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from regpath.explorer import Mark
from regpath.study import Study
from regpath.ui import explorer
from regpath.ui.session.seal import settings_of
from regpath.ui.session.state import Key


def owner_of(study: Study) -> str:
    """What the choice of a strength belongs to: it starts anew with other data or another fit."""
    return f"{study.table.digest}:{settings_of(study)}"


def current(study: Study, first: Mark) -> int:
    """Position of the chosen strength; the mark's until one was chosen."""
    choice = explorer.choice_of(owner_of(study))
    index = first.index if choice is None else choice.index
    return min(index, len(study.path.lambdas) - 1)


def take_later(lam: float, view: dict[str, Any] | None = None) -> None:
    """Choose the strength nearest to a lambda as soon as the next study is there.

    `view` is how a person looked at the path.
    """
    st.session_state[Key.LATER] = (lam, view)


def take_now(study: Study) -> None:
    """Carry out what `take_later` was asked for."""
    lam, view = st.session_state.pop(Key.LATER, (None, None))
    if lam is not None:
        index = int(np.argmin(np.abs(np.log(study.path.lambdas) - np.log(lam))))
        if view is None:
            take(study, index)
        else:
            explorer.begin(owner_of(study), explorer.CursorChoice(index, view))


def take(study: Study, index: int) -> None:
    """Choose a strength, here and in the explorer."""
    explorer.leave_cursor_at(owner_of(study), index)


def ask_strength(study: Study, first: Mark, page: str) -> int:
    """Ask for the strength; from strong (left) to weak."""
    path, key = study.path, f"{Key.STRENGTH.of(page)}"
    st.session_state[key] = current(study, first)
    if len(path.lambdas) == 1:
        return 0
    index: int = st.select_slider(
        "Strength λ, from strong to weak",
        range(len(path.lambdas)),
        key=key,
        format_func=lambda i: f"{path.lambdas[i]:.3g}",
        on_change=lambda: take(study, st.session_state[key]),
        help="The same strength as in the explorer.",
    )
    st.caption(
        f"λ = {path.lambdas[index]:.4g}, C = {path.Cs[index]:.4g}: "
        f"{int(path.n_nonzero[index]):,} of {len(path.feature_names):,} features"
    )
    return index
