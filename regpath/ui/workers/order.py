"""Order of the queue: cheap before dear, and nobody before those who have none at work."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence

from regpath.ui.workers.process import WorkerProcess
from regpath.ui.workers.task import Task

DEAR = 2.0  # seconds of an estimate from which a computation must leave one process to others


def next_task(queue: Collection[Task], at_work: Collection[Task], workers: int) -> Task | None:
    """What is to begin now; None where everything has to wait."""
    now = time.monotonic()
    busy = [task.request.visitor for task in at_work]
    dear = sum(task.request.seconds > DEAR for task in at_work)
    may_be_dear = dear < max(1, workers - 1)
    return min(
        (task for task in queue if may_be_dear or task.request.seconds <= DEAR),
        key=lambda each: (
            busy.count(each.request.visitor),
            each.request.seconds + each.request.patience - (now - each.asked),
        ),
        default=None,
    )


def best_line(free: Sequence[int], processes: Sequence[WorkerProcess]) -> int | None:
    """The line that was freed last of those whose process is ready; None if none is."""
    return next((line for line in reversed(free) if processes[line].is_ready), None)
