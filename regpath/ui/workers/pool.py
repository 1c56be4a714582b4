"""The pool: a few warmed processes, and the queue in front of them.

A process that is killed is replaced, and what it had at hand is tried again; the others go on.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from copy import copy
from functools import partial
from threading import Condition, Thread

from regpath.ui.workers.lending import Lender
from regpath.ui.workers.memory import Freed
from regpath.ui.workers.order import best_line, next_task
from regpath.ui.workers.overtime import end_overtime
from regpath.ui.workers.process import Budget, WorkerProcess
from regpath.ui.workers.signals import Signals
from regpath.ui.workers.starting import ATTEMPTS, NO_SECOND, is_due, none_comes, tend
from regpath.ui.workers.task import (
    CLOSED,
    LOST,
    NO_PROCESS,
    STOPPED,
    TOO_LONG,
    Request,
    Task,
    WorkerError,
)
from regpath.ui.workers.worker import End

LOOK = 0.25  # seconds between two looks at what takes too long
LOOK_IDLE = 2.0  # seconds between two looks at what is to be forgotten
NONE_STARTED = OSError, RuntimeError  # no process; no thread for it, says loky
logger = logging.getLogger(__name__)


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
        self._lender, self._freed = Lender(), Freed()
        self._condition = Condition()
        self._queue: list[Task] = []
        self._at_work: dict[Task, Future[bytes]] = {}
        self._closed = self._has_answered = False
        self.counts = {"asked": 0, "made": 0, "dropped": 0, "tried_again": 0, "lost": 0}
        self._signals = Signals(budget.workers)
        try:
            self._processes = [
                WorkerProcess(line, self._signals, budget, self._wake)
                for line in range(budget.workers)
            ]
        except BaseException:
            self._signals.close()
            raise
        self._free = list(range(budget.workers))
        self._thread = Thread(target=self._run, name="regpath-workers", daemon=True)
        self._thread.start()

    @property
    def is_ready(self) -> bool:
        """Whether a worker answers; before, the server computes by itself."""
        return self._thread.is_alive() and any(each.is_ready for each in self._processes)

    @property
    def some_come(self) -> bool:
        """Whether a worker answers or is about to."""
        return self._thread.is_alive() and not none_comes(self._processes)

    @property
    def takes_work(self) -> bool:
        """Whether what is asked for is queued here: a worker that is replaced is waited for."""
        return self.is_ready or (self._has_answered and self.some_come)

    def wait_until_ready(self, seconds: float) -> bool:
        """Wait for a worker to answer, that long at the most."""
        with self._condition:
            return self._condition.wait_for(lambda: self.is_ready or self._closed, seconds)

    def state(self) -> dict[str, int]:
        """How many work, are queued and at work, and what was counted since the start."""
        with self._condition:
            now = {
                "workers": sum(process.is_ready for process in self._processes),
                "queued": len(self._queue),
                "at_work": len(self._at_work),
            }
            return now | self.counts

    def submit(self, request: Request, when_done: Callable[[Task], None]) -> Task:
        """Queue a request.

        Parameters
        ----------
        request : Request
        when_done : callable
            Called with the task when it has ended, before those who wait are told.

        Raises
        ------
        RegpathError
            If the pool was closed.
        """
        task = Task(request, self, when_done)
        with self._condition:
            if self._closed:
                raise copy(CLOSED)  # and not `finish`: who asks may hold the lock that it takes
            self._queue.append(task)
            self.counts["asked"] += 1
            self._condition.notify_all()
        return task

    def drop(self, task: Task) -> None:
        """Take a task off the queue, or ask its worker to stop."""
        with self._condition:
            self.counts["dropped"] += 1
            task.is_wanted = False
            is_queued = task in self._queue
            if is_queued:
                self._queue.remove(task)
            elif task.line is not None and not self._closed:
                self._signals.stop(task.line)
        if is_queued:  # nobody else ends it, and somebody may wait who is not counted
            task.finish(End.STOPPED, failure=STOPPED)

    def share_of(self, task: Task) -> float:
        """The share of a task that is done."""
        with self._condition:
            line = task.line
            return 0.0 if line is None or self._closed else self._signals.share(line)

    def worker_of(self, task: Task) -> int:
        """Process that is at a task; 0 if none is."""
        with self._condition:
            line = task.line
            return 0 if line is None or self._closed else self._signals.worker(line)

    def close(self) -> None:
        """End the workers; who waits for something that is not done is told."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
        self._thread.join()
        for process in self._processes:
            process.close()
        for task in (*self._queue, *self._at_work):
            task.finish(None, failure=CLOSED)
        self._lender.close()
        self._signals.close()

    def _wake(self, _: object = None) -> None:
        with self._condition:
            self._condition.notify_all()

    def _run(self) -> None:
        while not self._closed:
            for step in (
                self._wait,
                self._end_all,
                self._warm_again,
                self._begin_all,
                self._end_what_takes_too_long,
                self._have_forgotten,
            ):
                if self._closed:
                    return
                with self._going_on():
                    step()

    @contextmanager
    def _going_on(self, task: Task | None = None) -> Iterator[None]:
        """Go on after any error, of a task or of the machine: all wait for the pool's thread."""
        try:
            yield
        except Exception as error:
            logger.exception("A step of the workers' pool failed; the pool goes on.")
            if task is None:
                time.sleep(LOOK)  # what fails each time must not keep the processor
            else:
                self._give_up(task, error)

    def _give_up(self, task: Task, error: Exception) -> None:
        with self._condition:
            self._at_work.pop(task, None)
            if task in self._queue:
                self._queue.remove(task)
            if task.line is not None:
                self._release(task)
        if not task.is_done:
            task.finish(None, failure=WorkerError(repr(error)))

    def _wait(self) -> None:
        """Wait until there is something to do."""
        with self._condition:
            look = LOOK if self._at_work else LOOK_IDLE
            self._condition.wait_for(self._can_go_on, look)
            self._has_answered = self._has_answered or self.is_ready

    def _can_go_on(self) -> bool:
        """Whether something ended, can begin, or cannot any more."""
        ended = any(each.done() for each in self._at_work.values())
        lost = any(is_due(each, is_free=i in self._free) for i, each in enumerate(self._processes))
        first = self.is_ready and not self._has_answered
        stranded = bool(self._queue) and none_comes(self._processes)
        return self._closed or ended or lost or first or stranded or self._next() is not None

    def _next(self) -> Task | None:
        """What is to begin now."""
        if best_line(self._free, self._processes) is None:
            return None  # what waits goes to whoever answers first
        return next_task(self._queue, self._at_work, self._budget.workers)

    def _begin_all(self) -> None:
        while True:
            with self._condition:
                task = self._next()
                line = best_line(self._free, self._processes)
                if task is None or line is None:
                    return
                self._queue.remove(task)
                self._free.remove(line)
                self._signals.reset(line)
                task.line, task.begun = line, time.monotonic()
            with self._going_on(task):
                self._begin(task, line)

    def _begin(self, task: Task, line: int) -> None:
        try:
            call = self._lender.dumps(task.request.make, task)
        except Exception as error:
            self._release(task)
            task.finish(None, failure=error)
            return
        try:
            future = self._processes[line].submit(call)
        except NONE_STARTED:  # it was lost with nothing at hand: that is no attempt of the task
            self._release(task)
            self._put_back(task)
            return
        with self._condition:
            task.attempts += 1
            self._at_work[task] = future

    def _put_back(self, task: Task) -> None:
        """Queue a task again, if it is wanted."""
        with self._condition:
            again = task.is_wanted
            if again:
                self._queue.append(task)
        if not again:
            task.finish(End.STOPPED, failure=STOPPED)

    def _end_all(self) -> None:
        with self._condition:
            ended = [task for task, future in self._at_work.items() if future.done()]
        for task in ended:
            with self._going_on(task):
                self._end(task)

    def _end(self, task: Task) -> None:
        """Hand over what came of a task, or try it again."""
        with self._condition:
            future = self._at_work.pop(task)
            line = task.line
        assert line is not None
        late = time.monotonic() - task.begun > self._budget.seconds
        error = future.exception()
        if error is not None:
            self._replace(line)
        self._release(task)
        if error is None:
            self._hand_over(task, future.result(), late=late)
        elif late:
            task.finish(None, failure=TOO_LONG)
        elif task.attempts >= ATTEMPTS:
            self.counts["lost"] += 1
            task.finish(None, failure=LOST)
        else:
            if task.is_wanted:
                logger.warning("A worker was ended; what it had at hand is tried again.")
                self.counts["tried_again"] += 1
            self._put_back(task)

    def _hand_over(self, task: Task, content: bytes, *, late: bool) -> None:
        try:
            end, value = self._lender.loads(content)
        except Exception as error:
            task.finish(None, failure=error)
            return
        self.counts["made"] += end is End.MADE
        task.finish_as(end, value, late=late)

    def _release(self, task: Task) -> None:
        with self._condition:
            assert task.line is not None
            self._free.append(task.line)
            task.line = None

    def _replace(self, line: int) -> None:
        try:
            self._processes[line].replace()
        except NONE_STARTED:
            logger.warning(NO_SECOND, exc_info=True)

    def _warm_again(self) -> None:
        """Replace what does not come to answer; where none does, who asks computes by himself."""
        stranded: list[Task] = []
        if none_comes(self._processes):
            with self._condition:
                stranded, self._queue = self._queue, []
        for task in stranded:
            with self._going_on(task):
                task.finish(None, failure=NO_PROCESS)
        for line, process in enumerate(self._processes):
            tend(process, partial(self._replace, line), is_free=line in self._free)

    def _end_what_takes_too_long(self) -> None:
        end_overtime(list(self._at_work), self._processes, self._signals, self._budget.seconds)

    def _have_forgotten(self) -> None:
        """Have workers forget what nobody holds here any more, and give its memory back."""
        gone = self._lender.take_gone()
        for process in self._processes if gone else ():
            process.forget(gone)
        self._freed.note(len(gone))
