"""Plane: where points can be drawn, as a square that looks the same in every direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

STEPS = 4095  # places along a side: two letters of a link, and finer than a screen shows
PAD = 0.1  # of the points' range, left free on each side for others to be drawn


@dataclass(frozen=True)
class Plane:
    """Two features, the square in which points of two classes lie, and the units of both.

    Places are counted in whole steps along the sides, so that a link and a browser have exactly
    the points that are fit. A step is as long across as upwards, in units of `unit`.

    Attributes
    ----------
    names, classes : (str, str)
        Of the features; of the classes, the second is the one whose probability is told.
    low, high : (float, float)
        Ends of the square, in original units.
    unit : (float, float)
        What counts as one in each direction: the standard deviations of the points it was made
        for, where the penalty sees these, else 1.

    Examples
    --------
    >>> plane = Plane.around(np.array([[0.0, 10.0], [4.0, 30.0]]), ("a", "b"), ("no", "yes"))
    >>> plane.unit, plane.low[0] < 0.0
    ((2.0, 10.0), True)
    >>> plane.values(plane.places(np.array([[4.0, 30.0]]))).round(2).tolist()
    [[4.0, 30.0]]
    """

    names: tuple[str, str]
    classes: tuple[str, str]
    low: tuple[float, float]
    high: tuple[float, float]
    unit: tuple[float, float]

    @classmethod
    def around(
        cls,
        X: np.ndarray,
        names: tuple[str, str],
        classes: tuple[str, str],
        *,
        per_sd: bool = True,
    ) -> Self:
        """The square around some points, shape (n, 2).

        Parameters
        ----------
        X : ndarray of shape (n, 2)
        names, classes : (str, str)
        per_sd : bool, default=True
            Whether one standard deviation is as long across as upwards; else one unit is.
        """
        low, high = X.min(axis=0), X.max(axis=0)
        spread = X.std(axis=0) if per_sd else np.ones(2)
        unit = np.where(spread > 0.0, spread, 1.0)
        half = (0.5 + PAD) * float(((high - low) / unit).max()) or 1.0
        middle = 0.5 * (low + high)
        ends = middle - half * unit, middle + half * unit
        (x0, y0), (x1, y1) = (map(float, each) for each in ends)
        return cls(names, classes, (x0, y0), (x1, y1), (float(unit[0]), float(unit[1])))

    @property
    def step(self) -> np.ndarray:
        """Original units of one step, shape (2,)."""
        return np.asarray((np.asarray(self.high) - np.asarray(self.low)) / STEPS)

    def places(self, X: np.ndarray) -> np.ndarray:
        """The nearest places of points in original units, shape (n, 2)."""
        steps = np.rint((np.asarray(X, dtype=float) - self.low) / self.step)
        return np.asarray(np.clip(steps, 0, STEPS).astype(int))

    def values(self, places: np.ndarray) -> np.ndarray:
        """Original units of places, shape (n, 2)."""
        return np.asarray(self.low + places * self.step)
