"""What every page begins with: the data and the choices at the side, and the study they lead to."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from regpath.recipe import Recipe
from regpath.study import Study
from regpath.ui import address, cache
from regpath.ui.messages import told
from regpath.ui.sidebar import Source, choose_recipe, choose_source
from regpath.ui.state import hold


@dataclass(frozen=True)
class Desk:
    """A table and every choice about it."""

    source: Source
    recipe: Recipe

    def study(self) -> Study:
        """Carry the recipe out, or remember what came of it."""
        with st.spinner("Computing and proving the path …"):
            return cache.study_of(self.source.table, self.recipe, bundled=self.source.bundled)


def open_desk() -> Desk | None:
    """Show the side and return what is chosen there; None, and a welcome, without a file."""
    address.restore()
    hold()
    with told(), st.sidebar:
        st.html('<div class="rp-brand">regpath</div>')
        source = choose_source()
    if source is None:
        _welcome()
        return None
    with told(), st.sidebar:
        return Desk(source, choose_recipe(source))


def _welcome() -> None:
    st.html(
        '<div class="rp-head"><h1>See what a penalty does to your data</h1><p>Bring a CSV at the '
        "side: one row per case, one column to predict. Or pick a bundled data set.</p></div>"
    )
