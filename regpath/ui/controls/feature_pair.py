"""Ask for the two features that a picture shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from regpath.core.regpath import RegPath
from regpath.ui.controls.search import offered
from regpath.ui.messages import literal
from regpath.ui.session.feature_pair import keys_of_pair
from regpath.ui.session.state import settle

TITLES = ("Across", "Upwards")
HELP = (
    "One of the two features that are drawn; at first the two with the largest coefficients{where}."
)


def choose_pair(
    path: RegPath,
    digest: str,
    slots: Sequence[Any],
    *,
    names: Sequence[str],
    usual: Sequence[str],
    where: str = "",
) -> tuple[int, int]:
    """Ask for two features, and say so where one that was asked for does not exist.

    Parameters
    ----------
    path : RegPath
    digest : str
        Of the table.
    slots : sequence of two containers
    names : sequence of str
        What can be drawn.
    usual : sequence of str
        What is drawn at first, the first two; where one of them is taken, the next.
    where : str, default=""
        Where these are the largest, for the help.

    Returns
    -------
    (int, int)
        Their positions among all features.
    """
    chosen: list[str] = []
    for title, key, slot in zip(TITLES, keys_of_pair(digest), slots, strict=True):
        free = [name for name in names if name not in chosen]
        asked = st.session_state.get(key)
        settle(key, free, next(name for name in usual if name not in chosen))
        with slot:
            listed = offered(title, key, free, [st.session_state[key]])
            chosen.append(st.selectbox(title, listed, key=key, help=HELP.format(where=where)))
            if asked is not None and asked not in path.feature_names:
                st.caption(f"There is no feature {literal(repr(asked))} in this model.")
    across, upwards = (path.feature_names.index(name) for name in chosen)
    return across, upwards
