"""Levels that are one word in several spellings: capitals, blanks, accents, stops, initials."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping

from regpath.wording import listed, shown

MOST_SHOWN = 3  # groups in a note
_SHORTEST_WORD = 3  # letters; AB beside A is no word that A may mean

_END = re.compile(r"^[\s'\"]+|[\s'\".,;:!]+$")
_JOINT = re.compile(r"(?<=[^\W\d])[\s_-]+(?=[^\W\d])")  # between letters; 1-2 is not 12, nor A- A
_BEFORE_NUMBER = re.compile(r"(?<=[^\W\d]{2})[\s_-](?=\d)")  # Grade-1; A-1 may be less than A
_BLANKS = re.compile(r"\s+")
_STOPS = re.compile(r"(?<=[^\W\d])[.,']+(?!\d)")  # behind letters; 1.5 is not 15, nor v.2 v2
_BRACKETS = re.compile(r"(?<!\w)[(\[]([^\W\d_][^()\[\]]*)[)\]]")  # around words; A(-) is not A-
_NOTE = re.compile(r"(?<=\w\w\w)\s*[*\u2020\u2021]+$")  # behind a word; A* is a grade
_AND = re.compile(r"(?<=\w)\s*&\s*(?=\w)|(?<=\w) (?:and|und|et) (?=\w)")
_NAMES_OF_PLACES = re.compile(r"^(?:(s)ain(te?)|(m)oun(t)|(f)or(t)) (?=\w)")  # St Louis
_UMLAUTS = str.maketrans(
    {"\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue", "\u00c4": "Ae", "\u00d6": "Oe", "\u00dc": "Ue"}
)
_ACCENTS = re.compile("[\u0300-\u036f]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SAME_SIGNS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u00b4`\u02bc", "'")
    | {"\u2264": "<=", "\u2265": ">="}
    | dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
)
_SIGN_SIDES = re.compile(r"\s*([<>=\u2264\u2265/&+%-])\s*")

Group = tuple[str, tuple[str, ...]]


def plain_spelling(level: str) -> str:
    """What two spellings of one word share.

    >>> [plain_spelling(level) for level in ("<=50K.", "Non-Smoker", "non smoker ", "A-", "A")]
    ['<=50k', 'nonsmoker', 'nonsmoker', 'a-', 'a']
    >>> [plain_spelling(level) for level in ("St. Louis (MO)", "Saint Louis, MO", "U.S.A.")]
    ['stlouismo', 'stlouismo', 'usa']
    """
    text = _INVISIBLE.sub("", level).translate(_SAME_SIGNS)
    text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold())
    text = unicodedata.normalize("NFC", text)
    text = _AND.sub(" and ", _NOTE.sub("", _BLANKS.sub(" ", _END.sub("", text))))
    text = _NAMES_OF_PLACES.sub(r"\1\2\3\4\5\6 ", _STOPS.sub("", _BRACKETS.sub(r"\1", text)))
    text = _BEFORE_NUMBER.sub(" ", text)
    joined = _JOINT.sub("", _SIGN_SIDES.sub(r"\1", text))
    return joined or level


def _plain_spellings(level: str) -> tuple[str, ...]:
    """The same, and with its umlauts as two letters: Mueller is as often Müller as Muller is."""
    written_out = unicodedata.normalize("NFC", level).translate(_UMLAUTS)
    if written_out == level:
        return (plain_spelling(level),)
    return tuple(dict.fromkeys((plain_spelling(level), plain_spelling(written_out))))


def same_words(counts: Mapping[str, int]) -> tuple[Group, ...]:
    """Groups of levels that are one word: its most frequent spelling, and all of them.

    >>> same_words({"male": 5, "Male": 9, "MALE": 1, "female": 7})
    (('Male', ('MALE', 'Male', 'male')),)
    """
    spelled: dict[str, list[str]] = {}
    for level in sorted(counts):
        spelled.setdefault(plain_spelling(level), []).append(level)
    for level in counts:
        first, *others = _plain_spellings(level)
        if others and first in spelled and others[0] in spelled:
            spelled[others[0]].extend(spelled.pop(first))
    for letter, word in _by_initial(spelled).items():
        spelled[word].extend(spelled.pop(letter))
    return tuple(
        (max(levels, key=lambda level: (len(level) > 1, counts[level])), tuple(sorted(levels)))
        for levels in spelled.values()
        if len(levels) > 1
    )


def joined_by(levels: Collection[str], found: Collection[str]) -> dict[str, str]:
    """The level of each cell that is one of some levels in another spelling.

    >>> joined_by(["male", "female"], ["Male", "female", "other"])
    {'Male': 'male'}
    """
    plain: dict[str, str] = {}
    for level in levels:
        for spelled in _plain_spellings(level):
            plain.setdefault(spelled, level)
    words = _by_initial(set(map(plain_spelling, (*levels, *found))))
    plain |= {letter: plain[word] for letter, word in words.items() if word in plain}
    return {
        text: plain[spelled]
        for text in found
        if text not in levels
        for spelled in _plain_spellings(text)[::-1]
        if spelled in plain
    }


def _by_initial(spelled: Collection[str]) -> dict[str, str]:
    """The word of each letter that begins one word alone; none if some letter begins none.

    >>> _by_initial(["m", "male", "f", "female"]), _by_initial(["c", "python", "clojure", "r"])
    ({'m': 'male', 'f': 'female'}, {})
    """
    letters = {level for level in spelled if len(level) == 1 and level.isalpha()}
    words = [level for level in spelled if len(level) >= _SHORTEST_WORD and level.isalpha()]
    initials = Counter(word[0] for word in words)
    if not letters or any(initials[letter] != 1 for letter in letters):
        return {}
    if len(letters) == 1 and len(words) != 2:
        return {}  # C beside Python, Julia and Clojure
    return {word[0]: word for word in words if word[0] in letters}


def spelling_note(column: str, groups: tuple[Group, ...]) -> str:
    """What a note says of them."""
    some = "; ".join(listed(levels) for _, levels in groups[:MOST_SHOWN])
    more = f" and {len(groups) - MOST_SHOWN} more" if len(groups) > MOST_SHOWN else ""
    return (
        f"Levels of {shown(column)} that may mean the same are kept apart: {some}{more} "
        "(level_groups joins them)."
    )
