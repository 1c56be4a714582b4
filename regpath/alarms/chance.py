"""How likely pure noise would look as striking; an alarm needs more than a coincidence.

Each function gives an upper bound of a logarithm of a probability. `is_striking` allows for the
number of columns that could have shown the same.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import betainc, gammaln

TINY = 1e-300  # a chance that floats still hold, in place of none, which has no logarithm
LEAST_LIKELY = 1e-4  # of one such coincidence in any of the columns


def is_striking(log_chance: float, n_columns: int) -> bool:
    """Whether noise in `n_columns` columns would hardly ever show this."""
    return log_chance + math.log(max(n_columns, 1)) < math.log(LEAST_LIKELY)


def log_arrangements(counts: np.ndarray) -> float:
    """Logarithm of the number of ways to arrange classes of these sizes in a row."""
    return float(gammaln(counts.sum() + 1.0) - gammaln(counts + 1.0).sum())


def log_chance_of_order(n_in: int, n_out: int, auc: float) -> float:
    """Noise orders two classes so that their AUC, or its mirror image, is at least `auc`.

    Arrangements with k inversions number at most the partitions of k, below exp(pi sqrt(2k/3)).
    """
    inversions = max(1.0 - auc, 0.0) * n_in * n_out
    few = math.log(2.0 * inversions + 2.0) + math.pi * math.sqrt(2.0 * inversions / 3.0)
    return few - log_arrangements(np.array([n_in, n_out]))


def log_chance_of_match(counts: np.ndarray, n_wrong: int) -> float:
    """Noise with the sizes of these classes repeats them but for `n_wrong` rows."""
    n, n_classes = counts.sum(), len(counts)
    ways = log_arrangements(np.array([n - n_wrong, n_wrong])) + n_wrong * math.log(n_classes)
    return float(ways + gammaln(n_classes + 1.0) - log_arrangements(counts))


def log_chance_of_r2(n: int, r2: float) -> float:
    """The squared correlation of noise with an amount is at least `r2`."""
    if n < 3:
        return 0.0
    chance = float(betainc((n - 2) / 2.0, 0.5, max(1.0 - r2, 0.0)))
    return math.log(max(chance, TINY))


def log_chance_of_step(y: np.ndarray, r2: float) -> float:
    """Noise rises or falls with an amount as `r2` says, straight or by ranks.

    The beta law knows no few rows: shuffled, they come in step by chance once in the ways to
    arrange them, up or down.
    """
    counts = np.unique(y, return_counts=True)[1]
    shuffled = math.log(2.0) - log_arrangements(counts)
    return min(max(log_chance_of_r2(len(y), r2), shuffled), 0.0)


def log_chance_of_area(n_in: int, n_out: int, auc: float) -> float:
    """Noise gives an AUC at least as far from one half as `auc`, by its normal approximation."""
    spread = math.sqrt((n_in + n_out + 1.0) / (12.0 * max(n_in * n_out, 1)))
    return math.log(2.0) - ((auc - 0.5) / spread) ** 2 / 2.0
