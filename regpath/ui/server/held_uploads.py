"""How much the files that visits have brought may take of the server's memory together.

Streamlit bounds each file, and holds as many as somebody sends until the visit is over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime

from regpath.ui.session.limits import held_bytes, upload_megabytes

PLACE = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+$")
OF_ONE = 4  # files of the largest size that one visit may hold: its table, new rows, and both anew
TOO_MANY = "The server holds as many files as it may. Try it again in some minutes."
NO_ROOM = 507  # an answer's number for: insufficient storage


@dataclass
class HeldBytes:
    """Bytes that are held: of all visits, and of one."""

    of_all: int
    of_one: int


class HeldUploads:
    """Refuses a file for which there is no room.

    Parameters
    ----------
    app : ASGI application
    held_by : callable, optional
        What is held, given a session's name; by default, what Streamlit holds.
    """

    def __init__(self, app: ASGIApp, held_by: Callable[[str], HeldBytes] | None = None) -> None:
        self._app = app
        self._held_by = held_by_streamlit if held_by is None else held_by
        self._arriving: dict[str, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        is_put = scope["type"] == "http" and scope["method"] == "PUT"
        found = PLACE.search(scope["path"]) if is_put else None
        if found is None:
            await self._app(scope, receive, send)
            return
        session, size = found[1], size_of(scope)
        if not self._has_room(session, size):
            await PlainTextResponse(TOO_MANY, status_code=NO_ROOM)(scope, receive, send)
            return
        self._arriving[session] = self._arriving.get(session, 0) + size
        try:
            await self._app(scope, receive, send)
        finally:
            self._arriving[session] -= size
            if not self._arriving[session]:
                del self._arriving[session]

    def _has_room(self, session: str, size: int) -> bool:
        held, largest = self._held_by(session), upload_megabytes() * 2**20
        of_all = held.of_all + sum(self._arriving.values()) + size
        of_one = held.of_one + self._arriving.get(session, 0) + size
        return of_all <= held_bytes() and of_one <= OF_ONE * largest


def size_of(scope: Scope) -> int:
    """Bytes that a request says it brings; as many as it may where it says none that can be."""
    said, most = Headers(scope=scope).get("content-length", ""), upload_megabytes() * 2**20
    return min(int(said), most) if said.isascii() and said.isdigit() else most


def held_by_streamlit(session: str) -> HeldBytes:
    """What Streamlit holds; nothing before it serves."""
    if not Runtime.exists():
        return HeldBytes(0, 0)
    manager: Any = Runtime.instance().uploaded_file_mgr
    own = dict(manager.file_storage.get(session, {}))
    stats = [each for family in manager.get_stats().values() for each in family]
    return HeldBytes(
        sum(each.byte_length for each in stats), sum(len(each.data) for each in own.values())
    )
