"""Time `fit_path`, certificates included, beside what scikit-learn offers for the same work.

Usage: python benchmarks/fit_path.py [--large]

Prints one row per workload: median seconds, the largest KKT violation and relative gap on the
path, and the time of scikit-learn's `enet_path` where there is one (tolerance 1e-9, no proof).
Ratios below about 1.5 are noise on a shared machine.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_wine
from sklearn.linear_model import enet_path
from sklearn.preprocessing import StandardScaler

import regpath


def workloads(large: bool) -> dict[str, tuple[np.ndarray, np.ndarray, str]]:
    """Features, response and family by name."""
    rng = np.random.default_rng()
    works = {
        "binomial 569 x 30": (*load_breast_cancer(return_X_y=True), "binomial"),
        "multinomial 178 x 13": (*load_wine(return_X_y=True), "multinomial"),
        "gaussian 442 x 10": (*load_diabetes(return_X_y=True), "gaussian"),
        "binomial 72 x 7000": (*_planted(rng, 72, 7000, classes=True), "binomial"),
        "gaussian 72 x 7000": (*_planted(rng, 72, 7000), "gaussian"),
    }
    if large:
        works["binomial 100000 x 50"] = (*_planted(rng, 100_000, 50, classes=True), "binomial")
        works["gaussian 100000 x 100"] = (*_planted(rng, 100_000, 100), "gaussian")
        works["multinomial 1797 x 64"] = (*load_digits(return_X_y=True), "multinomial")
    return works


def _planted(
    rng: np.random.Generator, n: int, p: int, *, classes: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    X = rng.normal(size=(n, p))
    y = X[:, :10].sum(axis=1) + 3.0 * rng.normal(size=n)
    return X, (y > 0).astype(int) if classes else y


def seconds(work: Callable[[], object], repeats: int) -> float:
    """Median time of some runs, after one that does not count."""
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main(large: bool) -> None:
    """Run every workload for L1 and L2."""
    print(f"{'work':24} {'l1_ratio':>8} {'seconds':>9} {'KKT':>8} {'gap':>8} {'enet_path':>10}")
    for name, (X, y, family) in workloads(large).items():
        problem = regpath.Problem.from_arrays(X, y, family=family)
        for l1_ratio in (1.0, 0.0):
            path = regpath.fit_path(problem, l1_ratio=l1_ratio)
            repeats = 1 if path.n_obs * X.shape[1] > 1_000_000 else 5
            ours = seconds(lambda p=problem, r=l1_ratio: regpath.fit_path(p, l1_ratio=r), repeats)
            theirs = ""
            if family == "gaussian" and l1_ratio > 0.0:
                Z, t = StandardScaler().fit_transform(X), y - y.mean()
                grid = path.lambdas
                peer = seconds(
                    lambda Z=Z, t=t, g=grid: enet_path(
                        Z, t, l1_ratio=1.0, alphas=g, tol=1e-9, max_iter=100_000
                    ),
                    repeats,
                )
                theirs = f"{peer:10.3f}"
            print(
                f"{name:24} {l1_ratio:8.1f} {ours:9.3f} {path.kkt_violation.max():8.0e} "
                f"{path.dual_gap.max():8.0e} {theirs:>10}",
                flush=True,
            )


if __name__ == "__main__":
    main("--large" in sys.argv[1:])
