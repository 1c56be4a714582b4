"""How plausible a letter or a sign beyond ASCII is where it stands: from 1 down to -2."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from regpath.io.text.alphabets import ALPHABETS, FREQUENT, LANGUAGES, VOWELS

_OPENING, _CLOSING = "‘“„«‚‹", "’”»›"
_UNITS = set("gmlsktcAVFWΩLNSTPCHBUIKMJG")  # what begins units; Slovak ľ stands before vowels
# Quotes of German and its neighbours, where the sign that opens others closes.
_QUOTED = re.compile("„([^„“”\n]+)“|‚([^‚‘’\n]+)‘|»([^»«\n]+)«|›([^›‹\n]+)‹")
_POWERS = set("²³¹½¼¾")
_COMMON_ALONE = set("àèéóÀÈÉÓØ")
# What a sign is worth between two letters; others never stand there.
_IN_WORDS = {"’": 0.9, "·": 0.5, "–": 0.5, "—": 0.5, "\u00a0": 0.5, "®": 0.1, "™": 0.1}
_NEVER = -1.8  # plausibility of any other sign between two letters
# What follows a tilde in Portuguese; Romanian and Hungarian have other letters at these bytes.
_AFTER_TILDE = {"ã": set("oeis"), "õ": {"e"}}
_APART = set("±×÷©®§")  # signs that stand beside no other
_RARE_SIGNS = set("¨´¸¯¬¦ˆ˜¤†‡ƒ")
_HALF_WIDTH = ("\uff61", "\uff9f")  # kana, which Shift JIS makes of any Western accent


def language_of(letters: Iterable[str]) -> str:
    """Return the alphabet that has most of some Latin letters."""
    lower = [letter.lower() for letter in letters]
    return max(LANGUAGES.values(), key=lambda known: sum(letter in known for letter in lower))


def quoted_otherwise(text: str) -> str:
    """Put other quotes around what stands in German ones, which then open and close.

    >>> quoted_otherwise("„rot“ und »blau«")
    '“rot” und “blau”'
    """
    return _QUOTED.sub(lambda found: f"“{next(filter(None, found.groups()))}”", text)


def plausibility(before: str, letter: str, after: str, language: str) -> float:
    """Say how plausible a character is between two others.

    >>> plausibility("n", "’", "s", "") > 0 > plausibility("n", "µ", "s", "")
    True
    """
    script = script_of(letter)
    if script in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL"):
        return _eastern(before, letter, after, script)
    if not letter.isalpha() or letter in "ªºµ":
        return _sign(before, letter, after)
    if any(script_of(c) != script for c in (before, after) if c.isalpha()):
        return -0.8
    if letter.isupper() and before.islower() and before.isalpha():
        return -0.9
    if letter.islower() and after.isupper():
        return -0.9
    if before.isupper() and letter.isupper() and after.islower():
        return -0.9
    if script == "LATIN":
        return _latin(before, letter, after, language)
    return _other(before, letter, after, script)


def _other(before: str, letter: str, after: str, script: str) -> float:
    """Judge a letter of another alphabet: how frequent it is, and that it stands in a word."""
    alphabet = ALPHABETS.get(script)
    if alphabet is None or letter.lower() not in alphabet:
        return -0.3 if alphabet is None else -0.1
    rank = alphabet.index(letter.lower()) / len(alphabet)
    alone = not (before.isalpha() or after.isalpha())
    shouted = letter.isupper() and before.isupper()
    return 1.0 - 1.2 * rank - (0.3 if alone else 0.0) - (0.25 if shouted else 0.0)


def _latin(before: str, letter: str, after: str, language: str) -> float:
    neighbours = [c for c in (before, after) if c.isalpha()]
    if not neighbours:
        return 0.4 if letter in _COMMON_ALONE else -0.4
    if all(c > "\x7f" for c in neighbours):
        return -0.4  # accents are rare enough to stand apart
    lower = letter.lower()
    if (lower == "þ") == before.isalpha() and lower in "þðý":
        return -0.6  # Icelandic begins words with the first, and hardly ever with the others
    if lower in _AFTER_TILDE and after.lower() not in _AFTER_TILDE[lower]:
        return 0.2 if not after.isalpha() else -0.3
    if lower in "þð" and "þ" not in language:
        return -0.4  # Icelandic has all other letters of a text with these, too
    if _is_baltic(before, lower, after, language):
        return -0.6
    if lower in "ìòù" and after.isalpha() and "î" not in language:
        return -0.1  # Italian has them at the end only
    if lower in language:
        return 0.9 if letter.islower() or before.isupper() or after.islower() else 0.7
    return 0.3 if any(lower in known for known in LANGUAGES.values()) else -0.3


def _is_baltic(before: str, lower: str, after: str, language: str) -> bool:
    """Tell a letter that stands where its language has none, and Latvian or Lithuanian another.

    >>> _is_baltic("l", "ç", "t", ""), _is_baltic("n", "ç", "a", "")  # pilsēta, França
    (True, False)
    """
    if lower == "ç":
        around = (c.isalpha() and c.lower() not in "aeiouy" for c in (before, after))
        return "ğ" not in language and all(around) and after != "l"  # ē; Turkish has gençler
    if lower == "è":
        return after.isalpha() and after.lower() in "aeiou"  # č
    return lower in "ûě" and not before.isalpha() and after.isalpha()  # ū, ģ


def _sign(before: str, letter: str, after: str) -> float:
    if before.isalpha() and after.isalpha():
        return _IN_WORDS.get(letter, _NEVER)
    opens, closes = not before.isalnum(), not after.isalnum()
    if letter in _CLOSING:
        if before.isdigit() and after.isdigit():
            return 0.4  # feet and inches
        return 0.8 if closes and not before.isspace() else (0.3 if opens else -0.8)
    if letter in _OPENING:
        return 0.8 if opens and not after.isspace() else -0.8
    if letter == "µ":
        return 0.9 if after in _UNITS and (opens or before.isdigit()) else -0.8
    if letter in "ºª":
        return 0.9 if before.isdigit() or (before in "nNoOaA." and closes) else -0.8
    if letter == "°":
        angle = before.isdigit() and (after.isdigit() or after in "NSWEO")
        return 0.9 if not before.isalpha() and (closes or after in "CFK" or angle) else -0.8
    if letter in "€£¥¢":
        number = before.isdigit() or after.isdigit()
        if letter != "€" and opens and after.isalpha() and not number:
            return -0.5  # Ł and such begin words at these bytes
        return 0.9 if number else (0.4 if opens and closes else (0.0 if opens else -0.8))
    if letter in _POWERS:
        if before.isalnum() and closes:
            return 0.8 if letter in "²³¹" or before.isdigit() else -0.5
        return 0.5 if closes and not before.isalpha() else (-0.3 if opens else -0.8)
    if letter in "¿¡":
        return 0.9 if opens and after.isalpha() else -0.8
    if letter == "…":
        return 0.7 if closes else (0.5 if opens else -0.8)
    if letter in _APART and any(c > "\x7f" and not c.isalpha() for c in (before, after)):
        return -0.8
    if letter in "©®" and after.isalpha():
        return -0.3
    if letter in "–—•·§±×÷©®™\u00a0‰":
        return 0.7 if letter != "•" or opens else -0.8
    return -0.8 if letter in _RARE_SIGNS else -1.0


def lacks_vowels(word: str) -> bool:
    """Tell a word of an alphabet with vowels that has none: it is in another one."""
    vowels = VOWELS.get(script_of(word[0]))
    return vowels is not None and len(word) > 3 and not vowels & set(word.lower())


def _eastern(before: str, letter: str, after: str, script: str) -> float:
    latin = [c for c in (before, after) if c.isascii() and c.isalpha()]
    if latin:
        return -1.0 if len(latin) == 2 else -0.6
    if script in ("HIRAGANA", "KATAKANA"):
        return -0.5 if _HALF_WIDTH[0] <= letter <= _HALF_WIDTH[1] else 1.0
    if script == "HANGUL":
        mixed = any(script_of(c) == "CJK" for c in before + after)
        return 1.0 if letter in FREQUENT["HANGUL"] and not mixed else (-0.4 if mixed else 0.2)
    if letter in FREQUENT["CJK"]:
        return 1.0
    return 0.4 if _is_common(letter, "gb2312") or _is_common(letter, "shift-jis") else -0.2


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
def script_of(letter: str) -> str:
    """Return the script of a letter, by its name in Unicode."""
    return unicodedata.name(letter, "").split(" ")[0].removesuffix("-LETTER")
