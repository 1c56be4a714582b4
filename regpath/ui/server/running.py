"""Run the app's server: Streamlit's own, inside what this package puts around it."""

from __future__ import annotations

import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from io import StringIO
from typing import Any, NoReturn

import streamlit as st
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit import cli_util, config

from regpath.ui.broadcast import Broadcast, current_broadcast
from regpath.ui.messages import show_unforeseen
from regpath.ui.server import status
from regpath.ui.server.address import address_for_others, address_here, is_for_here
from regpath.ui.server.app_root import AppRoot
from regpath.ui.server.held_uploads import HeldUploads
from regpath.ui.server.kept_files import KeptFiles
from regpath.ui.server.origins import OwnOrigin
from regpath.ui.server.policy import SecurityHeaders
from regpath.ui.server.settings import Settings


def run(script: str, words: Sequence[str], when_it_ends: Callable[[], None]) -> None:
    """Serve a script until the process is ended.

    Parameters
    ----------
    script : str
        Path of the script; Streamlit's settings lie in `.streamlit` beside it.
    words : sequence of str
        Options of `streamlit run`, as "--server.port=8501".
    when_it_ends : callable
        Called when the server has ended.
    """
    settings = Settings.read()
    options = dict(map(_option, words))
    options["server.baseUrlPath"] = settings.base.strip("/")
    options["server.corsAllowedOrigins"] = list(settings.own)
    # Its greeting asks a host outside for this machine's address; ours stands in its place.
    options["logger.hideWelcomeMessage"] = True

    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
        keep_uploads_in_memory(config.get_option("server.maxUploadSize"))
        greet(settings)
        try:
            yield {}
        finally:
            when_it_ends()

    sys.argv = [script]  # where Streamlit looks for its settings
    app = st.App(
        script,
        lifespan=lifespan,
        on_script_error=show_unforeseen,
        routes=_routes(settings),
        middleware=[
            Middleware(SecurityHeaders, embed_from=settings.embed_from),
            Middleware(OwnOrigin, trusted=settings.own, is_for_here=is_for_here),
            Middleware(HeldUploads),
            Middleware(AppRoot, base=settings.base),
            Middleware(KeptFiles, base=settings.base),
        ],
    )
    signal.signal(signal.SIGTERM, _leave)
    with suppress(KeyboardInterrupt):  # the server has heard it, and has ended
        app.run(config=options)


def keep_uploads_in_memory(megabytes: int) -> None:
    """Have no part of an upload written to disk while it arrives.

    Starlette writes what is above one megabyte of a form into a temporary file. Streamlit lets a
    form be one megabyte more than the file in it, and refuses it above that.
    """
    MultiPartParser.spool_max_size = (megabytes + 2) * 2**20


def greet(settings: Settings) -> None:
    """Say where the app is, and open a browser there if one is wanted."""
    here, broadcast = f"{address_here(settings)}/", current_broadcast()
    print(f"regpath is at {here}  (Ctrl+C ends it)", flush=True)
    if broadcast is not None:
        here += f"#lead={broadcast.secret}"
        print_class(settings, broadcast)
    if not config.get_option("server.headless"):
        cli_util.open_browser(here)


def print_class(settings: Settings, broadcast: Broadcast) -> None:
    """Say how a class gets here, and by which link it is led."""
    classroom = import_module("regpath.ui.server.classroom_routes")
    join = classroom.students_address(settings)
    code = StringIO()
    import_module("segno").make_qr(join, error="m").terminal(code, compact=True, border=2)
    lines = (
        "",
        f"Students:   {join}",
        f"Projector:  {address_for_others(settings)}/class",
        f"You lead:   {address_here(settings)}/#lead={broadcast.secret}  (for you alone)",
        "",
    )
    print("\n".join(lines), flush=True)
    with suppress(UnicodeEncodeError):  # a terminal without blocks has the address
        print(code.getvalue(), flush=True)


def _routes(settings: Settings) -> list[BaseRoute]:
    routes: list[BaseRoute] = list(status.status_routes(settings))
    broadcast = current_broadcast()
    if broadcast is not None:
        routes += import_module("regpath.ui.server.classroom_routes").class_routes(
            broadcast, settings
        )
    return routes


def _option(word: str) -> tuple[str, Any]:
    """An option of `streamlit run` as its name and value."""
    name, _, said = word.removeprefix("--").partition("=")
    if said in ("true", "false"):
        return name, said == "true"
    return name, int(said) if said.isdigit() else said


def _leave(*_: object) -> NoReturn:
    """End as `terminate` asks, by way of all that has to be put away."""
    raise SystemExit(0)
