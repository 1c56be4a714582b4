"""Processes on their way: what ended with nothing at hand is started again, what hangs is ended.

Nobody's computation waits for one of them alone: it stays in the queue until a process answers.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence

from regpath.ui.workers.process import WorkerProcess

ATTEMPTS = 3  # of a start, and of a computation whose process was killed
AGAIN = 60.0  # seconds after which a start is tried anew that failed as often as that
STEADY = 30.0  # seconds from its start (some 3) after which the end of a process is a new story
NO_SECOND = "No second process can be started here: computations run in the server's own."
HANGS = "A process of the workers hung while it started, and was ended."
logger = logging.getLogger(__name__)


def tend(process: WorkerProcess, replace: Callable[[], None], *, is_free: bool) -> None:
    """End a start that hangs, and begin one anew where a process ended with nothing at hand."""
    if process.is_ready and time.monotonic() - process.since > STEADY:
        process.failures = 0
    if process.hangs:
        logger.warning(HANGS)
        process.end_start()
    elif is_due(process, is_free=is_free):
        process.failures += 1
        replace()
        if process.failures == ATTEMPTS:
            logger.warning(NO_SECOND)


def is_due(process: WorkerProcess, *, is_free: bool) -> bool:
    """Whether a process is to be started in the place of one that ended."""
    return process.has_failed and is_free and _may_start(process)


def none_comes(processes: Sequence[WorkerProcess]) -> bool:
    """Whether no process answers, and none is about to: what is tried now and then is no hope."""
    return all(_is_given_up(process) for process in processes)


def _is_given_up(process: WorkerProcess) -> bool:
    if process.is_ready:
        return False
    failed = process.failures + process.has_failed
    return process.hangs or failed > ATTEMPTS


def _may_start(process: WorkerProcess) -> bool:
    return process.failures < ATTEMPTS or time.monotonic() - process.since > AGAIN
