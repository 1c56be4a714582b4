"""Page configuration and navigation."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from regpath.ui.cache import warm_kernels
from regpath.ui.pages import explore

STYLE = Path(__file__).with_name("style.css")
ICON = Path(__file__).with_name("icon.svg")


def main() -> None:
    """Show the app; `streamlit run app.py` calls this on every rerun."""
    st.set_page_config(page_title="regpath", page_icon=str(ICON), layout="wide")
    st.html(STYLE)
    warm_kernels()
    pages = [st.Page(explore.show, title="Explore", url_path="explore", default=True)]
    st.navigation(pages, position="top").run()
