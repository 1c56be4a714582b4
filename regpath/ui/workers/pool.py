"""The pool: a few warmed processes, and the queue in front of them.

Cheap computations go before dear ones, and nobody before those who have none at work. A process
that is killed is replaced, and what it had at hand is tried again.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from dataclasses import dataclass
from threading import Condition, Thread
from typing import Any

from loky import BrokenProcessPool, Future, ProcessPoolExecutor

from regpath.errors import RegpathError
from regpath.ui.workers.lending import Lender
from regpath.ui.workers.signals import Signals
from regpath.ui.workers.task import LOST, NO_MEMORY, TOO_LONG, Task
from regpath.ui.workers.worker import End, carry_out, get_ready, is_ready

ATTEMPTS = 3  # the first, and two more after a process was killed
LOOK = 0.25  # seconds between two looks at what takes too long
GRACE = 2.0  # seconds that a computation gets to end by itself when its time is over
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


class Pool:
    """Workers and their queue; safe to use from every session.

    Parameters
    ----------
    budget : Budget

    Raises
    ------
    OSError
        If no second process can be started here.
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._lender = Lender()
        self._signals = Signals(budget.workers)
        self._free = list(range(budget.workers))
        self._queue: list[Task] = []
        self._at_work: dict[Task, Future] = {}
        self._condition = Condition()
        self._closed = self._ready = False
        self.counts = {"asked": 0, "made": 0, "dropped": 0, "tried_again": 0, "lost": 0}
        self._executor = self._new_executor()
        self._warming = self._warm()
        Thread(target=self._run, name="regpath-workers", daemon=True).start()

    @property
    def is_ready(self) -> bool:
        """Whether a worker answers; before, the server computes by itself."""
        return self._ready

    def wait_until_ready(self, seconds: float) -> bool:
        """Wait for a worker to answer, that long at the most."""
        with self._condition:
            return self._condition.wait_for(lambda: self._ready or self._closed, seconds)

    def state(self) -> dict[str, int]:
        """How many are queued and at work, and what was counted since the start."""
        with self._condition:
            return {"queued": len(self._queue), "at_work": len(self._at_work), **self.counts}

    def submit(self, task: Task) -> None:
        """Queue a task."""
        with self._condition:
            self._queue.append(task)
            self.counts["asked"] += 1
            self._condition.notify_all()

    def drop(self, task: Task) -> None:
        """Take a task off the queue, or ask its worker to stop."""
        with self._condition:
            self.counts["dropped"] += 1
            if task in self._queue:
                self._queue.remove(task)
            elif task.line is not None:
                self._signals.stop(task.line)

    def share_of(self, task: Task) -> float:
        """The share of a task that is done."""
        line = task.line
        return 0.0 if line is None else self._signals.share(line)

    def worker_of(self, task: Task) -> int:
        """Process that is at a task; 0 if none is."""
        line = task.line
        return 0 if line is None else self._signals.worker(line)

    def close(self) -> None:
        """End the workers; what was not done yet is not done."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
        self._executor.shutdown(wait=True, kill_workers=True)
        self._signals.close()

    def _new_executor(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            max_workers=self._budget.workers,
            initializer=get_ready,
            initargs=(self._signals.name, self._budget.workers, self._budget.megabytes),
        )

    def _warm(self) -> list[Future]:
        warming = [self._executor.submit(is_ready) for _ in range(self._budget.workers)]
        for future in warming:
            future.add_done_callback(self._wake)
        return warming

    def _wake(self, _: object = None) -> None:
        with self._condition:
            self._condition.notify_all()

    def _run(self) -> None:
        while self._wait():
            self._end_all()
            self._begin_all()
            self._end_what_takes_too_long()

    def _wait(self) -> bool:
        """Wait until there is something to do; False if the pool was closed."""
        with self._condition:
            looks = bool(self._at_work) or not self._ready
            self._condition.wait_for(self._can_go_on, LOOK if looks else None)
            self._ready = self._ready or any(_succeeded(each) for each in self._warming)
            self._condition.notify_all()
            return not self._closed

    def _end_all(self) -> None:
        with self._condition:
            ended = [task for task, future in self._at_work.items() if future.done()]
        for task in ended:
            self._end(task)

    def _begin_all(self) -> None:
        with self._condition:
            begun = self._next_tasks(len(self._free))
        for task in begun:
            self._begin(task)

    def _can_go_on(self) -> bool:
        """Whether something ended, or can begin."""
        can_begin = bool(self._queue and self._free)
        return self._closed or can_begin or any(each.done() for each in self._at_work.values())

    def _next_tasks(self, most: int) -> list[Task]:
        """Take what is to begin now off the queue."""
        now = time.monotonic()
        chosen: list[Task] = []
        busy = [task.request.visitor for task in self._at_work]
        while self._queue and len(chosen) < most:
            task = min(
                self._queue,
                key=lambda each: (
                    busy.count(each.request.visitor),
                    each.request.seconds - (now - each.asked),
                ),
            )
            self._queue.remove(task)
            busy.append(task.request.visitor)
            task.line = self._free.pop()
            chosen.append(task)
        return chosen

    def _begin(self, task: Task) -> None:
        assert task.line is not None
        self._signals.reset(task.line)
        task.attempts, task.begun = task.attempts + 1, time.monotonic()
        try:
            call = self._lender.dumps(task.request.make)
            future = self._submit(call, task.line)
        except Exception as error:
            self._release(task)
            task.finish(None, failure=error)
            return
        with self._condition:
            self._at_work[task] = future
        future.add_done_callback(self._wake)

    def _submit(self, call: bytes, line: int) -> Future:
        try:
            return self._executor.submit(carry_out, call, line)
        except BrokenProcessPool:
            self._replace_workers()
            return self._executor.submit(carry_out, call, line)

    def _replace_workers(self) -> None:
        self._executor.shutdown(wait=False, kill_workers=True)
        self._executor = self._new_executor()

    def _end(self, task: Task) -> None:
        """Hand over what came of a task, or try it again."""
        with self._condition:
            future = self._at_work.pop(task)
        error = future.exception()
        late = time.monotonic() - task.begun > self._budget.seconds
        self._release(task)
        if error is None:
            self._hand_over(task, future.result(), late=late)
        elif not isinstance(error, BrokenProcessPool):
            task.finish(None, failure=error)
        elif late:
            task.finish(None, failure=TOO_LONG)
        elif task.attempts >= ATTEMPTS:
            self.counts["lost"] += 1
            task.finish(None, failure=LOST)
        else:
            logger.warning("A worker was ended; what it had at hand is tried again.")
            with self._condition:
                self.counts["tried_again"] += 1
                self._queue.append(task)

    def _hand_over(self, task: Task, content: bytes, *, late: bool) -> None:
        try:
            end, value = self._lender.loads(content)
        except Exception as error:
            task.finish(None, failure=error)
            return
        failures: dict[End, Any] = {
            End.REFUSED: value,
            End.NO_MEMORY: NO_MEMORY,
            End.STOPPED: TOO_LONG if late else RegpathError("It was stopped."),
        }
        self.counts["made"] += end is End.MADE
        task.finish(end, value, failures.get(end))

    def _release(self, task: Task) -> None:
        with self._condition:
            assert task.line is not None
            self._free.append(task.line)
            task.line = None

    def _end_what_takes_too_long(self) -> None:
        """Ask whoever is over time to stop, and end the process if it does not listen."""
        now = time.monotonic()
        for task in list(self._at_work):
            over = now - task.begun - self._budget.seconds
            if over > 0.0 and task.line is not None:
                self._signals.stop(task.line)
            if over > GRACE and (worker := self.worker_of(task)):
                _kill(worker)


def _succeeded(future: Future) -> bool:
    return bool(future.done() and not future.cancelled() and future.exception() is None)


def _kill(process: int) -> None:
    try:
        os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
    except OSError:
        logger.info("Process %s had ended by itself.", process)
