"""Direct labels at the end of lines, moved apart just as far as they must be."""

from __future__ import annotations

import numpy as np
from scipy.optimize import isotonic_regression


def spread(wanted: np.ndarray, gap: float, low: float, high: float) -> np.ndarray:
    """Positions nearest to `wanted` (least squares) that keep `gap` and stay in [low, high].

    Where they do not all fit, the gap shrinks to what does.

    Parameters
    ----------
    wanted : ndarray of shape (k,)
    gap, low, high : float

    Returns
    -------
    ndarray of shape (k,)
        In the order of `wanted`.

    Examples
    --------
    >>> spread(np.array([0.0, 0.0, 1.0]), 0.5, -1.0, 1.0).tolist()
    [-0.25, 0.25, 1.0]
    """
    count = len(wanted)
    if count == 0:
        return wanted.astype(float)
    gap = min(gap, (high - low) / max(count - 1, 1))
    order = np.argsort(wanted, kind="stable")
    ladder = gap * np.arange(count)
    # With the gaps taken out, "at least a gap apart" becomes "not decreasing".
    flat = isotonic_regression(wanted[order] - ladder).x
    placed = np.clip(flat, low, high - ladder[-1]) + ladder
    result = np.empty(count)
    result[order] = placed
    return result
