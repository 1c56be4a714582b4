"""python -m benchmarks.thresholds [NAME ...]: what the solvers' thresholds are worth.

A threshold that decides which way is taken, or how much is done at once, is halved and doubled, and
the same paths are fitted with and without that, in turn, in one process. What is printed is the
median of the ratios of processor seconds, changed over unchanged: a threshold stands well if
neither is far below 1. On a machine that others use, held to one core (taskset -c 0), medians of
three differ by a fifth from run to run.
"""

from __future__ import annotations

import argparse
import importlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from statistics import median

import numpy as np
import scipy.sparse as sp

import regpath
from benchmarks.workloads import bundled, planted, planted_sparse

SOLVERS = "regpath.core.solvers"
WORKING_SET = f"{SOLVERS}.working_set"
ROUNDS = 5  # pairs of runs, of which the median counts
FACTORS = (0.5, 2.0)
LASSO, RIDGE = 1.0, 0.0


@dataclass(frozen=True)
class Workload:
    """A path to fit, or its folds.

    Attributes
    ----------
    family : str
    n, p, n_classes : int
        Of planted data; `n_classes` of multinomial ones.
    l1_ratio, rho : float
    form : {"path", "folds", "sparse"}
    """

    family: str
    n: int
    p: int
    l1_ratio: float = LASSO
    rho: float = 0.5
    n_classes: int = 2
    form: str = "path"

    def __str__(self) -> str:
        """Family and sizes."""
        classes = f" x {self.n_classes}" if self.n_classes > 2 else ""
        kind = {0.0: "ridge", 1.0: "lasso"}.get(self.l1_ratio, "mix")
        return f"{self.family} {self.n} x {self.p}{classes} {kind} {self.form}"


@cache
def problem_of(work: Workload) -> regpath.Problem:
    """The data of a workload: the breast cancer data for 569 x 30."""
    rng = np.random.default_rng(0)
    if (work.n, work.p) == (569, 30):
        X, y = bundled("breast_cancer")
    elif work.form == "sparse":
        X, y = planted_sparse(rng, work.n, work.p, 40)
        X = sp.csr_matrix(X)
    else:
        X, y = planted(rng, work.n, work.p, work.family == "binomial", work.rho)
    if work.n_classes > 2:
        edges = np.quantile(y, np.linspace(0.0, 1.0, work.n_classes + 1)[1:-1])
        y = np.digitize(y, edges)
    family = work.family
    return regpath.Problem.from_arrays(X, y if family == "gaussian" else y.astype(int), family)


def run_of(work: Workload) -> Callable[[], int]:
    """What is timed; it returns how many of its points are not proven."""
    problem = problem_of(work)
    path = regpath.fit_path(problem, l1_ratio=work.l1_ratio)

    def fitted() -> int:
        return int(np.sum(~regpath.fit_path(problem, l1_ratio=work.l1_ratio).converged))

    def validated() -> int:
        cv = regpath.cross_validate(problem, path, n_folds=10)
        return sum(int(np.sum(~each.converged)) for each in cv.fold_paths)

    return validated if work.form == "folds" else fitted


SMALL = Workload("binomial", 569, 30)
TALL = Workload("binomial", 10_000, 40)
MIDDLE = (
    Workload("binomial", 400, 100),
    Workload("binomial", 3000, 100),
    Workload("binomial", 15_000, 100),
    Workload("binomial", 800, 220),
)
CLASSES = Workload("multinomial", 500, 30, n_classes=4)
WIDE = Workload("binomial", 100, 1500)
TIED = Workload("binomial", 400, 800, rho=0.9)
AMOUNTS = Workload("gaussian", 200, 1500)
SPARSE = Workload("binomial", 1500, 4000, form="sparse")
RIDGES = tuple(replace(work, l1_ratio=RIDGE) for work in (*MIDDLE, CLASSES))
WIDE_RIDGE = Workload("binomial", 100, 1500, RIDGE)
FOLDS = Workload("binomial", 569, 30, form="folds")
MIDDLE_FOLDS = (
    Workload("binomial", 500, 80, form="folds"),
    Workload("binomial", 2000, 100, form="folds"),
)
CLASS_FOLDS = Workload("multinomial", 400, 15, n_classes=4, form="folds")
SETS = (WIDE, TIED, SPARSE)
DENSE = (SMALL, TALL, CLASSES)


