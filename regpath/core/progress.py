"""Progress of long calls: how it is told, and how it stops them."""

from __future__ import annotations

from collections.abc import Callable

from regpath.errors import RegpathError

# Called with the share that is done, from 0 to 1; whatever it raises ends the call.
Progress = Callable[[float], None]


class Cancelled(RegpathError):  # noqa: N818 - nothing went wrong
    """A long call was stopped by its `progress` callback, which raised this.

    Parameters
    ----------
    message : str, default="Stopped before it was done."
        What was stopped.
    hint : str, default=""
        What the person can do next.

    Examples
    --------
    >>> import regpath
    >>> def stop(share):
    ...     raise regpath.Cancelled()
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem, n_lambdas=10)
    >>> try:
    ...     regpath.cross_validate(problem, path, progress=stop)
    ... except regpath.Cancelled as stopped:
    ...     print(stopped)
    Stopped before it was done.
    """

    def __init__(self, message: str = "Stopped before it was done.", hint: str = "") -> None:
        super().__init__(message, hint)


def tell(progress: Progress | None, done: float, total: float = 1.0) -> None:
    """Report that `done` of `total` is done; nobody may be listening."""
    if progress is not None:
        progress(min(max(done / total, 0.0), 1.0) if total > 0 else 1.0)


def part_of(progress: Progress | None, start: float, stop: float) -> Progress | None:
    """A callback for one stage of a call: its 0 to 1 is `start` to `stop` of the whole."""
    if progress is None:
        return None
    return lambda share: progress(start + (stop - start) * share)
