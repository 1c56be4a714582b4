"""Who replaces whom: pairs of features of which a fit takes one or the other."""

from __future__ import annotations

import numpy as np
import pandas as pd

MOST_FEATURES = 400  # that are compared in pairs: those whose frequency is the least settled


def swap_pairs(selected: np.ndarray, names: tuple[str, ...]) -> pd.DataFrame:
    """Pairs of features by how much they avoid each other.

    Parameters
    ----------
    selected : ndarray of bool, shape (n_halves, n_features)
        Whether a feature was selected in a half, at one strength.
    names : tuple of str

    Returns
    -------
    DataFrame
        One row per pair with a negative correlation, the strongest first: `a`, `b`; `phi`, the
        correlation of the two being selected; `log_odds` of a being in when b is out against a
        being in when b is in (with half a count added to each of the four, so that it is finite);
        and the number of halves with `both`, `only_a`, `only_b` and `neither`.
    """
    share = selected.mean(axis=0)
    unsettled = np.flatnonzero((share > 0.0) & (share < 1.0))
    order = np.argsort(np.abs(share[unsettled] - 0.5), kind="stable")
    chosen = np.sort(unsettled[order[:MOST_FEATURES]])
    some = selected[:, chosen].astype(float)
    n_halves = len(some)
    both = some.T @ some
    alone = some.sum(axis=0)
    i, j = np.triu_indices(len(chosen), 1)
    together = both[i, j]
    only_i, only_j = alone[i] - together, alone[j] - together
    neither = n_halves - together - only_i - only_j
    spread = alone * (n_halves - alone)
    phi = (together * neither - only_i * only_j) / np.sqrt(spread[i] * spread[j])
    odds = np.log((only_i + 0.5) * (only_j + 0.5) / ((together + 0.5) * (neither + 0.5)))
    frame = pd.DataFrame(
        {
            "a": [names[k] for k in chosen[i]],
            "b": [names[k] for k in chosen[j]],
            "phi": phi,
            "log_odds": odds,
            "both": together.astype(int),
            "only_a": only_i.astype(int),
            "only_b": only_j.astype(int),
            "neither": neither.astype(int),
        }
    )
    negative = frame[frame["phi"] < 0.0]
    return negative.sort_values("phi", kind="stable", ignore_index=True)
