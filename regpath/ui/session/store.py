"""Store: results by key, each computed once; the least recently used go first."""

from __future__ import annotations

import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass
from itertools import count
from threading import Event
from typing import Any, TypeVar

from regpath.core.progress import Cancelled
from regpath.errors import RegpathError
from regpath.ui.session.limits import cache_bytes
from regpath.ui.session.shelf import Shelf
from regpath.ui.session.sizes import parts_of
from regpath.ui.workers.task import LOST, NO_MEMORY, TOO_LONG, Task
from regpath.ui.workers.worker import End

Result = TypeVar("Result")
# Seconds until it is tried again what ended every process that tried it, or had too little memory
# or time: that may have been the minute's, and a refusal is everybody's.
REFUSED_FOR = 60.0
_shelf = Shelf(cache_bytes())
_numbers = count()
# Over all stores, since the start: there when asked for, at work already, begun for who asked.
COUNTS = {"found": 0, "joined": 0, "begun": 0}


@dataclass(frozen=True)
class Refusal:
    """Why a result cannot be computed; it is not worked out twice either.

    Attributes
    ----------
    error : RegpathError
    until : float, default=inf
        Moment, on the clock that never jumps, from which it may be tried again.
    """

    error: RegpathError
    until: float = float("inf")


class Store:
    """Results by key; safe to share between sessions.

    Parameters
    ----------
    most : int
        Results that are kept.
    shelf : Shelf, default=None
        Bounds the bytes of all stores on it; None takes the server's.
    """

    def __init__(self, most: int, shelf: Shelf | None = None) -> None:
        self._most, self._shelf = most, _shelf if shelf is None else shelf
        self._lock, self._number = self._shelf.lock, next(_numbers)
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._at_work: dict[Hashable, Event | Task] = {}  # here, or beside
        weakref.finalize(self, self._shelf.store_is_gone, self._number)

    def __contains__(self, key: Hashable) -> bool:
        with self._lock:
            return key in self._kept

    def get(self, key: Hashable, compute: Callable[[], Result]) -> Result:
        """The result, computed now if it is not there; who else asks meanwhile waits for it.

        Raises
        ------
        RegpathError
            That `compute` raised, now or earlier. Whatever else it raises leaves nothing.
        """
        counted = False
        while True:
            with self._lock:
                at_work = self._at_work.get(key)
                has = self._has(key)
                if not counted:
                    self._count(key, at_work)
                    counted = True
                if has:
                    found: Result = self._found(key)
                    return found
                if at_work is None:
                    self._at_work[key] = mine = Event()
            if at_work is None:
                return self._compute(key, compute, mine)
            at_work.wait(None)

    def join(
        self,
        key: Hashable,
        begin: Callable[[Callable[[Task], None]], Task],
        wait: Callable[[Task], None],
    ) -> Any:
        """The result of a task beside this process, begun now if nobody waits for it.

        Parameters
        ----------
        key : hashable
        begin : callable
            Queues the task; takes what is to be called when it has ended.
        wait : callable
            Returns when the task has ended. What it raises takes this asker away, and the last one
            to leave stops the task.

        Raises
        ------
        RegpathError
            That the task was refused with, now or earlier, or why it could not be carried out.
        """
        counted = False
        while True:
            with self._lock:
                at_work = self._at_work.get(key)
                has = self._has(key)
                if not counted:
                    self._count(key, at_work)
                    counted = True
                if has:
                    return self._found(key)
                if at_work is None:
                    at_work = self._at_work[key] = begin(lambda ended: self._end(key, ended))
                if isinstance(at_work, Task):
                    at_work.waiting += 1
            if isinstance(at_work, Task):
                break
            at_work.wait()  # it is computed here
        try:
            wait(at_work)
        finally:
            self._leave(key, at_work)
        return at_work.result()

    def known(self, key: Hashable, default: Any = None) -> Any:
        """The result if it is there, else `default`."""
        with self._lock:
            found = self._kept.get(key, default)
            return default if isinstance(found, Refusal) else found

    def put(self, key: Hashable, result: Any) -> None:
        """Remember a result that was computed elsewhere."""
        parts, drop = parts_of(result), _dropping(weakref.ref(self))
        with self._lock:
            self._kept[key] = result
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                oldest, _ = self._kept.popitem(last=False)
                self._shelf.leave((self._number, oldest))
            self._shelf.keep((self._number, key), parts, drop)

    def _has(self, key: Hashable) -> bool:
        """Whether a key is kept; what may be tried again is forgotten."""
        found = self._kept.get(key)
        if isinstance(found, Refusal) and time.monotonic() > found.until:
            self._drop(key)
        return key in self._kept

    def _drop(self, key: Hashable) -> None:
        with self._lock:
            self._kept.pop(key, None)
            self._shelf.leave((self._number, key))

    def _count(self, key: Hashable, at_work: object) -> None:
        how = "found" if key in self._kept else "begun" if at_work is None else "joined"
        COUNTS[how] += 1

    def _found(self, key: Hashable) -> Any:
        self._kept.move_to_end(key)
        self._shelf.use((self._number, key))
        found = self._kept[key]
        if isinstance(found, Refusal):
            raise copy(found.error)  # one of its own for each: raising writes a traceback
        return found

    def _leave(self, key: Hashable, task: Task) -> None:
        with self._lock:
            task.waiting -= 1
            if task.waiting or task.is_done:
                return
            if self._at_work.get(key) is task:  # who asks from now on begins anew
                del self._at_work[key]
        task.stop()

    def _end(self, key: Hashable, task: Task) -> None:
        failure = task.failure
        try:
            if task.end is End.MADE:
                self.put(key, task.value)
            elif task.end is End.REFUSED:
                self.put(key, Refusal(task.value))
            elif failure is LOST or failure is NO_MEMORY or failure is TOO_LONG:
                self.put(key, Refusal(failure, time.monotonic() + REFUSED_FOR))
        finally:  # what cannot be kept is there for those who wait, and computed anew for others
            with self._lock:
                if self._at_work.get(key) is task:
                    del self._at_work[key]

    def _compute(self, key: Hashable, compute: Callable[[], Result], mine: Event) -> Result:
        try:
            result = compute()
            self.put(key, result)
        except Cancelled:
            raise
        except RegpathError as error:
            self.put(key, Refusal(copy(error)))
            raise
        finally:
            with self._lock:
                del self._at_work[key]
            mine.set()
        return result


def _dropping(store: weakref.ref[Store]) -> Callable[[Hashable], None]:
    """What takes a key away from a store; it does not keep the store."""

    def drop(key: Hashable) -> None:
        alive = store()
        if alive is not None:
            alive._drop(key)

    return drop
