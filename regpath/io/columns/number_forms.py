"""Forms of several numbers in one cell: 120/80, 12.3 ± 0.4, 12.3 (SD 0.4), 12 (95% CI 11-14)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regpath.io.columns.cells import DistinctCells, matches
from regpath.io.columns.number_templates import PLACES, shared_form

_SAMPLE = 200  # different cells that are looked at first: columns of words are told fast
_SOME = 0.2  # of them have the form, where most cells do
_MOSTLY = 0.8  # of the cells have the form; the others are one number, or marks such as n.d.

_MARKS = "/xX*:|;+'\u00d7\u00b1\u2213\u2013-"
_WORDS = "to|bis|of|out of|von|by|per|und|and|et|y|e|a|\u00e0|do|tot|till|til|al|au"
_UNIT = "(?:\\s?[A-Za-z%\u00b0\u00b5]{1,6})?"
_PLUS_MINUS = "(?:[\u00b1\u2213]|\\+/-)"
_SPREAD = "(?:(?i:s\\.?d|s\\.?e\\.?m?|std|stdev|stderr|cv|mad|iqr|n)\\.?\\s*[=:]?\\s*)"
_CENTRE = "(?:(?i:means?|m|mdn|median|avg|mw)\\.?\\s*[=:]?\\s*)?"
_INTERVAL = "(?:[0-9]+\\s?%[-\\s]*)?(?:(?i:ci|cri|ki|ic|iqr|range|q1-q3)\\s*[=:,]?\\s*)?"
_DEVIATIONS = rf".*(?:{_PLUS_MINUS}|[(\[]|\s{_SPREAD}).*"  # no bands of ages, nor dates
_DECIMALS = r".*[0-9][.,][0-9].*"
_WHOLE = "(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)"


class SeveralNumbers(NamedTuple):
    """The numbers of the different cells of a column, by their place in the cell.

    Attributes
    ----------
    values : dict of str to ndarray
        NaN where a cell has none at this place.
    has_form : ndarray of bool
        Which cells hold several numbers.
    is_deviation : bool
        Whether they are written as a measure and how far it may be off, so that few different
        ones are no levels.
    """

    values: dict[str, NDArray[np.float64]]
    has_form: NDArray[np.bool_]
    is_deviation: bool


def _forms(number: str, decimals: str) -> tuple[str, ...]:
    first, second, third = (f"(?P<{place}>{number})" for place in PLACES)
    mark = rf"(?:[&_{_MARKS}]|\+/-|\.\.|[(\[]|,\s|(?:{_WORDS})\s)"
    between = rf"(?:{mark}\s*{_PLUS_MINUS}?\s*{_SPREAD}?|{_SPREAD})"
    pointed = rf"[+-]?[0-9]+{decimals}[0-9]+"
    of_point = rf"(?P<first>{pointed})(?:,|;|\s)\s*(?P<second>{pointed})"
    to = "(?:,\\s|;|/|\\.\\.|\\s?[\u2013-]|\\s(?:to|bis|a|\u00e0|-)\\s)\\s*"
    return (
        rf"[(\[]?{_CENTRE}{first}{_UNIT}\s*{between}\s*{second}\"?{_UNIT}[)\]]?",
        rf"[(\[]{first}[,;]\s*{second}[)\]]",
        rf"(?:(?i:point)\s*)?[(\[]?{of_point}[)\]]?",
        rf"{_CENTRE}{first}{_UNIT}[,;]?\s*[(\[]?{_INTERVAL}[(\[]?{second}{_UNIT}{to}{third}"
        rf"{_UNIT}[)\]]{{1,2}}",
        rf"{_CENTRE}{first}{_UNIT}\s*{_PLUS_MINUS}\s*{second}{_UNIT}\s*[,;]?\s*[(\[]?"
        rf"(?:[nN]\s*=\s*)?{third}[)\]]?",
    )


_BY_MARK = {
    ".": (rf"[+-]?{_WHOLE}(?:[.][0-9]+)?", "[.]"),
    ",": ("[+-]?[0-9]+(?:,[0-9]+)?", ","),
}


def several_numbers(cells: DistinctCells, decimal: str | None = None) -> SeveralNumbers | None:
    """Find the form that most cells have; None if less than four in five have one.

    Parameters
    ----------
    cells : DistinctCells
    decimal : {".", ","} or None
        The mark before decimals, if it is known; else the point is tried first.
    """
    if not len(cells.texts):
        return None
    few = cells.texts[:_SAMPLE]
    for mark, (number, decimals) in _BY_MARK.items():
        if decimal not in (None, mark):
            continue
        for form in (*_forms(number, decimals), *_shared_forms(few, number, decimals)):
            if matches(few, form).sum() < _SOME * len(few):
                continue
            good = matches(cells.texts, form)
            if cells.counts[good].sum() >= _MOSTLY * cells.n_known:
                return _found(cells, form, good, mark)
    return None


def _shared_forms(texts: pa.StringArray, number: str, decimals: str) -> Iterator[str]:
    """The form that cells share, without signs between thousands if they are no part of numbers."""
    sign = "[+-]?"
    plain = rf"[0-9]+(?:{decimals}[0-9]+)?"
    for digits in dict.fromkeys((plain, number.removeprefix(sign))):
        if form := shared_form(texts.to_pylist(), sign + digits, digits):
            yield form


def _found(cells: DistinctCells, form: str, good: NDArray[np.bool_], mark: str) -> SeveralNumbers:
    having = cells.texts.filter(pa.array(good))
    parts = pc.extract_regex(having, f"^{form}$")
    names = [place for place in PLACES if f"<{place}>" in form]
    values = {place: np.full(len(good), np.nan) for place in names}
    for place in names:
        values[place][good] = _floats(parts.field(place), mark)
    alone = matches(cells.texts, _BY_MARK[mark][0]) & ~good
    values["first"][alone] = _floats(cells.texts.filter(pa.array(alone)), mark)
    deviates = matches(having, _DEVIATIONS).all() and matches(having, _DECIMALS).any()
    return SeveralNumbers(values, good, bool(deviates))


def _floats(texts: pa.StringArray, mark: str) -> NDArray[np.float64]:
    plain = (text.replace(",", "" if mark == "." else ".") for text in texts.to_pylist())
    return np.array([float(text) for text in plain], dtype=float)
