"""Words in charts: what a person calls a measure, and names from a file as plain text."""

from __future__ import annotations

import html

from regpath.core.metrics.measures import MEASURES

LONGEST = 22  # characters of a name beside a curve
_JOINER = "\u2060"  # a word joiner: no width


def measure_name(measure: str) -> str:
    """What a person calls a measure."""
    known = MEASURES.get(measure)
    return known.label if known else measure.replace("_", " ")


def as_text(name: object, most: int = LONGEST) -> str:
    """A name that Plotly shows as it is: no markup, no template, no formula."""
    words = " ".join(str(name).split())
    short = words if len(words) <= most else f"{words[: most - 1]}…"
    return html.escape(short.replace("%{", f"%{_JOINER}{{").replace("$", f"${_JOINER}"))
