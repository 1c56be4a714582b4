"""Threads: as many as the machine's linear algebra is allowed to use, never more at once.

A piece of work is cut into parts that run side by side; inside a part BLAS runs alone. So the
usual limits (OMP_NUM_THREADS, threadpoolctl, CPU affinity) hold here too, and nothing is
oversubscribed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import cache
from importlib import import_module
from itertools import pairwise
from threading import Lock, local
from typing import Any, TypeVar

import numpy as np
from threadpoolctl import ThreadpoolController

Part = TypeVar("Part")
Result = TypeVar("Result")


@cache
def _controller() -> ThreadpoolController:
    # It knows only what is loaded by now, and scipy brings a BLAS of its own.
    import_module("scipy.linalg")
    return ThreadpoolController()


@cache
def _pool(n_threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(n_threads, thread_name_prefix="regpath")


@cache
def _keeper() -> ThreadPoolExecutor:
    """Return the one thread that sets limits: BLAS obeys only the thread that set the first."""
    return ThreadPoolExecutor(1, thread_name_prefix="regpath-limits")


def _hold() -> Any:
    return _controller().limit(limits=1, user_api="blas").__enter__()


class _Here(local):
    """What this thread is part of: the size of its team, or None outside of any."""

    team: int | None = None


_here = _Here()


def n_threads() -> int:
    """How many threads may work for the caller: those of its team, or as many as BLAS may use."""
    if _here.team is not None:
        return _here.team
    counts = [
        int(library["num_threads"])
        for library in _controller().info()
        if library["user_api"] == "blas"
    ]
    allowed = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1))(0)
    # A BLAS that cannot be asked (Accelerate) leaves the affinity.
    return max(1, min([*counts, len(allowed)]))


class _Alone:
    """BLAS held to one thread while anybody is inside; callers may overlap in any order."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._held: Any = None

    def __enter__(self) -> None:
        with self._lock:
            if self._inside == 0:
                self._held = _keeper().submit(_hold).result()
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                _keeper().submit(self._held.__exit__, None, None, None).result()


_alone = _Alone()


def _forget() -> None:
    """Start anew in a forked process, which has none of the threads."""
    global _alone
    _pool.cache_clear()
    _keeper.cache_clear()
    _alone = _Alone()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


@contextmanager
def team() -> Iterator[None]:
    """Work side by side from here on, with BLAS held to one thread all the while.

    Setting the limit once for a whole fit is what makes short parts worth sharing out.
    """
    if _here.team is not None:
        yield
        return
    size = n_threads()
    with nullcontext() if size == 1 else _alone, _limited():
        _here.team = size  # asking BLAS takes 30 microseconds: a fit asks once
        try:
            yield
        finally:
            _here.team = None


@contextmanager
def _limited() -> Iterator[None]:
    """Hold BLAS to one thread where it obeys this thread: inside somebody's `threadpool_limits`."""
    if n_threads() == 1:
        yield
        return
    with _controller().limit(limits=1, user_api="blas"):
        yield


def side_by_side(work: Callable[[Part], Result], parts: Sequence[Part]) -> list[Result]:
    """Results of `work` on each part, in their order; BLAS is held to one thread meanwhile."""
    if len(parts) == 1 or n_threads() == 1:
        return [work(part) for part in parts]
    treatment = np.geterr()  # of overflow and the like, which new threads do not inherit

    def alone(part: Part) -> Result:
        _here.team = 1
        with np.errstate(**treatment):
            return work(part)

    with team():
        return list(_pool(n_threads()).map(alone, parts))


def dealt(work: Callable[[list[Part]], Result], items: Sequence[Part]) -> list[Result]:
    """Deal the items into as many hands as there are threads; results of `work` on each hand.

    How many threads there are may change while somebody asks, so it is asked once, and here only.
    """
    count = max(1, min(n_threads(), len(items)))
    return side_by_side(work, [list(items[k::count]) for k in range(count)])


def summed(work: Callable[[list[Part]], np.ndarray], items: Sequence[Part]) -> np.ndarray:
    """Sum over the hands that items are dealt into; `work` returns an array of its own."""
    total, *others = dealt(work, items)
    for other in others:
        total += other
    return total


def shares(total: int, least: int = 1) -> list[slice]:
    """Cut range(total) into one stretch per thread, none shorter than `least`."""
    count = max(1, min(n_threads(), total // max(least, 1)))
    edges = [total * k // count for k in range(count + 1)]
    return [slice(low, high) for low, high in pairwise(edges)]
