"""skglm: working sets with Anderson acceleration (gaussian) or prox-Newton (binomial)."""

from __future__ import annotations

from importlib.metadata import version as release

import numpy as np

from benchmarks.peers import ladder
from benchmarks.work import Work

NAME = "skglm"
PACKAGES = ("skglm",)
ORDER = "F"
THREADS = "2 (BLAS)"
LADDER = ladder(2, 12)


def version() -> str:
    """Installed release."""
    import skglm  # noqa: F401

    return release("skglm")


def refuses(work: Work) -> str:
    """What it has no loss or proximal operator for."""
    if work.family == "multinomial":
        return "no multinomial"
    return "no ridge with an intercept" if work.l1_ratio == 0.0 else ""


def fit(work: Work, tolerance: float) -> tuple[np.ndarray, np.ndarray]:
    """One warm-started solve per lambda; the tolerance is on the optimality conditions."""
    from skglm.datafits import Logistic, Quadratic
    from skglm.penalties import L1, L1_plus_L2
    from skglm.solvers import AndersonCD, ProxNewton

    gaussian = work.family == "gaussian"
    y = work.y if gaussian else np.where(work.y == 1.0, 1.0, -1.0)
    datafit = Quadratic() if gaussian else Logistic()
    options = {"tol": tolerance, "fit_intercept": True, "max_iter": 1000}
    solver = AndersonCD(**options) if gaussian else ProxNewton(**options)
    w, fitted = np.zeros(work.X.shape[1] + 1), np.zeros(len(y))
    rows = []
    for lam in work.lambdas:
        lasso = work.l1_ratio == 1.0
        penalty = L1(lam) if lasso else L1_plus_L2(lam, work.l1_ratio)
        solver.solve(work.X, y, datafit, penalty, w, fitted)  # changes w and fitted in place
        rows.append(w.copy())
    table = np.array(rows)
    return table[:, -1], table[:, :-1]
