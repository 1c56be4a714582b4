"""What later pages need is loaded once the first page has had time to be drawn."""

from __future__ import annotations

from importlib import import_module
from threading import Timer

import streamlit as st

from regpath.core.solvers import warm_up
from regpath.ui.workers.memory import freeze_and_trim
from regpath.ui.workers.serving import computes_beside

MODULES = ("regpath.alarms", "plotly.graph_objects")
SECONDS_TO_DRAW = 3.0  # that the first page gets before compiling begins


@st.cache_resource(show_spinner=False)
def warm_up_later() -> None:
    """Begin a little later, once for the server."""
    timer = Timer(SECONDS_TO_DRAW, _warm_up)
    timer.daemon = True
    timer.start()


def _warm_up() -> None:
    for name in MODULES:
        import_module(name)
    if not computes_beside():  # else it would hold 70 MB that nobody uses
        warm_up()
    freeze_and_trim()
