"""What stands below the data: totals, sources, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regpath.io.findings import Findings
from regpath.io.layout.comments import is_said_data
from regpath.io.layout.note_words import NAMED_NOTE, NOTE
from regpath.io.layout.totals import (
    BESIDE_TOTALS,
    TOTALS,
    agrees,
    is_a_name_too,
    is_called_total,
    is_printed_mean,
    numbers_of,
    row_label,
)
from regpath.io.shapes import (
    filled,
    holds_values,
    is_absent,
    is_date,
    is_number,
    is_value,
    is_word,
)
from regpath.io.text.records import Records
from regpath.io.text.sheet import Sheet
from regpath.wording import counted, shown

TAIL = 30  # rows at the end that may be notes or totals
_PROSE = 3  # words of a cell that is rather a sentence than a name


@dataclass(frozen=True)
class Tail:
    """The last rows of a table, and what the others hold.

    Parameters
    ----------
    rows : list of list of str
    gaps : list of bool
        Whether a blank row stands before each of them.
    above : list of list of str
        Some of the first rows.
    """

    rows: list[list[str]]
    gaps: list[bool]
    above: list[list[str]]

    @classmethod
    def of(cls, records: Records) -> Tail:
        """Look at rows of any length, of which the first is the header."""
        first = max(1, len(records.rows) - TAIL)
        numbers = np.array(records.numbers[first - 1 :])
        return cls(
            records.rows[first:],
            (np.diff(numbers) > 1).tolist(),
            records.rows[1 : min(first, TAIL + 1)],
        )

    @classmethod
    def of_sheet(cls, body: Sheet) -> Tail:
        """Look at rows of equal length below the header."""
        first = max(0, len(body) - TAIL)
        gaps = np.diff(body.numbers[first:], prepend=body.numbers[first] - 1) > 1
        above = body.rows(0, min(first, TAIL)) if first else []
        return cls(body.rows(first, len(body)), gaps.tolist(), above)

    def others(self, end: int) -> list[list[str]]:
        """The rows before one."""
        return [*self.above, *self.rows[:end]]

    def is_note(self, i: int) -> bool:
        """Tell whether a row is a note, by how it begins, by what is blank before it or in it."""
        row, others = self.rows[i], self._above_notes(i)
        if is_note(row, self.others(i)):
            return True
        first = self._first_of_notes(i)
        values = valued_columns(self.others(first))
        if begins_like_note(row, others) and (
            _holds_no_value(row, values) or _strangers(row, others, values)
        ):
            return True
        if bool(NAMED_NOTE.match(_first_text(row))) and begins_like_note(row, others):
            return True
        return first <= i and _stands_apart(row, self.others(first), values)

    def holds_words(self, i: int) -> bool:
        """Tell whether there are words where all others have numbers, and none has these.

        If some cells are numbers, only of a sentence, and of a row below a blank one.
        """
        row, others = self.rows[i], self.others(i)
        values = valued_columns(others)
        cells = [row[j].strip() for j in values if j < len(row) and not is_absent(row[j])]
        strange = _strangers(row, others, values)
        known = {other[j].strip() for other in others for j in values if j < len(other)}
        if not strange or len(set(cells)) < len(cells) or known & set(strange):
            return False
        prose = any(_is_prose(cell) and not _holds_prose(others, j) for j, cell in enumerate(row))
        words = len(cells) > 1 and all(map(is_word, cells))
        return words or prose or (self.gaps[i] and len(strange) < len(cells))

    def _above_notes(self, i: int) -> list[list[str]]:
        """The rows before one, without those right above it that begin like notes, if few do."""
        first = i
        while first > 1 and NOTE.match(_first_text(self.rows[first - 1])):
            first -= 1
        others = self.others(first)
        return others if i - first < len(others) else self.others(i)

    def _first_of_notes(self, i: int) -> int:
        """Return the row below the last blank one, up to a row; beyond it if there is none."""
        return next((k for k in range(i, -1, -1) if self.gaps[k]), i + 1)


def _is_prose(cell: str) -> bool:
    return len(cell.split()) > _PROSE


def _holds_prose(rows: Sequence[Sequence[str]], j: int) -> bool:
    """Tell whether sentences stand in a column."""
    return any(_is_prose(row[j]) for row in rows if j < len(row))


def valued_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the columns in which nearly all that is present are numbers or dates."""
    width = max(map(len, rows), default=0)
    columns = ([row[j] for row in rows if j < len(row)] for j in range(width))
    return [j for j, column in enumerate(columns) if holds_values(column)]


