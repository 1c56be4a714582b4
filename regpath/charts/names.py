"""Words in charts: what a person calls a measure, and names from a file as plain text."""

from __future__ import annotations

import html
import math
import re
import unicodedata

from regpath.core.metrics.measures import MEASURES
from regpath.core.regpath import RegPath
from regpath.wording import both_ends

LONGEST = 24  # small letters' room of a name beside a curve
CLASS = 14  # small letters' room of a class in the title of an axis
_TAG = re.compile(r"<[^<>]*>")
# Letters of DejaVu Sans, wider than the others that systems have: these are up to 1 em wide, small
# ones and digits up to 0.64, all others of Latin script up to 0.84.
_WIDE, _NARROW = "@%mwMW…", " ()[]{}|/\\'\".,:;-_━"
_SMALL = 0.64  # em, of small letters and digits
_JOINER = "\u2060"  # a word joiner: no width


def measure_name(measure: str) -> str:
    """What a person calls a measure."""
    known = MEASURES.get(measure)
    return known.label if known else measure.replace("_", " ")


def as_text(name: object, most: int = LONGEST) -> str:
    """A name that Plotly shows as it is: no markup, no template, no formula.

    One that takes more room than so many small letters is cut in its middle: names from one file
    often begin alike.
    """
    words = " ".join(str(name).split())
    short, count = words, most
    while _ems(short) > _ems("n" * most) and count > 1:
        short, count = both_ends(words, count), count - 1
    plain = short.replace("%{", f"%{_JOINER}{{").replace("$", f"${_JOINER}")
    return html.escape(plain, quote=False)  # Plotly would show &quot; as it stands


def is_short_for(short: str, whole: str) -> bool:
    """Tell whether one name may be another one, cut or whole.

    >>> is_short_for("wor…ius", "worst radius"), is_short_for("a", "ab")
    (True, False)
    """
    cuts = (i for i, sign in enumerate(short) if sign == "…" and len(whole) >= len(short))
    ends = any(whole.startswith(short[:i]) and whole.endswith(short[i + 1 :]) for i in cuts)
    return whole == short or ends


def class_told(title: str, path: RegPath, k: int) -> str:
    """A title that says whose coefficients they are, where each class has its own."""
    if not path.loss.per_class:
        return title
    return f"{title}, class {as_text(path.classes[k], CLASS)}"


def width_of(text: str, size: float) -> float:
    """Pixels that a text takes at most, in whatever letters a system has."""
    shown = html.unescape(_TAG.sub("", text))
    return size * _ems(shown)


def _ems(words: str) -> float:
    return math.fsum(map(_em, words))


def _em(sign: str) -> float:
    if sign in _WIDE or unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    return _SMALL if sign.islower() or sign.isdigit() or sign in _NARROW else 0.84
