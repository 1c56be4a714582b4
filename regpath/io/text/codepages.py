"""Which 8-bit code page a text is in, judged by the letters that its bytes would be."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

SHOWN = {
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "koi8-r": "KOI8-R",
    "cp866": "DOS 866",
    "mac-roman": "Mac Roman",
    "cp850": "DOS 850",
    "shift-jis": "Shift JIS",
    "gb18030": "GB 18030",
    "euc-kr": "EUC-KR",
    "big5": "Big5",
}
_MULTI_BYTE = ("shift-jis", "gb18030", "euc-kr", "big5")
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE_START = 2**22  # bytes in which letters beyond ASCII are looked for
_SAMPLE_BYTES = 2**16  # bytes of such lines that are judged
# Letters that are frequent where their alphabet is used; each of them is worth more than another.
_FREQUENT = set("оеаинтсрвлкмéèàäöüßñçãíáóúêâîôåøæąęłśżńšžčřěýůőű")
_FREQUENT |= set("\u03b1\u03bf\u03b9\u03b5\u03c4\u03c3\u03bd\u03b7\u03c5\u03c1")
_SIGNS = set("€£¥°±²³µ½¼¾§–—‘’“”„…•©®™«»×·\u00a0‰′″")
_PRIOR = {"cp1252": 0.08, "latin-1": 0.07, "cp1250": 0.02, "cp1251": 0.02}


def code_pages(data: bytes) -> list[str]:
    r"""Return the code pages that can be, the likeliest first.

    >>> code_pages("größe;café".encode("cp1252"))[0]
    'cp1252'
    >>> code_pages("имя;город\nИван;Москва".encode("koi8-r"))[0]
    'koi8-r'
    """
    lines = [line for line in data[:_SAMPLE_START].splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:_SAMPLE_BYTES]
    scores = {page: score for page in SHOWN if (score := _score(sample, page)) is not None}
    ranked = sorted(scores, key=lambda page: -scores[page])
    whole = [page for page in ranked if _fits(data, page)]
    return whole or ["latin-1"]


def _fits(data: bytes, page: str) -> bool:
    try:
        data.decode(page)
    except UnicodeDecodeError:
        return False
    return True


def _score(sample: bytes, page: str) -> float | None:
    """Return how likely the letters are, for each byte that is not ASCII; None if it cannot be."""
    cut = sample[: sample.rfind(b"\n")] if len(sample) == _SAMPLE_BYTES else sample
    try:
        text = cut.decode(page)
    except UnicodeDecodeError:
        return None
    scores = [_plausibility(text, i) for i, letter in enumerate(text) if letter > "\x7f"]
    bytes_each = 2 if page in _MULTI_BYTE else 1
    n_high = max(1, len(_HIGH.findall(cut)))
    prior = _PRIOR.get(page, 0.0) * (1 + 8 / n_high)  # a few letters prove little
    score = sum(scores) * bytes_each / n_high if scores else 0.0
    return score / max(1.0, bytes_each * len(scores) / n_high) + prior


def _plausibility(text: str, i: int) -> float:
    letter = text[i]
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    script = _script(letter)
    if script in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL"):
        return _eastern_plausibility(letter, before, after)
    inside = before.isalpha() and after.isalpha()
    if not letter.isalpha() or letter in "ªº":
        return 0.6 if letter in _SIGNS and not inside else -1.0
    neighbours = [c for c in (before, after) if c.isalpha()]
    if any(_script(c) != script for c in neighbours):
        return -0.7
    if letter.isupper() and before.islower():
        return -0.8
    if script == "LATIN" and neighbours and all(c > "\x7f" for c in neighbours):
        return -0.3  # accents are rare enough to stand apart
    worth = 0.9 if letter.lower() in _FREQUENT else 0.3
    if letter in "ìòù" and after.isalpha():  # Italian has them at the end only
        worth = 0.0
    capital = letter.isupper() and before.isalpha()
    return worth - (0.25 if capital else 0.0) - (0.0 if neighbours else 0.5)


def _eastern_plausibility(letter: str, before: str, after: str) -> float:
    if _script(letter) in ("HIRAGANA", "KATAKANA"):
        # Half-width kana are what Shift JIS makes of any Western accent.
        return -0.5 if "\uff61" <= letter <= "\uff9f" else 1.0
    if before.isascii() and before.isalpha() and after.isascii() and after.isalpha():
        return -1.0
    if _script(letter) == "HANGUL":
        return 0.95 if _is_common(letter, "euc-kr") else -0.5
    return 0.8 if _is_common(letter, "gb2312") or _is_common(letter, "shift-jis") else -0.2


@cache
def _is_common(letter: str, standard: str) -> bool:
    """Tell whether a letter is on the first, everyday level of a national standard."""
    try:
        code = letter.encode(standard)
    except UnicodeEncodeError:
        return False
    last = {"gb2312": 0xD7, "shift-jis": 0x97, "euc-kr": 0xC8}[standard]
    first = {"gb2312": 0xB0, "shift-jis": 0x88, "euc-kr": 0xB0}[standard]
    return len(code) == 2 and first <= code[0] <= last


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0].removesuffix("-LETTER")
