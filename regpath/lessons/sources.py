"""The code that a lesson shows: the very lines that run."""

from __future__ import annotations

import inspect

from regpath.lessons.descent import Walk, descend
from regpath.lessons.specimens import SPECIMENS

STOPS = "if min(abs(step)) < 0.001:\n    stop\n"


def sources_of(chart: str) -> tuple[tuple[str, str], ...]:
    """Titles and lines of what a chart runs; most charts run nothing that is worth reading.

    >>> [title for title, _ in sources_of("descent")], sources_of("paths")
    (['The lines that run'], ())
    """
    if chart == "descent":
        lines = f"{inspect.getsource(Walk)}\n\n{inspect.getsource(descend)}"
        return (("The lines that run", lines),)
    if chart != "museum":
        return ()
    return tuple(
        (
            each.title,
            "\n".join(
                (
                    *((inspect.getsource(each.prepare),) if each.prepare else ()),
                    inspect.getsource(each.cost),
                    inspect.getsource(each.gradient),
                    *((STOPS,) if each.stops_early else ()),
                )
            ),
        )
        for each in SPECIMENS.values()
    )
