"""Facts of code written by hand: walks from scratch, and the specimens of the bug museum."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from regpath.errors import DataError, ParameterError
from regpath.lessons.descent import Walk, descend, is_diverging
from regpath.lessons.label_columns import columns_that_repeat_the_label
from regpath.lessons.material import Material
from regpath.lessons.specimens import (
    SPECIMENS,
    SpecimenRows,
    gradient_error,
    slope_left,
    training_accuracy,
    walked,
)


def descent_gap(
    on: Material,
    lam: float,
    rate: float,
    n_steps: int,
    start: float = 0.0,
    l1_ratio: float = 0.0,
    tolerance: float = 0.0,
) -> float:
    """How far a walk of gradient steps ends from the path's point, per standard deviation."""
    rows = specimen_rows(on, lam)
    with np.errstate(over="ignore", invalid="ignore"):  # a walk may leave the range of numbers
        points, _ = descend(rows.Z, rows.y, Walk(rate, n_steps, start, tolerance), lam, l1_ratio)
    goal = on.changed(recipe={"l1_ratio": l1_ratio}).path_at({"lam": lam})
    return float(np.abs(points[-1][1:] - goal.coefs("standardized")[:, 0]).max())


def descent_steps(on: Material, lam: float, rate: float, n_steps: int, tolerance: float) -> float:
    """After how many steps a walk stops, since no coefficient moved by the tolerance."""
    rows = specimen_rows(on, lam)
    with np.errstate(over="ignore", invalid="ignore"):
        _, costs = descend(rows.Z, rows.y, Walk(rate, n_steps, tolerance=tolerance), lam)
    return float(len(costs) - 1)


def descent_diverges(on: Material, lam: float, rate: float, n_steps: int) -> bool:
    """Whether a walk with this learning rate goes up instead of down."""
    rows = specimen_rows(on, lam)
    with np.errstate(over="ignore", invalid="ignore"):
        return is_diverging(descend(rows.Z, rows.y, Walk(rate, n_steps), lam)[1])


def specimen_gradient_error(on: Material, specimen: str, lam: float) -> float:
    """What finite differences find wrong in a specimen's gradient."""
    return gradient_error(_specimen(specimen), specimen_rows(on, lam))


def specimen_violation(on: Material, specimen: str, lam: float) -> float:
    """What the certificate says of the answer that a specimen ends in."""
    return slope_left(_specimen(specimen), specimen_rows(on, lam))


def specimen_norm(on: Material, specimen: str, lam: float, n_steps: int) -> float:
    """Length of a specimen's weights after so many steps."""
    w, _ = walked(_specimen(specimen), specimen_rows(on, lam), n_steps=n_steps)
    return float(np.linalg.norm(w[1:]))


def broadcast_factor(on: Material, lam: float) -> float:
    """By what the broadcast multiplies the cost of the first step."""
    rows = specimen_rows(on, lam)
    zero = np.zeros(1 + rows.Z.shape[1])
    wrong, right = (SPECIMENS[name].cost(zero, rows) for name in ("broadcast", "right"))
    return float(wrong / right)


def specimen_rows(on: Material, lam: float) -> SpecimenRows:
    """Standardized features and classes as plain numpy takes them."""
    train, path = on.study.train, on.study.path
    if not path.loss.two_classes or not path.standardize:
        raise DataError("This needs two classes and standardized features.")
    return SpecimenRows(
        (np.asarray(train.X) - path.x_mean) / path.x_scale, np.asarray(train.y), lam
    )


def specimen_accuracy(on: Material, specimen: str, lam: float) -> float:
    """Share of its own rows that a specimen puts on the right side."""
    return training_accuracy(_specimen(specimen), specimen_rows(on, lam))


def label_copies(on: Material, specimen: str, lam: float) -> float:
    """How many columns of a specimen the app's alarms find to be the label in another coding."""
    return float(len(columns_that_repeat_the_label(_specimen(specimen), specimen_rows(on, lam))))


def _specimen(name: str) -> Any:
    if name not in SPECIMENS:
        raise ParameterError(f"There is no specimen {name!r}.", f"They are {', '.join(SPECIMENS)}.")
    return SPECIMENS[name]


CODE_FACTS: tuple[Callable[..., Any], ...] = (
    *(descent_gap, descent_steps, descent_diverges, broadcast_factor),
    *(specimen_gradient_error, specimen_violation, specimen_norm),
    *(specimen_accuracy, label_copies),
)
