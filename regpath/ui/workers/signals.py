"""Signals: a few numbers of every computation at work, seen by the server and by its worker.

They lie in shared memory: neither side waits for the other to tell or to hear.
"""

from __future__ import annotations

import os
from multiprocessing.shared_memory import SharedMemory

import numpy as np

SHARE, STOP, WORKER = range(3)  # what is done, whether to stop, the worker's process


class Signals:
    """One line of numbers for each computation that can be at work at the same time.

    Parameters
    ----------
    n_lines : int
    name : str, default=None
        Of the memory of somebody else's signals; None makes some.
    """

    def __init__(self, n_lines: int, name: str | None = None) -> None:
        size = 3 * n_lines * np.dtype(float).itemsize
        self._memory = SharedMemory(name, create=name is None, size=size)
        self._lines = np.ndarray((n_lines, 3), buffer=self._memory.buf)
        self._is_mine = name is None

    @property
    def name(self) -> str:
        """Name of the memory, for the other side."""
        return self._memory.name

    def reset(self, line: int) -> None:
        """Begin anew."""
        self._lines[line] = 0.0

    def begin(self, line: int) -> None:
        """Say which process is at work."""
        self._lines[line, WORKER] = os.getpid()

    def tell(self, line: int, share: float) -> None:
        """Say what share is done."""
        self._lines[line, SHARE] = share

    def stop(self, line: int) -> None:
        """Ask for an end."""
        self._lines[line, STOP] = 1.0

    def share(self, line: int) -> float:
        """The share that is done."""
        return float(self._lines[line, SHARE])

    def is_stopped(self, line: int) -> bool:
        """Whether somebody asked for an end."""
        return bool(self._lines[line, STOP])

    def worker(self, line: int) -> int:
        """Process that is at work; 0 before it began."""
        return int(self._lines[line, WORKER])

    def close(self) -> None:
        """Give the memory back."""
        del self._lines
        self._memory.close()
        if self._is_mine:
            self._memory.unlink()
