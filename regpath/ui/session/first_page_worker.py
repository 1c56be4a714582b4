"""The first page is worked out by a process of its own while the server starts in this one.

Python does one thing at a time in a process: the server would answer slowly while it computes.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regpath.alarms import Alarm
    from regpath.ui.session.first_page import FirstPage


THINGS = 2  # the page and its alarms


class Worker:
    """A process that works the first page out and says one thing after the other."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "regpath.ui.session.first_page"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self._said: list[Any] = []
        self._lock = Lock()

    def said(self, place: int) -> Any:
        """What it says in this place; waits for it; None if it failed before."""
        with self._lock:
            while len(self._said) <= place:
                self._said.append(self._hear())
                if len(self._said) == THINGS:
                    self._end()
            return self._said[place]

    def _hear(self) -> Any:
        assert self._process.stdout is not None
        try:
            return pickle.load(self._process.stdout)  # our own process wrote it, from our own data
        except (EOFError, pickle.UnpicklingError):
            return None

    def _end(self) -> None:
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process.wait()


_workers: list[Worker] = []


def start() -> None:
    """Have the first page worked out beside this process; where none can be started, in it."""
    with suppress(OSError):
        _workers.append(Worker())


def first_page(name: str, query: str) -> FirstPage | None:
    """The page if it is the first one and somebody works on it; waits until it is there."""
    page: FirstPage | None = _said(0, name, query)
    return page


def first_alarms(name: str, query: str) -> tuple[Alarm, ...] | None:
    """The alarms of the first page, likewise."""
    alarms: tuple[Alarm, ...] | None = _said(1, name, query)
    return alarms


def _said(place: int, name: str, query: str) -> Any:
    if not _workers:
        return None
    first = import_module("regpath.ui.session.first_page")  # not before the process is started
    if (name, query) != (first.first_name(), first.first_recipe().of_fit.to_query()):
        return None
    return _workers[0].said(place)
