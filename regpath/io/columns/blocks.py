"""Columns of numbers of a wide table, parsed together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regpath.io.columns.cells import matches, whole
from regpath.io.columns.conventions import MANY
from regpath.io.columns.notations import made_plain
from regpath.io.columns.numbers import CODE, LARGEST_EXACT, SAMPLE, SHORT_CODE
from regpath.io.grid import NumberBlock

WIDE = 200  # columns, from which parsing together is faster than one by one
CELLS = 2_000_000  # that are parsed at once

_NUMERIC = np.zeros(256, dtype=bool)
_NUMERIC[np.frombuffer(b"0123456789.+-eE", np.uint8)] = True
_DIGIT = np.zeros(256, dtype=bool)
_DIGIT[np.frombuffer(b"0123456789", np.uint8)] = True
_POINT = ord(".")


class _Part(NamedTuple):
    """Some columns of a block, and in which every mark may set thousands apart: 1.234."""

    block: NumberBlock
    doubtful: NDArray[np.bool_]


def number_block(columns: Sequence[pa.Array | pa.ChunkedArray]) -> NumberBlock | None:
    """Parse columns of cells together; None if few or none of them are numbers.

    A column that is left out of the block is no column of numbers, or it may be none or may be
    read in several ways: it is looked at alone. Marks such as that of 1.234 set decimals apart
    where clear columns show the same, and are more than those of which the block knows nothing.
    """
    if len(columns) < WIDE or not len(columns[0]):
        return None
    step = max(CELLS // len(columns[0]), 1)
    parts: list[_Part] = []
    for low in range(0, len(columns), step):
        cells = [whole(column) for column in columns[low : low + step]]
        parts += _parts(cells, low)
    if sum(len(part.block.places) for part in parts) < WIDE:
        return None
    blocks = [part.block for part in parts]
    places = np.concatenate([block.places for block in blocks])
    order = np.argsort(places)
    in_order = bool((np.diff(places) > 0).all())
    values = np.concatenate([block.values for block in blocks], axis=1)
    found = NumberBlock(
        places[order],
        values if in_order else values[:, order],
        np.concatenate([block.is_whole for block in blocks])[order],
        {place: how for block in blocks for place, how in block.notations.items()},
    )
    doubtful = np.concatenate([part.doubtful for part in parts])[order]
    found = found.where(~doubtful | _as_others(found, doubtful, len(columns)))
    return found if len(found.places) >= WIDE else None


def _as_others(found: NumberBlock, doubtful: NDArray[np.bool_], n: int) -> NDArray[np.bool_]:
    """The columns whose mark before decimals most columns show without doubt, of n in all."""
    if not doubtful.any():
        return doubtful
    comma = np.array([_shows_comma(found, place) for place in found.places.tolist()], dtype=bool)
    pointed = (found.values != np.round(found.values)) & ~np.isnan(found.values)
    clear = ~doubtful & pointed.any(axis=0)
    unknown = n - len(found.places)
    n_commas, n_points = int((clear & comma).sum()), int((clear & ~comma).sum())
    by_comma = n_commas > max(unknown, MANY) and not n_points
    return np.where(comma, by_comma, n_points > n_commas + unknown)


def _shows_comma(found: NumberBlock, place: int) -> bool:
    return place in found.notations and found.notations[place].decimal == ","


def _parts(cells: list[pa.Array], low: int) -> list[_Part]:
    """The columns of plain numbers, and those that can be made plain."""
    parts = _parsed(cells, np.arange(low, low + len(cells)))
    known = {place for part in parts for place in part.block.places.tolist()}
    rest = [j for j in range(len(cells)) if low + j not in known]
    for made in made_plain([cells[j] for j in rest], np.array(rest, dtype=np.intp) + low):
        how = dict(zip(made.places.tolist(), made.notations, strict=True))
        for block, doubtful in _parsed(made.columns, made.places):
            notations = {place: how[place] for place in block.places.tolist()}
            parts.append(_Part(replace(block, notations=notations), doubtful))
    return parts


def _parsed(cells: list[pa.Array], places: NDArray[np.intp]) -> list[_Part]:
    """Parse what can be parsed; what cannot is found by halves."""
    flat, keep = _numeric_only(cells)
    if flat is None:
        return []
    cells, places = [cells[k] for k in keep], places[keep]
    known = flat.filter(pc.greater(pc.binary_length(flat), 0))
    try:
        numbers = pc.cast(known, pa.float64()).to_numpy()
    except pa.ArrowInvalid:  # such as 1-2 or a lone sign
        half = len(cells) // 2
        if not half:
            return []
        return _parsed(cells[:half], places[:half]) + _parsed(cells[half:], places[half:])
    part = _part(flat, numbers, places)
    return [part] if len(part.block.places) else []


def _numeric_only(cells: list[pa.Array]) -> tuple[pa.Array | None, NDArray[np.intp]]:
    """The cells of the columns without a sign that no number has, behind each other."""
    flat = pa.concat_arrays(cells)
    bounds, data = _buffers(flat)
    odd = np.flatnonzero(~_NUMERIC[data]) + bounds[0]
    if not len(odd):
        return flat, np.arange(len(cells))
    wrong = np.unique((np.searchsorted(bounds, odd, side="right") - 1) // len(cells[0]))
    keep = np.setdiff1d(np.arange(len(cells)), wrong)
    return (pa.concat_arrays([cells[k] for k in keep]) if len(keep) else None), keep


def _buffers(flat: pa.Array) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Where the cells begin and end, and the bytes between the first and the last."""
    _, offsets, data = flat.buffers()
    bounds = np.frombuffer(offsets, np.int32)[flat.offset :][: len(flat) + 1]
    held = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
    return bounds, held[bounds[0] : bounds[-1]]


