"""Processes on their way: what ended before it could answer is started again, what hangs is ended.

Nobody's computation waits for one of them alone: it stays in the queue until a process answers.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence

from regpath.ui.workers.process import WorkerProcess

ATTEMPTS = 3  # of a start, and of a computation whose process was killed
AGAIN = 60.0  # seconds after which a start is tried anew that failed as often as that
NO_SECOND = "No second process can be started here: computations run in the server's own."
HANGS = "A process of the workers hung while it started, and was ended."
logger = logging.getLogger(__name__)


def tend(process: WorkerProcess, replace: Callable[[], None], *, is_free: bool) -> None:
    """End a start that hangs, and begin one anew that ended before it could answer."""
    if process.is_ready:
        process.failures = 0
    if process.hangs:
        logger.warning(HANGS)
        process.end_start()
    elif process.has_failed and is_free and _may_start(process):
        process.failures += 1
        replace()
        if process.failures == ATTEMPTS:
            logger.warning(NO_SECOND)


def none_comes(processes: Sequence[WorkerProcess]) -> bool:
    """Whether no process answers, and none is about to."""
    return all(
        process.hangs or (process.has_failed and process.failures >= ATTEMPTS)
        for process in processes
    )


def _may_start(process: WorkerProcess) -> bool:
    return process.failures < ATTEMPTS or time.monotonic() - process.since > AGAIN