def begins_like_note(row: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row begins as notes do, and no other row does."""
    text = _first_text(row)
    if not NOTE.match(text) or (text.startswith("#") and any(map(is_value, row[1:]))):
        return False  # a row behind the sign of a comment is asked about
    return not any(NOTE.match(_first_text(other)) for other in others if len(other) > 1)


def _first_text(row: Sequence[str]) -> str:
    """The first cell, or the next that holds something."""
    return next((text for cell in row if (text := cell.strip())), "")


def _holds_no_value(row: Sequence[str], values: Sequence[int]) -> bool:
    """Tell whether no number stands where all others have numbers; there must be such columns."""
    return bool(values) and not any(j < len(row) and is_value(row[j]) for j in values)


def _strangers(
    row: Sequence[str], others: Sequence[Sequence[str]], values: Sequence[int]
) -> list[str]:
    """The cells that are words, or dates and times, where all others have numbers."""
    found = []
    for j in values:
        cell = row[j].strip() if j < len(row) else ""
        if is_absent(cell) or is_number(cell):
            continue
        if is_word(cell) or not any(is_date(other[j]) for other in others if j < len(other)):
            found.append(cell)
    return found


def _stands_apart(
    row: Sequence[str], others: Sequence[Sequence[str]], values: Sequence[int]
) -> bool:
    """Tell a row below a blank one that is not like the rows above it."""
    if not others:
        return False
    if filled(row) == 1 < min(map(filled, others)) and is_date(_first_text(row)):
        return True  # the day of the report, alone in its row
    if values:
        return _holds_no_value(row, values) and any(map(is_word, row))
    fullest = min(map(filled, others))
    return filled(row) < fullest or len(row[0].split()) > _PROSE


def without_footer(body: Sheet, findings: Findings) -> Sheet:
    """Leave out the last rows if they are notes, or totals or means of the rows above them."""
    if findings.options.skip_footer is not None or len(body) < 3:
        return body
    tail = Tail.of_sheet(body)
    first = len(body) - len(tail.rows)
    end, totals, asked = len(tail.rows), 0, False
    while end > 1:
        upto = body.slice(0, first + end)
        if is_said_data(tail.rows[end - 1], findings):
            break
        if tail.is_note(end - 1):
            end -= 1
        elif end > 2 and _is_total(tail, end - 1, upto, totals):
            end, totals = end - 1, totals + 1
        elif end > 2 and not totals and findings.wants("words") and tail.holds_words(end - 1):
            end, asked = end - 1, True
        else:
            break
    if end == len(tail.rows):
        return body
    numbers = body.numbers[first:]
    if asked:
        _ask_footer(tail.rows[end:], int(numbers[end]), findings)
    else:
        note_footer(tail.rows[end:], totals, int(numbers[end]), findings)
    return body.slice(0, first + end)


def without_notes(records: Records, findings: Findings) -> Records:
    """Leave out the last rows if they are notes, before they count as rows that are too short."""
    if findings.options.skip_footer is not None or len(records.rows) < 3:
        return records
    tail = Tail.of(records)
    end = len(tail.rows)
    while end > 1 and tail.is_note(end - 1) and not is_said_data(tail.rows[end - 1], findings):
        end -= 1
    if end == len(tail.rows):
        return records
    kept = len(records.rows) - len(tail.rows) + end
    note_footer(tail.rows[end:], 0, records.numbers[kept], findings)
    return records.take(range(kept))


def note_footer(
    rows: Sequence[Sequence[str]], totals: int, first_number: int, findings: Findings
) -> None:
    """Note which rows below the data were left out."""
    found = [counted(totals, "row of totals", "rows of totals")] if totals else []
    notes = len(rows) - totals
    found += [counted(notes, "row of notes", "rows of notes")] if notes else []
    text = _text(rows[0])
    findings.repair(
        "footer",
        f"{' and '.join(found)} below the data (first: {text}, row {first_number}) "
        f"{'was' if len(rows) == 1 else 'were'} left out.",
        cells=sum(map(filled, rows)),
        before=text,
        undo=replace(findings.options, skip_footer=0),
    )
    findings.obstacle("there are notes or totals below its rows")


def _ask_footer(rows: Sequence[Sequence[str]], first_number: int, findings: Findings) -> None:
    text = _text(rows[0])
    were = "It was" if len(rows) == 1 else "They were"
    findings.question(
        "footer",
        f"{counted(len(rows), 'last row holds', 'last rows hold')} words where all others have "
        f"numbers (first: {text}, row {first_number}): a note, or data? {were} left out.",
        "None of these words stands in another row.",
        {"A note": {}, "Data": {"skip_footer": 0}},
    )
    findings.obstacle("there are notes or totals below its rows")


def _text(row: Sequence[str]) -> str:
    return shown(" ".join(cell.strip() for cell in row if cell.strip()))


def is_note(row: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    """Tell a text that stands alone, where other rows have more or their first cell is a value."""
    if filled(row) != 1 or not row[0].strip() or is_absent(row[0]):
        return False
    others = [other for other in above if len(other) > 1]
    alone = 10 * sum(filled(other) < 2 for other in others) <= len(others) + 30
    values = sum(is_value(other[0]) for other in others)
    text = row[0].strip()
    stranger = is_word(text) and 2 * values > len(others)
    sentence = is_word(text) and len(text.split()) > _PROSE
    return alone and bool(others) and (bool(NOTE.match(text)) or stranger or sentence)


def _is_total(tail: Tail, i: int, body: Sheet, totals: int) -> bool:
    """Tell whether the last row of a body is one of totals, by its name or by its numbers."""
    row, others = tail.rows[i], tail.others(i)
    label = row_label(row)
    if totals and BESIDE_TOTALS.fullmatch(label) and any(map(is_number, row)):
        return True
    if is_called_total(row, others):
        return not is_a_name_too(label) or _adds_up(body, row, means=True, all_of_them=False)
    if BESIDE_TOTALS.fullmatch(label) and i > 1 and _summary_above(tail, i):
        return True
    return not totals and _is_unnamed_total(body, row)


def _summary_above(tail: Tail, i: int) -> bool:
    """Tell whether a total stands among the lines of a summary that end with a row."""
    k = i - 1
    while k > 1 and BESIDE_TOTALS.fullmatch(row_label(tail.rows[k])):
        k -= 1
    return is_called_total(tail.rows[k], tail.others(k))


def _is_unnamed_total(body: Sheet, last: Sequence[str]) -> bool:
    """Tell a last row without a name whose numbers are the sums of the columns, or their means.

    Of one number alone, only if the other rows all have a name where this one has none.
    """
    numbers = [j for j, cell in enumerate(last) if cell.strip()]
    if len(numbers) == len(last) or len(body) < 4 or not all(is_number(last[j]) for j in numbers):
        return False
    if len(numbers) == 1 and (last[0].strip() or not _all_filled(body.columns[0])):
        return False
    if _adds_up(body, last, means=False, all_of_them=True):
        return bool(numbers)
    columns = ((numbers_of(body.columns[j]), last[j]) for j in numbers)
    return all(is_printed_mean(values, len(body) - 1, cell) for values, cell in columns)


def _all_filled(column: pa.ChunkedArray) -> bool:
    """Tell whether only the last cell of a column is blank."""
    blank = pc.equal(pc.utf8_trim_whitespace(column), "")
    return bool(pc.sum(blank).as_py() == 1)


def _adds_up(body: Sheet, last: Sequence[str], *, means: bool, all_of_them: bool) -> bool:
    end = len(body) - 1
    while end > 2 and not all_of_them and TOTALS.fullmatch(row_label(body.rows(end - 1, end)[0])):
        end -= 1
    found = []
    for j, cell in enumerate(last):
        if is_number(cell):
            values = numbers_of(body.columns[j])
            values = np.append(values[:end], values[-1])
            found.append(
                agrees(values, end, means=means) or (means and is_printed_mean(values, end, cell))
            )
    return all(found) if all_of_them else any(found)
