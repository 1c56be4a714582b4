"""adelie on two threads: faster where rows are many, slower on small works and busy machines."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.peers import adelie_
from benchmarks.peers.adelie_ import (  # noqa: F401  every peer has them
    LADDER,
    ORDER,
    PACKAGES,
    refuses,
    version,
)
from benchmarks.work import Work

NAME = "adelie, 2 threads"
HOME = "adelie_"
THREADS = "2"


def fit(work: Work, tolerance: float) -> tuple[np.ndarray, Any]:
    """As on one thread."""
    return adelie_.fit(work, tolerance, threads=2)


def cross_validate(work: Work, tolerance: float) -> np.ndarray:
    """As on one thread."""
    return adelie_.cross_validate(work, tolerance, threads=2)
