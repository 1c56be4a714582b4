"""How many features are expected to be selected falsely, at the most.

Of p features, a procedure on half of the rows selects q on average. Features that it selects with
a probability of at most q / p, what a blind draw would give, count as falsely selected. With B
complementary pairs and a threshold t, the expected number of such features selected in at least
a share t of all halves is

    "any":       at most  q^2 / (p (2 t - 1)), whatever the distributions are;
    "unimodal":  at most  q^2 / (2 p (2 t - 1 - 1/(2B)))             for t <= 3/4,
                          q^2 / p * 4 (1 - t + 1/(2B)) / (1 + 1/B)   for t > 3/4,

the second if the share of pairs that select such a feature twice has a unimodal distribution,
q / p <= 1/sqrt(3) and t > 1/2 + min((q/p)^2, 1/(2B) + 3/4 (q/p)^2).

References: Meinshausen & Buehlmann (2010), J. R. Statist. Soc. B 72, theorem 1; Shah & Samworth
(2013), J. R. Statist. Soc. B 75, theorems 1 and 2.
"""

from __future__ import annotations

import numpy as np

BOUNDS = ("unimodal", "any")


def expected_false(
    q: np.ndarray, n_features: int, threshold: float, n_pairs: int, bound: str = "unimodal"
) -> np.ndarray:
    """Upper bound on the expected number of falsely selected features; infinite where none holds.

    Parameters
    ----------
    q : ndarray
        Average number of features selected in a half.
    n_features : int
    threshold : float in (0.5, 1]
    n_pairs : int
    bound : {"unimodal", "any"}, default="unimodal"
    """
    q = np.asarray(q, dtype=float)
    share = q / n_features
    loose = q * share / (2.0 * threshold - 1.0)
    if bound == "any":
        return loose
    tail = 1.0 / (2.0 * n_pairs)
    with np.errstate(divide="ignore"):
        if threshold <= 0.75:
            room = 2.0 * threshold - 1.0 - tail
            tight = q * share / (2.0 * room) if room > 0.0 else np.full_like(q, np.inf)
        else:
            tight = q * share * 4.0 * (1.0 - threshold + tail) / (1.0 + 2.0 * tail)
    least = 0.5 + np.minimum(np.square(share), tail + 0.75 * np.square(share))
    holds = (share <= 1.0 / np.sqrt(3.0)) & (threshold > least)
    return np.where(holds, tight, np.inf)
