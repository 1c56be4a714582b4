"""Cores, and how many threads a process may put on them: one job per core, one thread per job.

The threads of a BLAS go on spinning after each product, in wait for the next. Beside a second
worker that takes half of a small machine away: two workers on two cores with two threads each spent
0.14 s of CPU on a path of 569 x 30, with one each 0.07; a path of ten classes took 3.9 s, and 2.7.
"""

from __future__ import annotations

import os

BLAS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")  # read once, when the library is loaded
GENERAL = "OMP_NUM_THREADS"  # what a person says; those of a BLAS go before it


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def threads_of_worker(workers: int) -> int:
    """Threads of each worker's BLAS: the cores dealt out, and no more than a person allows.

    Examples
    --------
    >>> threads_of_worker(cores())
    1
    """
    share = max(1, cores() // workers)
    said = os.environ.get(GENERAL, "")
    return min(share, int(said)) if said.isdigit() and int(said) else share


def worker_environment(workers: int) -> dict[str, str]:
    """What a worker's BLAS is to read when it is loaded."""
    return dict.fromkeys(BLAS, str(threads_of_worker(workers)))


def hold_to_one_thread() -> None:
    """Have this process compute with one thread, unless a person said otherwise: workers do it."""
    for name in BLAS:
        os.environ.setdefault(name, "1")
