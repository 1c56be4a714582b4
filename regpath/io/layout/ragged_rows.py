"""Rows of any length to rows of one length: what is cut, filled up, left out or refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from regpath.errors import DataError
from regpath.io.findings import Findings
from regpath.io.layout.footer import is_note, is_source, note_footer
from regpath.io.layout.tables import HEAD, choose_table, find_start, note_start, split_otherwise
from regpath.io.shapes import extent, is_absent, is_number, is_value, usual_width
from regpath.io.text.records import Records
from regpath.wording import counted, listed, shown

RowLabel = Callable[[int], str]  # the number of a row -> "Line 12"

_COMMENT = ("#", "%", "//", "--", "!")
_ONE_UNEVEN_IN = 10
_FEWEST_ROWS = 5  # of so many rows one may be left out
_SAMPLE_ROWS = 1000


def rectangular(records: Records, findings: Findings, label: RowLabel, *, cut_off: bool) -> Records:
    """Return the rows of one table, all as long as its header, which comes first.

    Parameters
    ----------
    records : Records
    findings : Findings
    label : callable
        How the row of a number is called in messages.
    cut_off : bool
        Whether the file ends without a line end, so that its last row may be incomplete.

    Raises
    ------
    DataError
        If more than a few rows are longer or shorter than the header.
    """
    options = findings.options
    records = _chosen(records, findings)
    if options.skip_rows is None:
        start = find_start(records.rows[:HEAD])
        note_start(records.rows[:start], records.numbers[start], findings)
        records = records.take(range(start, len(records.rows)))
    _note_blank(records, findings)
    records = _without_comments(records, findings)
    records = _without_notes_below(records, findings)
    if len(set(map(len, records.rows))) == 1:
        return records
    header = _header_that_fits(records.rows, findings)
    records = Records([header, *records.rows[1:]], records.numbers)
    records = _without_surplus(records, findings)
    return _equally_long(records, findings, label, cut_off=cut_off)


def _chosen(records: Records, findings: Findings) -> Records:
    """Keep what the options leave of the rows, or the largest table."""
    options = findings.options
    if options.skip_rows is None and options.skip_footer is None:
        return choose_table(records, findings)
    last = len(records.rows) - (options.skip_footer or 0)
    skip = options.skip_rows or 0
    return records.take([i for i in range(last) if records.numbers[i] > skip])


def _note_blank(records: Records, findings: Findings) -> None:
    numbers = records.numbers
    blank = numbers[-1] - numbers[0] + 1 - len(numbers) if numbers else 0
    if blank:
        were = counted(blank, "blank row was", "blank rows were")
        findings.repair("blank_rows", f"{were} left out.", undo=None)


def _without_comments(records: Records, findings: Findings) -> Records:
    """Leave out lines such as `# measured again` among rows of another length."""
    width = usual_width(records.rows)
    comments = [
        i
        for i, row in enumerate(records.rows)
        if i > 0 and len(row) != width > 1 and _is_comment(row)
    ]
    if not comments or not findings.wants("comments"):
        return records
    found = [records.rows[i] for i in comments]
    note_comments(found, records.numbers[comments[0]], findings)
    left_out = set(comments)
    return records.take([i for i in range(len(records.rows)) if i not in left_out])


def _is_comment(row: Sequence[str]) -> bool:
    return row[0].lstrip().startswith(_COMMENT) and not is_value(row[0])


def note_comments(rows: Sequence[Sequence[str]], number: int, findings: Findings) -> None:
    """Note which rows between the others were left out as comments."""
    findings.repair(
        "comments",
        f"{counted(len(rows), 'comment')} between the rows (first: "
        f"{shown(' '.join(rows[0]))}, row {number}) "
        f"{'was' if len(rows) == 1 else 'were'} left out.",
        cells=sum(map(len, rows)),
    )
    findings.obstacle("there are comments between its rows")


def _without_notes_below(records: Records, findings: Findings) -> Records:
    """Leave out the last rows if they are notes, before they count as rows that are too short."""
    rows, numbers = records.rows, records.numbers
    end = len(rows) if findings.options.skip_footer is None else 0
    width = usual_width(rows)
    while end > 2 and len(rows[end - 1]) != width:
        last, above = rows[end - 1], rows[1 : end - 1]
        if not (is_note(last, above) or is_source(last, above)):
            break
        end -= 1
    if 0 < end < len(rows):
        note_footer(rows[end:], 0, numbers[end], findings)
        return records.take(range(end))
    return records


def _header_that_fits(rows: Sequence[list[str]], findings: Findings) -> list[str]:
    """Mend the two ways in which programs write headers of another length than their rows."""
    header, width = rows[0], usual_width(rows[1:] or rows)
    most = sum(len(row) == width for row in rows[1:]) >= 0.9 * (len(rows) - 1)
    names = split_otherwise(header, width)
    if names:
        findings.repair(
            "header_delimiter",
            f"The header ({shown(header[0])}) is divided by another mark than its rows.",
            cells=len(names),
            before=header[0],
            undo=None,
        )
        findings.obstacle("its header is divided by another mark than its rows")
        return names
    if len(header) == width + 1 and header[0].strip() in (*_COMMENT, "##"):
        findings.obstacle("its header is written as a comment")
        return header[1:]
    needed = max(map(extent, rows[1:]), default=0) == width
    if (
        most
        and needed
        and len(header) == width - 1
        and _are_row_names([row[0] for row in rows[1:]])
    ):
        findings.repair(
            "row_names",
            "The header has one name less than the rows have cells, as R writes it: the first "
            "column holds the names of the rows.",
            undo=None,
        )
        findings.obstacle("its header has no name for the first column")
        return ["row names", *header]
    return header[:width] if len(header) > width >= extent(header) else header


def _are_row_names(cells: Sequence[str]) -> bool:
    """Tell names of rows from numbers with a decimal comma, cut in two."""
    if [cell.strip() for cell in cells] == [str(i) for i in range(1, len(cells) + 1)]:
        return True
    return len(set(cells)) == len(cells) and not any(map(is_number, cells))


def _without_surplus(records: Records, findings: Findings) -> Records:
    """Cut blank cells beyond the header's width: spreadsheets leave them, and nothing is lost."""
    width = len(records.rows[0])
    rows = [row[:width] if extent(row) <= width < len(row) else row for row in records.rows]
    cut = sum(len(a) < len(b) for a, b in zip(rows, records.rows, strict=True))
    if cut:
        what = counted(cut, "row ends", "rows end")
        findings.repair(
            "surplus_fields",
            f"{what} in blank fields beyond the last column; they were left out.",
            undo=None,
        )
    return Records(rows, records.numbers)