def _part(flat: pa.Array, numbers: NDArray[np.float64], places: NDArray[np.intp]) -> _Part:
    n, m = len(flat) // len(places), len(places)
    bounds, data = _buffers(flat)
    start, end = bounds[:-1] - bounds[0], bounds[1:] - bounds[0]
    blank = start == end
    values = np.full(n * m, np.nan)
    values[~blank] = numbers
    codes, short = _codes(flat, start, data)
    doubtful = _zeros_lead(start, end, data) | codes
    pointed, thousands = _points(start, end, data)
    early = np.tile(np.arange(n) < SAMPLE, m)
    table = values.reshape(m, n)
    absent = blank.reshape(m, n)
    digits = _only_digits(start, data, len(flat))
    of_whole = (short | digits).reshape(m, n).all(axis=1) & short.reshape(m, n).any(axis=1)
    out = doubtful.reshape(m, n).any(axis=1) | of_whole | absent.all(axis=1)
    sized = np.abs(np.where(absent, 0.0, table)).max(axis=1)
    out |= ~(sized < LARGEST_EXACT)
    pointed, thousands = (pointed & early).reshape(m, n), (thousands & early).reshape(m, n)
    in_doubt = pointed.any(axis=1) & (pointed == thousands).all(axis=1)
    plain = digits.reshape(m, n).all(axis=1)
    keep = ~out
    is_whole = plain & ~absent.any(axis=1)
    return _Part(NumberBlock(places[keep], table[keep].T, is_whole[keep]), in_doubt[keep])


def _cells_at(positions: NDArray[np.intp], start: NDArray[np.int32]) -> NDArray[np.intp]:
    """The cell in which each byte lies; the last of those that begin there, as others are blank."""
    return np.searchsorted(start, positions, side="right") - 1


def _zeros_lead(
    start: NDArray[np.int32], end: NDArray[np.int32], data: NDArray[np.uint8]
) -> NDArray[np.bool_]:
    """Cells such as 007, whose zeros a number would lose."""
    padded = np.append(data, np.zeros(3, np.uint8))
    first = padded[start]
    begin = start + ((first == ord("+")) | (first == ord("-")))
    leads = (padded[begin] == ord("0")) & _DIGIT[padded[begin + 1]] & (begin + 1 < end)
    return np.asarray(leads, dtype=bool)


def _codes(
    flat: pa.Array, start: NDArray[np.int32], data: NDArray[np.uint8]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Cells such as 12E4, which may be codes, and such as 2E3 among whole numbers."""
    found, short = np.zeros(len(flat), dtype=bool), np.zeros(len(flat), dtype=bool)
    exponents = np.flatnonzero((data == ord("e")) | (data == ord("E")))
    if len(exponents):
        cells = np.unique(_cells_at(exponents, start))
        some = flat.take(pa.array(cells))
        found[cells], short[cells] = matches(some, CODE), matches(some, SHORT_CODE)
    return found, short


def _points(
    start: NDArray[np.int32], end: NDArray[np.int32], data: NDArray[np.uint8]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Cells with a decimal point, and those in which it could set thousands apart: 1.234."""
    points = np.flatnonzero(data == _POINT)
    cells = _cells_at(points, start)
    begin = start[cells]
    signed = (data[begin] == ord("+")) | (data[begin] == ord("-"))
    begin = begin + signed
    before, after = points - begin, end[cells] - points - 1
    like = (before >= 1) & (before <= 3) & (after == 3) & (data[begin] != ord("0"))
    pointed, thousands = np.zeros(len(start), dtype=bool), np.zeros(len(start), dtype=bool)
    pointed[cells], thousands[cells[like]] = True, True
    return pointed, thousands


def _only_digits(
    start: NDArray[np.int32], data: NDArray[np.uint8], n_cells: int
) -> NDArray[np.bool_]:
    """Cells without a point or an exponent."""
    only = np.ones(n_cells, dtype=bool)
    other = np.flatnonzero((data == _POINT) | (data == ord("e")) | (data == ord("E")))
    only[_cells_at(other, start)] = False
    return only
