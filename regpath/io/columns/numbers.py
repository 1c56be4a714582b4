"""Numbers as people write them: decimal marks, thousands marks, and every float the nearest."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regpath.io.columns.cells import DistinctCells, matches, rewritten
from regpath.io.columns.fractions import SPACES
from regpath.io.columns.number_signs import Rewrite, StrippedCells, strip_flags, strip_signs

_EXPONENT = r"(?:[eE][+-]?[0-9]+)?"
_INFINITE = "[iI][nN][fF](?:[iI][nN][iI][tT][yY])?"  # i alone would match a dotless one too
_INTEGER = r"[+-]?[0-9]+"
_LEADING_ZERO = r"[+-]?0[0-9]+(?:[eE][+-]?[0-9]+)?"
_UNMARKED_THOUSANDS = r"[+-]?[0-9]{4,}"
_UNMARKED_MYRIADS = r"[+-]?[0-9]{5,}"  # many write 1234, but 12,345
_MARKED_THOUSANDS = r"[+-]?[0-9][.,][0-9]{3}"
CODE = r"[0-9]{2,}[eE][0-9]+"  # 12E4; who means a number writes 1.2e5 or 1e+5
SHORT_CODE = "[0-9]+[eE][0-9]+"  # 2E3, which may be a code where all others are whole numbers
WHOLE_OR_SHORT_CODE = "[0-9]+(?:[eE][0-9]+)?"
_WRITTEN_IN_FULL = 1e5  # programs write smaller whole numbers without exponents (R: 1e+05)
_WITH_EXPONENT = r".*[eE][+-]?[0-9]+"
LARGEST_EXACT = 2.0**53  # whole numbers above it need not be floats
SAMPLE = 1000  # different cells that tell whether any style suits
_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}`"


@dataclass(frozen=True)
class Style:
    """A way of writing numbers: the mark before decimals, the marks between thousands."""

    decimal: str
    thousands: str

    @property
    def pattern(self) -> str:
        """What a number in this style looks like."""
        decimal, whole = re.escape(self.decimal), "[0-9]+"
        if self.thousands:
            whole = rf"(?:[0-9]+|[1-9][0-9]{{0,2}}(?:[{self.thousands}][0-9]{{3}})+)"
        if self.thousands == ",":  # in India thousands are followed by hundreds of them
            whole = rf"(?:{whole}|[1-9][0-9]?(?:,[0-9]{{2}})+,[0-9]{{3}})"
        finite = rf"(?:{whole}(?:{decimal}[0-9]*)?|{decimal}[0-9]+){_EXPONENT}"
        return rf"[+-]?(?:{finite}|{_INFINITE})"

    def rewrites(self) -> dict[str, tuple[Rewrite, ...]]:
        """What makes plain numbers of these, by the key of the repair."""
        found: dict[str, tuple[Rewrite, ...]] = {}
        if self.thousands:
            found["thousands"] = ((f"[{self.thousands}]", ""),)
        if self.decimal == ",":
            found["decimal"] = ((",", "."),)
        return found


PLAIN = Style(decimal=".", thousands="")
POINT = Style(decimal=".", thousands=",")
COMMA = Style(decimal=",", thousands=".")
STYLES = (POINT, COMMA, *(Style(d, t) for t in (SPACES, _APOSTROPHES) for d in ".,"))


def plain_numbers(cells: pa.StringArray) -> NDArray[np.float64] | NDArray[np.int64] | None:
    """Parse a column that holds nothing but plain numbers and blanks; None if it is not that.

    None too where a number alone would lose something or may mean something else: leading zeros,
    more digits than a float holds, infinity, and points that may set thousands apart.

    >>> plain_numbers(pa.array(["1", "", "2.5"])), plain_numbers(pa.array(["1", "007"]))
    (array([1. , nan, 2.5]), None)
    """
    blank = pc.equal(pc.binary_length(cells), 0).to_numpy(zero_copy_only=False)
    some = blank.any()
    known = cells.filter(pa.array(~blank)) if some else cells
    try:
        values: NDArray[np.float64] = pc.cast(known, pa.float64()).to_numpy()
    except pa.ArrowInvalid:
        return None
    if not len(values) or not np.abs(values).max() < LARGEST_EXACT:  # nan and inf fail too
        return None
    bounds = np.frombuffer(known.buffers()[1], np.int32)[known.offset :][: len(known) + 1]
    data = np.frombuffer(known.buffers()[2], np.uint8)
    if _zeros_lead(bounds, data) or _thousands_may_be(known):
        return None
    written = data[bounds[0] : bounds[-1]].tobytes()
    if (b"E" in written or b"e" in written) and _may_be_codes(known):
        return None
    if some:
        full = np.full(len(blank), np.nan)
        full[~blank] = values
        return full
    return values if written.translate(None, b"0123456789+-") else values.astype(np.int64)


def _may_be_codes(known: pa.StringArray) -> bool:
    """Tell whether cells such as 12E4, or 2E3 among whole numbers, may be codes."""
    if matches(known, CODE).any():
        return True
    return bool(matches(known, SHORT_CODE).any() and matches(known, WHOLE_OR_SHORT_CODE).all())


def _zeros_lead(bounds: NDArray[np.int32], data: NDArray[np.uint8]) -> bool:
    start, last = bounds[:-1], bounds[1:] - 1
    first = data[start]
    start = start + ((first == ord("+")) | (first == ord("-")))
    zero = np.flatnonzero((data[np.minimum(start, last)] == ord("0")) & (start < last))
    return bool(((data[start[zero] + 1] - ord("0")) < 10).any())  # unsigned: "." is far above


def _thousands_may_be(known: pa.StringArray) -> bool:
    """Tell whether each of the first decimal points could set thousands apart."""
    pointed = [cell for cell in known[:SAMPLE].to_pylist() if "." in cell]
    return bool(pointed) and all(
        re.fullmatch(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}", c) for c in pointed
    )


@dataclass(frozen=True, eq=False)
class Numbers:
    """The different cells of a column as numbers, where they are.

    Attributes
    ----------
    cells : DistinctCells
    stripped : StrippedCells
        The cells without what stands around numbers.
    style : Style
        In which the most cells are numbers.
    good : ndarray of bool
        Which they are.
    other : Style or None
        Another style in which just as many are, with another decimal mark: the cells are ambiguous.
    unmarked : str
        A number of four digits or more without a mark, beside cells that are ambiguous: it speaks
        against marks between thousands.
    """

    cells: DistinctCells
    stripped: StrippedCells
    style: Style
    good: NDArray[np.bool_]
    other: Style | None = None
    unmarked: str = ""

    @cached_property
    def plain(self) -> pa.StringArray:
        """The cells as plain numbers; "nan" where they are none."""
        texts = self.stripped.texts
        for rewrites in self.style.rewrites().values():
            for pattern, replacement in rewrites:
                texts = rewritten(texts, pattern, replacement)
        return pc.if_else(pa.array(self.good), texts, "nan")

    @cached_property
    def values(self) -> NDArray[np.float64]:
        """The nearest float of each, nan where it is no number."""
        return np.asarray(pc.cast(self.plain, pa.float64()), dtype=np.float64)

    @property
    def rewrites(self) -> tuple[Rewrite, ...]:
        """What makes plain numbers of the cells, in order."""
        return self.stripped.rewrites + tuple(
            rewrite
            for key, rewrites in self.style.rewrites().items()
            if self.changed.get(key) is not None
            for rewrite in rewrites
        )

    @cached_property
    def changed(self) -> dict[str, NDArray[np.bool_]]:
        """Which numbers each repair changed, by its key."""
        texts, found = self.stripped.texts, dict(self.stripped.changed)
        for key, rewrites in self.style.rewrites().items():
            before = texts
            for pattern, replacement in rewrites:
                texts = rewritten(texts, pattern, replacement)
            found[key] = pc.not_equal(texts, before).to_numpy(zero_copy_only=False)
        made = {key: mask & self.good for key, mask in found.items()}
        return {key: mask for key, mask in made.items() if mask.any()}

    @property
    def n_good(self) -> int:
        """How many cells are numbers."""
        return int(self.cells.counts[self.good].sum())

    @property
    def all_integers(self) -> bool:
        """Whether each number is written as an integer."""
        return bool(matches(self.plain.filter(pa.array(self.good)), _INTEGER).all())

    def shows(self, mark: str) -> bool:
        """Tell whether a mark occurs in a number."""
        found = pc.match_substring(self.stripped.texts, mark).to_numpy(zero_copy_only=False)
        return bool((found & self.good).any())

    def with_style(self, style: Style) -> Numbers:
        """The same cells in another style."""
        good = matches(self.stripped.texts, style.pattern)
        return Numbers(self.cells, self.stripped, style, good)

    def without_flags(self) -> Numbers:
        """The same cells; those with a flag are no numbers."""
        return replace(self, good=self.good & ~self.changed["flag"])

    def leading_zero(self) -> int | None:
        """Position of the first integer, such as 007, whose zeros a number would lose."""
        found = np.flatnonzero(matches(self.plain, _LEADING_ZERO))
        return int(found[0]) if len(found) else None

    def code(self) -> int | None:
        """Position of the first cell such as 12E4, if all exponents are written so.

        Or of 2E3, if all cells are so written, or all others are whole numbers as small.
        """
        codes = np.flatnonzero(matches(self.plain, CODE))
        short = self.short_codes()
        if not len(codes) and short is not None:
            small = short & matches(self.plain, ".*E.*") & (self.values < _WRITTEN_IN_FULL)
            return int(np.argmax(short)) if short.all() or small.any() else None
        exponents = matches(self.plain, _WITH_EXPONENT)
        plain = matches(self.plain, "[0-9]+[eE][0-9]+")
        return int(codes[0]) if len(codes) and (plain == exponents).all() else None

    def short_codes(self) -> NDArray[np.bool_] | None:
        """Which cells are such as 2E3; None if there are none, or not only whole numbers beside."""
        short = matches(self.plain, SHORT_CODE)
        whole = matches(self.plain, WHOLE_OR_SHORT_CODE) | ~self.good
        return short if short.any() and whole.all() else None

    def overflow(self) -> int | None:
        """Position of the first cell, such as 123e4567, that is too large to be a number."""
        found = np.flatnonzero(np.isinf(self.values) & ~matches(self.plain, rf"[+-]?{_INFINITE}"))
        return int(found[0]) if len(found) else None

    def lost_digit(self) -> int | None:
        """Position of the first integer that has more digits than a float can hold."""
        for k in np.flatnonzero(np.abs(self.values) >= LARGEST_EXACT).tolist():
            text = self.plain[k].as_py()
            if re.fullmatch(_INTEGER, text) and Decimal(text) != Decimal(float(self.values[k])):
                return k
        return None


# What some cell of a column of numbers holds, before all signs are looked for: words are told fast.
_NUMERIC = re.compile(
    r"[\d\u00b2\u00b3\u00b9\u00bc-\u00be\u2150-\u218f\u2460-\u24ff\u221e]|inf", re.I
)


def read_numbers(
    cells: DistinctCells,
    decimal: str | None = None,
    kept: Collection[str] = (),
    *,
    forced: bool = False,
) -> Numbers | None:
    """Read cells as numbers in the style that suits the most; None if it suits less than half.

    Half of the cells or of the different ones: a mark may stand in most cells.
    If `forced`, None only if it suits none.

    Parameters
    ----------
    cells : DistinctCells
    decimal : {".", ","} or None
        The mark before decimals, if it is known.
    kept : collection of str
        Repairs that are not to be made.
    """
    if not any(map(_NUMERIC.search, cells.texts.to_pylist())):
        return None
    few = cells.texts[:SAMPLE]
    if not forced and len(few) < len(cells.texts) and not _any_style(_stripped(few, kept).texts):
        return None
    stripped = _stripped(cells.texts, kept, forced=forced)
    styles = [s for s in (*STYLES, PLAIN) if decimal in (None, s.decimal)]
    if "thousands" in kept:
        styles = [Style(mark, "") for mark in ".," if decimal in (None, mark)]
    if "decimal" in kept:
        styles = [s for s in styles if s.decimal == "."]
    masks = {style: matches(stripped.texts, style.pattern) for style in styles}
    fits = {style: int(cells.counts[mask].sum()) for style, mask in masks.items()}
    best = max(styles, key=fits.__getitem__)
    half = 2 * fits[best] >= cells.n_known or 2 * masks[best].sum() >= len(cells.texts)
    if not fits[best] or not (half or forced):
        return None
    found = _checked(Numbers(cells, stripped, best, masks[best]))
    rivals = [s for s in styles if fits[s] == fits[best] and s.decimal != best.decimal]
    marked = matches(stripped.texts, r".*[.,].*") & found.good
    if not rivals or not marked.any():
        return found
    thousands_too = matches(stripped.texts, _MARKED_THOUSANDS).any()
    large = _UNMARKED_THOUSANDS if thousands_too else _UNMARKED_MYRIADS
    unmarked = np.flatnonzero(matches(stripped.texts, large) & found.good)
    first = stripped.texts[int(unmarked[0])].as_py() if len(unmarked) else ""
    return replace(found, other=rivals[0], unmarked=first)


def _stripped(
    texts: pa.StringArray, kept: Collection[str], *, forced: bool = False
) -> StrippedCells:
    """Take away what stands around numbers, flags too where cells are no numbers with them."""
    stripped = strip_signs(texts, kept, forced=forced)
    if "flag" in kept or _in_any_style(stripped.texts).all():
        return stripped
    return strip_flags(stripped)


def _checked(found: Numbers) -> Numbers:
    """Doubt numbers of which some have a percent sign and some have none: 12 % may be 0.12."""
    marked = found.stripped.changed.get("percent")
    if marked is None or not (found.good & ~marked & (found.values != 0.0)).any():
        return found
    trouble = found.stripped.trouble or "numbers with and without a percent sign"
    return replace(found, stripped=replace(found.stripped, trouble=trouble))


def _in_any_style(texts: pa.StringArray) -> NDArray[np.bool_]:
    good = [matches(texts, style.pattern) for style in STYLES]
    return np.asarray(np.any(good, axis=0), dtype=bool)


def _any_style(texts: pa.StringArray) -> bool:
    return 3 * int(_in_any_style(texts).sum()) >= len(texts)
