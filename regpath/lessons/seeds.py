"""The seed that a student's number stands for, so that each deals rows of his own."""

from __future__ import annotations

import re
import zlib

SEEDS = 10_000  # as many as four digits: what a class can work out by heart

HOW = (
    "its last four digits are the seed by which the rows of this lesson are dealt; of a name they "
    "are made of its letters"
)


def seed_of(number: str) -> int:
    """The seed of the number, or name, that a student typed.

    Parameters
    ----------
    number : str
        The digits in it count, whatever stands between them; without any, all of it is a name.

    Returns
    -------
    int
        From 0 to 9999.

    Examples
    --------
    >>> from regpath.lessons.seeds import seed_of
    >>> seed_of("2023-41234"), seed_of("7"), seed_of("Ada") == seed_of(" Ada ")
    (1234, 7, True)
    """
    digits = "".join(re.findall(r"\d", number))
    if digits:
        return int(digits[-4:])
    return zlib.crc32(number.strip().encode()) % SEEDS
