"""What people write around a number: minus signs, brackets, currencies, percent, units.

Every repair is a few regular expressions with replacements. RE2 applies them here and Python's
`re` in take-away scripts, so they use what both understand.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regpath.io.columns.cells import matches, rewritten
from regpath.io.columns.fractions import SPACES, fraction_rewrites
from regpath.wording import listed

Rewrite = tuple[str, str]

_SPACE = f"[{SPACES}]*"
_DASHES = "\u2212\u2010\u2011\u2012\u2013\uff0d"
_DIGITS = f"[0-9.,'\u2019{SPACES}]"
_CURRENCY = (
    "(?:(?:US|CA|AU|NZ|HK|A|C|R)?[$]|[\u20a0-\u20cf\u00a3\u00a5]|USD|EUR|GBP|CHF|JPY|CNY|RMB|INR"
    "|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RUB|TRY|BRL|MXN|ZAR|KRW|SGD|HKD|ILS|Fr[.]|Rs[.]?"
    "|kr[.]?|z\u0142|K\u010d|\u0440\u0443\u0431[.]?)"
)
_SAME_CURRENCY = {
    "USD": "$",
    "US$": "$",
    "EUR": "\u20ac",
    "GBP": "\u00a3",
    "JPY": "\u00a5",
    "INR": "\u20b9",
    "Rs": "\u20b9",
    "Rs.": "\u20b9",
    "CNY": "\u00a5",
    "RMB": "\u00a5",
    "Fr.": "CHF",
    "kr.": "kr",
    "CA$": "CAD",
    "C$": "CAD",
    "AU$": "AUD",
    "A$": "AUD",
    "R$": "BRL",
    "z\u0142": "PLN",
    "K\u010d": "CZK",
    "\u20bd": "RUB",
}
_LETTER = (
    'A-Za-z"\u2033\u201d\u00aa\u00ba\u00b5\u03bc\u2126\u03a9\u00b0\u2103\u2109\u2030\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f'
    "\u0400-\u04ff\u4e00-\u9fff\uac00-\ud7a3"
)
_LATER = f"{_LETTER}\u00b2\u00b3\u00b7/.^0-9-"
_UNIT = f"[{_LETTER}][{_LATER}]{{0,11}}"
_EXPONENT = "^[eE][+-]?[0-9]+$"
_FACTOR_WORDS = """
k K M B T G mn mln mio Mio Mio. Mrd Mrd. bn Bn tsd Tsd Tsd. mil lakh crore
thousand million billion trillion
тыс тыс. млн млрд 千 萬 万 億 亿 천 만 억
"""
# Beside numbers without it, each changes what a number is worth: 500 is not 1.2k.
_FACTORS = frozenset(_FACTOR_WORDS.split())
_SAMPLE = 1000  # different cells that tell which currencies there are
_FEWEST_UNITS = 3  # different numbers with a unit, where most have none
_UNITS = 4  # as many different ones may be units, more are something else
_PERCENT = "%\uff05\u066a"
_EM_DASH = "\u2014"
_FLAG_SIGNS = "*#?!^\u2020\u2021\u00a7\u00b9\u00b2\u00b3"
_RAISED = "\u1d43-\u1d61\u02b0-\u02b8\u2070-\u2079\u207f"  # letters and digits of notes
_LIMIT_SIGNS = "~<>=\u2264\u2265\u2248\u00b1"
# One letter, without those that are factors; beside a blank two or three.
_FLAG_LETTER = "[AC-FH-JLN-SU-Za-jl-z]"
_FLAG_WORD = "(?:est|prov|approx|rev|ca|circa|about|around)[.]?"
_BEFORE = (
    "over|under|above|below|more than|less than|at least|at most|up to|nearly|almost|roughly"
    "|etwa|rund|mehr als|weniger als|über|unter|mind[.]|mindestens|höchstens|fast"
    "|environ|env[.]|plus de|moins de|más de|menos de|mais de|più di|meno di|oltre|ongeveer"
    "|bis(?: zu)?|ab|max[.]?|min[.]?|maximal|minimal|jusqu'à|hasta|fino a|tot"
    "|meer dan|minder dan|cirka|mer än|omkring|około|okolo|ponad|noin|yli|alle|около|более|менее"
)
_BEHIND = (
    "(?:or|and) (?:more|less|over|above|under|below|older|younger|higher|lower)"
    "|(?:oder|und) (?:mehr|weniger|älter|jünger|höher)|et plus|ou plus|o más|y más|e più|of meer"
    "|och mer|eller mer"
)
FLAGS: tuple[Rewrite, ...] = (
    (
        rf"^(?:[{_LIMIT_SIGNS}{_FLAG_SIGNS}]+|{_FLAG_WORD}|c[.]|[A-Za-z]\s)\s*([-+.,]?[0-9])",
        r"\1",
    ),
    (rf"^(?i:{_BEFORE})\s+([-+.,]?[0-9])", r"\1"),
    (rf"([0-9.,])\s+(?i:{_BEHIND})$", r"\1"),
    (r"^[\[{]\s*([-+]?[0-9][0-9.,]*)\s*[\]}]$", r"\1"),  # an estimate, in official tables
    (
        rf"([0-9.,])\s*(?:[+:;'{_FLAG_SIGNS}]{{1,3}}|\(?{_FLAG_WORD}\)?|[_^][A-Za-z0-9]{{0,2}}|[*][A-Za-z])$",
        r"\1",
    ),
    (rf"([0-9.,])\s*(?:[{_RAISED}]{{1,3}}|;\s?[A-Za-z]{{1,2}}|\s[A-Za-z0-9]\))$", r"\1"),
    (
        rf"([0-9.,])\s*(?:\((?:[A-Za-z{_FLAG_SIGNS}]{{1,3}}|[0-9]{{1,2}})\)|\[[0-9A-Za-z{_FLAG_SIGNS}]{{1,3}}\])$",
        r"\1",
    ),
    (
        rf"([0-9.,])(?:{_FLAG_LETTER}|\s+{_FLAG_LETTER}[a-z]{{0,2}}|\s*[a-z](?:\s?,\s?[a-z]){{1,3}})$",
        r"\1",
    ),
)
_BEHIND_ORDINAL = rf"((?:[{SPACES}][{_LETTER}.]{{1,12}})?)"
_ENDINGS = ("st|nd|rd|th", "er|re|\u00e8re|e|\u00e8|\u00e8me|i\u00e8me|nd|nde", "ste|de|e", ":a|:e")
# The number of each ends it in English; other languages are taken at their word.
_ORDINALS = (
    "[0-9]*1[0-9](?i:th)|(?:[0-9]*[02-9])?(?:1(?i:st)|2(?i:nd)|3(?i:rd)|[04-9](?i:th))",
    *(f"[0-9]+(?:{endings})" for endings in _ENDINGS[1:]),
)
_WITH_UNIT = rf"^(?P<number>.*[0-9][.,]?){_SPACE}(?P<unit>{_UNIT})$"

REPAIRS: dict[str, tuple[Rewrite, ...]] = {
    "invisible": (("[\u200b\u200e\u200f\u2060\ufeff]", ""),),
    "minus": ((f"[{_DASHES}]", "-"),),
    "infinity": (("\u221e", "inf"),),
    "currency": (
        (rf"^([(+-]?){_SPACE}{_CURRENCY}{_SPACE}([-+(0-9.,])", r"\1\2"),
        (rf"([0-9).,-]){_SPACE}{_CURRENCY}(\)?)$", r"\1\2"),
    ),
    "percent": ((rf"([0-9).,]){_SPACE}[{_PERCENT}](\)?)$", r"\1\2"),),
    "cents": ((rf"([0-9])[.,][-{_EM_DASH}]+$", r"\1"),),
    "brackets": ((rf"^\({_SPACE}({_DIGITS}*[0-9.,]){_SPACE}\)$", r"-\1"),),
    "trailing": ((rf"^([0-9.,]{_DIGITS}*){_SPACE}-$", r"-\1"),),
    "blanks": ((rf"^([+-])[{SPACES}]+", r"\1"),),
}


@dataclass(frozen=True, eq=False)
class StrippedCells:
    """Cells without what stands around their numbers.

    Attributes
    ----------
    texts : StringArray
    rewrites : tuple of (str, str)
        What was done, in order.
    changed : dict of str to ndarray of bool
        The cells that each repair changed, by its key.
    trouble : str
        Why these are no numbers of one kind, such as two currencies; "" if they may be.
    unit : str
    """

    texts: pa.StringArray
    rewrites: tuple[Rewrite, ...] = ()
    changed: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    trouble: str = ""
    unit: str = ""

    def after(self, key: str, rewrites: tuple[Rewrite, ...]) -> StrippedCells:
        """Make one repair."""
        texts = self.texts
        for pattern, replacement in rewrites:
            texts = rewritten(texts, pattern, replacement)
        changed = pc.not_equal(texts, self.texts).to_numpy(zero_copy_only=False)
        if not changed.any():
            return self
        done = {**self.changed, key: changed}
        return replace(self, texts=texts, rewrites=(*self.rewrites, *rewrites), changed=done)


def strip_signs(
    texts: pa.StringArray, kept: Collection[str] = (), *, forced: bool = False
) -> StrippedCells:
    """Take away what stands around numbers, except by the repairs that are not to be made.

    If `forced`, fractions alone are numbers, too.

    >>> strip_signs(pa.array(["$1.50", "($2.00)"])).texts.to_pylist()
    ['1.50', '-2.00']
    """
    found = StrippedCells(texts)
    for key, rewrites in REPAIRS.items():
        if key not in kept:
            found = found.after(key, rewrites)
    if "currency" in found.changed:
        found = replace(found, trouble=_two_currencies(texts.filter(_mask(found, "currency"))))
    if "fraction" not in kept:
        rewrites = fraction_rewrites(found.texts.to_pylist(), alone=forced)
        found = found.after("fraction", rewrites) if rewrites else found
    if "ordinal" not in kept:
        found = _without_endings(found)
    return found if "unit" in kept else _without_unit(found)


def _without_endings(found: StrippedCells) -> StrippedCells:
    """Take away what makes 3rd and 19th of 3 and 19, if all cells have such an ending."""
    if not len(found.texts) or not matches(found.texts, f"[0-9].*[{_LETTER}.]").all():
        return found
    for ordinals, endings in zip(_ORDINALS, _ENDINGS, strict=True):
        if matches(found.texts, f"(?:{ordinals}){_BEHIND_ORDINAL}").all():
            rewrite = (rf"^([0-9]+)(?i:{endings}){_BEHIND_ORDINAL}$", r"\1\2")
            return found.after("ordinal", (rewrite,))
    return found


def strip_flags(found: StrippedCells) -> StrippedCells:
    """Take away what marks single numbers as estimated, limited or provisional.

    >>> strip_flags(StrippedCells(pa.array(["45.6*", "~60", "12.3 b"]))).texts.to_pylist()
    ['45.6', '60', '12.3']
    """
    without = found.after("flag", FLAGS)
    changed = without.changed.get("flag")
    if changed is None:
        return found
    ends = {
        text.rstrip(".")[-3:].strip() for text in found.texts.filter(pa.array(changed)).to_pylist()
    }
    factors = {end.lstrip("0123456789.,") for end in ends} & _FACTORS
    return found if factors else without


def _mask(found: StrippedCells, key: str) -> pa.BooleanArray:
    return pa.array(found.changed[key])


def _two_currencies(texts: pa.StringArray) -> str:
    tokens = {re.search(_CURRENCY, text) for text in texts.to_pylist()[:_SAMPLE]}
    signs = sorted({_SAME_CURRENCY.get(token[0], token[0]) for token in tokens if token})
    return f"amounts in different currencies ({listed(signs)})" if len(signs) > 1 else ""


def _are_one_unit(names: list[str]) -> bool:
    """Tell whether names are one unit, in capitals or not; mW and MW are two.

    >>> _are_one_unit(["KG", "kg", "kg."]), _are_one_unit(["MW", "mW"]), _are_one_unit(["B", "b"])
    (True, False, False)
    """
    if len({name.rstrip(".").casefold() for name in names}) != 1:
        return len(names) == 1
    rests = [(name[0], name[1:]) for name in names if name[0] in "mM" and len(name) > 1]
    prefixes = any(a != b and rest == other for a, rest in rests for b, other in rests)
    return len(names) == 1 or not (prefixes or len(names[0].rstrip(".")) == 1)


def _beside_numbers(texts: pa.StringArray, names: list[str]) -> bool:
    """Tell one unit of some letters in some cells, where nothing else stands beside numbers."""
    if not names or not _are_one_unit(names) or len(names[0]) < 2 or names[0] in _FACTORS:
        return False
    if re.fullmatch(_FLAG_WORD, names[0]):
        return False
    spelled = "|".join(map(re.escape, names))
    return bool(matches(texts, rf"[-+]?{_DIGITS}*[0-9](?:{_SPACE}(?:{spelled}))?").all())


def _without_unit(found: StrippedCells) -> StrippedCells:
    """Take away the unit if there is only one; say so if there are several."""
    ends = matches(found.texts, rf".*[{_LETTER}][^ ]*")
    if not ends.any():
        return found
    parts = pc.extract_regex(found.texts.filter(pa.array(ends)), _WITH_UNIT).drop_null()
    if not len(parts):
        return found
    units = parts.field("unit").filter(
        pc.invert(pc.match_substring_regex(parts.field("unit"), _EXPONENT))
    )
    names = sorted(units.unique().to_pylist())
    few = len(units) < _FEWEST_UNITS or not _beside_numbers(found.texts, names)
    if few and 2 * len(units) <= len(found.texts):
        return found
    if _are_one_unit(names):
        name = pc.mode(units.dictionary_encode().indices)[0]["mode"].as_py()
        unit = units.dictionary_encode().dictionary[name].as_py()
        spelled = "|".join(map(re.escape, names))
        rewrite = (rf"([0-9.,]){_SPACE}(?:{spelled})$", r"\1")
        without = len(units) < len(found.texts) and unit in _FACTORS
        trouble = found.trouble or (f"numbers with and without {unit!r}" if without else "")
        return replace(found.after("unit", (rewrite,)), unit=unit, trouble=trouble)
    n_without = int(matches(found.texts, "[-+]?[0-9.,]+").sum())
    if n_without and all(len(name) == 1 and name not in _FACTORS for name in names):
        return found  # flags such as b, e, p beside some numbers
    if 1 < len(names) <= _UNITS and len(found.texts) >= 2 * len(names):
        trouble = f"numbers with different units ({listed(names)})"
        rewrite = (rf"([0-9.,]){_SPACE}{_UNIT}$", r"\1")
        return replace(found.after("unit", (rewrite,)), trouble=found.trouble or trouble)
    return found
