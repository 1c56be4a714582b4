"""Tell the page where the app's root is.

From the address of one of its pages alone, Streamlit's client tries that page's folder first, and
is refused twice before it tries the folder above. A page that knows the root asks there at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAME = "app-root.js"
HEAD, ROOT = b"<head>", b'id="root"'  # of Streamlit's page; what lacks them is passed on as it is
# Beside its own files, wherever a proxy has put them. Streamlit's client takes its root from there.
SCRIPT = """const root = new URL(".", document.currentScript.src).href;
window.__streamlit = { ...window.__streamlit, BACKEND_BASE_URL: root };
"""
LINE = f'<script src="./{NAME}"></script>'.encode()


@dataclass
class AppRoot:
    """Puts a script into Streamlit's page that says where the root is, and serves it.

    Attributes
    ----------
    app : ASGI application
    base : str
        Path below which all is served.
    """

    app: ASGIApp
    base: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
        elif scope["path"] == f"{self.base}/{NAME}":
            same = {"Cache-Control": "no-cache"}
            answer = Response(SCRIPT, media_type="text/javascript", headers=same)
            await answer(scope, receive, send)
        elif "text/html" in Headers(scope=scope).get("accept", ""):
            # A page of some kilobytes, which is written into: it comes as it is.
            plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            await self.app({**scope, "headers": plain}, receive, _Page(send))
        else:
            await self.app(scope, receive, send)


class _Page:
    """Passes an answer on, a page with the script in its head."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            if message["status"] == 200 and kind.startswith("text/html"):
                self._start = message
            else:
                await self._send(message)
        elif self._start is None:
            await self._send(message)
        else:
            self._body.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._finish(self._start, b"".join(self._body))

    async def _finish(self, start: Message, body: bytes) -> None:
        if ROOT in body:
            body = body.replace(HEAD, HEAD + LINE, 1)
        MutableHeaders(scope=start)["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})
