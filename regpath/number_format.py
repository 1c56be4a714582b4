"""How numbers are written for people: which sign stands before decimals, which between thousands.

Whoever writes a number for a person asks `num` (or `current_format`), and so does whoever reads
what was typed; code, links, CSV with commas and Parquet keep the point. What is computed for
everybody is written with a point, too, and rewritten by `localized` where it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class NumberFormat:
    """The signs of one way to write numbers.

    Attributes
    ----------
    name : str
        In links and options.
    decimal, thousands : str
        One character each.

    Examples
    --------
    >>> COMMA.written("1,234.5"), COMMA.read("1.234,5"), COMMA.separators
    ('1.234,5', 1234.5, ',.')
    """

    name: str
    decimal: str
    thousands: str

    @property
    def separators(self) -> str:
        """As Plotly takes them."""
        return self.decimal + self.thousands

    def written(self, number: str) -> str:
        """A number that Python wrote, such as "1,234.5", with these signs."""
        return number.translate({ord(","): self.thousands, ord("."): self.decimal})

    def read(self, number: str) -> float:
        """The value of what `written` gave.

        Raises
        ------
        ValueError
            If it is no number with these signs.
        """
        plain = number.translate({ord(self.thousands): ",", ord(self.decimal): "."})
        if _WRITTEN.fullmatch(plain) is None or _foreign(number, self):
            raise ValueError(f"{number!r} is no number as {self.name!r} writes it")
        return float(plain.replace(",", ""))

    def typed(self, value: float, digits: int | None = None) -> str:
        """A value for a field: nothing between thousands, and never what could be two numbers.

        Examples
        --------
        >>> COMMA.typed(0.25), COMMA.typed(1.234), POINT.typed(1.234), POINT.typed(1e-7, 6)
        ('0,25', '1,2340', '1.234', '1e-07')
        """
        text = repr(float(value)) if digits is None else f"{value:.{digits}g}"
        if self.decimal != "." and _COULD_BE_TWO.fullmatch(text):
            text += "0"
        return self.written(text)


POINT = NumberFormat("point", ".", ",")
COMMA = NumberFormat("comma", ",", ".")
SPACE = NumberFormat("space", ",", "\u202f")
APOSTROPHE = NumberFormat("apostrophe", ".", "\u2019")
FORMATS = {each.name: each for each in (POINT, COMMA, SPACE, APOSTROPHE)}

_WRITTEN = re.compile(r"[+\-\u2212]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:e[+-]\d+)?")
_COULD_BE_TWO = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")  # 1.234: with a comma a thousand elsewhere
_QUOTED = r"(?<!\w)'[^'\n]*'(?!\w)|\"[^\"\n]*\"|`[^`\n]*`"
_NUMBER = (
    r"(?<![\w.,/\-])[+\-\u2212]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?:e[+-]\d+)?"
    r"(?![\w/]|[.,]\d)"
)
_IN_TEXT = re.compile(f"(?P<quoted>{_QUOTED})|(?P<number>{_NUMBER})")

# Which languages, and which of their countries otherwise, do not write 1,234.5: the Unicode CLDR,
# symbols of Latin digits, as Babel 2.19 has them. Hard and narrow blanks are one here, and a Swiss
# comma goes with them; a point with blanks (8 languages) and digits of one's own become 1,234.5,
# and so do the groups of two of India.
_TAGS = {
    COMMA: """
        ast az bs ca da de dsb el es eu fo fy hr hsb ia id is it jgo jv kgp kkj kl ku lb lij lld ln
        lo lu mgh mk mua nl nnh pms pt rn ro rw sc scn seh sg sl sr su tr vi wo yrl ar-DZ ar-LY
        ar-MA ar-TN en-AT en-BE en-DE en-DK en-ES en-ID en-IT en-NL en-PL en-RO en-SI fr-LU ms-BN
        ms-ID qu-BO sw-CD""",
    POINT: """
        es-419 es-BR es-BZ es-CU es-DO es-GT es-HN es-MX es-NI es-PA es-PE es-PR es-SV es-US
        fr-RW""",
    SPACE: """
        ady af agq ba bas be bg blo br bua cs cv dua dyo eo et ewo ff fi fr gl ht hu hy ie ka kab
        kbd kea kk ksf ky lt lv nb nmg nn no nr pl rm ru sah se shi sk smn sq ss sv tg tk tok ts tt
        tzm uk uz ve vec yav zgh en-CZ en-EE en-FI en-FR en-GE en-HU en-LT en-LV en-NO en-PT en-SE
        en-SK en-UA en-ZA es-CR pt-AO pt-CH pt-CV pt-GQ pt-GW pt-LU pt-MO pt-MZ pt-PT pt-ST
        pt-TL""",
    APOSTROPHE: "gsw de-CH de-LI en-CH it-CH",
}
_OF_TAG = {tag: found for found, tags in _TAGS.items() for tag in tags.split()}


def format_of(locale: str | None) -> NumberFormat:
    """How a language tag such as "de-AT" has numbers written.

    Examples
    --------
    >>> [format_of(tag).name for tag in ("en-US", "de-DE", "fr", "de-CH", "ja", None)]
    ['point', 'comma', 'space', 'apostrophe', 'point', 'point']
    """
    parts = re.split(r"[-_]", locale or "")
    language = parts[0].lower()
    region = next((p.upper() for p in parts[1:] if re.fullmatch(r"[A-Za-z]{2}|\d{3}", p)), "")
    return _OF_TAG.get(f"{language}-{region}", _OF_TAG.get(language, POINT))


_chosen: ContextVar[NumberFormat | None] = ContextVar("number_format", default=None)
_visitors: list[Callable[[], NumberFormat]] = []


def current_format() -> NumberFormat:
    """How numbers are written here and now; with a point unless somebody said otherwise."""
    chosen = _chosen.get()
    if chosen is not None:
        return chosen
    return _visitors[-1]() if _visitors else POINT


def let_visitors_say(visitor: Callable[[], NumberFormat]) -> None:
    """Have the app say how the visitor of the present run writes numbers."""
    _visitors[:] = [visitor]


@contextmanager
def writing(numbers: NumberFormat) -> Iterator[None]:
    """Write numbers so within it.

    Examples
    --------
    >>> with writing(COMMA):
    ...     f"{num(1234.5):,.2f}"
    '1.234,50'
    """
    token = _chosen.set(numbers)
    try:
        yield
    finally:
        _chosen.reset(token)


class _Number:
    """A number whose texts have the signs of the present format."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __format__(self, spec: str) -> str:
        return current_format().written(format(self.value, spec))


def num(value: Any) -> _Number:
    """A number for a text: `f"{num(x):.3f}"` is what `f"{x:.3f}"` is, with the visitor's signs."""
    return _Number(value)


def localized(text: str) -> str:
    """Rewrite the numbers in a text of ours that was made for everybody.

    What stands in quotes is somebody's cell or name, or code, and stays; so does what could be
    part of a name, a version or a list without blanks.

    Examples
    --------
    >>> with writing(COMMA):
    ...     localized("0.5 of 1,234 rows have '0.5' (v1.2.3), R2 0.91.")
    "0,5 of 1.234 rows have '0.5' (v1.2.3), R2 0,91."
    """
    numbers = current_format()
    if numbers is POINT:
        return text
    return _IN_TEXT.sub(
        lambda found: numbers.written(found[0]) if found["number"] else found[0], text
    )


def _foreign(number: str, numbers: NumberFormat) -> bool:
    return any(sign in number for sign in ",." if sign not in numbers.separators)
