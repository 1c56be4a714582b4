"""Store: results by key, each computed once; the least recently used go first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass
from threading import Event, Lock
from typing import Any, TypeVar

from regpath.core.progress import Cancelled
from regpath.errors import RegpathError
from regpath.ui.workers.task import NO_MEMORY, TOO_LONG, Task
from regpath.ui.workers.worker import End

Result = TypeVar("Result")


@dataclass(frozen=True)
class Refusal:
    """Why a result cannot be computed; it is not worked out twice either."""

    error: RegpathError


class Store:
    """Results by key; safe to share between sessions.

    Parameters
    ----------
    most : int
        Results that are kept.
    """

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._at_work: dict[Hashable, Event] = {}
        self._tasks: dict[Hashable, Task] = {}

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
        while True:
            with self._lock:
                if key in self._kept:
                    found: Result = self._found(key)
                    return found
                at_work = self._at_work.get(key)
                if at_work is None:
                    self._at_work[key] = Event()
            if at_work is None:
                return self._compute(key, compute)
            at_work.wait()

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
        with self._lock:
            if key in self._kept:
                return self._found(key)
            task = self._tasks.get(key)
            if task is None:
                task = self._tasks[key] = begin(lambda ended: self._end(key, ended))
            task.waiting += 1
        try:
            wait(task)
        finally:
            self._leave(key, task)
        return task.result()

    def known(self, key: Hashable, default: Any = None) -> Any:
        """The result if it is there, else `default`."""
        with self._lock:
            found = self._kept.get(key, default)
            return default if isinstance(found, Refusal) else found

    def put(self, key: Hashable, result: Any) -> None:
        """Remember a result that was computed elsewhere."""
        with self._lock:
            self._kept[key] = result
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def _found(self, key: Hashable) -> Any:
        self._kept.move_to_end(key)
        found = self._kept[key]
        if isinstance(found, Refusal):
            raise copy(found.error)  # one of its own for each: raising writes a traceback
        return found

    def _leave(self, key: Hashable, task: Task) -> None:
        with self._lock:
            task.waiting -= 1
            if task.waiting or task.is_done:
                return
            if self._tasks.get(key) is task:  # who asks from now on begins anew
                del self._tasks[key]
        task.stop()

    def _end(self, key: Hashable, task: Task) -> None:
        if task.end is End.MADE:
            self.put(key, task.value)
        elif task.end is End.REFUSED:
            self.put(key, Refusal(task.value))
        elif isinstance(task.failure, RegpathError) and task.failure in (NO_MEMORY, TOO_LONG):
            self.put(key, Refusal(task.failure))
        with self._lock:
            if self._tasks.get(key) is task:
                del self._tasks[key]

    def _compute(self, key: Hashable, compute: Callable[[], Result]) -> Result:
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
                self._at_work.pop(key).set()
        return result
