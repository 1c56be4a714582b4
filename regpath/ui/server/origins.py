"""Who may change something or open a connection: pages of the app's own origin.

Streamlit asks too, but lets every page of the same machine in, and asks a host outside for this
machine's address to do so.
"""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

READING = ("GET", "HEAD")
REFUSED = "This page is not the app's own."
CLOSED = 1008  # a socket's word for a policy that was violated
logger = logging.getLogger(__name__)


class OwnOrigin:
    """Refuses what pages of other origins send.

    Parameters
    ----------
    app : ASGI application
    trusted : tuple of str
        Origins that count as the app's own.
    """

    def __init__(self, app: ASGIApp, trusted: tuple[str, ...] = ()) -> None:
        self._app, self._trusted = app, trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan" or self._may(scope):
            await self._app(scope, receive, send)
            return
        logger.warning("Refused what a page of another origin sent to %s.", scope["path"][:80])
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
        return sender is None or sender in self._trusted or is_own(sender, headers.get("host"))


def is_own(sender: str, host: str | None) -> bool:
    """Whether a page of an origin was got from the host that is asked."""
    try:
        return bool(host) and urlsplit(sender).netloc.lower() == str(host).lower()
    except ValueError:
        return False
