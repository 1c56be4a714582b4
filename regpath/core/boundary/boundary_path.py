"""boundary_path: drawn points to a certified path, and where its boundary lies at each strength."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from regpath.core.boundary.drawn_points import DrawnPoints
from regpath.core.boundary.plane import Plane
from regpath.core.metrics.scores import score_path
from regpath.core.path import fit_path
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.separation.find_separation import find_separation
from regpath.errors import NothingToFindError
from regpath.wording import counted, number_text

EMPTY, ONE_CLASS, FLAT, FITTED = "empty", "one class", "flat", "fitted"
EDGE = 1.0  # log odds at the edge of the margin: there a probability is 27 or 73 %


@dataclass(frozen=True, eq=False)
class BoundaryPath:
    """What drawn points give along a grid of strengths.

    Attributes
    ----------
    plane : Plane
    points : DrawnPoints
    lambdas : ndarray of shape (L,)
    state : {"empty", "one class", "flat", "fitted"}
        "flat": no direction tells the classes apart, so that both coefficients are 0 at every
        strength. Only where it is "flat" or "fitted" there are coefficients.
    coefs : ndarray of shape (2, L)
        In original units; NaN without a model.
    intercepts : ndarray of shape (L,)
    path : RegPath or None
        With its proof, where it is "fitted".
    separation : {"none", "quasi", "complete", "undecided"}
    """

    plane: Plane
    points: DrawnPoints
    lambdas: np.ndarray
    state: str
    coefs: np.ndarray
    intercepts: np.ndarray
    path: RegPath | None = None
    separation: str = "none"

    @property
    def _per_unit(self) -> np.ndarray:
        return np.asarray(self.coefs * np.asarray(self.plane.unit)[:, None])

    @cached_property
    def direction(self) -> np.ndarray:
        """Degrees from across to where the second class gets more probable, as it is drawn.

        Goes on without a jump at half a turn; NaN where both coefficients are 0.
        """
        angles = np.full(len(self.lambdas), np.nan)
        known = np.flatnonzero(self.confidence > 0.0)
        if known.size:
            first, second = self._per_unit[:, known]
            turning = np.unwrap(np.arctan2(second, first)[::-1])[::-1]  # the weak end is as it is
            angles[known] = np.degrees(turning)
        return angles

    @cached_property
    def confidence(self) -> np.ndarray:
        """Length of the coefficients: how much the log odds grow on a step of one unit."""
        return np.asarray(np.hypot(*self._per_unit))

    @property
    def width(self) -> np.ndarray:
        """Width of the margin, between log odds -1 and 1, in units of the plane."""
        with np.errstate(divide="ignore"):
            return np.asarray(2.0 * EDGE / self.confidence)

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Accuracy and log-loss of the points themselves; empty without a path."""
        if self.path is None:
            return pd.DataFrame({"accuracy": [], "log_loss": []})
        problem = _problem(self.points, self.plane)
        return score_path(self.path, problem)[["accuracy", "log_loss"]]

    def probability(self, X: np.ndarray, index: int) -> np.ndarray:
        """Probability of the second class at points in original units, shape (n,)."""
        eta = X @ self.coefs[:, index] + self.intercepts[index]
        return np.asarray(0.5 * (1.0 + np.tanh(eta / 2.0)))

    def to_frame(self) -> pd.DataFrame:
        """One row per strength: coefficients, direction, confidence, margin and scores."""
        first, second = self.plane.names
        frame = pd.DataFrame(
            {
                "lambda": self.lambdas,
                "intercept": self.intercepts,
                f"coefficient of {first}": self.coefs[0],
                f"coefficient of {second}": self.coefs[1],
                "direction in degrees": self.direction,
                "confidence": self.confidence,
                "width of the margin": self.width,
            }
        )
        return frame if self.path is None else frame.join(self.scores)

    @property
    def told(self) -> str:
        """What there is to say of these points at every strength."""
        one, other = self.plane.classes
        if self.state == EMPTY:
            return "There are no points: draw some of both classes."
        if self.state == ONE_CLASS:
            only, lacking = (other, one) if self.points.second[0] else (one, other)
            return (
                f"All points ({len(self.points)}) are of the class {only}: with one class there "
                f"is nothing to tell apart, and nothing is fitted. Draw one of the class {lacking}."
            )
        if self.path is None:
            return (
                "No direction tells the classes apart: both coefficients are 0 at every strength, "
                "and the probability is the same everywhere."
            )
        return f"{SEPARATED[self.separation]} {self._course()} {self._proof(self.path)}"

    def _course(self) -> str:
        known = np.flatnonzero(self.confidence > 0.0)
        if not known.size:
            return "Both coefficients are 0 at every strength of this grid."
        first, last = known[0], known[-1]
        turn = abs(self.direction[last] - self.direction[first])
        sizes = (number_text(float(self.confidence[at]), 3) for at in (first, last))
        if first == last:
            return (
                f"At λ = {number_text(float(self.lambdas[first]), 3)} the direction is "
                f"{number_text(float(self.direction[first]), 3)}° and the confidence "
                f"{number_text(float(self.confidence[first]), 3)}."
            )
        lams = (number_text(float(self.lambdas[at]), 3) for at in (first, last))
        return (
            f"From λ = {' to '.join(lams)} the direction turns by {number_text(float(turn), 3)}° "
            f"and the confidence goes from {' to '.join(sizes)}."
        )

    def _proof(self, path: RegPath) -> str:
        good, of = int(path.converged.sum()), len(self.lambdas)
        worst = number_text(float(np.max(path.kkt_violation)), 1)
        if good == of:
            return f"Fitted at {counted(of, 'strength')}, each certified (KKT violation {worst})."
        return f"Of {counted(of, 'fit')} {of - good} could not be certified."


