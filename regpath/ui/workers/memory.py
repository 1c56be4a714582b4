"""Memory of a process: how much it may take, and what it gives back to the system."""

from __future__ import annotations

import ctypes
import gc
import sys
import time
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

ARENA_MAX = -8  # glibc's M_ARENA_MAX
ARENAS = 2  # heaps of a process; by default 8 for each core, each with free memory of its own

GIVING = 20.0  # seconds between two times in which memory is given back: each takes some ms


@cache
def _libc() -> Any | None:
    """The C library, where it is glibc."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "malloc_trim") and hasattr(libc, "mallopt") else None


def share_heaps() -> None:
    """Have threads share two heaps: each visit has a thread, and heaps are never given back."""
    libc = _libc()
    if libc is not None:
        libc.mallopt(ARENA_MAX, ARENAS)


def freeze_and_trim() -> None:
    """Once all is loaded: it is never looked through for garbage again, and the rest is freed."""
    gc.collect()
    gc.freeze()
    give_back()


def give_back() -> None:
    """Give memory that is free back to the system."""
    libc = _libc()
    if libc is not None:
        libc.malloc_trim(0)


class Freed:
    """What was freed here and is to be given back: not each time, which would keep others."""

    def __init__(self) -> None:
        self._owes, self._gave = False, time.monotonic()

    def note(self, n_values: int) -> None:
        """Say how many values were freed since; give back if it is time to."""
        self._owes = self._owes or n_values > 0
        if self._owes and time.monotonic() - self._gave > GIVING:
            give_back()
            self._owes, self._gave = False, time.monotonic()


def limit_memory(megabytes: int) -> None:
    """Let this process take that much memory more than it has; then Python raises MemoryError."""
    status = Path("/proc/self/status")
    if not status.exists():
        return
    taken = next(line for line in status.read_text().splitlines() if line.startswith("VmData"))
    most = int(taken.split()[1]) * 1024 + megabytes * 2**20
    resource = import_module("resource")
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
