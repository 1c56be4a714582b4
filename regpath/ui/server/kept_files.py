"""Files that never change under their name: kept by browsers, and packed once for all of them.

Streamlit packs its own files for nobody, and the explorer's anew for everybody, who ask for them at
every visit. Here the explorer's modules are found below a folder named by the digest of them all;
what is in it is a browser's to keep.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import regpath

COMPONENT = "/_stcore/bidi-components/regpath.explorer/"
ENTRY = "explorer.js"
ASSETS = Path(regpath.__file__).with_name("explorer") / "assets"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
PACKABLE = re.compile(r"(text/|application/(javascript|json|manifest)|image/svg)")
LEAST, MOST = 1_000, 8_000_000  # bytes of a file that is worth packing, and that may be held
MOST_KEPT = 8_000_000  # bytes of packed files in all; Streamlit's and ours have 3 million


@dataclass
class KeptFiles:
    """Serves files that never change, packed once.

    Attributes
    ----------
    app : ASGI application
    base : str
        Path below which all is served.
    """

    app: ASGIApp
    base: str = ""
    _packed: OrderedDict[str, tuple[list[tuple[bytes, bytes]], bytes]] = field(
        default_factory=OrderedDict
    )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        path = scope["path"].removeprefix(self.base)
        if path.startswith(COMPONENT):
            await self._explorer(path.removeprefix(COMPONENT), scope, receive, send)
        elif path.startswith("/static/"):
            await self._serve(scope, receive, send, cached=None)
        else:
            await self.app(scope, receive, send)

    async def _explorer(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        """A file of the explorer, by the digest of all of them or by its bare name."""
        digest = assets_digest()
        folder, _, rest = name.partition("/")
        if folder == f"~{digest}" and rest:
            inner = f"{self.base}{COMPONENT}{rest}"
            asked = {**scope, "path": inner, "raw_path": inner.encode()}
            await self._serve(asked, receive, send, cached=FOREVER)
        elif Headers(scope=scope).get("if-none-match") == f'"{digest}"':
            same = {"ETag": f'"{digest}"', "Cache-Control": ASK_AGAIN}
            await Response(status_code=304, headers=same)(scope, receive, send)
        elif name == ENTRY:
            # Streamlit asks for it by this name, which says nothing of what is in it.
            text = f'export {{ default }} from "./~{digest}/{ENTRY}";\n'
            same = {"ETag": f'"{digest}"', "Cache-Control": ASK_AGAIN}
            answer = Response(text, media_type="text/javascript", headers=same)
            await answer(scope, receive, send)
        else:
            await self._serve(scope, receive, send, cached=ASK_AGAIN)

    async def _serve(self, scope: Scope, receive: Receive, send: Send, cached: str | None) -> None:
        """Serve a file as it is, or packed to those for whom that pays."""
        headers = Headers(scope=scope)
        wanted = "gzip" in headers.get("accept-encoding", "") and is_far(scope, headers)
        kept = self._packed.get(scope["path"]) if wanted and cached != ASK_AGAIN else None
        if kept is not None:
            self._packed.move_to_end(scope["path"])
            await _answer(send, *kept)
            return
        # Nothing below packs it: it is done here, once.
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        answer = _Collected(send, cached, pack=wanted and b"range" not in dict(plain))
        await self.app({**scope, "headers": plain}, receive, answer)
        if answer.packed is not None:
            if answer.is_for_ever:
                self._keep(scope["path"], answer.start["headers"], answer.packed)
            await _answer(send, answer.start["headers"], answer.packed)

    def _keep(self, path: str, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
        self._packed[path] = (headers, body)
        while sum(len(kept) for _, kept in self._packed.values()) > MOST_KEPT:
            self._packed.popitem(last=False)


class _Collected:
    """Passes an answer on, or holds it back and packs it."""

    def __init__(self, send: Send, cached: str | None, *, pack: bool) -> None:
        self._send, self._cached, self._pack = send, cached, pack
        self.start: Message = {}
        self._body: list[bytes] = []
        self.packed: bytes | None = None
        self.is_for_ever = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif not self._pack:
            await self._send(message)
        else:
            self._body.append(message.get("body", b""))
            if not message.get("more_body", False):
                self.packed = await asyncio.to_thread(gzip.compress, b"".join(self._body), 6)

    async def _begin(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        if self._cached is not None and message["status"] == 200:
            headers["Cache-Control"] = self._cached
            if self._cached == ASK_AGAIN:
                headers["ETag"] = f'"{assets_digest()}"'
        headers.add_vary_header("Accept-Encoding")
        size = int(headers.get("content-length", 0))
        self._pack = (
            self._pack
            and message["status"] == 200
            and LEAST <= size <= MOST
            and bool(PACKABLE.match(headers.get("content-type", "")))
        )
        if not self._pack:
            await self._send(message)
            return
        headers["Content-Encoding"] = "gzip"
        self.start = message
        self.is_for_ever = "immutable" in headers.get("cache-control", "")


async def _answer(send: Send, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    start: Message = {"type": "http.response.start", "status": 200, "headers": [*headers]}
    MutableHeaders(scope=start)["Content-Length"] = str(len(body))
    await send(start)
    await send({"type": "http.response.body", "body": body})


def is_far(scope: Scope, headers: Headers) -> bool:
    """Whether who asks is on another machine, to which bytes take their time."""
    return "x-forwarded-for" in headers or not is_this_machine(scope)


def is_this_machine(scope: Scope) -> bool:
    """Whether a connection comes from this machine."""
    host = (scope.get("client") or ("",))[0]
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


@cache
def assets_digest() -> str:
    """A digest of all that the explorer is made of."""
    digest = hashlib.blake2b(digest_size=9)
    for path in sorted(ASSETS.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(ASSETS).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()
