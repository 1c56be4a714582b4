"""Start the app's server, and load what its first visitor needs while it starts.

Usage: python -m regpath.ui.serve SCRIPT [options of `streamlit run`]
"""

from __future__ import annotations

import importlib
import sys
from threading import Thread

from streamlit.web.cli import main as streamlit

NEEDED = (
    "regpath.study",
    "sklearn.model_selection",
    "sklearn.impute",
    "sklearn.preprocessing",
    "regpath.explorer",
    "plotly.graph_objects",
)


def warm() -> None:
    """Import what a first page imports, and load the compiled solvers."""
    for name in NEEDED:
        importlib.import_module(name)
    importlib.import_module("regpath.core.solvers").warm_up()


if __name__ == "__main__":
    Thread(target=warm, name="regpath-start", daemon=True).start()
    streamlit(["run", *sys.argv[1:]])
