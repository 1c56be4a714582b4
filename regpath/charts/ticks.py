"""Round values on an axis and how they are written, as the explorer's own axes have them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from regpath.wording import LARGE, SMALL, number_text, power_of_ten

MOST_DECADES = 7  # between the ends, beyond which not every decade has a tick
TWO_DIGITS_BELOW = 1.5  # decades on the axis; on more, one tick a decade is enough
ROUNDING = 1e-9  # of a step or a decade: what is no difference
TOLD = 1e-6  # of a step: what digits may leave out
BETWEEN = 5  # ticks where two round numbers are not in sight


def log_ticks(low: float, high: float) -> tuple[list[float], list[str]]:
    """Values to mark on a logarithmic axis, and their texts, all written alike.

    Parameters
    ----------
    low, high : float
        Ends of the axis, positive.

    Returns
    -------
    tuple of list
        Values, and a text for each.

    Examples
    --------
    >>> log_ticks(0.02, 50.0)
    ([0.1, 1.0, 10.0], ['0.1', '1', '10'])
    >>> log_ticks(2e-6, 0.1)[1]
    ['10⁻⁵', '10⁻⁴', '10⁻³', '10⁻²', '10⁻¹']
    >>> log_ticks(0.91, 0.93)[1]
    ['0.91', '0.915', '0.92', '0.925', '0.93']
    """
    start, end = math.log10(low), math.log10(high)
    factors = (1,) if end - start > TWO_DIGITS_BELOW else (1, 2, 5)
    every = max(1, math.ceil((end - start) / MOST_DECADES))
    found = [
        float(f"{factor * 10.0**power:.3g}")
        for power in range(math.floor(start), math.ceil(end) + 1)
        if power % every == 0
        for factor in factors
        if start - ROUNDING <= power + math.log10(factor) <= end + ROUNDING
    ]
    if len(found) > 1:
        return found, decade_texts(found)
    found = [value for value in round_ticks(low, high, BETWEEN) if value > 0.0]
    return found, tick_texts(found)


def round_ticks(low: float, high: float, count: int) -> list[float]:
    """About so many round values between low and high."""
    span = high - low
    if not span > 0.0:
        return [low]
    power = 10.0 ** math.floor(math.log10(span / count))
    step = power * next(
        each for each in (1, 2, 5, 10) if each * power >= span / count * (1 - ROUNDING)
    )
    first, last = math.ceil(low / step - ROUNDING), math.floor(high / step + ROUNDING)
    return [float(f"{k * step:.12g}") for k in range(first, last + 1)]


def tick_texts(values: Sequence[float]) -> list[str]:
    """Write round values with as many digits as tell them apart."""
    sizes = sorted(abs(value) for value in values if value)
    if not sizes:
        return ["0" for _ in values]
    gaps = [abs(b - a) for a, b in pairwise(values) if a != b]
    step = min([*gaps, sizes[-1]])
    digits = math.floor(math.log10(sizes[-1])) - math.floor(math.log10(step)) + 1
    while digits < 15 and any(
        abs(float(f"{value:.{digits - 1}e}") - value) > TOLD * step for value in values
    ):
        digits += 1
    return [number_text(value, digits) for value in values]


def decade_texts(values: Sequence[float]) -> list[str]:
    """Write values of a logarithmic axis: 0.1 and 10 while all are near one, else powers of ten."""
    if all(SMALL <= value < LARGE for value in values):
        return [number_text(value) for value in values]
    return [number_text(value) if value in (1.0, 10.0) else power_of_ten(value) for value in values]
