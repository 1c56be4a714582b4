"""Start the app's server, and beside it what its first visitor sees.

Usage: python -m regpath.ui.serve SCRIPT [options of `streamlit run`]
"""

from __future__ import annotations

import sys
from importlib import import_module
from threading import Thread

from regpath.ui.session import first_page_worker


def prepare() -> None:
    """Have at hand what a new visitor is shown first."""
    # Streamlit before all else, as in the main thread: plotly, which it imports, trips over a
    # pandas that another thread has half imported.
    import_module("streamlit")
    import_module("regpath.ui.session.prepare").prepare_first_page()


def main() -> None:
    """Serve until the process is ended."""
    first_page_worker.start()  # before anything else is loaded
    Thread(target=prepare, name="regpath-first-page", daemon=True).start()
    import_module("streamlit.web.cli").main(["run", *sys.argv[1:]])


if __name__ == "__main__":
    main()
