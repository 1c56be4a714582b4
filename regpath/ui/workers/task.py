"""Task: one computation that somebody waits for, perhaps many."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Protocol

from regpath.errors import RegpathError
from regpath.ui.workers.worker import End, Make

logger = logging.getLogger(__name__)
NO_MEMORY = RegpathError(
    "This needs more memory than one computation may take here.",
    "Use fewer columns or rows, or compute it in a shell, where there is no limit.",
)
LOST = RegpathError(
    "The process that computed this was ended several times, so it was given up.",
    "Use fewer columns or rows, or try it again in a minute.",
)
STOPPED = RegpathError("It was stopped.")
CLOSED = RegpathError("The server is ending.", "Start it again and open the page anew.")
TOO_LONG = RegpathError(
    "This takes longer than one computation may take here, so it was ended.",
    "Use fewer columns, rows or strengths, or compute it in a shell, where there is no limit.",
)


class WorkerError(RuntimeError):
    """An error that nobody foresaw, in a worker; the log has all of it."""


class NoProcessError(RegpathError):
    """No process could be started for it; whoever asks computes it himself."""


NO_PROCESS = NoProcessError("No process could be started for this.")


@dataclass(frozen=True)
class Request:
    """What is to be computed, and for whom.

    Attributes
    ----------
    make : callable
        A function of a callback for progress; it and what it holds can be pickled.
    visitor : str
        Who asked first.
    seconds : float, default=1.0
        Estimate of what it takes.
    patience : float, default=0.0
        Seconds that it may wait longer than what takes as long.
    since : float, default=None
        Time, as `time.monotonic` tells it, from which its page waits: what is left of a page comes
        before what another one begins with. None for now.
    """

    make: Make
    visitor: str
    seconds: float = 1.0
    patience: float = 0.0
    since: float | None = None


class Carrier(Protocol):
    """Who carries tasks out."""

    @property
    def is_ready(self) -> bool:
        """Whether any worker answers."""

    def drop(self, task: Task) -> None:
        """Take a task off the queue, or ask its worker to stop."""

    def share_of(self, task: Task) -> float:
        """The share of a task that is done."""


@dataclass(eq=False)
class Task:
    """A request on its way.

    Attributes
    ----------
    request : Request
    pool : Carrier
    when_done : callable
        Called with the task when it has ended, before those who wait are told.
    waiting : int
        How many wait; their store counts them.
    attempts : int
        How often a worker began it.
    is_wanted : bool
        Whether anybody waits for it.
    line : int or None
        Of the signals, while it is at work.
    """

    request: Request
    pool: Carrier
    when_done: Callable[[Task], None]
    waiting: int = 0
    attempts: int = 0
    is_wanted: bool = True
    line: int | None = None
    asked: float = field(init=False)
    begun: float = 0.0
    end: End | None = None
    value: Any = None
    failure: BaseException | None = None
    _done: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        since = self.request.since
        self.asked = time.monotonic() if since is None else since

    @property
    def is_done(self) -> bool:
        """Whether it has ended, in whatever way."""
        return self._done.is_set()

    @property
    def share(self) -> float:
        """The share that is done, from 0 to 1."""
        return self.pool.share_of(self)

    @property
    def is_queued(self) -> bool:
        """Whether no worker has begun it yet."""
        return self.line is None and not self.is_done

    def wait(self, seconds: float | None) -> bool:
        """Wait that long at the most, None for as long as it takes; say whether it has ended."""
        return self._done.wait(seconds)

    def stop(self) -> None:
        """Nobody waits for it any more."""
        self.pool.drop(self)

    def finish(self, end: End | None, value: Any = None, failure: Any = None) -> None:
        """Keep what came of it, and tell."""
        self.end, self.value, self.failure = end, value, failure
        try:
            self.when_done(self)
        finally:
            self._done.set()

    def finish_as(self, end: End, value: Any, *, late: bool) -> None:
        """Keep what a worker says came of it; late where its time was over."""
        if end is End.FAILED:
            logger.error("A computation failed in a worker:\n%s", value)
            value = WorkerError(value.strip().rpartition("\n")[2])
        failures: dict[End, Any] = {
            End.REFUSED: value,
            End.FAILED: value,
            End.NO_MEMORY: NO_MEMORY,
            End.STOPPED: TOO_LONG if late else STOPPED,
        }
        self.finish(end, value, failures.get(end))

    def result(self) -> Any:
        """What came of it.

        Raises
        ------
        RegpathError
            If it was refused, or could not be carried out here.
        """
        if self.failure is not None:
            raise copy(self.failure) if isinstance(self.failure, RegpathError) else self.failure
        return self.value
