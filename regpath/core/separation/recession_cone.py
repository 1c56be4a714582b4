"""Directions along which no row's loss rises: what they are, and linear programmes that find them.

Rows are numbered i, classes k. A direction D (K - 1, q) adds D_k z_i to the linear predictor of
class k (class 0 is the reference), so the demand (i, k), k other than the row's class y_i, gains

    margin(i, k) = (D_{y_i} - D_k) z_i.

Classes are separated where some direction loses nowhere (every margin >= 0) and gains somewhere.
Reference: Albert & Anderson (1984), Biometrika 71; Konis (2007), a thesis on the linear programme.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regpath.core.progress import Progress, tell

SINGULAR = 1e-10  # share of the largest singular value below which one counts as none
ROUNDING = 1e-12  # of a margin, for rows of size one and a direction whose sizes sum to one
ZERO = 1e-8  # a margin below this, for a row and a direction of size one, counts as none
EXACT = 1e-10  # feasibility that the programmes are solved to
ROUNDS = 60  # programmes at the most
MOST_STEPS = 20_000  # simplex steps in one of them
SHORTEST = 300_000  # numbers in the programme for the shortest direction
PIECE = 4096  # demands whose rows are made at once: 1 MB for 30 coefficients


@dataclass(frozen=True, eq=False)
class Cone:
    """Demands of the rows on a direction.

    Attributes
    ----------
    Z : ndarray of shape (n, q)
        Features of about size one, and a column of ones.
    y : ndarray of int, shape (n,)
    n_classes : int
    """

    Z: np.ndarray
    y: np.ndarray
    n_classes: int

    @property
    def size(self) -> int:
        """Number of coefficients of a direction."""
        return int((self.n_classes - 1) * self.Z.shape[1])

    @cached_property
    def demands(self) -> tuple[np.ndarray, np.ndarray]:
        """Row and other class of each demand, shapes (n (K - 1),)."""
        other = np.arange(self.n_classes) != self.y[:, None]
        rows, classes = np.nonzero(other)
        return rows, classes

    @cached_property
    def reach(self) -> np.ndarray:
        """Size of each row, shape (n,)."""
        result: np.ndarray = np.sqrt(np.square(self.Z).sum(axis=1))
        return result

    def margins(self, direction: np.ndarray) -> np.ndarray:
        """Gain of each demand, for rows of size one, shape (n (K - 1),)."""
        gain = self.Z @ direction.reshape(self.n_classes - 1, -1).T
        gain = np.hstack([np.zeros((len(gain), 1)), gain])
        rows, classes = self.demands
        return np.asarray((gain[rows, self.y[rows]] - gain[rows, classes]) / self.reach[rows])

    def matrix(self, which: np.ndarray) -> np.ndarray:
        """Some demands as rows of a matrix whose product with a direction is their margin."""
        rows, classes = (part[which] for part in self.demands)
        unit = self.Z[rows] / self.reach[rows][:, None]
        found = np.zeros((len(rows), self.n_classes, self.Z.shape[1]))
        every = np.arange(len(rows))
        found[every, self.y[rows]] += unit
        found[every, classes] -= unit
        return found[:, 1:].reshape(len(rows), -1)

    def total(self, which: np.ndarray) -> np.ndarray:
        """Mean of the rows of `matrix`, in pieces that fit into a cache."""
        found = np.zeros(self.size)
        for low in range(0, len(which), PIECE):
            found += self.matrix(which[low : low + PIECE]).sum(axis=0)
        return found / len(which)


def _first(cone: Cone) -> int:
    """Demands that a programme begins with: those of some bases, each as many as coefficients."""
    return 4 * cone.size + 40


def widest(
    cone: Cone, likely: np.ndarray, progress: Progress | None = None
) -> tuple[np.ndarray, np.ndarray] | None:
    """A direction that gains on every demand that any direction gains on.

    Each programme maximizes the total gain on the demands that are still without any, subject to
    no loss on the worst of them; demands that it does lose on are added, and it is solved again.

    Parameters
    ----------
    cone : Cone
    likely : ndarray of shape (n_demands,)
        The smaller, the more likely a demand is without gain: those are looked at first.
    progress : callable, default=None
        Called before each programme with the share of the most of them that is done.

    Returns
    -------
    tuple or None
        The direction, zero where there is none, and a mask of the demands without gain. None if
        the programmes took too long.
    """
    direction, without = np.zeros(cone.size), np.arange(len(likely))
    working = np.argsort(likely, kind="stable")[: _first(cone)]
    for done in range(ROUNDS):
        tell(progress, done, ROUNDS)
        step = _steepest(cone.matrix(working), cone.total(without))
        if step is None:
            return None
        margins = cone.margins(step)
        if not (margins[without] > ZERO).any():
            break
        lost = without[margins[without] < -10.0 * EXACT]
        fresh = np.setdiff1d(lost, working)
        if fresh.size:
            worst = fresh[np.argsort(margins[fresh])[: _first(cone) // 2]]
            working = np.concatenate([working, worst])
            continue
        direction = _joined(cone.margins(direction), margins, direction, step)
        without = without[margins[without] <= ZERO]
        if not without.size:
            break
        working = np.intersect1d(working, without)
        if not working.size:
            working = without[: _first(cone)]
    else:
        return None
    mask = np.zeros(len(likely), dtype=bool)
    mask[without] = True
    return direction, mask


def _joined(
    old: np.ndarray, new: np.ndarray, direction: np.ndarray, step: np.ndarray
) -> np.ndarray:
    """The direction and as much of a step as takes away at most half of any gain."""
    losing = (new < 0.0) & (old > ZERO)
    share = float(np.min(old[losing] / -new[losing], initial=2.0))
    return direction + 0.5 * share * step


def _steepest(matrix: np.ndarray, objective: np.ndarray) -> np.ndarray | None:
    """Maximize objective @ d where matrix @ d >= 0 and every |d| <= 1; None if it took too long."""
    from scipy.optimize import linprog

    answer = linprog(
        -objective,
        A_ub=-matrix,
        b_ub=np.zeros(len(matrix)),
        bounds=(-1.0, 1.0),
        method="highs",
        options=_options(),
    )
    return np.asarray(answer.x) if answer.status == 0 else None


def _options() -> dict[str, float]:
    return {
        "maxiter": MOST_STEPS,
        "primal_feasibility_tolerance": EXACT,
        "dual_feasibility_tolerance": EXACT,
    }


def shortest(cone: Cone, without: np.ndarray) -> np.ndarray | None:
    """The direction of least L1 norm that gains 1 or more on all demands but those `without` gain.

    The column of ones, which comes last, is free. None where this would take too long, or fails.
    """
    every = np.arange(len(without))
    if len(every) * 2 * cone.size > SHORTEST:
        return None
    from scipy.optimize import linprog

    rows = cone.demands[0]
    matrix = cone.matrix(every) * cone.reach[rows][:, None]
    price = np.ones((cone.n_classes - 1, cone.Z.shape[1]))
    price[:, -1] = 0.0
    answer = linprog(
        np.tile(price.ravel(), 2),
        A_ub=np.hstack([-matrix, matrix]),
        b_ub=np.where(without, 0.0, -1.0),
        bounds=(0.0, None),
        method="highs",
        options=_options(),
    )
    if answer.status != 0:
        return None
    plus, minus = answer.x.reshape(2, -1)
    return np.asarray(plus - minus)


def verified(cone: Cone, direction: np.ndarray, without: np.ndarray) -> np.ndarray | None:
    """The direction with margins of exactly zero, but for rounding, where there is no gain.

    None unless every other demand gains: what is returned is proven by its own margins.
    """
    size = np.abs(direction).max(initial=0.0)
    if not size > 0.0:
        return None
    clean = direction / size
    tight = np.flatnonzero(without)
    if tight.size:
        alive = np.abs(clean) > ZERO
        matrix = cone.matrix(tight)[:, alive]
        step, *_ = np.linalg.lstsq(matrix, matrix @ clean[alive], rcond=SINGULAR)
        clean = np.where(alive, clean, 0.0)
        clean[alive] -= step
    margins = cone.margins(clean)
    rounding = ROUNDING * max(1.0, np.abs(clean).sum())
    good = (np.abs(margins[without]) <= rounding).all() and (margins[~without] > rounding).all()
    return clean if good else None
