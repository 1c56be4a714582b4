"""Classes of very different sizes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from regpath.alarms.alarm import Alarm
from regpath.alarms.case import Case

KIND = "imbalance"
RARE = 0.1  # of the share that equal classes would have


def imbalance(case: Case) -> Iterator[Alarm]:
    """Find a class that is rare beside the others."""
    if not case.classes:
        return
    counts = np.bincount(case.problem.y, minlength=len(case.classes))
    rare, usual = int(counts.argmin()), int(counts.argmax())
    n = int(counts.sum())
    if counts[rare] >= RARE * n / len(case.classes):
        return
    base = counts[usual] / n
    what = (
        f"{counts[rare]} of {n} rows have {case.target} = {case.classes[rare]!r} "
        f"({counts[rare] / n:.2%}), {counts[usual]} have {case.classes[usual]!r}."
    )
    effect = (
        f"Always answering {case.classes[usual]!r} is right in {base:.1%} of the rows, so accuracy "
        "hides whether the rare class is found at all."
    )
    remedy = "Judge by log-loss or AUC, not by accuracy"
    yield Alarm(KIND, "warning", (), what, effect, remedy)
