"""What the parts of a model's file must be so that they fit each other and mean something.

A digest finds what was changed on the way, not what somebody wrote with a digest of its own. Such a
file may hold other numbers than a fit gave; it may not hold what no fit can give.
"""

from __future__ import annotations

import numpy as np

from regpath.core.families import FAMILIES
from regpath.core.regpath import RegPath

ROUNDING = 1e-6  # by which a share or a gap may miss its range


def check_shapes(path: RegPath) -> None:
    """Refuse a path whose parts do not fit each other."""
    if path.family not in FAMILIES:
        raise ValueError(f"no family {path.family!r}")
    n_features = len(path.feature_names)
    outputs = path.loss.n_outputs(len(path.classes))
    shape = (outputs, n_features, 1) if path.loss.per_class else (n_features, 1)
    expected = {
        "lambdas": (1,),
        "coef_path": shape,
        "intercept_path": (outputs, 1) if path.loss.per_class else (1,),
        "x_mean": (n_features,),
        "x_scale": (n_features,),
    }
    for name in ("dev_ratio", "dual_gap", "kkt_violation", "converged"):
        expected[name] = (1,)
    expected["penalty_factor"] = (n_features,)
    wrong = [name for name, size in expected.items() if getattr(path, name).shape != size]
    if len(set(map(str, path.classes))) != len(path.classes) or len(path.groups) != n_features:
        wrong.append("classes")
    if path.loss.has_classes != bool(path.classes):
        wrong.append("classes")
    if path.loss.two_classes and len(path.classes) != 2:
        wrong.append("classes")
    if path.lambdas.shape == (1,) and path.lambdas[0] <= 0.0:
        wrong.append("lambdas")
    if path.encoder is not None and path.encoder.feature_names != path.feature_names:
        wrong.append("encoder")
    if wrong:
        raise ValueError(f"{wrong[0]} does not fit")


def check_values(path: RegPath) -> None:
    """Refuse numbers that no fit has.

    Raises
    ------
    ValueError
        Naming what does not fit.
    """
    coefs = path.coef_path[..., 0]
    with np.errstate(over="ignore", invalid="ignore"):
        constants = path.intercept_path[..., 0] + coefs @ path.x_mean
        sizes = coefs * path.x_scale
    labels = {str if isinstance(label, str) else type(label) for label in path.classes}
    fine = {
        "l1_ratio": 0.0 <= path.l1_ratio <= 1.0,
        "n_obs": path.n_obs >= 1,
        "penalty_factor": bool((path.penalty_factor >= 0.0).all()),
        "x_scale": bool((path.x_scale >= 0.0).all()),
        "kkt_violation": bool((path.kkt_violation >= 0.0).all()),
        "dual_gap": bool((path.dual_gap >= -ROUNDING).all()),
        "dev_ratio": bool((path.dev_ratio <= 1.0 + ROUNDING).all()),
        "coef_path": bool(np.isfinite(constants).all() and np.isfinite(sizes).all()),
        "classes": len(labels) < 2 or labels <= {int, float},
    }
    wrong = [name for name, is_fine in fine.items() if not is_fine]
    if wrong:
        raise ValueError(f"{wrong[0]} holds what no fit gives")
