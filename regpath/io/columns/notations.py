"""Columns of a wide table that write numbers alike: decimal commas, thousands, currency, percent.

They are made plain byte by byte, all of them together. What leaves any doubt, in one cell even, is
left to be looked at column by column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regpath.io.columns.number_signs import REPAIRS
from regpath.io.columns.numbers import COMMA, POINT
from regpath.io.grid import Notation

_ALIKE = re.compile(r"([$\u00a3\u20ac] ?)?[-+]?[0-9.,]*[0-9][0-9.,]*([ \u00a0]?[%\u20ac$\u00a3])?")
_BYTES = np.zeros(256, dtype=bool)
_BYTES[np.frombuffer(b"0123456789+-.,", np.uint8)] = True
_DIGIT = np.zeros(256, dtype=bool)
_DIGIT[np.frombuffer(b"0123456789", np.uint8)] = True
_COMMA, _POINT = ord(","), ord(".")
_STYLES = (POINT, COMMA)
_GROUP = 3  # digits between thousands marks


class FlatCells(NamedTuple):
    """The cells of some columns behind each other, as bytes: where each begins, and what it holds.

    Attributes
    ----------
    bounds : ndarray of int64
    data : ndarray of uint8
    shape : (int, int)
        Columns and rows.
    """

    bounds: NDArray[np.int64]
    data: NDArray[np.uint8]
    shape: tuple[int, int]

    @classmethod
    def of(cls, columns: Sequence[pa.Array]) -> FlatCells:
        """The cells of some columns in one piece each."""
        flat = pa.concat_arrays(columns)
        _, offsets, held = flat.buffers()
        bounds = np.frombuffer(offsets, np.int32)[flat.offset :][: len(flat) + 1].astype(np.int64)
        data = np.frombuffer(held, np.uint8) if held is not None else np.zeros(0, np.uint8)
        shape = len(columns), len(columns[0])
        return cls(bounds - bounds[0], data[bounds[0] : bounds[-1]], shape)

    def without(self, drop: NDArray[np.bool_]) -> FlatCells:
        """The same cells without some bytes."""
        if not drop.any():
            return self
        return FlatCells(_running(~drop)[self.bounds], self.data[~drop], self.shape)

    def of_columns(self, keep: NDArray[np.bool_]) -> FlatCells:
        """The cells of some of the columns."""
        if keep.all():
            return self
        m, n = self.shape
        lengths = np.diff(self.bounds).reshape(m, n)
        bounds = np.append(0, np.cumsum(lengths[keep]))
        per_column = np.diff(self.bounds[::n])
        return FlatCells(bounds, self.data[np.repeat(keep, per_column)], (int(keep.sum()), n))

    def count_of(self, byte: int) -> NDArray[np.int64]:
        """How often a byte occurs in each cell; `count_of(byte)[j, i]` is of column j, row i."""
        found = _running(self.data == byte)
        return np.diff(found[self.bounds]).reshape(self.shape)

    def arrays(self) -> list[pa.Array]:
        """The columns as arrays of text."""
        m, n = self.shape
        buffers = [None, pa.py_buffer(self.bounds.astype(np.int32)), pa.py_buffer(self.data)]
        flat = pa.Array.from_buffers(pa.string(), m * n, buffers)
        return [flat.slice(j * n, n) for j in range(m)]


class Notated(NamedTuple):
    """Columns made plain, their places, and how each was written."""

    columns: list[pa.Array]
    places: NDArray[np.intp]
    notations: list[Notation]


def made_plain(columns: Sequence[pa.Array], places: NDArray[np.intp]) -> list[Notated]:
    """Make plain numbers of the columns that write them in one way, and say in which."""
    groups: dict[tuple[str, str], list[int]] = {}
    for k, column in enumerate(columns):
        first = next((cell for cell in column[:20].to_pylist() if cell), "")
        found = _ALIKE.fullmatch(first)
        if found is not None and not (found[1] and found[2]):
            groups.setdefault((found[1] or "", found[2] or ""), []).append(k)
    plain = (
        _of_one_kind([columns[k] for k in chosen], places[chosen], around)
        for around, chosen in groups.items()
    )
    return [each for each in plain if each is not None]


def _of_one_kind(
    columns: list[pa.Array], places: NDArray[np.intp], around: tuple[str, str]
) -> Notated | None:
    """Make columns plain in whose cells the same stands around numbers."""
    cells = FlatCells.of(columns)
    if any(around):
        flat = pa.concat_arrays(columns)
        ends = pc.and_(pc.starts_with(flat, around[0]), pc.ends_with(flat, around[1]))
        good = pc.or_(ends, pc.equal(flat, "")).to_numpy(zero_copy_only=False)
        keep = good.reshape(cells.shape).all(axis=1)
        cells, places = _inner(cells.of_columns(keep), around), places[keep]
    if not len(places) or not len(cells.data):
        return None
    odd = _running(~_BYTES[cells.data])
    keep = np.diff(odd[cells.bounds[:: cells.shape[1]]]) == 0
    cells, places = cells.of_columns(keep), places[keep]
    if not len(places):
        return None
    styles, keep = _styles(cells)
    cells, places, styles = cells.of_columns(keep), places[keep], styles[keep]
    notations = _notations(cells, styles, around)
    keep = np.array([bool(each.changes) for each in notations], dtype=bool)
    if not keep.any():
        return None
    plain = _in_plain_style(cells, styles).of_columns(keep)
    kept = [each for each, keeps in zip(notations, keep, strict=True) if keeps]
    return Notated(plain.arrays(), places[keep], kept)


def _running(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many are true before each place, and before the end."""
    found = np.zeros(len(mask) + 1, dtype=np.int64)
    np.cumsum(mask, out=found[1:])
    return found


