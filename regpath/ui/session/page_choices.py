"""What was chosen on pages beside the recipe, as a session's file holds it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan
from typing import Any

import streamlit as st

from regpath.core.selection import RULES
from regpath.errors import ParameterError
from regpath.ui.session.answers import LONGEST_NUMBER
from regpath.ui.session.drawn import bring_points, changed_drawings
from regpath.ui.session.state import Key

# Numbers of pages: what they must be, and between which limits their fields take them.
NUMBERS: dict[Key, tuple[type, float, float]] = {
    Key.N_PAIRS: (int, 5, 500),
    Key.HALVES_SEED: (int, 0, 99_999),
    Key.THRESHOLD: (float, 0.55, 1.0),
    Key.MAX_FALSE: (float, 0.1, 50.0),
}
LEAST_CUT, MOST_CUT = 0.01, 0.99  # probabilities from which on a class is predicted
MOST_ANSWERS = 50  # of one lesson, and lessons
PICTURE = (Key.ACROSS, Key.UPWARDS, Key.OTHERS)  # two features, and what happens to the others
# Parts that are a person's own and not what a page shows.
PERSONAL = ("answers", "dealt_for", "drawn")


def page_choices(digest: str) -> dict[str, Any]:
    """What stands on the pages, for data of this digest.

    Returns
    -------
    dict
        JSON-ready: `numbers`, `sections` (the open part of each page), `marked` (rules), `cut` (of
        two classes), `by` (the column that divides rows), `picture` (two features that are drawn,
        and what happens to the others), `answers` (locked in lessons), `dealt_for` (the numbers
        under which) and `drawn` (points, in lessons and on these data).
    """
    state = st.session_state
    begins = f"{Key.SECTION.value}:"
    return {
        "numbers": {str(key): state[key] for key in NUMBERS if key in state},
        "sections": {
            str(name).removeprefix(begins): value
            for name, value in state.items()
            if str(name).startswith(begins) and value is not None
        },
        "marked": list(state.get(Key.MARKED, ())),
        "cut": state.get(Key.CUT.of(digest)),
        "by": state.get(Key.SUBGROUP.of(digest)),
        "picture": {str(key): state[key.of(digest)] for key in PICTURE if key.of(digest) in state},
        "answers": {name: given for name, given in state.get(Key.ANSWERS, {}).items() if given},
        "dealt_for": {name: str(number) for name, number in state.get(Key.DEALT_FOR, {}).items()},
        "drawn": {owner: each.to_text() for owner, each in changed_drawings(digest).items()},
    }


def take_page_choices(told: Mapping[str, Any], digest: str) -> None:
    """Choose what a file says, as far as a person could; pages settle names that they lack.

    Raises
    ------
    TypeError, ValueError, AttributeError
        If a part is of another kind than the app writes.
    """
    state = st.session_state
    for key, (kind, least, most) in NUMBERS.items():
        value = told.get("numbers", {}).get(str(key))
        if value is not None and least <= value <= most:
            state[key] = kind(value)
    for page, name in told.get("sections", {}).items():
        state[Key.SECTION.of(str(page))] = str(name)
    marked = [name for name in told.get("marked", ()) if name in RULES]
    if marked:
        state[Key.MARKED] = marked
    cut, by = told.get("cut"), told.get("by")
    if cut is not None and LEAST_CUT <= cut <= MOST_CUT:
        state[Key.CUT.of(digest)] = float(cut)
    if isinstance(by, str):
        state[Key.SUBGROUP.of(digest)] = by
    for key in PICTURE:
        name = told.get("picture", {}).get(str(key))
        if isinstance(name, str):
            state[key.of(digest)] = name
    for owner, text in told.get("drawn", {}).items():
        bring_points(str(owner), str(text))
    _take_answers(told.get("answers", {}), told.get("dealt_for", {}))


def cut_of(name: str, word: str) -> float:
    """The probability that a word of an address says.

    Raises
    ------
    ParameterError
        If it is none that the page takes.
    """
    try:
        value = float(word)
    except ValueError:
        value = nan
    if not LEAST_CUT <= value <= MOST_CUT:
        raise ParameterError(
            f"{name!r} goes from {LEAST_CUT:g} to {MOST_CUT:g}. Got {word!r} instead."
        )
    return value


def _take_answers(told: Mapping[str, Any], dealt_for: Mapping[str, Any]) -> None:
    """Nobody gets rid of a locked answer by opening an older session."""
    kept: dict[str, list[Any]] = st.session_state.setdefault(Key.ANSWERS, {})
    for name, given in list(told.items())[:MOST_ANSWERS]:
        if isinstance(given, list) and len(given) > len(kept.get(str(name), [])):
            kept[str(name)] = given[:MOST_ANSWERS]
            numbers = st.session_state.setdefault(Key.DEALT_FOR, {})
            numbers[str(name)] = str(dealt_for.get(name, ""))[:LONGEST_NUMBER]
