"""Start the app's server, and beside it what its first visitor sees.

Usage: python -m regpath.ui.serve SCRIPT [options of `streamlit run`]
"""

from __future__ import annotations

import logging
import sys
import time
from importlib import import_module
from threading import Thread

from regpath.cli.environment import check_environment
from regpath.ui.broadcast import open_broadcast
from regpath.ui.server.settings import Settings
from regpath.ui.session import first_page_worker
from regpath.ui.workers.memory import share_heaps
from regpath.ui.workers.serving import expect_pool, start_pool, stop_pool

logger = logging.getLogger(__name__)
SECONDS_TO_DRAW = 3.0  # that the first page gets before the workers start: they take both cores


def prepare() -> None:
    """Have at hand what a new visitor is shown first."""
    # Streamlit before all else, as in the main thread: plotly, which it imports, trips over a
    # pandas that another thread has half imported.
    import_module("streamlit")
    import_module("regpath.ui.session.prepare").prepare_first_page()


def prepare_and_start_workers() -> None:
    """Prepare what is shown first, and then the workers for all that follows."""
    try:
        prepare()
    except Exception:  # it is computed when somebody asks for it
        logger.exception("The first page could not be prepared.")
    time.sleep(SECONDS_TO_DRAW)
    start_pool()


def main() -> None:
    """Serve until the process is ended."""
    check_environment()  # what cannot be is said before anything begins
    settings = Settings.read()
    if settings.teaches:
        open_broadcast(settings.secret)
    share_heaps()
    expect_pool()
    first_page_worker.start_worker()  # before anything else is loaded
    Thread(target=prepare_and_start_workers, name="regpath-first-page", daemon=True).start()
    try:
        import_module("regpath.ui.server.running").run(sys.argv[1], sys.argv[2:], stop_pool)
    finally:
        stop_pool()


if __name__ == "__main__":
    main()
