"""What a server is told by its environment: whole numbers, and yes or no.

`regpath app` sets these from its options; whoever starts it otherwise, as a hub or a container
does, sets them by hand. What cannot be is refused: a server that went on with what is usual would
look as if it had heard.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable

from regpath.errors import ParameterError

CELLS, COLUMNS = "REGPATH_MAX_CELLS", "REGPATH_MAX_COLUMNS"
CACHE, UPLOADS = "REGPATH_CACHE_MEGABYTES", "REGPATH_UPLOADS_MEGABYTES"
WORKERS, SECONDS, MEGABYTES = "REGPATH_WORKERS", "REGPATH_JOB_SECONDS", "REGPATH_JOB_MEGABYTES"
# Least and most. The most is what no machine or class of today needs; beyond it a slip of the
# keyboard starts a thousand processes, or a bound of memory is a number the system does not take.
BOUNDS = {
    WORKERS: (0, 1024),
    SECONDS: (1, 10**7),
    MEGABYTES: (1, 10**7),
    CELLS: (1, 10**12),
    COLUMNS: (1, 10**9),
    CACHE: (1, 10**7),
    UPLOADS: (1, 10**7),
}
UPLOAD, PORT = (1, 10**5), (1, 65_535)  # megabytes; of options that are no variables of ours
ANSWERS = {"": False, "yes": True, "true": True, "on": True, "1": True} | dict.fromkeys(
    ("no", "false", "off", "0"), False
)
_WHOLE = re.compile(r"[+-]?[0-9]{1,30}", re.ASCII)


def told(name: str, usual: int) -> int:
    """A whole number of the environment, `usual` where it is not set or empty.

    Raises
    ------
    ParameterError
        If it is no whole number, or none between its bounds.
    """
    text = os.environ.get(name, "")
    if not text:
        return usual
    try:
        return _between(text.strip(), BOUNDS[name])
    except ValueError as error:
        raise ParameterError(f"{name}: {error}.", f"Leave it out for {usual:,}.") from None


def answered(name: str) -> bool:
    """A yes or no of the environment, no where it is not set or empty.

    Raises
    ------
    ParameterError
        If it is neither.
    """
    text = os.environ.get(name, "")
    try:
        return ANSWERS[text.strip().lower()]
    except KeyError:
        raise ParameterError(f"{name}: {text!r} is neither yes nor no.") from None


def check_environment() -> None:
    """Say what of the environment no server can be started with, before it is started.

    Raises
    ------
    ParameterError
        If a number is none that can be.
    """
    for name, (least, _) in BOUNDS.items():
        told(name, least)


def whole_number(bounds: tuple[int, int]) -> Callable[[str], int]:
    """What reads an option that takes a whole number."""

    def read(word: str) -> int:
        try:
            return _between(word.strip(), bounds)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read


def _between(word: str, bounds: tuple[int, int]) -> int:
    if not _WHOLE.fullmatch(word):
        raise ValueError(f"{word!r} is no whole number" if word else "it is blank")
    number, (least, most) = int(word), bounds
    if number < least:
        raise ValueError(f"{number:,} is below {least}")
    if number > most:
        raise ValueError(f"{number:,} is above {most:,}")
    return number
