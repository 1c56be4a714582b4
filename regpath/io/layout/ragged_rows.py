"""Rows of any length to rows of one length: what is cut, filled up, left out or refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from regpath.errors import DataError
from regpath.io.findings import BEFORE, Findings
from regpath.io.layout.comments import without_short_comments
from regpath.io.layout.footer import without_notes
from regpath.io.layout.names import numbers_only, with_fitting_names
from regpath.io.layout.profiles import Profiles
from regpath.io.layout.start import HEAD, find_start, note_start
from regpath.io.layout.tables import choose_table
from regpath.io.shapes import extent
from regpath.io.text.records import FEWEST_ROWS, ONE_UNEVEN_IN, Records
from regpath.wording import counted, listed, shown

_MOST = 0.9  # of the rows are as long as the header, or as the longer rows


@dataclass(frozen=True)
class RowSource:
    """What is known of the file that rows come from.

    Parameters
    ----------
    label : callable
        How the row of a number is called in messages: "Line 12".
    is_cut_off : bool, default=False
        Whether the file ends without a line end, so that its last row may be incomplete.
    has_quoted_names : bool, default=False
        Whether numbers that begin the rows stand in quotes, as names of rows that R writes do.
    """

    label: Callable[[int], str]
    is_cut_off: bool = False
    has_quoted_names: bool = False


def rectangular(records: Records, findings: Findings, source: RowSource) -> Records:
    """Return the rows of one table, all as long as its header, which comes first.

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
    records = without_short_comments(records, findings)
    records = without_notes(records, findings)
    if len(set(map(len, records.rows))) == 1:
        return records
    records = with_fitting_names(records, findings, quoted=source.has_quoted_names)
    width = len(records.rows[0])
    profiles = Profiles.of(records.rows[1:], width)
    records = _with_unnamed_columns(records, profiles, findings)
    if len(records.rows[0]) != width:
        profiles = Profiles.of(records.rows[1:], len(records.rows[0]))
    records = _without_surplus(records, profiles, findings)
    return _equally_long(records, profiles, findings, source)


def _chosen(records: Records, findings: Findings) -> Records:
    """Keep what the options leave of the rows, or the largest table."""
    options = findings.options
    if options.skip_rows is None and options.skip_footer is None:
        return choose_table(records, findings)
    last = len(records.rows) - (options.skip_footer or 0)
    skip = options.skip_rows or 0
    chosen = [i for i in range(last) if records.numbers[i] > skip]
    if not chosen:
        above = skip >= records.numbers[-1]
        raise DataError(
            f"No row is left: the last is row {records.numbers[-1]}, and "
            + (
                f"{skip} rows above the header"
                if above
                else f"{len(records.rows) - last} at the end"
            )
            + " are left out.",
            "Leave out fewer rows.",
        ).answered_by("skip_rows" if above else "skip_footer")
    return records.take(chosen)


def _note_blank(records: Records, findings: Findings) -> None:
    numbers = records.numbers
    blank = numbers[-1] - numbers[0] + 1 - len(numbers) if numbers else 0
    if blank:
        were = counted(blank, "blank row was", "blank rows were")
        findings.repair("blank_rows", f"{were} left out.", undo=None)


def _with_unnamed_columns(records: Records, profiles: Profiles, findings: Findings) -> Records:
    """Keep what stands behind the last name in rows that are else like the others."""
    rows, width = records.rows, len(records.rows[0])
    longer = [i for i, row in enumerate(rows) if i and extent(row) > width]
    lengths = {extent(rows[i]) for i in longer}
    if len(lengths) != 1 or not profiles.is_known or not findings.wants("unnamed_columns"):
        return records
    (length,) = lengths
    whole = [i for i, row in enumerate(rows) if len(row) == width]
    most = len(whole) + len(longer) >= _MOST * len(rows)
    if not most or not all(profiles.place(rows[i][:length]) for i in longer):
        return records
    surplus = length - width
    kept = findings.options.kept | {"unnamed_columns"}
    fields = counted(surplus, "field", "fields")
    findings.question(
        "unnamed_columns",
        f"{counted(len(longer), 'row has', 'rows have')} {fields} more than the header has names "
        f"(first: row {records.numbers[longer[0]]}): does a column without a name come last? It "
        "was read so, and is blank in the other rows.",
        "The fields before fit their columns.",
        {"Yes, it has no name": {}, "No, leave these rows out": {"kept": kept}},
    )
    findings.obstacle("some of its rows are longer than its header")
    return records.padded(whole, length)


