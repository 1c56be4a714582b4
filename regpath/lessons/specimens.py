"""The bug museum: faults met in the wild, each runnable, with what finds them.

Every specimen is a cost and the gradient that its author wrote, in plain numpy. Finite differences
tell whether they belong together; the optimality conditions tell whether what a specimen ends in
is the answer to the question that was asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

STEP = 1e-6  # of a finite difference: about the cube root of the rounding of a float
WALK = 5000  # steps of 0.5: at lambda 0.01 each takes 0.5 % off what is left, to 1e-11 in all
AGREES = 1e-5  # relative: what rounding may do to a finite difference is a thousandth of that
PROVEN = 1e-6  # a slope that is left, as the app's certificate asks
SHORT = 1e-3  # the "small step" at which the impatient specimen stops


@dataclass(frozen=True)
class SpecimenRows:
    """What a specimen is shown: standardized features, classes 0 and 1, a strength."""

    Z: np.ndarray
    y: np.ndarray
    lam: float


Function = Callable[[np.ndarray, SpecimenRows], np.ndarray]


@dataclass(frozen=True)
class Specimen:
    """A fault, as its author wrote it.

    Attributes
    ----------
    name, title : str
    cost, gradient : callable
        Of (w, rows); w[0] is the intercept.
    stops_early : bool
        Whether the walk ends at the first short step of any one weight.
    prepare : callable, default=None
        Of rows: what it makes of them before it fits.
    """

    name: str
    title: str
    cost: Function
    gradient: Function
    stops_early: bool = False
    prepare: Callable[[SpecimenRows], SpecimenRows] | None = None

    def prepared(self, rows: SpecimenRows) -> SpecimenRows:
        """The rows that it fits."""
        return rows if self.prepare is None else self.prepare(rows)


def _residual(w: np.ndarray, rows: SpecimenRows) -> np.ndarray:
    return 0.5 * (1.0 + np.tanh((w[0] + rows.Z @ w[1:]) / 2.0)) - rows.y


def _loss(w: np.ndarray, rows: SpecimenRows) -> np.ndarray:
    eta = w[0] + rows.Z @ w[1:]
    return np.mean(np.logaddexp(0.0, eta) - rows.y * eta)


def _slopes(w: np.ndarray, rows: SpecimenRows) -> np.ndarray:
    r = _residual(w, rows)
    return np.append(r.mean(), rows.Z.T @ r / len(r))


def right_cost(w: np.ndarray, rows: SpecimenRows) -> np.ndarray:
    """Mean log-loss plus lambda times half the squared weights."""
    return _loss(w, rows) + rows.lam * (w[1:] ** 2).sum() / 2.0


def right_gradient(w: np.ndarray, rows: SpecimenRows) -> np.ndarray:
    """The slopes of `right_cost`."""
    return _slopes(w, rows) + rows.lam * np.append(0.0, w[1:])


def linear_cost(w: np.ndarray, rows: SpecimenRows) -> np.ndarray:
    """The penalty is a sum of the weights, which a negative weight makes smaller."""
    return _loss(w, rows) + rows.lam * w[1:].sum()


def broadcast_cost(w: np.ndarray, rows: SpecimenRows) -> np.ndarray:
    """(1, n) + (n, 1): every row meets every label, and n x n losses are added."""
    eta = (w[0] + rows.Z @ w[1:])[None, :]
    losses = np.logaddexp(0.0, eta) - rows.y[:, None] * eta  # n x n
    return losses.sum() / len(rows.y) + rows.lam * (w[1:] ** 2).sum() / 2.0


def c_times_gradient(w: np.ndarray, rows: SpecimenRows) -> np.ndarray:
    """C multiplies the slope of the data, and the penalty is forgotten."""
    return _slopes(w, rows) / (rows.lam * len(rows.y))


def whole_gradient(w: np.ndarray, rows: SpecimenRows) -> np.ndarray:
    """The intercept is penalized with the rest."""
    return _slopes(w, rows) + rows.lam * w


def whole_cost(w: np.ndarray, rows: SpecimenRows) -> np.ndarray:
    """The cost of which `whole_gradient` is the slope."""
    return _loss(w, rows) + rows.lam * (w**2).sum() / 2.0


def with_labels(rows: SpecimenRows) -> SpecimenRows:
    """The label column was left among the features."""
    label = (rows.y - rows.y.mean()) / rows.y.std()
    return replace(rows, Z=np.column_stack([rows.Z, label]))


SPECIMENS = {
    each.name: each
    for each in (
        Specimen("right", "Nothing wrong, for comparison", right_cost, right_gradient),
        Specimen("linear_penalty", "The penalty is lambda * sum(w)", linear_cost, right_gradient),
        Specimen("broadcast", "(1, n) meets (n, 1)", broadcast_cost, right_gradient),
        Specimen("c_times_gradient", "C times the gradient", right_cost, c_times_gradient),
        Specimen("intercept", "The intercept is penalized", whole_cost, whole_gradient),
        Specimen("impatient", "Stops when one step is small", right_cost, right_gradient, True),
        Specimen(
            "label", "The label is a feature", right_cost, right_gradient, prepare=with_labels
        ),
    )
}


def gradient_error(specimen: Specimen, rows: SpecimenRows) -> float:
    """Largest difference between a gradient and finite differences of its cost, relative."""
    rows = specimen.prepared(rows)
    w = np.linspace(0.4, -0.3, 1 + rows.Z.shape[1])  # any point that is not special
    differences = [
        (specimen.cost(w + STEP * e, rows) - specimen.cost(w - STEP * e, rows)) / (2.0 * STEP)
        for e in np.eye(len(w))
    ]
    written = specimen.gradient(w, rows)
    return float(np.abs(written - differences).max() / np.abs(differences).max())


def walked(
    specimen: Specimen, rows: SpecimenRows, rate: float = 0.5, n_steps: int = WALK
) -> tuple[np.ndarray, int]:
    """Where a specimen ends, and after how many steps."""
    rows = specimen.prepared(rows)
    w = np.zeros(1 + rows.Z.shape[1])
    for step in range(n_steps):
        moved = -rate * specimen.gradient(w, rows)
        w = w + moved
        if specimen.stops_early and np.abs(moved).min() < SHORT:
            return w, step + 1
    return w, n_steps


def slope_left(specimen: Specimen, rows: SpecimenRows) -> float:
    """Violation of the optimality conditions at its answer, as the app's certificate measures it.

    The largest slope that is left, relative to the largest one of the model without features.
    """
    w, _ = walked(specimen, rows)
    rows = specimen.prepared(rows)
    null = np.zeros(len(w))
    share = rows.y.mean()
    null[0] = np.log(share / (1.0 - share))
    left = np.abs(right_gradient(w, rows)).max()
    return float(left / np.abs(_slopes(null, rows)).max())


def training_accuracy(specimen: Specimen, rows: SpecimenRows) -> float:
    """Share of its own rows that its answer puts on the right side."""
    w, _ = walked(specimen, rows)
    rows = specimen.prepared(rows)
    return float(np.mean((w[0] + rows.Z @ w[1:] > 0.0) == rows.y))
