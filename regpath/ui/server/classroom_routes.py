"""A class on the network: a projector page, a short address to join, and the line to all screens.

The line is a socket: what the teacher shows goes out, what a screen is comes in. It carries no name
and is forgotten when it is closed.
"""

from __future__ import annotations

import asyncio
import html
import json
from contextlib import suppress
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
LONGEST = LONGEST_VIEW + 1000  # letters of what a screen says at once
FULL = 1013  # a socket's word for: try again later


def class_routes(broadcast: Broadcast, settings: Settings) -> list[BaseRoute]:
    """Where a class is reached."""
    base = settings.base

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
        await _Line(broadcast, socket).serve()

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


class _Line:
    """One screen's line."""

    def __init__(self, broadcast: Broadcast, socket: WebSocket) -> None:
        self._broadcast, self._socket = broadcast, socket
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._screen = Screen(self._wake)

    def _wake(self) -> None:
        with suppress(RuntimeError):  # the server has ended
            self._loop.call_soon_threadsafe(self._news.set)

    async def serve(self) -> None:
        if self._broadcast.n_screens >= MOST_SCREENS:
            await self._socket.close(FULL)
            return
        await self._socket.accept()
        self._broadcast.enter(self._screen)
        telling = asyncio.create_task(self._tell())
        try:
            while True:
                text = await self._socket.receive_text()
                if len(text) > LONGEST:
                    break
                self._hear(_parsed(text))
        except (WebSocketDisconnect, RuntimeError, KeyError):  # it has gone, or sends no text
            pass
        finally:
            self._broadcast.leave(self._screen)
            telling.cancel()
            with suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError):
                await telling
            with suppress(WebSocketDisconnect, RuntimeError):
                await self._socket.close()

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

    def _hear(self, told: dict[str, Any]) -> None:
        leads = self._broadcast.may_lead(told.get("secret"))
        if "role" in told:
            board = told["role"] == Role.BOARD
            self._screen.role = Role.LEADER if leads else Role.BOARD if board else Role.STUDENT
            self._screen.follows = told.get("follows") is True
            self._broadcast.enter(self._screen)
        index, view = told.get("index"), told.get("view")
        if leads and type(index) is int:
            moved = view if isinstance(view, dict) else None
            self._broadcast.move(str(told.get("stage", "")), index, moved)


def _parsed(text: str) -> dict[str, Any]:
    with suppress(ValueError, RecursionError):
        told = json.loads(text)
        if isinstance(told, dict):
            return told
    return {}
