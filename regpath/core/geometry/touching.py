"""Where a contour of a valley touches a ball: the lowest point of its edge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from regpath.core.geometry.ball import Ball
from regpath.core.geometry.valley import Heights

ANGLES = 96  # directions looked at first, the four corners among them
SPLIT = 8  # places within a bracket that are asked at once: even, so that none is a corner
ROUNDS = 12  # of them: 9^12 of a few degrees is below rounding
CORNER = 1e-8  # of a turn beside which a corner is meant


class Measured(Protocol):
    """What is asked of a valley."""

    def measure(self, points: np.ndarray) -> Heights:
        """Loss and slopes at points (m, 2)."""
        ...


def touching_point(valley: Measured, ball: Ball) -> np.ndarray:
    """Find the point of the ball's edge where the loss is least, shape (2,).

    Knows nothing of the solution: it looks around the edge, and follows the slope of the loss along
    it from each of the lowest places.

    Parameters
    ----------
    valley : Valley
    ball : Ball
        That the lowest point of the valley lies outside of.
    """
    if ball.size == 0.0:
        return np.zeros(2)
    step = 2.0 * np.pi / ANGLES
    angles = np.arange(ANGLES) * step
    heights = valley.measure(ball.edge(angles)).loss
    low = angles[(heights <= np.roll(heights, 1)) & (heights <= np.roll(heights, -1))]

    def slope(turns: np.ndarray) -> np.ndarray:
        points = ball.edge(turns)
        return np.asarray((valley.measure(points).slopes * ball.along(points)).sum(axis=1))

    found = np.array([turning_point(slope, at - step, at + step) for at in low])
    corners = np.round(found / (np.pi / 2.0)) * (np.pi / 2.0)
    found = np.where(np.abs(found - corners) < CORNER, corners, found)
    points = ball.edge(found)
    return np.asarray(points[np.argmin(valley.measure(points).loss)])


def turning_point(slope: Callable[[np.ndarray], np.ndarray], low: float, high: float) -> float:
    """Where a slope turns from falling to rising between two places."""
    for _ in range(ROUNDS):
        places = np.linspace(low, high, SPLIT + 2)
        rising = np.append(slope(places[1:-1]) > 0.0, True)
        first = int(np.argmax(rising)) + 1
        low, high = places[first - 1], places[first]
    return float(low + high) / 2.0
