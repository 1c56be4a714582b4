"""Who may change something or open a connection: pages of the app's own origin.

Streamlit asks too, but lets every page of the same machine in, and asks a host outside for this
machine's address to do so.

A page's origin and the host that it asks are the same, too, where somebody's name was made to lead
to this machine after the page had come (DNS rebinding). A server that listens for this machine
alone therefore answers to this machine's names only, to those it was told, and to a proxy.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from regpath.ui.server.address import is_local

READING = ("GET", "HEAD")
REFUSED = "This page is not the app's own."
CLOSED = 1008  # a socket's word for a policy that was violated
ADVICE = "If %r is a name of this server, start it with --trust-origin and this name."
# What proxies say of whom they speak for; no script can put it on a socket.
PROXIED, PROXIED_BY = "forwarded", "x-forwarded-"
logger = logging.getLogger(__name__)


class OwnOrigin:
    """Refuses what pages of other origins send.

    Parameters
    ----------
    app : ASGI application
    trusted : tuple of str
        Origins that count as the app's own.
    is_for_here : callable, optional
        Whether the server listens for this machine alone; by default it listens on the network.
    """

    def __init__(
        self,
        app: ASGIApp,
        trusted: tuple[str, ...] = (),
        is_for_here: Callable[[], bool] = lambda: False,
    ) -> None:
        self._app, self._trusted, self._is_for_here = app, trusted, is_for_here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan" or self._may(scope):
            await self._app(scope, receive, send)
            return
        logger.warning("Refused what a page of another origin sent to %r.", scope["path"][:80])
        sender, host = (Headers(scope=scope).get(name, "") for name in ("origin", "host"))
        if is_own(sender, host):
            logger.warning(ADVICE, sender[:80])
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": CLOSED, "reason": REFUSED})
            return
        await PlainTextResponse(REFUSED, status_code=403)(scope, receive, send)

    def _may(self, scope: Scope) -> bool:
        if scope["type"] == "http" and scope["method"] in READING:
            return True
        headers = Headers(scope=scope)
        sender = headers.get("origin")
        # Programs send none; browsers always do where something is changed.
        if sender is None or sender in self._trusted:
            return True
        if not is_own(sender, headers.get("host")):
            return False
        return not self._is_for_here() or is_local_origin(sender) or is_proxied(headers)


def is_own(sender: str, host: str | None) -> bool:
    """Whether a page of an origin was got from the host that is asked."""
    try:
        return bool(host) and urlsplit(sender).netloc.lower() == str(host).lower()
    except ValueError:
        return False


def is_local_origin(sender: str) -> bool:
    """Whether an origin is known by a name that means the machine itself."""
    try:
        name = urlsplit(sender).hostname or ""
    except ValueError:
        return False
    return is_local(name) or name.endswith(".localhost")  # browsers look no such name up


def is_proxied(headers: Headers) -> bool:
    """Whether a proxy passes on what somebody asked of it, and says so."""
    return any(name == PROXIED or name.startswith(PROXIED_BY) for name in headers)
