"""Whose page is made now: one after the other, in the order in which they were asked for.

Python makes all pages in one process, and thirty at once would all be ready at the end. One after
the other, half of a class has its chart when half of the time is over, and the last no later.
"""

from __future__ import annotations

import time
from bisect import insort
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import Condition, local

# Seconds after which the next page begins beside one that still is not ready: what is computed in
# the page itself must not keep others. Beside it, a page of 569 x 30 took 0.05.
LONGEST = 0.3
TICK = 0.2  # seconds between two looks whether who waits still does


class Turns:
    """Turns that threads take, in the order of their asking.

    Parameters
    ----------
    longest : float, default=LONGEST
        Seconds that a turn keeps others waiting.
    """

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._changed = Condition()
        self._numbers = count()
        self._waiting: list[int] = []
        self._begun: dict[int, float] = {}
        self._own = local()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for a turn, and have it until the end of the block."""
        self._own.number = number = next(self._numbers)
        self._own.asked = time.monotonic()
        try:
            self._begin(number)
            yield
        finally:
            self._own.number = self._own.asked = None
            self._end(number)

    def asked(self) -> float | None:
        """When this thread asked for its turn, by the clock that only goes on; None without one."""
        asked: float | None = getattr(self._own, "asked", None)
        return asked

    @contextmanager
    def left(self) -> Iterator[None]:
        """Let others begin while this thread only waits; then it goes on before later ones."""
        number = getattr(self._own, "number", None)
        if number is None:
            yield
            return
        self._end(number)
        self._own.number = None  # who waits within this wait has no turn to leave
        try:
            yield
        finally:
            self._own.number = number
            self._begin(number)

    def wait_for_others(self, seconds: float, leave: Callable[[], None] | None = None) -> None:
        """Let all that wait for a turn begin before, for that long at the most.

        Parameters
        ----------
        seconds : float
        leave : callable, default=None
            Called every now and then; what it raises ends the waiting.
        """
        end = time.monotonic() + seconds
        with self.left():
            while not self._is_nobody_waiting(min(TICK, end - time.monotonic())):
                if leave is not None:
                    leave()
                if time.monotonic() >= end:
                    return

    def _is_nobody_waiting(self, seconds: float) -> bool:
        """Whether nobody waits for a turn, now or within that time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting, seconds)

    def _begin(self, number: int) -> None:
        with self._changed:
            insort(self._waiting, number)
            try:
                while (wait := self._seconds_until(number)) > 0.0:
                    self._changed.wait(wait)
            finally:  # or who is ended here would keep all behind it
                self._waiting.remove(number)
                self._begun[number] = time.monotonic()
                self._changed.notify_all()

    def _seconds_until(self, number: int) -> float:
        if self._waiting[0] != number:
            return self._longest
        begun = max(self._begun.values(), default=-float("inf"))
        return begun + self._longest - time.monotonic()

    def _end(self, number: int) -> None:
        with self._changed:
            del self._begun[number]
            self._changed.notify_all()


page_turns = Turns()
