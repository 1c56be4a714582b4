"""No engine: one part after the other, here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any


class Serial:
    """Carries out everything in this process, when it is asked for the answer.

    Examples
    --------
    >>> engine = Serial()
    >>> list(engine.gather(engine.map_blocks(abs, [-1, 2])))
    [1, 2]
    """

    workers = 1

    def map_blocks(
        self, function: Callable[[Any], Any], parts: Sequence[Any]
    ) -> tuple[Callable[[Any], Any], Sequence[Any]]:
        """Note what is to be done."""
        return function, parts

    def gather(self, ticket: tuple[Callable[[Any], Any], Sequence[Any]]) -> Iterator[Any]:
        """Do it, one part after the other."""
        function, parts = ticket
        return map(function, parts)

    def cancel(self, ticket: Any) -> None:
        """Nothing is under way that nobody waits for."""

    def close(self) -> None:
        """Nothing was started."""
