"""The parent's side of a runner: start it, ask it, stop waiting when the time is up."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import tempfile
import threading
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from benchmarks.environments import python_of

ROOT = Path(__file__).resolve().parents[1]
START_LIMIT = 180.0
THREADS = 2


class PeerError(Exception):
    """A peer is absent, failed, or took too long; the message is what the table says."""


class Spent(NamedTuple):
    """Seconds on the clock, and of all processors together."""

    wall: float
    cpu: float


class Child:
    """One peer's process, holding one work."""

    def __init__(self, peer: ModuleType, folder: Path) -> None:
        self._log = tempfile.TemporaryFile(mode="w+")  # noqa: SIM115
        self._process = subprocess.Popen(
            _command(peer, folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            bufsize=1,
            cwd=ROOT,
            env=surroundings(),
        )
        self._stuck = False
        self._answers: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        try:
            self.version = self._read(START_LIMIT).removeprefix("ready ")
        except PeerError:
            self.close()
            raise

    def ask(self, verb: str, tolerance: float, folder: Path, limit: float) -> Spent:
        """Have something done; the results are in `folder`."""
        assert self._process.stdin
        self._process.stdin.write(f"{verb} {tolerance!r} {folder}\n")
        self._process.stdin.flush()
        kind, _, text = self._read(limit).partition(" ")
        if kind != "seconds":
            raise PeerError(text)
        return Spent(*map(float, text.split()))

    def close(self) -> None:
        """End the process: kindly at first, so that it ends its own workers."""
        assert self._process.stdin
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(timeout=0.0 if self._stuck else 5.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._answers.put(line.strip())
        self._answers.put("")

    def _read(self, limit: float) -> str:
        try:
            line = self._answers.get(timeout=limit)
        except queue.Empty:
            self._stuck = True
            raise PeerError(f"more than {limit:.0f} s") from None
        if not line:
            raise PeerError(f"ended: {self._last_words()}")
        return line

    def _last_words(self) -> str:
        self._process.wait()
        self._log.seek(0)
        lines = self._log.read().strip().splitlines() or [f"status {self._process.returncode}"]
        return lines[-1][:120]


def _command(peer: ModuleType, folder: Path) -> list[str]:
    if hasattr(peer, "command"):
        return peer.command(folder)
    python = python_of(peer)
    if python is None:
        raise PeerError("not set up")
    return [str(python), "-m", "benchmarks.runner", peer.__name__.rpartition(".")[2], str(folder)]


def surroundings() -> dict[str, str]:
    """Environment variables of every measured process: the same number of threads for all."""
    names = ("OMP", "OPENBLAS", "MKL", "NUMBA", "VECLIB_MAXIMUM")
    threads = {f"{name}_NUM_THREADS": str(THREADS) for name in names}
    return os.environ | threads | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
