"""The account of points on their way: who is there, who went too far, who comes no nearer.

Steps of every kind are judged by the same three rules. A convex objective whose way back goes down
steeply was overshot. Violations that shrink at a steady rate let the last step go unchecked, since
the certificate checks all of them anyway. And rounds without gain, enough of them, are rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

OVERSHOT = 0.5  # of the drop at a step's start: a way back that goes down so steeply is too far
LONGEST = 0.7  # share of a step that is kept, at the most, where it was too far
LEAST_RATE = 1e-3  # factor by which a step is trusted to shrink the violation, at the best


def overshot(drop: np.ndarray, back: np.ndarray) -> np.ndarray:
    """Whether steps that went down by `drop` at first led too far: `back` is the slope back."""
    return np.asarray(~(back >= -OVERSHOT * drop))


def share_to_vanish(drop: np.ndarray, back: np.ndarray, least: float) -> np.ndarray:
    """Share of such steps up to where the slope along them would vanish."""
    return np.asarray(np.clip(drop / (drop - back), least, LONGEST))


@dataclass(frozen=True)
class StepRules:
    """When points of one kind of steps are believed, and when they are given up.

    Attributes
    ----------
    margin : float
        Safety on the rate at which the next step is trusted to shrink the violation.
    gain : float
        A round that leaves more of the violation than this has not helped ...
    over_best : bool
        ... compared with the smallest one so far, or else with the last one.
    patience : int
        Rounds in a row that have not helped after which a point is stuck.
    """

    margin: float
    gain: float
    over_best: bool
    patience: int


class Verdict(NamedTuple):
    """Of some points: who is at the end, whose next step will do, and by what rate they shrink."""

    ended: np.ndarray
    enough: np.ndarray
    rate: np.ndarray


class Ledger:
    """What is known of C points; `some` are the numbers of those that are asked about.

    Attributes
    ----------
    targets : ndarray of shape (C,)
        Violations to reach.
    last, best : ndarray of shape (C,)
        Violation before the last step that was kept, and the smallest one so far.
    drop : ndarray of shape (C,)
        How steeply the last step went down at its start.
    stalls : ndarray of int, shape (C,)
        Rounds in a row that have not helped.
    """

    def __init__(
        self, targets: np.ndarray, rules: StepRules, drop: np.ndarray | None = None
    ) -> None:
        self.targets, self.rules = targets, rules
        self.last, self.best = np.full((2, len(targets)), np.inf)
        self.drop = np.full(len(targets), np.inf) if drop is None else drop
        self.stalls = np.zeros(len(targets), dtype=np.intp)

    @property
    def stuck(self) -> np.ndarray:
        """Which points do not come nearer any more, shape (C,)."""
        return self.stalls >= self.rules.patience

    def too_far(self, some: np.ndarray, size: np.ndarray, back: np.ndarray) -> np.ndarray:
        """Whether the last steps overshot: `back` is the derivative on the way back."""
        result: np.ndarray = overshot(self.drop[some], back) & ~self._there(some, size)
        return result

    def count_stalls(self, some: np.ndarray, size: np.ndarray, counted: np.ndarray) -> None:
        """Note which rounds have not helped; only those of `counted` points count."""
        before = self.best[some] if self.rules.over_best else self.last[some]
        gained = size < self.rules.gain * before
        self.stalls[some] = np.where(gained, 0, self.stalls[some] + counted)
        self.best[some] = np.fmin(self.best[some], size)

    def judge(
        self, some: np.ndarray, size: np.ndarray, far: np.ndarray, unsure: np.ndarray
    ) -> Verdict:
        """Judge points of violation `size`; steps of those `unsure` are always checked."""
        ended = self._there(some, size) | self.stuck[some]
        last = self.last[some]
        rate = size / last
        trusted = self.rules.margin * np.maximum(rate, LEAST_RATE) * size <= self.targets[some]
        enough = np.isfinite(last) & ~far & ~unsure & trusted
        # That a step too far was worse says nothing of the rate.
        self.last[some] = np.where(far, last, size)
        return Verdict(ended, enough, rate)

    def share_to_keep(self, far: np.ndarray, back: np.ndarray, least: float) -> np.ndarray:
        """Share of the steps of points that went too far: up to where the slope would vanish."""
        return share_to_vanish(self.drop[far], back, least)

    def _there(self, some: np.ndarray, size: np.ndarray) -> np.ndarray:
        result: np.ndarray = (size <= self.targets[some]) | ~np.isfinite(size)
        return result
