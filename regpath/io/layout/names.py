"""A header of fewer or more names than the rows have cells: whose name each of them is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from regpath.io.findings import Findings
from regpath.io.layout.profiles import Profiles
from regpath.io.layout.start import COMMENT, are_row_names, split_otherwise
from regpath.io.shapes import extent, is_number, usual_width
from regpath.io.text.records import Records
from regpath.wording import counted, shown

_MOST = 0.9  # of the rows have the usual number of cells, so that it is the header that differs
_INTEGER = re.compile(r"\s*[0-9]+\s*")
_DECIMAL = re.compile(r"[-+]?[0-9]*[.,][0-9]+")
_ID_NAME = re.compile(
    r"(?:.*[^a-z])?(?:id|nr|no|num|number|index|key|code|row|case|obs)\.?", re.IGNORECASE
)


def with_fitting_names(records: Records, findings: Findings, *, quoted: bool) -> Records:
    """Give the header as many names as the rows have cells, or leave it as it is.

    Parameters
    ----------
    records : Records
        The rows of one table; the header comes first.
    findings : Findings
    quoted : bool
        Whether numbers that begin the rows stand in quotes, as the names of rows do that R writes.
    """
    header, body = records.rows[0], records.rows[1:]
    width = usual_width(body or records.rows)
    other = split_otherwise(header, width)
    if other:
        return _with_names(records, _divided_otherwise(header, other, findings))
    if len(header) == width + 1 and header[0].strip() in (*COMMENT, "##"):
        findings.obstacle("its header is written as a comment")
        return _with_names(records, header[1:])
    if extent(header) <= width <= len(header):
        return _with_names(records, header[:width])
    lengths = [len(row) for row in body]
    if not body or lengths.count(width) < _MOST * len(body) or width < 2:
        return records
    if len(header) < width and max(map(extent, body)) == width:
        return _with_more_names(records, width, findings, quoted=quoted)
    if len(header) < width and len(header) > 1:
        return _over_blank_ends(records, width, findings)
    if width < len(header) and set(lengths) == {width}:
        return _with_fewer_names(records, width, findings)
    return records


def _with_names(records: Records, names: list[str]) -> Records:
    return Records([names, *records.rows[1:]], records.numbers)


def _divided_otherwise(header: list[str], names: list[str], findings: Findings) -> list[str]:
    findings.repair(
        "header_delimiter",
        f"The header ({shown(header[0])}) is divided by another mark than its rows.",
        cells=len(names),
        before=header[0],
        undo=None,
    )
    findings.obstacle("its header is divided by another mark than its rows")
    return names


def _with_more_names(records: Records, width: int, findings: Findings, *, quoted: bool) -> Records:
    """Name the first columns, or the last, of rows that are longer than their header."""
    header = records.rows[0]
    body = [row for row in records.rows[1:] if len(row) == width]
    missing = width - len(header)
    first = [row[0].strip() for row in body]
    is_said = findings.options.names_at is not None
    if not is_said and _may_be_cut_at_decimal_commas(body, first, missing):
        return records
    last_unnamed = _is_last_unnamed(records.rows, first, width)
    side = findings.options.names_at or ("left" if missing > 1 or last_unnamed else "right")
    if findings.options.names_at is None and quoted and side == "right":
        findings.repair(
            "row_names",
            "The header has one name less than the rows have cells, as R writes it: the first "
            "column holds the names of the rows.",
        )
    elif findings.options.names_at is None:
        _ask_whose_names_are_missing(records, first, missing, side, findings)
    findings.obstacle("its header has fewer names than its rows have fields")
    unnamed = ["row names"] if missing == 1 else [""] * missing
    names = [*unnamed, *header] if side == "right" else [*header, *[""] * missing]
    return _with_names(records, names)


def _ask_whose_names_are_missing(
    records: Records, first: list[str], missing: int, side: str, findings: Findings
) -> None:
    """Ask whether the first columns have no name, or the last, or the header is a title."""
    repeats = "" if len(set(first)) == len(first) else ", though some occur again"
    reasons = {
        "right": f"R writes names of rows so{repeats}.",
        "left": "The cells fit so: numbers with decimals that occur again name no rows."
        if _are_measures(first)
        else "The cells fit so, or the first name is that of an ID.",
    }
    answers: dict[str, dict[str, Any]] = {
        "The first column holds names of rows": {"names_at": "right"},
        "The last column has no name": {"names_at": "left"},
    }
    if missing > 1:
        answers = {
            "The first columns have no name": {"names_at": "right"},
            "The last columns have no name": {"names_at": "left"},
        }
    taken = [*answers] if side == "right" else [*answers][::-1]
    title = "It is a title: no column has a name"
    answers[title] = {"skip_rows": records.numbers[0], "header_rows": 0}
    width = len(records.rows[0]) + missing
    findings.question(
        "row_names",
        f"The header has {counted(missing, 'name', 'names')} less than the rows have fields "
        f"({width}): which columns have none, the first or the last? "
        f"Taken: the {'first' if side == 'right' else 'last'}.",
        reasons[side],
        {label: answers[label] for label in (*taken, title)},
    )


def _over_blank_ends(records: Records, width: int, findings: Findings) -> Records:
    """Ask whose name is missing where every row ends in a blank field that has none.

    Programs write a delimiter behind each cell, or the header has lost a delimiter while the last
    column is blank: then its names stand one to the left.
    """
    header = records.rows[0]
    first = [row[0].strip() for row in records.rows[1:]]
    if findings.options.names_at == "right":
        findings.obstacle("its header has fewer names than its rows have fields")
        missing = width - len(header)
        return _with_names(records, [*(["row names"] if missing == 1 else [""] * missing), *header])
    if findings.options.names_at is None and not _names_ids(header[0], first):
        findings.question(
            "row_names",
            f"Every row ends in a blank field, for which the header has no name "
            f"({counted(len(header), 'name')}, {counted(width, 'field')}): is it surplus, or do "
            "the names belong further right? It was left out.",
            "Many programs write a delimiter behind the last cell.",
            {
                "The blank field is surplus": {"names_at": "left"},
                "The names belong further right": {"names_at": "right"},
            },
        )
    return records


def _are_measures(cells: Sequence[str]) -> bool:
    """Tell numbers with decimals that occur again, which are no names of rows."""
    decimals = sum(bool(_DECIMAL.fullmatch(cell)) for cell in cells)
    return len(set(cells)) < len(cells) and 2 * decimals > len(cells)


def _names_ids(name: str, cells: Sequence[str]) -> bool:
    return bool(_ID_NAME.fullmatch(name.strip())) and len(set(cells)) == len(cells)


def _may_be_cut_at_decimal_commas(
    body: Sequence[Sequence[str]], first: Sequence[str], missing: int
) -> bool:
    """Tell integers that may be halves of numbers: `1,5,2` under two names."""
    if not all(_INTEGER.fullmatch(cell) for row in body for cell in row if cell.strip()):
        return False
    return missing > 1 or not (len(set(first)) == len(first) > 1 or are_row_names(first))


def _is_last_unnamed(rows: Sequence[Sequence[str]], first: Sequence[str], width: int) -> bool:
    """Tell whether it is rather the last column that has no name than the first."""
    header = rows[0]
    if _names_ids(header[0], first) or _are_measures(first):
        return True
    short = [row for row in rows[1:] if len(row) == len(header)]
    profiles = Profiles.of(rows[1:], width)
    return bool(short) and all(map(profiles.take, short))


def _with_fewer_names(records: Records, width: int, findings: Findings) -> Records:
    """Say which names of a header that is longer than all rows name nothing."""
    header = records.rows[0]
    surplus = extent(header) - width
    blank = [j for j, name in enumerate(header[: extent(header)]) if not name.strip()]
    side = findings.options.names_at
    if side is None:
        where = "are the last columns blank" if surplus > 1 else "is the last column blank"
        answers = {
            "Yes, it is the last that the rows do not have": {"names_at": "left"},
            "No, it is the first that they do not have": {"names_at": "right"},
        }
        taken = "It was read so."
        if len(blank) >= surplus:
            answers = {"No, the blank name is a delimiter too many": {}, **answers}
            taken = "The blank name was left out instead."
        findings.question(
            "surplus_names",
            f"The header has {counted(extent(header), 'name')}, but every row "
            f"{counted(width, 'field')}: {where}? {taken}",
            "All rows have the same number of fields.",
            answers,
        )
    findings.obstacle("its header has more names than its rows have fields")
    if side is None and len(blank) >= surplus:
        left_out = set(blank[:surplus])
        kept = [name for j, name in enumerate(header[: extent(header)]) if j not in left_out]
        return _with_names(records, kept)
    if side == "right":
        return _with_names(records, header[surplus : extent(header)])
    rows = [row + [""] * surplus for row in records.rows[1:]]
    return Records([header[: extent(header)], *rows], records.numbers)


def numbers_only(row: Sequence[str]) -> bool:
    """Tell a row of numbers."""
    return all(map(is_number, row))