SEPARATED = {
    "complete": "The classes are separable: a line has every point on its own side. Without a "
    "penalty the confidence would grow without end; the penalty alone bounds it.",
    "quasi": "The classes are separable but for points that lie on the line itself. Without a "
    "penalty the confidence would grow without end; the penalty alone bounds it.",
    "none": "No line has every point on its own side: the confidence stays finite without a "
    "penalty, too.",
    "undecided": "Whether a line has every point on its own side was not found out.",
}


def boundary_path(
    points: DrawnPoints,
    plane: Plane,
    lambdas: np.ndarray,
    *,
    l1_ratio: float = 0.0,
    standardize: bool = False,
) -> BoundaryPath:
    """Fit and certify the whole path of drawn points.

    Parameters
    ----------
    points : DrawnPoints
    plane : Plane
    lambdas : ndarray of shape (L,)
        The same however the points are changed, so that a position stays the same strength.
    l1_ratio : float in [0, 1], default=0.0
    standardize : bool, default=False

    Returns
    -------
    BoundaryPath

    Examples
    --------
    >>> X = np.array([[0.0, 0.0], [1.0, 0.0], [3.0, 1.0], [4.0, 0.0]])
    >>> plane = Plane.around(X, ("a", "b"), ("no", "yes"), per_sd=False)
    >>> points = DrawnPoints.of(plane.places(X), np.array([False, False, True, True]))
    >>> found = boundary_path(points, plane, np.array([1.0, 0.1, 0.01]))
    >>> found.state, found.separation, bool((np.diff(found.confidence) > 0.0).all())
    ('fitted', 'complete', True)
    """
    n, L = len(points), len(lambdas)
    none = np.full((2, L), np.nan), np.full(L, np.nan)
    if not n:
        return BoundaryPath(plane, points, lambdas, EMPTY, *none)
    share = float(points.second.mean())
    if share in (0.0, 1.0):
        return BoundaryPath(plane, points, lambdas, ONE_CLASS, *none)
    problem = _problem(points, plane)
    try:
        path = fit_path(problem, l1_ratio=l1_ratio, lambdas=lambdas, standardize=standardize)
    except NothingToFindError:
        flat = np.zeros((2, L)), np.full(L, np.log(share / (1.0 - share)))
        return BoundaryPath(plane, points, lambdas, FLAT, *flat)
    found = find_separation(problem).kind
    return BoundaryPath(
        plane, points, lambdas, FITTED, path.coef_path, path.intercept_path, path, found
    )


def _problem(points: DrawnPoints, plane: Plane) -> Problem:
    frame = pd.DataFrame(plane.values(points.places), columns=list(plane.names))
    return Problem.from_arrays(frame, points.second)
