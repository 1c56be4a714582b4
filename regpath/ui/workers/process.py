"""One worker: a process that is warmed, asked one thing at a time, and replaced when it is lost."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from threading import Event, Thread

from loky import ProcessPoolExecutor

from regpath.ui.workers.cores import worker_environment
from regpath.ui.workers.signals import Signals
from regpath.ui.workers.worker import carry_out, get_ready, give_up, is_ready

# Seconds that a start may take: some 3 on two cores that do nothing else, 20 with nothing compiled
# yet, and ten times as many where others use the machine are rather waited for than begun anew.
STARTING = 120.0
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Budget:
    """What the pool may use.

    Attributes
    ----------
    workers : int
        Processes; one for each core.
    seconds : float
        That one computation may take.
    megabytes : int
        That one computation may take beside what a worker needs anyway.
    """

    workers: int
    seconds: float = 600.0
    megabytes: int = 2048


class WorkerProcess:
    """A process of its own, so that its end is nobody else's.

    Parameters
    ----------
    line : int
        Its line of the signals.
    signals : Signals
    budget : Budget
    tell : callable
        Called whenever something of it has ended.
    """

    def __init__(
        self, line: int, signals: Signals, budget: Budget, tell: Callable[[object], None]
    ) -> None:
        self._line, self._signals, self._budget, self._tell = line, signals, budget, tell
        self.failures = 0
        self._start()

    @property
    def is_ready(self) -> bool:
        """Whether it answers."""
        return _succeeded(self._warming) and not self._lost.is_set()

    @property
    def has_failed(self) -> bool:
        """Whether it ended, before it could answer or since."""
        return self._lost.is_set() or (self._warming.done() and not _succeeded(self._warming))

    @property
    def hangs(self) -> bool:
        """Whether it has been starting for longer than a start takes."""
        return not self._warming.done() and time.monotonic() - self.since > STARTING

    def submit(self, call: bytes) -> Future[bytes]:
        """Have a call carried out, one at a time.

        Raises
        ------
        OSError, RuntimeError
            If it was lost while it had nothing at hand; nothing of the call has begun.
        """
        future: Future[bytes]
        try:
            future = self._executor.submit(carry_out, call, self._line)
        except (OSError, RuntimeError):
            self._lost.set()
            raise
        future.add_done_callback(self._tell)
        return future

    def forget(self, names: Iterable[str]) -> None:
        """Have it give up what was lent to it."""
        try:
            self._executor.submit(give_up, tuple(names))
        except RuntimeError:  # it is lost, and what it had is lost with it
            logger.debug("A lost worker has nothing to forget.")

    def replace(self) -> None:
        """Put a new process in its place.

        Raises
        ------
        OSError, RuntimeError
            If none can be started any more, or no thread for it.
        """
        self._executor.shutdown(wait=False, kill_workers=True)
        self._start()

    def kill(self) -> None:
        """End its process, whatever it does; a new one takes its place when it is needed."""
        process = self._signals.worker(self._line)
        if not process:  # it has not begun yet: there is nobody to be named
            self.end_start()
            return
        try:
            os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
        except OSError:
            logger.info("Process %s had ended by itself.", process)

    def end_start(self) -> None:
        """End a process that does not answer yet."""
        self._executor.shutdown(wait=False, kill_workers=True)

    def close(self) -> None:
        """End it."""
        self._executor.shutdown(wait=True, kill_workers=True)

    def _start(self) -> None:
        self.since = time.monotonic()
        self._warming: Future[bool] = Future()
        self._warming.cancel()  # unless all of it starts, it is as one that failed
        self._lost = lost = Event()
        executor = ProcessPoolExecutor(
            max_workers=1,
            initializer=get_ready,
            initargs=(self._signals.name, self._budget.workers, self._budget.megabytes),
            env=worker_environment(self._budget.workers),
        )
        try:
            warming = executor.submit(is_ready)
            watched = list(executor._processes.values()), lost
            Thread(target=self._note_end, args=watched, name="regpath-end", daemon=True).start()
        except BaseException:  # its process has nobody who would end it
            for process in list(executor._processes.values()):
                process.terminate()
            raise
        self._executor, self._warming = executor, warming
        self._warming.add_done_callback(self._tell)

    def _note_end(self, processes: list[BaseProcess], lost: Event) -> None:
        """Wait for the end of a process: loky tells of it only who has a call at work there."""
        wait([process.sentinel for process in processes])
        lost.set()
        self._tell(None)


def _succeeded(future: Future[bool]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None
