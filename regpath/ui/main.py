"""Page configuration and navigation."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from regpath.errors import RegpathError
from regpath.ui import explorer
from regpath.ui.broadcast import current_broadcast
from regpath.ui.classroom import page_to_follow, show_class, tell_class
from regpath.ui.pages.data import page as data
from regpath.ui.pages.explore import page as explore
from regpath.ui.room import arrange_room, offer_lecture, show_pages, veil
from regpath.ui.session.turns import page_turns
from regpath.ui.session.unheard import keep_unheard, tell_browser
from regpath.ui.session.warm_up import warm_up_later
from regpath.ui.visit import ask_tab, keep_in_tab
from regpath.ui.workspace import Workspace, open_workspace

STYLE = Path(__file__).with_name("style.css")
LATER = ("Choose", "Stability", "Compare", "After", "Predict", "Lessons")
ICON = Path(__file__).with_name("icon.svg")


def main() -> None:
    """Show the app; `streamlit run app.py` calls this on every rerun."""
    st.set_page_config(page_title="regpath", page_icon=str(ICON), layout="wide")
    st.html(STYLE)
    veil()
    explorer.load_ahead()
    with page_turns.taken():
        _show()
    warm_up_later()  # last: nothing that is shown waits for it


def _show() -> None:
    keep_unheard()
    workspace = open_workspace()
    data_page = st.Page(partial(data.show, workspace), title="Data", url_path="data")
    pages = [
        st.Page(
            partial(explore.show, workspace, data_page),
            title="Explore",
            url_path="explore",
            default=True,
        ),
        data_page,
        *(
            st.Page(partial(_later, name.lower(), workspace), title=name, url_path=name.lower())
            for name in LATER
        ),
    ]
    page = st.navigation(pages, position="top")
    other = page_to_follow(pages, page)
    if other is not None:
        st.switch_page(other)
    tell_browser()
    arrange_room(workspace, page)
    show_pages(pages)
    offer_lecture()
    ask_tab(workspace.source)
    show_class(workspace.source)
    page.run()
    _end(workspace, page)


def _end(workspace: Workspace, page: StreamlitPage) -> None:
    """Have the tab keep what was chosen, and show a class what is seen here, or who strayed."""
    source = workspace.source
    if source is None or workspace.asks_target:
        return
    keeps = page.title != "Explore"  # which keeps each release by itself
    study = None
    if current_broadcast() is not None or (keeps and source.upload is not None):
        try:
            study = workspace.study().study
        except RegpathError:  # the page says it
            return
    if keeps:
        keep_in_tab(source, study)
    if study is not None and current_broadcast() is not None:
        tell_class(page, source, study)


def _later(name: str, workspace: Workspace) -> None:
    """A page that is loaded when it is first opened, so that the first one need not wait for it."""
    import_module(f"regpath.ui.pages.{name}.page").show(workspace)
