"""python -m benchmarks.stability: half-samples beside a plain loop of scikit-learn fits.

Both fit the same halves of the same standardized rows on the same grid. The loop is timed on a few
halves only, warm-started from one lambda to the next, and scaled up; its tolerance is its default,
far looser than what regpath certifies.
"""

from __future__ import annotations

import argparse
import time
import warnings

import numpy as np

import regpath
from regpath.core.stability_selection.complementary_pairs import deal_halves

SIZES = ((569, 30, 2.0), (10_000, 100, 20.0))  # rows, features, seconds that are promised


def workload(n: int, p: int) -> regpath.Problem:
    """Correlated features, of which a third matter; the breast cancer data for 569 x 30."""
    if (n, p) == (569, 30):
        table = regpath.datasets.load("breast_cancer")
        return regpath.make_problem(table, "diagnosis")
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, p)) + 0.7 * rng.normal(size=(n, 1))
    signal = X[:, : p // 3] @ rng.normal(size=p // 3)
    y = signal + rng.logistic(scale=signal.std(), size=n) > np.median(signal)
    return regpath.Problem.from_arrays(X, y.astype(int), family="binomial")


def plain_loop(problem: regpath.Problem, lambdas: np.ndarray, halves: list[np.ndarray]) -> None:
    """Every half, one strength after the other."""
    from sklearn.linear_model import LogisticRegression

    for half in halves:
        X, y = problem.X[half], problem.y[half]
        Z = (X - X.mean(axis=0)) / X.std(axis=0)
        model = LogisticRegression(l1_ratio=1.0, solver="saga", warm_start=True, random_state=0)
        for lam in lambdas:
            model.set_params(C=1.0 / (len(y) * lam)).fit(Z, y)


def measure(n: int, p: int, promised: float, n_pairs: int, loop_halves: int) -> None:
    """Time both on one workload, and print a line each."""
    problem = workload(n, p)
    path = regpath.fit_path(problem)
    regpath.assess_stability(problem, path, n_pairs=2)  # kernels are loaded
    clock, processors = time.perf_counter(), time.process_time()
    found = regpath.assess_stability(problem, path, n_pairs=n_pairs)
    clock, processors = time.perf_counter() - clock, time.process_time() - processors
    count = len(found.selected)
    print(
        f"{n} x {p}, {count} halves, {len(path.lambdas)} lambdas: regpath {clock:.2f} s "
        f"({processors:.2f} s of processors; promised {promised:g} s for 100 on two cores), "
        f"certified {found.n_certified} of {count * len(path.lambdas)} points"
    )
    halves = [half for pair in deal_halves(problem, n_pairs, 0) for half in pair][:loop_halves]
    start = time.perf_counter()
    plain_loop(problem, path.lambdas, halves)
    loop = (time.perf_counter() - start) / len(halves) * count
    print(f"  scikit-learn, from {len(halves)} halves: {loop:.0f} s, {loop / clock:.0f} x as long")


def main() -> None:
    """Time both on every workload."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stability")
    parser.add_argument("--pairs", type=int, default=50)
    parser.add_argument("--loop-halves", type=int, default=2, help="halves that the loop fits")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # saga says at every lambda that it stopped early
    for n, p, promised in SIZES:
        measure(n, p, promised, options.pairs, options.loop_halves)


if __name__ == "__main__":
    main()
