"""Rows of one length to a grid: header, units, repeated headers, totals, columns without a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc

from regpath.errors import DataError
from regpath.io.findings import Findings
from regpath.io.grid import Grid
from regpath.io.layout.comments import without_comments
from regpath.io.layout.footer import without_footer
from regpath.io.layout.header import (
    column_names,
    count_header_rows,
    first_row_is_data,
    is_dashes,
    is_units,
    joined_names,
    numbers_among,
)
from regpath.io.layout.number_names import may_be_names
from regpath.io.layout.start import HEAD
from regpath.io.layout.subtotals import without_subtotals
from regpath.io.shapes import holds_values
from regpath.io.text.sheet import Sheet
from regpath.wording import counted, listed, shown


def lay_out(sheet: Sheet, name: str, findings: Findings) -> tuple[Grid, int]:
    """Return the grid of a sheet whose first row is the first of the table.

    Parameters
    ----------
    sheet : Sheet
    name : str
        What the file is called in messages.
    findings : Findings

    Returns
    -------
    grid : Grid
    header_rows : int
        How many rows name the columns.

    Raises
    ------
    DataError
        If there is no row of data.
    """
    findings.step("rows that hold something", len(sheet), len(sheet.columns))
    sheet = _without_blank_columns(sheet, findings)
    head = sheet.rows(0, min(len(sheet), HEAD + 4))
    dashes = [i for i, row in enumerate(head) if is_dashes(row)]
    if dashes:
        sheet, head = _without_dashes(sheet, head, dashes, findings)
    n = _header_rows(head, name, findings)
    names = _names(head, n, findings)
    body = sheet.slice(n, len(sheet))
    body = _without_repeats(body, head[:n], findings)
    body = without_comments(body, findings)
    body = without_subtotals(without_footer(body, findings), findings)
    if not len(body):
        error = DataError(
            f"{name!r} has no row of data below its header.",
            "Choose a file with a header line and at least one row of data.",
        )
        raise _with_option(error, findings)
    findings.step("rows of data", len(body), len(names))
    return Grid(tuple(names), tuple(body.columns), body.numbers), n


def _with_option(error: DataError, findings: Findings) -> DataError:
    """Name the option that left no rows, if one did."""
    for option in ("header_rows", "skip_footer", "skip_rows"):
        if getattr(findings.options, option):
            return error.answered_by(option)
    return error


def one_line_error(name: str) -> DataError:
    """What is wrong with a file of one line."""
    return DataError(
        f"{name!r} has one line only, so there is no row of data under the header.",
        "Choose a file with a header line and at least one row of data.",
    )


def _header_rows(head: Sequence[Sequence[str]], name: str, findings: Findings) -> int:
    wanted = findings.options.header_rows
    if wanted is not None:
        return min(wanted, len(head))
    if len(head) == 1:
        raise _with_option(one_line_error(name), findings)
    return 0 if first_row_is_data(head) else count_header_rows(head)


def _names(head: Sequence[Sequence[str]], n: int, findings: Findings) -> list[str]:
    options, width = findings.options, len(head[0])
    if n == 0:
        names = [f"column {j}" for j in range(1, width + 1)]
        if options.header_rows is None and may_be_names(head):
            findings.question(
                "header",
                f"The first row ({shown(' '.join(head[0]))}) was taken as data: does it hold data "
                "or names?",
                "Its numbers rise from column to column, as those of hardly any row below.",
                {"Data": {"header_rows": 0}, "Names": {"header_rows": 1}},
            )
            return names
        findings.repair(
            "no_header",
            "The first row looks like data, so it was not taken as names: "
            f"the columns are called {listed(names)}.",
            undo=replace(options, header_rows=1),
        )
        return names
    written = _written_names(head, n, findings)
    names = note_names(column_names(written), findings)
    numbers = numbers_among([name.strip() for name in written])
    if numbers and options.header_rows is None:
        findings.question(
            "header",
            f"The first row was taken as names although it holds numbers ({listed(numbers)}): "
            "does it hold names or data?",
            "Its numbers count up, or words stand beside them, unlike in the rows below.",
            {"Names": {"header_rows": n}, "Data": {"header_rows": 0}},
        )
    return names


def note_names(found: tuple[list[str], list[str], list[str]], findings: Findings) -> list[str]:
    """Note which columns have got a name, or a new one; return all names."""
    names, blank, renamed = found
    if blank:
        what = counted(len(blank), "column has no name", "columns have no name")
        findings.repair(
            "blank_names",
            f"{what} in the header and got one: {listed(blank)}.",
            cells=len(blank),
            undo=None,
        )
    if renamed:
        what = counted(len(renamed), "column shares its name", "columns share their names")
        findings.repair(
            "same_names",
            f"{what} with an earlier one and got a new one: {listed(renamed)}.",
            cells=len(renamed),
            undo=None,
        )
    return names


def _written_names(head: Sequence[Sequence[str]], n: int, findings: Findings) -> Sequence[str]:
    first = list(head[0])
    if first[0].lstrip().startswith("#") and len(first[0].strip()) > 1:
        first[0] = first[0].lstrip().lstrip("#")  # a header that is written as a comment
    if n == 1:
        return first
    below = zip(*head[n:], strict=True)
    valued = [j for j, column in enumerate(below) if holds_values(column)]
    names, what = joined_names([first, *head[1:n]], valued)
    units = next((row for row in head[1:n] if is_units(row, valued)), head[1])
    example = shown(", ".join(cell.strip() for cell in units))
    done = {
        "units": f"The header has units below its names ({example}); they were left out.",
        "labels": f"The header has {n} rows; only the first was taken as names, without {example}.",
        "groups": f"The header has {n} rows; they were joined to names such as {shown(names[-1])}.",
    }[what]
    findings.repair(
        "header_rows",
        done,
        cells=sum(len(row) for row in head[1:n]),
        before=example,
        undo=replace(findings.options, header_rows=1),
    )
    findings.obstacle(f"its header has {n} rows")
    return names


def _without_blank_columns(sheet: Sheet, findings: Findings) -> Sheet:
    blank = [j for j, column in enumerate(sheet.columns) if _is_blank(column)]
    if not blank or not findings.wants("blank_columns") or len(blank) == len(sheet.columns):
        return sheet
    what = counted(len(blank), "column", "columns")
    were = "was" if len(blank) == 1 else "were"
    where = ", ".join(str(j + 1) for j in blank[:5])
    findings.repair(
        "blank_columns", f"{what} without a name or a cell {were} left out (column {where})."
    )
    findings.obstacle("it has blank columns")
    kept = [j for j in range(len(sheet.columns)) if j not in set(blank)]
    return sheet.with_columns(kept)


def _is_blank(column: object) -> bool:
    """Tell whether no cell holds anything; most columns are settled by their first cells."""
    start = column.slice(0, 20).to_pylist()  # type: ignore[attr-defined]
    if any(map(str.strip, start)):
        return False
    return bool(pc.all(pc.equal(pc.utf8_trim_whitespace(column), "")).as_py())


def _without_dashes(
    sheet: Sheet, head: list[list[str]], dashes: list[int], findings: Findings
) -> tuple[Sheet, list[list[str]]]:
    mask = np.ones(len(sheet), dtype=bool)
    mask[dashes] = False
    if not mask.any():
        return sheet, head
    findings.repair(
        "rules",
        f"{counted(len(dashes), 'line of dashes was', 'lines of dashes were')} left out "
        f"(first: row {sheet.numbers[dashes[0]]}).",
        cells=len(dashes),
        undo=None,
    )
    findings.obstacle("it has lines of dashes")
    return sheet.where(mask), [row for i, row in enumerate(head) if i not in set(dashes)]


def _without_repeats(body: Sheet, header: list[list[str]], findings: Findings) -> Sheet:
    """Leave out the header where it occurs again: somebody has put files one after the other."""
    if not header or not findings.wants("repeated_headers"):
        return body
    first = header[0]
    same = np.ones(len(body), dtype=bool)
    for cell, column in zip(first, body.columns, strict=True):
        same &= pc.equal(column, cell).to_numpy()
        if not same.any():
            return body
    if same.all():
        return body
    where = body.numbers[same]
    n = len(where)
    findings.repair(
        "repeated_headers",
        f"{counted(n, 'row repeats', 'rows repeat')} the header (first: row {where[0]}) and "
        f"{'was' if n == 1 else 'were'} left out.",
        cells=n * len(first),
        before=shown(", ".join(first)),
    )
    findings.obstacle("its header occurs again among the rows")
    return body.where(~same)
