"""The words of the subject, each in a sentence or two, for lessons and for the help of fields."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("glossary.toml")


@cache
def glossary() -> dict[str, str]:
    """Every word with what it means, in the order of the file.

    Returns
    -------
    dict of str to str

    Examples
    --------
    >>> from regpath.glossary import glossary
    >>> glossary()["coefficient"]
    'The number that a feature is multiplied by in a linear model. 0 means: not used.'
    """
    return {word: entry["says"] for word, entry in _entries().items()}


def words_in(text: str) -> dict[str, str]:
    """The words of the glossary that a text uses, with what they mean.

    Parameters
    ----------
    text : str

    Returns
    -------
    dict of str to str

    Examples
    --------
    >>> from regpath.glossary import words_in
    >>> list(words_in("L1 leaves features out as λ grows."))
    ['feature', 'lambda', 'L1']
    """
    return {
        word: entry["says"]
        for word, entry in _entries().items()
        if any(_is_in(each, text) for each in (word, *entry.get("also", ())))
    }


def _is_in(word: str, text: str) -> bool:
    # A capital stands for a name: C is not c, but Penalty is penalty.
    same_case = word.isupper() or any(letter.isdigit() for letter in word)
    flags = 0 if same_case else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, flags) is not None


@cache
def _entries() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return found
