"""How a path is looked at as a word of an address: short, and of signs that no address escapes."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

LONGEST_VIEW = 2000  # characters
BETWEEN, PART = "**", "*"  # between choices; between a choice and its values
LISTS = ("zoom", "scores", "pins", "open")
NUMBERS = ("zoom", "open", "threshold", "speed")
_NAME = re.compile(r"[a-z_]+")
_WORD = re.compile(r"[\w.-]+", re.ASCII)
_FLAGS = {"true": True, "false": False}


def view_in_link(view: Mapping[str, Any]) -> str:
    """Write a view: `axis*norm**pins*f1*f3`, or as JSON where that would not bring it back.

    Parameters
    ----------
    view : mapping
        What the explorer says of itself, as JSON has it.

    Examples
    --------
    >>> view_in_link({"axis": "norm", "zoom": [10, 40], "speed": 0.5})
    'axis*norm**zoom*10*40**speed*0.5'
    >>> view_in_link({"axis": "a b"})
    '{"axis":"a b"}'
    """
    words = BETWEEN.join(PART.join([name, *_values(value)]) for name, value in view.items())
    same = _plainly(words) == view if words else not view
    return words if same else json.dumps(view, separators=(",", ":"))


def view_of_link(text: str) -> dict[str, Any]:
    """Read a view as `view_in_link` writes it, or as JSON; empty where it is neither.

    Examples
    --------
    >>> view_of_link("axis*norm**pins*f1*f3"), view_of_link('{"axis":"norm"}'), view_of_link("{")
    ({'axis': 'norm', 'pins': ['f1', 'f3']}, {'axis': 'norm'}, {})
    """
    text = text[:LONGEST_VIEW]
    if not text.startswith("{"):
        return _plainly(text) or {}
    try:
        view = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return view if isinstance(view, dict) else {}


def _values(value: Any) -> list[str]:
    each = value if isinstance(value, list) else [value]
    return [str(one).lower() if isinstance(one, bool) else str(one) for one in each]


def _plainly(words: str) -> dict[str, Any] | None:
    view: dict[str, Any] = {}
    for words_of_one in words.split(BETWEEN):
        name, *values = words_of_one.split(PART)
        if not _NAME.fullmatch(name) or name in view:
            return None
        if not all(_WORD.fullmatch(value) for value in values):
            return None
        found = [_one(name, value) for value in values]
        if None in found or (name not in LISTS and len(found) != 1):
            return None
        view[name] = found if name in LISTS else found[0]
    return view


def _one(name: str, value: str) -> Any:
    if name not in NUMBERS:
        return _FLAGS.get(value, value)
    try:
        number = float(value)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and "." not in value else number
