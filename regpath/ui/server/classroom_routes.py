"""A class on the network: a projector page, a short address to join, and the line to all screens.

The line is a socket: what the teacher shows goes out, what a screen is comes in. It carries no name
and is forgotten when it is closed.
"""

from __future__ import annotations

import asyncio
import html
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from regpath.ui.broadcast import LONGEST_VIEW, Broadcast, Role, Screen
from regpath.ui.server.address import address_for_others, is_local
from regpath.ui.server.settings import Settings

ASSETS = Path(__file__).parents[1] / "assets"
JOIN, BOARD, LINE = "/join", "/class", "/class/line"
FILES = {"board.css": "text/css", "board.js": "text/javascript"}
MOST_SCREENS = 1000  # lines at a time; a lecture hall has some hundreds
# How often a second a screen is heard, and how often at once. A page says what it is with each run,
# which are some three a second at the most; a teacher's says where a drag is, sixteen times.
PACES = {False: (4.0, 40.0), True: (100.0, 200.0)}
LONGEST = LONGEST_VIEW + 1000  # letters of what a screen says at once
FULL = 1013  # a socket's word for: try again later


def class_routes(broadcast: Broadcast, settings: Settings) -> list[BaseRoute]:
    """Where a class is reached."""
    base, lines = settings.base, Lines()

    async def board(request: Request) -> Response:
        return HTMLResponse(board_page(students_address(settings, request)))

    async def join(_: Request) -> Response:
        return RedirectResponse(f"{base}/?follow=True", headers={"Cache-Control": "no-store"})

    async def file(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in FILES:
            return Response(status_code=404)
        return Response((ASSETS / name).read_bytes(), media_type=FILES[name])

    async def line(socket: WebSocket) -> None:
        await _Line(broadcast, socket, lines).serve()

    return [
        Route(f"{base}{JOIN}", join),
        Route(f"{base}{BOARD}", board),
        WebSocketRoute(f"{base}{LINE}", line),
        Route(f"{base}{BOARD}/{{name}}", file),
    ]


def students_address(settings: Settings, request: HTTPConnection | None = None) -> str:
    """The short address that students type.

    The name by which a projector asks is the one by which others can, unless it is this machine's
    name for itself.
    """
    if request is not None and not settings.public and not is_local(request.url.hostname or ""):
        return f"{request.url.scheme}://{request.url.netloc}{settings.base}{JOIN}"
    return f"{address_for_others(settings)}{JOIN}"


def board_page(address: str) -> str:
    """The projector page: address, code and how many are here."""
    code = import_module("segno").make_qr(address, error="m")
    page = Template((ASSETS / "board.html").read_text(encoding="utf-8"))
    parts = urlsplit(address)
    return page.substitute(
        address=html.escape(f"{parts.netloc}{parts.path}"),
        scheme=html.escape(parts.scheme),
        code=html.escape(code.svg_data_uri(scale=8, border=2, light="white")),
    )


class Lines:
    """All lines. Where there are as many as may be, whoever has most of them makes room."""

    def __init__(self) -> None:
        self._closers: dict[str, list[asyncio.Event]] = {}

    @contextmanager
    def place(self, address: str) -> Iterator[asyncio.Event | None]:
        """A place for a line from an address, and what is set once it has to leave.

        None where the room is full and nobody has more lines than this address would have.
        """
        own = self._closers.setdefault(address, [])
        if sum(map(len, self._closers.values())) >= MOST_SCREENS:
            most = max(self._closers.values(), key=len)
            if len(most) <= len(own) + 1:
                yield None
                return
            most.pop().set()
        leave = asyncio.Event()
        own.append(leave)
        try:
            yield leave
        finally:
            if leave in own:
                own.remove(leave)
            if not own:
                self._closers.pop(address, None)


class Pace:
    """How long to wait before somebody is heard again, who may say so much a second."""

    def __init__(self) -> None:
        self._left, self._since = 1.0, time.monotonic()

    def pause(self, leads: bool) -> float:
        """Seconds to wait after something was said."""
        rate, at_once = PACES[leads]
        now = time.monotonic()
        # Shares of what may be said at once: a new screen has all of it.
        self._left = min(1.0, self._left + (now - self._since) * rate / at_once) - 1 / at_once
        self._since = now
        return max(0.0, -self._left * at_once / rate)


class _Line:
    """One screen's line."""

    def __init__(self, broadcast: Broadcast, socket: WebSocket, lines: Lines) -> None:
        self._broadcast, self._socket, self._lines = broadcast, socket, lines
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._screen = Screen(self._wake)

    def _wake(self) -> None:
        with suppress(RuntimeError):  # the server has ended
            self._loop.call_soon_threadsafe(self._news.set)

    async def serve(self) -> None:
        client = self._socket.client
        with self._lines.place("" if client is None else client.host) as leave:
            if leave is None:
                await self._socket.close(FULL)
                return
            await self._socket.accept()
            self._broadcast.enter(self._screen)
            works = [self._tell(), self._listen(), leave.wait()]
            tasks = [asyncio.create_task(work) for work in works]
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._broadcast.leave(self._screen)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                with suppress(WebSocketDisconnect, RuntimeError):
                    await self._socket.close(FULL if leave.is_set() else 1000)

    async def _listen(self) -> None:
        """Hear what the screen says, until it is gone or says what none of ours would."""
        pace = Pace()
        with suppress(WebSocketDisconnect, RuntimeError, KeyError):  # it has gone, or says no text
            while True:
                text = await self._socket.receive_text()
                if len(text) > LONGEST:
                    return
                leads = self._hear(_parsed(text))
                await asyncio.sleep(pace.pause(leads))

    async def _tell(self) -> None:
        """Send what is new; what changes faster than it can be sent is sent once."""
        sent: dict[str, Any] = {}
        while True:
            await self._news.wait()
            self._news.clear()
            news = self._broadcast.news_for(self._screen)
            if news != sent:
                sent = news
                await self._socket.send_text(json.dumps(news))

    def _hear(self, told: dict[str, Any]) -> bool:
        """Take over what a screen says; whether it leads."""
        leads = self._broadcast.may_lead(told.get("secret"))
        if "role" in told:
            board = told["role"] == Role.BOARD
            role = Role.LEADER if leads else Role.BOARD if board else Role.STUDENT
            now = (role, told.get("follows") is True)
            if now != (self._screen.role, self._screen.follows):
                self._screen.role, self._screen.follows = now
                self._broadcast.enter(self._screen)
        index, view = told.get("index"), told.get("view")
        if leads and type(index) is int:
            moved = view if isinstance(view, dict) else None
            self._broadcast.move(str(told.get("stage", "")), index, moved)
        return leads


def _parsed(text: str) -> dict[str, Any]:
    with suppress(ValueError, RecursionError):
        told = json.loads(text)
        if isinstance(told, dict):
            return told
    return {}
