"""Page configuration and navigation."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from regpath.ui.cache import warm_kernels
from regpath.ui.desk import open_desk
from regpath.ui.pages import data, explore

STYLE = Path(__file__).with_name("style.css")
ICON = Path(__file__).with_name("icon.svg")


def main() -> None:
    """Show the app; `streamlit run app.py` calls this on every rerun."""
    st.set_page_config(page_title="regpath", page_icon=str(ICON), layout="wide")
    st.html(STYLE)
    warm_kernels()
    desk = open_desk()
    data_page = st.Page(partial(data.show, desk), title="Data", url_path="data")
    pages = [
        st.Page(
            partial(explore.show, desk, data_page),
            title="Explore", url_path="explore", default=True,
        ),
        data_page,
    ]  # fmt: skip
    st.navigation(pages, position="top").run()
