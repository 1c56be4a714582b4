"""Sums and products in twice the digits: each number is a pair, what it is and what was rounded.

References: Dekker (1971), A floating-point technique for extending the available precision. Ogita,
Rump and Oishi (2005), Accurate sum and dot product.
"""

from __future__ import annotations

import numpy as np

HALVES = 134217729.0  # 2^27 + 1: splits a number into halves of 26 bits, whose products are exact


def sum_of(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The sum, and what rounding took from it."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def product_of(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The product, and what rounding took from it; for numbers far below the largest."""
    product = a * b
    (a_high, a_low), (b_high, b_low) = halves(a), halves(b)
    rest = ((product - a_high * b_high) - a_low * b_high) - a_high * b_low
    return product, a_low * b_low - rest


def halves(a: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The upper and the lower 26 bits."""
    wide = HALVES * a
    high = wide - (wide - a)
    return high, a - high


def total_of(high: np.ndarray, low: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sum of pairs along the first axis, as a pair."""
    while len(high) > 1:
        half = len(high) // 2
        odd = high[2 * half :], low[2 * half :]
        total, lost = sum_of(high[:half], high[half : 2 * half])
        rest = low[:half] + low[half : 2 * half] + lost
        high, low = np.concatenate([total, odd[0]]), np.concatenate([rest, odd[1]])
    return high[0], low[0]