def _inner(cells: FlatCells, around: tuple[str, str]) -> FlatCells:
    """The cells without what stands around their numbers."""
    before, behind = (len(text.encode()) for text in around)
    lengths = np.diff(cells.bounds)
    place = np.arange(len(cells.data)) - np.repeat(cells.bounds[:-1], lengths)
    return cells.without((place < before) | (place >= np.repeat(lengths - behind, lengths)))


def _styles(cells: FlatCells) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """The style of each column, 0 for decimal points and 1 for decimal commas; and whether sure.

    Sure of what can be told so far: the marks between thousands are where they belong. Whether a
    lone mark sets decimals or thousands apart is told once the numbers are plain.
    """
    commas, points = cells.count_of(_COMMA), cells.count_of(_POINT)
    if not points.any() and commas.max() <= 1:  # decimal commas alone, or none
        return np.where(commas.any(axis=1), 1, 0), np.ones(len(commas), dtype=bool)
    before = _comes_before(cells)
    comma = (commas.max(axis=1) <= 1) & (commas.max(axis=1) > 0) & ~before
    point = ~comma & (points.max(axis=1) <= 1)
    styles = np.where(comma, 1, 0)
    return styles, (comma | point) & _thousands_fit(cells, styles)


def _comes_before(cells: FlatCells) -> NDArray[np.bool_]:
    """Columns in which a comma stands before a point, as those between thousands do."""
    m, n = cells.shape
    points = _running(cells.data == _POINT)
    at = np.flatnonzero(cells.data == _COMMA)
    owner = np.searchsorted(cells.bounds, at, side="right") - 1
    found = np.zeros(m, dtype=bool)
    found[owner[points[cells.bounds[owner + 1]] > points[at]] // n] = True
    return found


def _thousands_fit(cells: FlatCells, styles: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Columns in whose numbers each mark between thousands has three digits behind it."""
    m, n = cells.shape
    data = np.append(cells.data, np.zeros(_GROUP + 1, np.uint8))
    column = np.repeat(np.arange(m), np.diff(cells.bounds[::n]))
    mark = np.where(styles == 0, _COMMA, _POINT)[column]
    other = np.where(styles == 0, _POINT, _COMMA)[column]
    at = np.flatnonzero(cells.data == mark)
    owner = np.searchsorted(cells.bounds, at, side="right") - 1
    begin, end = cells.bounds[owner], cells.bounds[owner + 1]
    begin = begin + np.isin(data[begin], (ord("+"), ord("-")))
    good = at + _GROUP < end
    for step in range(1, _GROUP + 1):
        good &= _DIGIT[data[at + step]]
    good &= (at + _GROUP + 1 >= end) | ~_DIGIT[data[at + _GROUP + 1]]
    decimals = _running(cells.data == other)
    good &= decimals[at] == decimals[begin]
    marks = _running(cells.data == mark)
    first = marks[at] == marks[begin]
    good &= ~first | ((at - begin <= _GROUP) & (at > begin) & (data[begin] != ord("0")))
    fits = np.ones(m, dtype=bool)
    fits[column[at[~good]]] = False
    return fits


def _in_plain_style(cells: FlatCells, styles: NDArray[np.intp]) -> FlatCells:
    """The cells without marks between thousands, with a point before decimals."""
    m, n = cells.shape
    column = np.repeat(np.arange(m), np.diff(cells.bounds[::n]))
    thousands = cells.data == np.where(styles == 0, _COMMA, _POINT)[column]
    plain = cells.without(thousands)
    return plain._replace(data=np.where(plain.data == _COMMA, np.uint8(_POINT), plain.data))


def _notations(
    cells: FlatCells, styles: NDArray[np.intp], around: tuple[str, str]
) -> list[Notation]:
    """How each column writes its numbers: what is changed, in how many cells, first in which."""
    filled = (np.diff(cells.bounds) > 0).reshape(cells.shape)
    commas, points = cells.count_of(_COMMA) > 0, cells.count_of(_POINT) > 0
    by_comma = styles.astype(bool)[:, None]
    masks = {"thousands": np.where(by_comma, points, commas), "decimal": commas & by_comma}
    if any(around):
        masks = {"percent" if around[1].endswith("%") else "currency": filled, **masks}
    counts = {key: mask.sum(axis=1).tolist() for key, mask in masks.items()}
    firsts = {key: mask.argmax(axis=1).tolist() for key, mask in masks.items()}
    shown = np.logical_or(commas, points).max(axis=1).tolist()
    ways = [{**REPAIRS, **style.rewrites()} for style in _STYLES]
    found = []
    for j, code in enumerate(styles.tolist()):
        changes = {key: (counts[key][j], firsts[key][j]) for key in masks if counts[key][j]}
        rewrites = tuple(rewrite for key in changes for rewrite in ways[code][key])
        style = _STYLES[code]
        found.append(
            Notation(style.decimal if shown[j] else "", style.thousands, rewrites, changes)
        )
    return found
