"""An engine that tells how far each pass has come."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from regpath.engines.engine import Engine


class PassSeen(NamedTuple):
    """How far a pass has come: its number, from 1, parts that are done, all parts, seconds."""

    number: int
    done: int
    parts: int
    seconds: float


class Watched:
    """Hands everything on to another engine, and tells what comes back.

    Parameters
    ----------
    engine : Engine
        Whoever opened it closes it.
    told : callable
        Called with a `PassSeen` when a pass begins and after each of its parts.

    Attributes
    ----------
    count : int
        Passes that were begun.
    seconds : list of float
        Of each pass that was finished.

    Examples
    --------
    >>> from regpath.engines.serial import Serial
    >>> seen = []
    >>> engine = Watched(Serial(), seen.append)
    >>> list(engine.gather(engine.map_blocks(abs, [-1, 2])))
    [1, 2]
    >>> [(each.number, each.done, each.parts) for each in seen]
    [(1, 0, 2), (1, 1, 2), (1, 2, 2)]
    """

    def __init__(self, engine: Engine, told: Callable[[PassSeen], None]) -> None:
        self._engine, self._told, self.count = engine, told, 0
        self.seconds: list[float] = []

    @property
    def workers(self) -> int:
        """Those of the other engine."""
        return self._engine.workers

    def map_blocks(self, function: Callable[[Any], Any], parts: Sequence[Any]) -> Any:
        """Hand the parts on."""
        self.count += 1
        begun = time.perf_counter()
        self._told(PassSeen(self.count, 0, len(parts), 0.0))
        return self.count, len(parts), begun, self._engine.map_blocks(function, parts)

    def gather(self, ticket: Any) -> Iterator[Any]:
        """The answers, each told."""
        number, parts, begun, inner = ticket
        for done, answer in enumerate(self._engine.gather(inner), start=1):
            self._told(PassSeen(number, done, parts, time.perf_counter() - begun))
            yield answer
        self.seconds.append(time.perf_counter() - begun)

    def cancel(self, ticket: Any) -> None:
        """Hand it on."""
        self._engine.cancel(ticket[-1])

    def close(self) -> None:
        """Leave the other engine as it is."""
