"""Threads: as many as the machine's linear algebra is allowed to use, never more at once.

A piece of work is cut into parts that run side by side; inside a part BLAS runs alone. So the
usual limits (OMP_NUM_THREADS, threadpoolctl, CPU affinity) hold here too, and nothing is
oversubscribed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Lock
from typing import Any, TypeVar

from threadpoolctl import ThreadpoolController

Part = TypeVar("Part")
Result = TypeVar("Result")


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


@cache
def _pool(n_threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(n_threads, thread_name_prefix="regpath")


def n_threads() -> int:
    """How many threads BLAS may use at this moment."""
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
                self._held = _controller().limit(limits=1, user_api="blas")
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                self._held.restore_original_limits()


_alone = _Alone()


def side_by_side(work: Callable[[Part], Result], parts: Sequence[Part]) -> list[Result]:
    """Results of `work` on each part, in their order; BLAS is held to one thread meanwhile."""
    threads = n_threads() if len(parts) > 1 else 1
    if threads == 1:
        return [work(part) for part in parts]
    with _alone:
        return list(_pool(threads).map(work, parts))


def shares(total: int, least: int = 1) -> list[slice]:
    """Cut range(total) into one stretch per thread, none shorter than `least`."""
    count = max(1, min(n_threads(), total // max(least, 1)))
    edges = [total * k // count for k in range(count + 1)]
    return [slice(low, high) for low, high in zip(edges[:-1], edges[1:], strict=True)]
