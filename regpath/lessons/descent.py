"""From scratch: logistic regression by gradient steps, and proximal steps for L1.

Plain numpy; a lesson shows the text of `descend` on screen, and runs it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Walk(NamedTuple):
    """How a walk goes: its learning rate, where it begins, and when it stops."""

    rate: float = 0.5
    n_steps: int = 20  # at most
    start: float = 0.0  # of every coefficient
    tolerance: float = 0.0  # it stops once none moves by as much in a step


def descend(
    Z: np.ndarray,
    y: np.ndarray,
    walk: Walk,
    lam: float = 0.01,
    l1_ratio: float = 0.0,
) -> tuple[np.ndarray, np.ndarray]:
    """Walk down the cost; returns all points (steps + 1, 1 + p) and their costs."""
    n, rate = len(y), walk.rate
    w = np.full(1 + Z.shape[1], walk.start)  # w[0] is the intercept: it has no penalty
    points, costs = [], []
    for step in range(walk.n_steps + 1):
        eta = w[0] + Z @ w[1:]
        loss = np.mean(np.logaddexp(0, eta) - y * eta)
        penalty = l1_ratio * np.abs(w[1:]).sum() + (1 - l1_ratio) / 2 * (w[1:] ** 2).sum()
        points.append(w.copy())
        costs.append(loss + lam * penalty)
        settled = step > 0 and np.abs(w - points[-2]).max() < walk.tolerance
        if settled or step == walk.n_steps or not np.isfinite(costs[-1]):
            break
        p = 0.5 * (1 + np.tanh(eta / 2))  # the probability of class 1
        slope = Z.T @ (p - y) / n + lam * (1 - l1_ratio) * w[1:]
        w[0] -= rate * np.mean(p - y)
        w[1:] -= rate * slope
        # The proximal step: the L1 part pulls each weight towards 0, and stops there.
        w[1:] = np.sign(w[1:]) * np.maximum(np.abs(w[1:]) - rate * lam * l1_ratio, 0)
    return np.array(points), np.array(costs)


def is_diverging(costs: np.ndarray) -> bool:
    """Whether a walk went up: its last cost is no number, or above the one that it began with."""
    return not np.isfinite(costs[-1]) or bool(costs[-1] > costs[0])
