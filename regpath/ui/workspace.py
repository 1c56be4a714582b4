"""What every page begins with: the data and the choices at the side, and the study they lead to."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from regpath.recipe import Recipe
from regpath.study import Study
from regpath.ui import address
from regpath.ui.controls.sidebar import choose_recipe
from regpath.ui.controls.source import Source, choose_source
from regpath.ui.controls.strength import take_now
from regpath.ui.messages import foreseen
from regpath.ui.session import cache
from regpath.ui.session.seal import sealed
from regpath.ui.session.state import hold


@dataclass(frozen=True)
class Desk:
    """Data and every choice about them.

    Attributes
    ----------
    source : Source or None
        None while no file has been brought.
    chosen : Recipe or None
    trouble : Exception or None
        Why there is no recipe; a page says it, where everybody sees it.
    """

    source: Source | None = None
    chosen: Recipe | None = None
    trouble: Exception | None = None

    @property
    def recipe(self) -> Recipe:
        """The recipe; raises what stands in its way."""
        if self.trouble is not None:
            raise self.trouble
        assert self.chosen is not None
        return self.chosen

    def study(self) -> Study:
        """Carry the recipe out, or remember what came of it."""
        assert self.source is not None
        recipe = self.recipe
        with st.spinner("Computing and proving the path …"):
            bundled = self.source.bundled
            study = cache.study_of(self.source.table, recipe, bundled=bundled)
            take_now(study)
            return sealed(study, bundled=bundled)


def open_desk() -> Desk:
    """Show the side and return what is chosen there; on every page it is the same."""
    address.restore()
    hold()
    source = None
    with st.sidebar:
        st.html('<div class="rp-brand">regpath</div>')
        try:
            source = choose_source()
            return Desk(source, choose_recipe(source) if source is not None else None)
        except Exception as error:
            return Desk(source, trouble=foreseen(error))


def welcome() -> None:
    """Say what to do where there are no data yet."""
    st.html(
        '<div class="rp-head"><h1>See what a penalty does to your data</h1><p>Bring a file at the '
        "side: one row per case, one column to predict. Or pick a bundled data set.</p></div>"
    )
