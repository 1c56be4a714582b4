"""Who replaces whom: pairs of features of which a fit takes one or the other."""

from __future__ import annotations

import numpy as np
import pandas as pd

MOST_FEATURES = 400  # that are compared in pairs: those whose frequency is the least settled


def swap_pairs(selected: np.ndarray, names: tuple[str, ...], *, most: float = 0.0) -> pd.DataFrame:
    """Pairs of features by how much they avoid each other.

    Parameters
    ----------
    selected : ndarray of bool, shape (n_halves, n_features)
        Whether a feature was selected in a half, at one strength.
    names : tuple of str
    most : float, default=0.0
        Pairs with a smaller correlation only.

    Returns
    -------
    DataFrame
        One row per pair, the most negative correlation first: `a`, `b`; `phi`, the
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
    variance = alone * (n_halves - alone)
    phi = (together * neither - only_i * only_j) / np.sqrt(variance[i] * variance[j])
    kept = np.flatnonzero(phi < most)
    kept = kept[np.argsort(phi[kept], kind="stable")]
    counts = [each[kept] for each in (together, only_i, only_j, neither)]
    in_both, in_a, in_b, out = counts
    return pd.DataFrame(
        {
            "a": [names[k] for k in chosen[i[kept]]],
            "b": [names[k] for k in chosen[j[kept]]],
            "phi": phi[kept],
            "log_odds": np.log((in_a + 0.5) * (in_b + 0.5) / ((in_both + 0.5) * (out + 0.5))),
            **dict(
                zip(
                    ("both", "only_a", "only_b", "neither"),
                    (each.astype(int) for each in counts),
                    strict=True,
                )
            ),
        }
    )
