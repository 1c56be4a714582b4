"""Processes of this machine (loky), replaced where one is killed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from regpath.engines.engine import EngineError

PATIENCE = 3  # times in a row that workers may end before any part is done
GROWN = "1e9"  # bytes by which a worker grows until loky starts it anew; it keeps coded rows
LEAST_THREADS = "1"  # of a worker's linear algebra: one job per core, one thread per job


def usable_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(eq=False)
class _Ticket:
    """What is asked, and the answers that are there or under way."""

    function: Callable[[Any], Any]
    parts: Sequence[Any]
    futures: list[Future[Any]]


class Processes:
    """Worker processes of this machine, one for each core unless it is said otherwise.

    Parameters
    ----------
    workers : int, default=None
        None means as many as there are cores.

    Examples
    --------
    >>> engine = Processes(1)
    >>> list(engine.gather(engine.map_blocks(abs, [-1, 2])))
    [1, 2]
    >>> engine.close()
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or usable_cores()
        self._executor: Any = None

    def map_blocks(self, function: Callable[[Any], Any], parts: Sequence[Any]) -> _Ticket:
        """Hand all parts to the workers."""
        ticket = _Ticket(function, parts, [])
        ticket.futures = [self._submit(function, part) for part in parts]
        return ticket

    def gather(self, ticket: _Ticket) -> Iterator[Any]:
        """The answers in their order; what a lost worker had is handed out anew."""
        ended = 0
        for k in range(len(ticket.parts)):
            while True:
                try:
                    answer = ticket.futures[k].result()
                    break
                except BrokenProcessPool as error:
                    ended += 1
                    if ended > PATIENCE:
                        raise EngineError(
                            f"Worker processes ended {ended} times while they had "
                            f"{ticket.parts[k]}.",
                            "Most often they had too little memory: use fewer workers, or write "
                            "the file in smaller row groups.",
                        ) from error
                    self._hand_out_anew(ticket, k)
            ended = 0
            ticket.futures[k] = Future()  # an answer that was given need not be kept
            yield answer

    def _hand_out_anew(self, ticket: _Ticket, first: int) -> None:
        """Replace the processes, and submit what they have not answered."""
        self.close()
        for j in range(first, len(ticket.parts)):
            future = ticket.futures[j]
            answered = future.done() and not future.cancelled() and future.exception() is None
            if not answered:
                ticket.futures[j] = self._submit(ticket.function, ticket.parts[j])

    def cancel(self, ticket: _Ticket) -> None:
        """Take back what no worker has begun."""
        for future in ticket.futures:
            future.cancel()

    def close(self) -> None:
        """End the processes."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, kill_workers=True)
            self._executor = None

    def _submit(self, function: Callable[[Any], Any], part: Any) -> Future[Any]:
        if self._executor is None:
            from loky import ProcessPoolExecutor

            each = str(max(int(LEAST_THREADS), usable_cores() // self.workers))
            limits = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
            environment = dict.fromkeys(limits, each) | {"LOKY_MAX_MEMORY_LEAK_SIZE": GROWN}
            self._executor = ProcessPoolExecutor(self.workers, env=environment)
        try:
            future: Future[Any] = self._executor.submit(function, part)
        except BrokenProcessPool as error:  # lost between two parts: `gather` hands it out anew
            future = Future()
            future.set_exception(error)
        return future