def _equally_long(
    records: Records, findings: Findings, label: RowLabel, *, cut_off: bool
) -> Records:
    rows, width, n = records.rows, len(records.rows[0]), len(records.rows)
    uneven = [i for i, row in enumerate(rows) if len(row) != width]
    if not uneven:
        return records
    incomplete = [n - 1] if cut_off and len(rows[-1]) < width and n > 2 else []
    kinds = _cell_kinds([row for row in rows[1:] if len(row) == width][:_SAMPLE_ROWS])
    padding = findings.wants("short_rows") and bool(kinds)
    short = [
        i
        for i in uneven
        if padding and i not in incomplete and len(rows[i]) < width and _fits(rows[i], kinds)
    ]
    wrong = sorted(set(uneven) - set(short) - set(incomplete))
    few = max(n // _ONE_UNEVEN_IN, 1 if n > _FEWEST_ROWS else 0)
    few = few if findings.wants("short_rows") else n // 2
    if len(wrong) > few or 2 * len(short) > n:
        raise _uneven_error(rows, records.numbers, uneven[0], label)
    _note_cut_off(incomplete, records, findings)
    _note_wrong(wrong, records, findings, label, width)
    _note_short(short, records, findings)
    padded = [row + [""] * (width - len(row)) if len(row) < width else row for row in rows]
    left_out = {*wrong, *incomplete}
    return Records(padded, records.numbers).take([i for i in range(n) if i not in left_out])


def _cell_kinds(rows: Sequence[Sequence[str]]) -> list[tuple[bool, bool]]:
    """Return for each column whether values, and whether words, stand in it."""
    kinds = []
    for column in zip(*rows, strict=True):
        present = [cell for cell in column if not is_absent(cell)]
        values = sum(map(is_value, present))
        kinds.append((values > 0, values < len(present)))
    return kinds


def _fits(row: Sequence[str], kinds: Sequence[tuple[bool, bool]]) -> bool:
    """Tell whether each cell of a short row is such as stand in its column."""
    return all(
        is_absent(cell) or kind[0 if is_value(cell) else 1] or kind == (False, False)
        for cell, kind in zip(row, kinds, strict=False)
    )


def _uneven_error(
    rows: Sequence[Sequence[str]], numbers: Sequence[int], i: int, label: RowLabel
) -> DataError:
    width, fields = len(rows[0]), counted(len(rows[i]), "field")
    commas = len(rows[i]) == 2 * width and all(map(is_number, rows[i]))
    hint = (
        "If the commas in the numbers are decimal commas, separate the columns by semicolons."
        if commas
        else "Look there for a missing or a surplus delimiter, or for text with the delimiter in "
        "it that is not in quotes."
    )
    return DataError(f"{label(numbers[i])} has {fields}, but the header has {width}.", hint)


def _note_cut_off(incomplete: list[int], records: Records, findings: Findings) -> None:
    for i in incomplete:
        findings.repair(
            "cut_off",
            f"The last row ({records.numbers[i]}) is incomplete: the file was cut off there, so "
            "the row was left out.",
            cells=len(records.rows[i]),
            before=" ".join(records.rows[i])[:80],
            undo=None,
        )
        findings.obstacle("its last row was left out")


def _note_wrong(
    wrong: list[int], records: Records, findings: Findings, label: RowLabel, width: int
) -> None:
    if wrong:
        labels = listed([label(records.numbers[i]).lower() for i in wrong]).replace("'", "")
        rows = counted(len(wrong), "row does", "rows do")
        findings.repair(
            "uneven_rows",
            f"{rows} not have {counted(width, 'field')} as the header has and "
            f"{'was' if len(wrong) == 1 else 'were'} left out: {labels}.",
            cells=sum(len(records.rows[i]) for i in wrong),
            before=" ".join(records.rows[wrong[0]])[:80],
            undo=None,
        )
        findings.obstacle("some of its rows were left out")


def _note_short(short: list[int], records: Records, findings: Findings) -> None:
    if not short:
        return
    width, first = len(records.rows[0]), short[0]
    missing = sum(width - len(records.rows[i]) for i in short)
    rows = counted(len(short), "row has", "rows have")
    kept = findings.options.kept | {"short_rows"}
    findings.question(
        "short_rows",
        f"{rows} less than {counted(width, 'field')} (first: row {records.numbers[first]}): are "
        f"the missing ones the last? They were read as such ({counted(missing, 'cell')}).",
        "The fields that are there fit their columns.",
        {"Yes, the last are missing": {}, "No, leave these rows out": {"kept": kept}},
    )
    findings.obstacle("some of its rows are shorter than others")
