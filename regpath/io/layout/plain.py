"""A wide sheet that nothing stands around: told by some of its columns, so that it is quick."""

from __future__ import annotations

from collections.abc import Sequence

from regpath.errors import DataError
from regpath.io.columns.blocks import WIDE, number_block
from regpath.io.findings import Findings
from regpath.io.grid import Grid, NumberBlock
from regpath.io.layout.header import column_names
from regpath.io.layout.layout import lay_out, note_names
from regpath.io.layout.start import HEAD, find_start
from regpath.io.layout.tables import may_hold_several
from regpath.io.options import ReadOptions
from regpath.io.shapes import is_word
from regpath.io.text.sheet import Sheet

FIRST, LAST = 40, 20  # columns of numbers that are looked at beside those of words
MOST_WORDS = 100  # columns; a sheet of more is no table of numbers


def lay_out_plain(sheet: Sheet, name: str, findings: Findings) -> Grid | None:
    """Return the grid of a wide sheet of one header row above plain numbers; None if it may differ.

    All columns are parsed. How the sheet is laid out is told by those of words and by the first
    and the last of numbers: what stands around a table shows there, too, and then all are looked
    at.
    """
    if len(sheet.columns) < WIDE or len(sheet) < 3 or _is_told(findings.options):
        return None
    header = [column[0].as_py() for column in sheet.columns]
    body = sheet.slice(1, len(sheet))
    block = number_block(body.columns)
    if block is None or not _names_columns(header, block):
        return None
    if not _is_plain(sheet.with_columns(_narrow(len(header), block)), name):
        return None
    findings.step("rows that hold something", len(sheet), len(header))
    names = note_names(column_names(header), findings)
    findings.step("rows of data", len(body), len(names))
    return Grid(tuple(names), tuple(body.columns), body.numbers, block)


def _is_told(options: ReadOptions) -> bool:
    """Tell whether a person said anything of rows and headers."""
    rows = (options.skip_rows, options.skip_footer, options.header_rows)
    said = (*rows, options.names_at, options.comment)
    return any(each is not None for each in said) or bool(options.kept)


def _names_columns(header: Sequence[str], block: NumberBlock) -> bool:
    """Tell whether the first row holds a word over each column of numbers, and none is blank."""
    return all(is_word(header[j]) for j in block.places.tolist()) and all(
        cell.strip() for cell in header[1:]
    )


def _narrow(width: int, block: NumberBlock) -> list[int]:
    numbers = block.places.tolist()
    words = sorted(set(range(width)) - set(numbers))
    if len(words) > MOST_WORDS:
        return list(range(width))
    return sorted({*words, *numbers[:FIRST], *numbers[-LAST:]})


def _is_plain(narrow: Sheet, name: str) -> bool:
    """Tell whether nothing is found around a table, in a part of its columns."""
    if len(narrow.columns) > MOST_WORDS + FIRST + LAST:
        return False
    head = narrow.rows(0, min(HEAD, len(narrow)))
    start = find_start(head)
    if start or may_hold_several(narrow, start):
        return False
    found = Findings(ReadOptions())
    try:
        grid, header_rows = lay_out(narrow, name, found)
    except DataError:
        return False
    told = {each.key for each in found.repairs} | {each.key for each in found.questions}
    same = grid.shape == (len(narrow) - 1, len(narrow.columns))
    return same and header_rows == 1 and told <= {"blank_names", "same_names"}
