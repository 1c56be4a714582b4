"""The first page is computed by a process of its own while the server starts in this one.

Python does one thing at a time in a process: the server would answer slowly while it computes.
"""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
from importlib import import_module
from tempfile import TemporaryFile
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regpath.ui.session.keys import ResultKey

STAGES = 2  # what is shown at once, and then the alarms
# Seconds that a stage may take once somebody waits for it; with nothing compiled yet, some 20.
LONGEST = 120.0
LOGGED = 2000  # characters of the end of what a failed process wrote
FAILED = "The process of the first page ended with code %s; the rest is computed here.\n%s"
logger = logging.getLogger(__name__)


class Worker:
    """A process that computes the first page and hands results over, stage by stage."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "regpath.ui.session.first_page"]
        self._errors = TemporaryFile()  # noqa: SIM115 - the process writes to it until it ends
        try:
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self._errors)
        except OSError:
            self._errors.close()
            raise
        self._stages: list[dict[ResultKey, Any]] = []
        self._lock = Lock()

    def results(self, stage: int) -> dict[ResultKey, Any]:
        """What the process hands over at a stage; waits for it; nothing where it failed."""
        with self._lock:
            while len(self._stages) <= stage:
                self._stages.append(self._receive())
                if len(self._stages) == STAGES:
                    self._end()
            return self._stages[stage]

    def _receive(self) -> dict[ResultKey, Any]:
        assert self._process.stdout is not None
        hung = Timer(LONGEST, self._process.kill)  # a process that ended has nothing more to say
        hung.daemon = True
        hung.start()
        try:  # our own process wrote it, from our own data
            results: dict[ResultKey, Any] = pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError):
            return {}
        finally:
            hung.cancel()
        return results

    def _end(self) -> None:
        assert self._process.stdout is not None
        self._process.stdout.close()
        code = self._process.wait()
        if code != 0 or not all(self._stages):
            self._errors.seek(0)
            written = self._errors.read().decode(errors="replace")[-LOGGED:]
            logger.error(FAILED, code, written)
        self._errors.close()


_workers: list[Worker] = []


def start_worker() -> None:
    """Have the first page computed beside this process; where none can be started, in it."""
    try:
        _workers.append(Worker())
    except OSError:
        logger.warning("No process could be started for the first page.", exc_info=True)


def expects(key: ResultKey) -> bool:
    """Whether somebody computes this for the first page."""
    return _stage_of(key) is not None


def result_of(key: ResultKey) -> Any | None:
    """A result of the first page if somebody computes it, once it is there; None for others."""
    stage = _stage_of(key)
    return None if stage is None else _workers[0].results(stage).get(key)


def _stage_of(key: ResultKey) -> int | None:
    if not _workers:
        return None
    first_page = import_module("regpath.ui.session.first_page")  # not before the process is started
    stage: int | None = first_page.stage_of(key)
    return stage
