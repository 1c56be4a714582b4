"""What is asked of an engine: to carry one function to many blocks, and bring its answers back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, runtime_checkable

from regpath.errors import RegpathError


class EngineError(RegpathError):
    """The engine could not finish, whatever the function says: workers died, or are out of reach.

    Parameters
    ----------
    message : str
        What happened, and on which blocks.
    hint : str, default=""
        What the person can do next.

    Examples
    --------
    >>> str(EngineError("Workers ended 4 times.", "Give them more memory."))
    'Workers ended 4 times. Give them more memory.'
    """


@runtime_checkable
class Engine(Protocol):
    """Workers that carry out one function on many parts of the data.

    `workers` says how many parts are worked on at the same time. A part that a lost worker had is
    given to another one; what a function raises is raised here, and is not tried again.
    """

    @property
    def workers(self) -> int: ...  # noqa: D102

    def map_blocks(self, function: Callable[[Any], Any], parts: Sequence[Any]) -> Any:
        """Have `function` carried out on each part; a ticket for the answers."""

    def gather(self, ticket: Any) -> Iterator[Any]:
        """The answers in the order of the parts, each as soon as it and those before are there."""

    def cancel(self, ticket: Any) -> None:
        """Give up what is not done yet; asked in any case, once nobody waits any more."""

    def close(self) -> None:
        """End what this engine started; what a person brought is left as it was."""
