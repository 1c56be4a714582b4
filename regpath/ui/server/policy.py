"""What a browser may do with what it gets: headers on every answer."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


class SecurityHeaders:
    """Adds a content security policy and its relatives to every answer.

    Parameters
    ----------
    app : ASGI application
    embed_from : tuple of str
        Origins whose pages may show the app in a frame; nobody's by default.
    """

    def __init__(self, app: ASGIApp, embed_from: tuple[str, ...] = ()) -> None:
        self._app = app
        self._headers = headers_for(embed_from)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def headers_for(embed_from: tuple[str, ...] = ()) -> dict[str, str]:
    """The headers by name.

    Everything comes from the app's own origin. Two things are let in: styles in the page, which
    Streamlit's own make, and Streamlit's one script in its page, by its digest.
    """
    frames = " ".join(embed_from) or "'none'"
    policy = {
        "default-src": "'self'",
        "script-src": " ".join(("'self'", *inline_scripts())),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": frames,
    }
    written = {
        "Content-Security-Policy": "; ".join(f"{name} {said}" for name, said in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if not embed_from:
        written["X-Frame-Options"] = "DENY"  # for browsers that do not know frame-ancestors
    return written


@cache
def inline_scripts() -> tuple[str, ...]:
    """Digests of the scripts inside Streamlit's page, as a policy names them."""
    page = Path(streamlit.__file__).with_name("static") / "index.html"
    digests = map(hashlib.sha256, _INLINE.findall(page.read_bytes()))
    return tuple(f"'sha256-{base64.b64encode(each.digest()).decode()}'" for each in digests)
