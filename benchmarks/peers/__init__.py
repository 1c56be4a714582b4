"""The solvers that are compared, one file each, all of the same form.

A peer's file says
    NAME, PACKAGES (what its own environment needs; none: regpath's environment),
    HOME (another peer's file, to share its environment; optional),
    ORDER (layout of X that it gets), THREADS (what it used), LADDER (tolerances, loosest first),
    version(), refuses(work): why it cannot do this work, or "",
    fit(work, tolerance): (L, K) intercepts and (L, K, p) coefficients,
    cross_validate(work, tolerance), if it can: path on all rows and 10 folds; the mean validation
    loss at each lambda, or nothing if its folds or grid are its own.
It imports the solver inside these functions only: the parent reads the file without it.
"""

from __future__ import annotations

import importlib
from types import ModuleType

NAMES = (
    "regpath_",
    "adelie_",
    "adelie_2",
    "glmnet_r",
    "glmnet_py",
    "skglm_",
    "celer_",
    "sklearn_cd",
    "sklearn_ridge",
    "sklearn_lbfgs",
    "sklearn_newton",
    "sklearn_saga",
)


def ladder(loosest: int, tightest: int) -> tuple[float, ...]:
    """Powers of ten from 10^-loosest to 10^-tightest."""
    return tuple(float(f"1e-{k}") for k in range(loosest, tightest + 1))


def peers(names: list[str] | None = None) -> list[ModuleType]:
    """Files of the peers whose name contains one of `names`; all without."""
    chosen = [name for name in NAMES if names is None or any(part in name for part in names)]
    return [importlib.import_module(f"benchmarks.peers.{name}") for name in chosen]