@dataclass(frozen=True)
class Threshold:
    """A constant of a module, and the workloads it matters to."""

    module: str
    name: str
    works: tuple[Workload, ...]
    also: tuple[str, ...] = ()  # modules that import it by name

    @contextmanager
    def changed(self, factor: float) -> Iterator[None]:
        """Another value for a while."""
        modules = [importlib.import_module(each) for each in (self.module, *self.also)]
        usual = getattr(modules[0], self.name)
        value = type(usual)(usual * factor)
        for module in modules:
            setattr(module, self.name, value)
        try:
            yield
        finally:
            for module in modules:
                setattr(module, self.name, usual)


def of(module: str, works: tuple[Workload, ...], *names: str) -> list[Threshold]:
    """Several thresholds of a module."""
    return [Threshold(module, name, works) for name in names]


THRESHOLDS = (
    *of(SOLVERS, (*MIDDLE, CLASSES), "ALL_FEATURES"),
    *of(SOLVERS, (*RIDGES, WIDE_RIDGE), "RIDGE_FEATURES"),
    *of(SOLVERS, (*MIDDLE_FOLDS, CLASS_FOLDS), "FOLD_FEATURES", "FOLD_ROWS", "FEW"),
    *of(f"{SOLVERS}.sums", DENSE, "ROWS_PER_FEATURE", "FEW_PAIRS"),
    *of(f"{SOLVERS}.model", DENSE, "MEMORY"),
    Threshold(f"{SOLVERS}.model", "SMALL", DENSE, (f"{WORKING_SET}.factored",)),
    *of(f"{SOLVERS}.newton", DENSE, "GROUP", "LARGEST_GROUP", "ROUGH"),
    *of(f"{SOLVERS}.newton", DENSE, "FEW_ROUNDS", "MANY_ROUNDS"),
    *of(f"{SOLVERS}.newton_batch", DENSE, "DEAR", "INEXACT", "SLOW", "SLOW_DEAR", "SHORTEST"),
    *of(f"{SOLVERS}.folds", (FOLDS, MIDDLE_FOLDS[0], CLASS_FOLDS), "GROUP"),
    *of(f"{SOLVERS}.ridge", (RIDGES[3], WIDE_RIDGE), "TOGETHER", "PIECE", "LARGEST_TURN"),
    *of(f"{WORKING_SET}.solve", SETS, "GROUP", "SPAN", "PASSING", "ROUGH", "CROWDED"),
    *of(f"{WORKING_SET}.solve", (SPARSE,), "LARGEST_SPARSE"),
    *of(f"{WORKING_SET}.quasi_newton", SETS, "MEMORY", "SHORTEST"),
    *of(f"{WORKING_SET}.diagonal", SETS, "PATIENCE"),
    *of(f"{WORKING_SET}.factored", SETS, "RENEW"),
    *of(f"{WORKING_SET}.screening", (*SETS, AMOUNTS), "SPARE", "NEARLY_ALIVE", "LOWEST"),
    *of(f"{WORKING_SET}.screening", (*SETS, AMOUNTS), "AT_ONCE", "ROOM"),
    *of(f"{WORKING_SET}.cholesky", SETS, "IDLE"),
    *of("regpath.core.design", (SPARSE,), "SPARSE_BLOCKS"),
    *of("regpath.core.evidence", (TALL, TIED), "COLUMNS"),
    *of("regpath.core.objective", (TALL, TIED), "CACHED"),
)


def ratios(threshold: Threshold, work: Workload, rounds: int) -> list[tuple[float, int]]:
    """Of each factor the ratio of times, and how many more points are left unproven."""
    run = run_of(work)
    run()  # kernels are compiled, data are made
    found = []
    for factor in FACTORS:
        pairs, more = [], 0
        for turn in range(rounds):
            seconds, missed = [0.0, 0.0], [0, 0]
            for changed in (0, 1) if turn % 2 else (1, 0):
                with threshold.changed(factor if changed else 1.0):
                    start = time.process_time()
                    missed[changed] = run()
                    seconds[changed] = time.process_time() - start
            pairs.append(seconds[1] / seconds[0])
            more = max(more, missed[1] - missed[0])
        found.append((median(pairs), more))
    return found


def main() -> None:
    """Print a line for each threshold and workload."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.thresholds")
    parser.add_argument("names", nargs="*", help="thresholds; all of them if none is named")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    for threshold in THRESHOLDS:
        if options.names and threshold.name not in options.names:
            continue
        where = threshold.module.removeprefix(f"{SOLVERS}.")
        for work in threshold.works:
            half, twice = ratios(threshold, work, options.rounds)
            told = "".join(
                f"  {word} {ratio:.2f}" + (f" ({more} unproven)" if more else "")
                for word, (ratio, more) in (("half", half), ("twice", twice))
            )
            print(f"{where}.{threshold.name}: {work}:{told}", flush=True)


if __name__ == "__main__":
    main()
