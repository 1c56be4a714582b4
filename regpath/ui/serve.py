"""Start the app's server, and prepare what its first visitor sees while it starts.

Usage: python -m regpath.ui.serve SCRIPT [options of `streamlit run`]
"""

from __future__ import annotations

import importlib
import sys
from threading import Thread

from streamlit.web.cli import main as streamlit

LATER = ("regpath.alarms", "plotly.graph_objects")


def warm() -> None:
    """Compute the first page, then load what the pages after it need."""
    importlib.import_module("regpath.ui.cache").prepare_first_page()
    for name in LATER:
        importlib.import_module(name)
    importlib.import_module("regpath.core.solvers").warm_up()


if __name__ == "__main__":
    Thread(target=warm, name="regpath-start", daemon=True).start()
    streamlit(["run", *sys.argv[1:]])