def _without_surplus(records: Records, profiles: Profiles, findings: Findings) -> Records:
    """Cut blank cells beyond the header's width: spreadsheets leave them, and nothing is lost.

    Not where a row's cells fit their columns better with another blank cell left out: such a row
    has a delimiter too many before, and is left out if nobody says otherwise.
    """
    width, rows = len(records.rows[0]), records.rows
    longer = [i for i, row in enumerate(rows) if extent(row) <= width < len(row)]
    if not longer:
        return records
    sure = (
        not profiles.is_known or not findings.wants("shifted_rows") or len(longer) * 2 > len(rows)
    )
    shifted = [] if sure else [i for i in longer if i and not _ends_blank(rows[i], profiles)]
    _note_shifted(shifted, records, findings)
    left_out = set(shifted)
    cut = [i for i in longer if i not in left_out]
    if cut:
        what = counted(len(cut), "row ends", "rows end")
        findings.repair(
            "surplus_fields",
            f"{what} in blank fields beyond the last column (first: row "
            f"{records.numbers[cut[0]]}); they were left out.",
            undo=None,
        )
    trimmed = [row[:width] if extent(row) <= width else row for row in rows]
    return Records(trimmed, records.numbers).take(
        [i for i in range(len(rows)) if i not in left_out]
    )


def _ends_blank(row: Sequence[str], profiles: Profiles) -> bool:
    """Tell a row whose surplus blank is the last: its cells fit, and no other blank is as odd."""
    width = len(profiles.columns)
    odd = [j for j, cell in enumerate(row[:width]) if not cell.strip() and profiles.is_full(j)]
    return profiles.place(row) and not any(profiles.take([*row[:j], *row[j + 1 :]]) for j in odd)


def _note_shifted(shifted: Sequence[int], records: Records, findings: Findings) -> None:
    if not shifted:
        return
    kept = findings.options.kept | {"shifted_rows"}
    cells = " ".join(cell for cell in records.rows[shifted[0]] if cell.strip())
    findings.question(
        "shifted_rows",
        f"{counted(len(shifted), 'row has', 'rows have')} a delimiter too many (first: row "
        f"{records.numbers[shifted[0]]}, {shown(cells)}): is it the last? If not, its cells stand "
        f"one to the right. {'It was' if len(shifted) == 1 else 'They were'} left out.",
        "The cells would not fit their columns if it were the last, or one would be blank where no "
        "other is.",
        {"No, leave these rows out": {}, "Yes, cut the blank field at the end": {"kept": kept}},
    )
    findings.obstacle("some of its rows were left out")


def _equally_long(
    records: Records, profiles: Profiles, findings: Findings, source: RowSource
) -> Records:
    rows, width, n = records.rows, len(records.rows[0]), len(records.rows)
    uneven = [i for i, row in enumerate(rows) if len(row) != width]
    if not uneven:
        return records
    incomplete = [n - 1] if source.is_cut_off and len(rows[-1]) < width and n > 2 else []
    padding = findings.wants("short_rows") and profiles.is_known
    short = [
        i
        for i in uneven
        if padding and i not in incomplete and len(rows[i]) < width and profiles.place(rows[i])
    ]
    wrong = sorted(set(uneven) - set(short) - set(incomplete))
    few = max(n // ONE_UNEVEN_IN, 1 if n > FEWEST_ROWS else 0)
    if not findings.wants("short_rows") or not findings.wants("unnamed_columns"):
        few = n - 2  # a person has said so
    if len(wrong) > few or 2 * len(short) > n:
        raise _uneven_error(rows, records.numbers, uneven[0], source)
    _note_cut_off(incomplete, records, findings)
    _note_wrong(wrong, records, findings, source)
    _note_short(short, records, findings)
    left_out = {*wrong, *incomplete}
    return records.padded(short, width).take([i for i in range(n) if i not in left_out])


def _uneven_error(
    rows: Sequence[Sequence[str]], numbers: Sequence[int], i: int, source: RowSource
) -> DataError:
    width, fields = len(rows[0]), counted(len(rows[i]), "field")
    hint = (
        "If the commas in the numbers are decimal commas, separate the columns by semicolons."
        if len(rows[i]) > width and numbers_only(rows[i])
        else "Look there for a missing or a surplus delimiter, or for text with the delimiter in "
        "it that is not in quotes."
    )
    return DataError(
        f"{source.label(numbers[i])} has {fields}, but the header has {width}.", hint
    ).answered_by("delimiter")


def _note_cut_off(incomplete: list[int], records: Records, findings: Findings) -> None:
    for i in incomplete:
        findings.repair(
            "cut_off",
            f"The last row ({records.numbers[i]}) is incomplete: the file was cut off there, so "
            "the row was left out.",
            cells=len(records.rows[i]),
            before=" ".join(records.rows[i])[:BEFORE],
            undo=None,
        )
        findings.obstacle("its last row was left out")


def _note_wrong(wrong: list[int], records: Records, findings: Findings, source: RowSource) -> None:
    if wrong:
        labels = listed([source.label(records.numbers[i]).lower() for i in wrong]).replace("'", "")
        width = len(records.rows[0])
        rows = counted(len(wrong), "row does", "rows do")
        findings.repair(
            "uneven_rows",
            f"{rows} not have {counted(width, 'field')} as the header has and "
            f"{'was' if len(wrong) == 1 else 'were'} left out: {labels}.",
            cells=sum(len(records.rows[i]) for i in wrong),
            before=" ".join(records.rows[wrong[0]])[:BEFORE],
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
