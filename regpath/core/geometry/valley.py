"""The loss over two coefficients, everything else held where it is or fitted again.

Let L be the mean loss, P the penalty, b = (u, v) the pair and all other coefficients, and (u*, v*)
the solution at lambda. Two valleys over u have their lowest point on the ball P(u) <= P(u*) at u*:

- held: h(u) = min over intercepts of L(u, v*). The solution minimizes h(u) + lambda P(u), since no
  part of a minimizer can be improved alone.
- refitted: h(u) = min over intercepts and v of L(u, v) + lambda P(v), what is left of the objective
  when everything but u is at its best.

Whoever had a lower h on the ball would have a lower objective, since he pays no more for u. With v
fitted again without its penalty that is not so: such a valley touches the ball elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from regpath.core.families import Family
from regpath.core.solvers.one_quadratic import minimizer_of

STEPS = 100  # of Newton; some five are needed
HALVINGS = 60  # of a step that went too far
DECREASE = 1e-4  # of what a step promises, that it has to keep (Armijo)
FLAT = 1e-12  # a violation that counts as none, beside the mean size of the residuals
PROXIMAL = 1e-10  # of the largest diagonal entry, added to all: keeps singular systems solvable
ROUNDING = 1e-14  # of a loss
HIGHEST = 30.0  # a log of an expected count that is no danger to anybody
BLOCK = 1 << 21  # numbers of one array: points are measured in groups as large as that


class Heights(NamedTuple):
    """Of m points: the loss (m,) and its slopes (m, 2)."""

    loss: np.ndarray
    slopes: np.ndarray


@dataclass(frozen=True, eq=False)
class FreeCoefs:
    """What is at its best at each point: intercepts, and coefficients that are fitted again.

    Attributes
    ----------
    columns : ndarray of shape (n, q)
        Ones, and features; each has q coefficients an output.
    start : ndarray of shape (K, q)
        Where that fit starts.
    l1, l2 : ndarray of shape (K, q)
        Its penalties; none for intercepts.
    fixed : ndarray of shape (K, q)
        Which of them are not free after all, such as the pair itself.
    """

    columns: np.ndarray
    start: np.ndarray
    l1: np.ndarray
    l2: np.ndarray
    fixed: np.ndarray

    def told(self, coefs: np.ndarray) -> np.ndarray:
        """What coefficients (C, K, q) add to the predictors, shape (n, C, K)."""
        n_points, n_outputs, q = coefs.shape
        told = self.columns @ coefs.reshape(-1, q).T
        return np.asarray(told.reshape(-1, n_points, n_outputs))

    def price(self, coefs: np.ndarray) -> np.ndarray:
        """Their penalty, shape (C,)."""
        return np.asarray((self.l1 * np.abs(coefs) + 0.5 * self.l2 * coefs**2).sum(axis=(1, 2)))

    def violation(self, coefs: np.ndarray, slopes: np.ndarray) -> np.ndarray:
        """Largest violation of optimality, by the slopes (C, K, q) of all that is smooth; (C,)."""
        rests = np.maximum(np.abs(slopes) - self.l1, 0.0)
        lives = np.abs(slopes + self.l1 * np.sign(coefs))
        wrong = np.where(self.fixed, 0.0, np.where(coefs != 0.0, lives, rests))
        return np.asarray(wrong.max(axis=(1, 2)))


@dataclass(frozen=True, eq=False)
class Valley:
    """The mean loss of two coefficients of one output, in the units that the penalty sees.

    Attributes
    ----------
    Z : ndarray of shape (n, 2)
        The two features, centred.
    base : ndarray of shape (n, K)
        Linear predictors without the two and without what is free.
    Y : ndarray of shape (n, K)
    weights : ndarray of shape (n,)
        Sum to one.
    family : Family
    output : int
        Which output the coefficients are of.
    free : FreeCoefs
    """

    Z: np.ndarray
    base: np.ndarray
    Y: np.ndarray
    weights: np.ndarray
    family: Family
    output: int
    free: FreeCoefs

    def loss(self, points: np.ndarray) -> np.ndarray:
        """The loss at points (m, 2), shape (m,)."""
        return self.measure(points).loss

    def measure(self, points: np.ndarray) -> Heights:
        """Loss and slopes at points (m, 2)."""
        n, n_outputs = self.base.shape
        room = min(BLOCK // (n * n_outputs), BLOCK // self.free.start.size**2)
        few = max(1, int(room))
        parts = [self._measured(points[low : low + few]) for low in range(0, len(points), few)]
        return Heights(*(np.concatenate(each) for each in zip(*parts, strict=True)))

    def _measured(self, points: np.ndarray) -> Heights:
        """Proximal Newton steps for what is free, at each of the points (C, 2)."""
        eta = np.repeat(self.base[:, None, :], len(points), axis=1)
        eta[:, :, self.output] += self.Z @ points.T
        coefs = np.repeat(self.free.start[None], len(points), axis=0)
        if self.family.largest_curvature == np.inf:  # begin where nothing leaves the numbers
            top = (eta + self.free.told(coefs)).max(axis=0)
            coefs[:, :, 0] -= np.maximum(top - HIGHEST, 0.0)
        now = self._state(eta, coefs)
        for _ in range(STEPS):
            going = now.violation > FLAT * now.size
            if not going.any():
                break
            step = self._newton(now, going)
            now, moved = self._moved(eta, now, step)
            if not moved.any():
                break
        residuals = now.residuals[:, :, self.output] * self.weights[:, None]
        return Heights(now.objective, residuals.T @ self.Z)

    def _state(self, eta: np.ndarray, coefs: np.ndarray) -> _State:
        Y = self.Y[:, None, :]
        with np.errstate(over="ignore", invalid="ignore"):
            loss, mean, bend = self.family.evaluate(Y, eta + self.free.told(coefs))
            objective = self.weights @ loss + self.free.price(coefs)
            residuals = mean - Y
            weighted = residuals * self.weights[:, None, None]
            size = np.abs(weighted).sum(axis=0).max(axis=1)
            slopes = weighted.reshape(len(eta), -1).T @ self.free.columns
            slopes = slopes.reshape(coefs.shape) + self.free.l2 * coefs
        violation = self.free.violation(coefs, slopes)
        return _State(coefs, objective, residuals, bend, slopes, size, violation)

    @cached_property
    def _products(self) -> np.ndarray:
        """Weights times products of two free columns, shape (n, q (q + 1) / 2)."""
        first, second = np.triu_indices(self.free.columns.shape[1])
        products = self.free.columns[:, first] * self.free.columns[:, second]
        return np.asarray(self.weights[:, None] * products)

    def _newton(self, now: _State, going: np.ndarray) -> np.ndarray:
        """Steps (C, K, q) to the minimizers of quadratic models with the penalty."""
        n_points, n_outputs, q = now.coefs.shape
        first, second = np.triu_indices(q)
        bent = self.family.bent(now.bend, self._products)  # (q (q + 1) / 2, C, K, K)
        place = np.zeros((q, q), dtype=int)
        place[first, second] = place[second, first] = np.arange(len(first))
        A = bent[place].transpose(2, 3, 0, 4, 1).reshape(n_points, n_outputs * q, -1)
        some = np.flatnonzero(~self.free.fixed)
        l1, l2 = self.free.l1.ravel()[some], self.free.l2.ravel()[some]
        step = np.zeros((n_points, n_outputs * q))
        if not (l1.any() or l2.any()):  # intercepts alone
            slopes = now.slopes.reshape(n_points, -1)[:, some]
            step[:, some] = _newton_step(A[:, some][:, :, some], slopes)
            return step.reshape(now.coefs.shape)
        for c in np.flatnonzero(going):
            here = now.coefs[c].ravel()[some]
            slope = now.slopes[c].ravel()[some] - l2 * here  # of the loss alone
            small = 0.1 * FLAT * float(now.size[c])
            goal = minimizer_of(A[c][np.ix_(some, some)], slope, (l1, l2), here, small)
            step[c, some] = goal - here
        return step.reshape(now.coefs.shape)

    def _moved(self, eta: np.ndarray, now: _State, step: np.ndarray) -> tuple[_State, np.ndarray]:
        """Where steps lead, each halved until it keeps its promise; and which points moved."""
        smooth = ((now.slopes - self.free.l2 * now.coefs) * step).sum(axis=(1, 2))
        promise = smooth + self.free.price(now.coefs + step) - self.free.price(now.coefs)
        share = np.where(step.any(axis=(1, 2)), 1.0, 0.0)
        slack = ROUNDING * np.abs(now.objective)
        for _ in range(HALVINGS):
            new = self._state(eta, now.coefs + share[:, None, None] * step)
            kept = new.objective <= now.objective + DECREASE * share * promise + slack
            if kept.all():
                break
            share = np.where(kept, share, share / 2.0)
        else:
            share = np.where(kept, share, 0.0)
            new = self._state(eta, now.coefs + share[:, None, None] * step)
        return new, share > 0.0


@dataclass(frozen=True, eq=False)
class _State:
    """C points: free coefficients (C, K, q), what they are worth, and what the next step asks."""

    coefs: np.ndarray
    objective: np.ndarray
    residuals: np.ndarray
    bend: np.ndarray
    slopes: np.ndarray
    size: np.ndarray
    violation: np.ndarray


def _newton_step(A: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """Steps (C, q) without a penalty; a shift that all outputs share changes nothing."""
    top = np.einsum("cii->ci", A).max(axis=1)
    A = A + (PROXIMAL * top + np.finfo(float).tiny)[:, None, None] * np.eye(A.shape[1])
    return np.asarray(-np.linalg.solve(A, slopes[:, :, None])[:, :, 0])
