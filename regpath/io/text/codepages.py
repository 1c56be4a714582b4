"""Which 8-bit code page a text is in, judged by the letters that its bytes would be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from regpath.io.text.letters import (
    lacks_vowels,
    language_of,
    plausibility,
    quoted_otherwise,
    script_of,
)

SHOWN = {
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "cp1257": "Windows-1257",
    "iso-8859-2": "Latin-2",
    "iso-8859-15": "Latin-9",
    "koi8-r": "KOI8-R",
    "cp866": "DOS 866",
    "mac-roman": "Mac Roman",
    "mac-cyrillic": "Mac Cyrillic",
    "cp850": "DOS 850",
    "shift-jis": "Shift JIS",
    "euc-jp": "EUC-JP",
    "gb18030": "GB 18030",
    "euc-kr": "EUC-KR",
    "big5": "Big5",
}
_MULTI_BYTE = ("shift-jis", "euc-jp", "gb18030", "euc-kr", "big5")
_START = 2**22  # bytes in which letters beyond ASCII are looked for
_SAMPLE = 2**16  # bytes of such lines that are judged
# Log odds before a letter is seen: any spreadsheet in the West saves Windows-1252. One place that
# fits here (up to 2) and not there (down to -4) is about enough, and none is not. Measured on
# tables of 1 to 40 names in 47 pairs of language and page: tests/corpus/languages.py.
_PRIOR = {
    "cp1252": 3.0,
    "latin-1": 2.9,
    "cp1250": 1.0,
    "cp1251": 1.0,
    "iso-8859-15": 1.5,
    "iso-8859-2": 0.5,
    "cp1253": 0.5,
    "cp1254": 0.5,
    "cp1257": 0.5,
    "mac-cyrillic": -0.5,
}
_WEIGHT = 2.0  # log odds of a place that fits perfectly
_FEWEST_PAIRS = 2  # different letters of two bytes; fewer are an accident
_ACCIDENT = 3.0  # log odds against such a page: as much as speaks for Windows-1252
_MOST_PLACES = 500  # that are judged; each neighbourhood counts once, however often it occurs


@dataclass(frozen=True)
class CodePages:
    """The code pages that can be.

    Parameters
    ----------
    names : tuple of str
        Python's names of them, the likeliest first.
    is_known : bool
        Whether the letters of the first are more often plausible than not.
    """

    names: tuple[str, ...]
    is_known: bool


def code_pages(data: bytes) -> CodePages:
    r"""Return the code pages that can be, the likeliest first.

    >>> code_pages("größe;café".encode("cp1252")).names[0]
    'cp1252'
    >>> code_pages("имя;город\nИван;Москва".encode("koi8-r")).names[0]
    'koi8-r'
    """
    lines = [line for line in data[:_START].splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:_SAMPLE]
    cut = sample[: sample.rfind(b"\n")] if len(sample) == _SAMPLE and b"\n" in sample else sample
    found = {page: evidence for page in SHOWN if (evidence := _evidence(cut, page)) is not None}
    ranked = sorted(found, key=lambda page: -(found[page] + _PRIOR.get(page, 0.0)))
    whole = tuple(page for page in ranked if _fits(data, page))
    return CodePages(whole or ("latin-1",), bool(whole) and found[whole[0]] > 0)


def _fits(data: bytes, page: str) -> bool:
    try:
        data.decode(page)
    except UnicodeDecodeError:
        return False
    return True


def _evidence(sample: bytes, page: str) -> float | None:
    """Add up how plausible the letters are, each place counted once; None if it cannot be."""
    try:
        text = quoted_otherwise(sample.decode(page))
    except UnicodeDecodeError:
        return None
    places = {
        (text[i - 1 : i], found[0], text[i + 1 : i + 2])
        for found in re.finditer(r"[^\x00-\x7f]", text)
        for i in (found.start(),)
    }
    chosen = sorted(places)[:_MOST_PLACES]
    letters = [letter for _, letter, _ in chosen]
    language = language_of(c for c in letters if script_of(c) == "LATIN")
    score = sum(plausibility(a, letter, b, language) for a, letter, b in chosen)
    words = set(re.findall(r"[^\W\d_\x00-\x7f]{4,}", text))
    score -= sum(map(lacks_vowels, words))
    rare = page in _MULTI_BYTE and len(set(letters)) < _FEWEST_PAIRS
    return _WEIGHT * score - (_ACCIDENT if rare else 0.0)
