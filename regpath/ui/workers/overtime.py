"""Overtime: what takes longer than a computation may is asked to stop, and then ended."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

from regpath.ui.workers.process import STARTING, WorkerProcess
from regpath.ui.workers.signals import Signals
from regpath.ui.workers.task import Task

GRACE = 2.0  # seconds that a computation gets to end by itself when its time is over


def end_overtime(
    at_work: Iterable[Task], processes: Sequence[WorkerProcess], signals: Signals, seconds: float
) -> None:
    """Ask whoever is over time to stop, and end the process if it does not listen.

    Parameters
    ----------
    at_work : iterable of Task
    processes : sequence of WorkerProcess
        By their lines.
    signals : Signals
    seconds : float
        That a computation may take.
    """
    now = time.monotonic()
    for task in at_work:
        line = task.line
        if line is None:
            continue
        process, has_begun = processes[line], signals.worker(line)
        if not (has_begun or process.is_ready):
            task.begun = now  # the process was lost before, and another one loads
        over = now - task.begun - seconds
        if over > 0.0:
            signals.stop(line)
        if over > GRACE or (not has_begun and now - task.begun > STARTING):
            process.kill()
