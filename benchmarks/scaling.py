"""How regpath's time and memory grow, as slopes in log-log, beside what the machine can do."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.child import Child, PeerError
from benchmarks.contest import Terms, fastest
from benchmarks.footprint import resident
from benchmarks.peers import regpath_
from benchmarks.work import Work
from benchmarks.workloads import built, penalized, planted

SERIES: dict[str, tuple[int, ...]] = {
    "n": (12_500, 25_000, 50_000, 100_000),
    "p": (625, 1250, 2500, 5000),
    "lambdas": (25, 50, 100, 200),
    "folds": (5, 10, 20),
}


@dataclass(frozen=True)
class Growth:
    """One quantity that grows while all others stay.

    Attributes
    ----------
    sizes, seconds, memory : tuple of float
        Memory in MB beyond X; empty where it was not measured.
    passes : tuple of float
        Seconds over the time that reading X once from memory takes.
    """

    family: str
    l1_ratio: float
    quantity: str
    sizes: tuple[float, ...]
    seconds: tuple[float, ...]
    memory: tuple[float, ...]
    passes: tuple[float, ...]

    @property
    def slope(self) -> float:
        """Exponent of the time: 1 is proportional."""
        return _slope(self.sizes, self.seconds)

    @property
    def memory_slope(self) -> float:
        """Exponent of the memory; nan where it was not measured."""
        return _slope(self.sizes, self.memory) if self.memory else np.nan


def growths(seed: int, gbytes: float, terms: Terms) -> Iterator[Growth]:
    """Measure all series that regpath can do."""
    for family in ("gaussian", "binomial"):
        for l1_ratio in (1.0, 0.0):
            for quantity in SERIES:
                try:
                    yield _growth(family, l1_ratio, quantity, seed, gbytes, terms)
                except PeerError:
                    continue


def _growth(
    family: str, l1_ratio: float, quantity: str, seed: int, gbytes: float, terms: Terms
) -> Growth:
    seconds, memory, passes = [], [], []
    for size in SERIES[quantity]:
        work = penalized(_work(family, quantity, size, seed), l1_ratio)
        if quantity == "lambdas":
            work = work.at(l1_ratio, np.geomspace(*work.lambdas[[0, -1]], size))
        with tempfile.TemporaryDirectory() as folder:
            work.save(Path(folder))
            with Child(regpath_, Path(folder)) as child, tempfile.TemporaryDirectory() as scratch:
                verb = "cv" if quantity == "folds" else "fit"
                child.ask(verb, regpath_.LADDER[0], Path(scratch), terms.limit)
                spent = fastest(child, verb, regpath_.LADDER[0], Path(scratch), terms).wall
            if quantity in ("n", "p"):
                memory.append(resident(Path(folder)))
        seconds.append(spent)
        passes.append(spent * gbytes * 1e9 / work.X.nbytes)
    sizes = tuple(float(size) for size in SERIES[quantity])
    return Growth(family, l1_ratio, quantity, sizes, tuple(seconds), tuple(memory), tuple(passes))


def _work(family: str, quantity: str, size: int, seed: int) -> Work:
    """Rows of 50 features, or columns of 1000 rows, or folds and lambdas of 20000 x 50."""
    n, p = {"n": (size, 50), "p": (1000, size)}.get(quantity, (20_000, 50))
    X, y = planted(np.random.default_rng(seed), n, p, family != "gaussian", 0.0)
    work = built(f"{family} {n} x {p} seed {seed}", family, X, y, seed)
    if quantity == "folds":
        return replace(work, folds=np.arange(n) % size)
    return work


def _slope(sizes: tuple[float, ...], values: tuple[float, ...]) -> float:
    return float(np.polyfit(np.log(sizes), np.log(np.maximum(values, 1e-9)), 1)[0])
