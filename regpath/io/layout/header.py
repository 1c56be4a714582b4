"""Which rows name the columns, and what the columns are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from regpath.io.layout.number_names import are_of_other_kind, count_up, name_years
from regpath.io.shapes import (
    filled,
    holds_values,
    is_absent,
    is_number,
    is_value,
    is_word,
)

_SAMPLE_ROWS = 100  # below, with which a row is compared
_MOST_HEADER_ROWS = 3  # that name the columns together
_RECURS_WITHIN = 20  # rows: a cell that occurs again so soon is a value, not a name
_FEWEST_WORDS = 2  # of a cell that is rather a question or a label than a name
_LONGEST_DASHES = 200  # letters of one cell of a line drawn with signs
_UNIT = re.compile(
    r"[\[(<].*[\])>]|[%‰°$€£¥]|°?[CFK]|[kcmµunMG]?(?:g|m|l|s|Hz|W|J|N|Pa|V|A|mol|bar|B)(?:[²³23])?"
    r"|(?:mg|g|mmol|mol|µg|km|m|l|kg|ml|ng)/(?:d?l|kg|h|m[23²³]?|s[2²]?|ml|L|day)|mmHg|bpm|kcal|years?|"
    r"yrs?|months?|days?|hours?|hrs?|mins?|minutes?|secs?|seconds?|cms?|inch(?:es)?|in|ft|lbs?|oz|"
    r"USD|EUR|GBP|n/a|-|unit|units|none|percent|count|index|score",
    re.IGNORECASE,
)
# What a column holds, as Orange, Weka and databases write it below the names.
_KIND = re.compile(
    r"[cdst]|continuous|discrete|string|str|time|numeric|number|nominal|categorical|integer|int|"
    r"float|double|factor|character|char|real|date|text|bool(?:ean)?|logical|object",
    re.IGNORECASE,
)
_SURVEY_KEY = re.compile(r'\{"ImportId":.*\}', re.DOTALL)
_DASHES = re.compile(r"[:+|]?[-=_]{2,}[-=_+|]*:?|[-=]{3,}")


def first_row_is_data(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a table has no header.

    It has none if each column that is numeric below has a number in the first row too, unless
    those numbers count up like names: years, or the 0, 1, 2, ... of a frame without names; or are
    years, dates, shares or amounts above columns of other numbers. A table of words alone has
    none if most words of its first row occur again below.

    Parameters
    ----------
    rows : sequence of sequence of str
        The first rows of the table, at least two.

    Examples
    --------
    >>> first_row_is_data([["5.1", "a"], ["4.9", "b"]])
    True
    >>> first_row_is_data([["1990", "1991"], ["4.9", "3.1"]])
    False
    """
    first = [cell.strip() for cell in rows[0]]
    below = rows[1 : _SAMPLE_ROWS + 1]
    others = [row for row in below if list(row) != list(rows[0])]  # headers are repeated, too
    columns = list(zip(*others or below, strict=True))
    valued = [j for j, column in enumerate(columns) if holds_values(column)]
    if not valued:
        return _occurs_again(first, columns)
    if not any(map(is_value, first)):
        return False
    # A blank in the first row is more often an index without a name than a missing value.
    values = [first[j] for j in valued if first[j] == "" or not is_absent(first[j])]
    if not values or not all(map(is_value, values)) or count_up(values):
        return False
    below = [[cell for cell in columns[j] if not is_absent(cell)] for j in valued if first[j]]
    values = [cell for cell in values if cell]
    if are_of_other_kind(values, below):
        return False
    named = is_word(first[0]) and first[0] not in map(str.strip, columns[0])
    return not name_years(values, below, named=named)


def count_header_rows(rows: Sequence[Sequence[str]]) -> int:
    """Count the rows that stand above the data, once the first is known to be one of them.

    A second and a third row belong to the header if they hold words above every column of
    values, of which there must be two, or units, or the keys that a survey program writes.

    >>> count_header_rows([["size", "mass"], ["mm", "kg"], ["1", "2"], ["3", "4"]])
    2
    """
    for n in range(min(_MOST_HEADER_ROWS, len(rows) - 2), 0, -1):
        if n > 1 and all(_SURVEY_KEY.fullmatch(cell.strip()) for cell in rows[n - 1]):
            return n
        below = rows[n : n + _SAMPLE_ROWS]
        valued = [j for j, column in enumerate(zip(*below, strict=True)) if holds_values(column)]
        if valued and all(_continues_header(row, rows[0], valued, below) for row in rows[1:n]):
            return n + _marks_follow(rows[n:]) if n == 2 else n
    if len(rows) > 2 and _are_kinds(rows[1], rows[2:]):
        return 2 + _marks_follow(rows[2:])
    return 1


def _are_kinds(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell a row that says of each column what it holds, as no cell below does."""
    cells = [cell.strip() for cell in row]
    known = any(cell in map(str.strip, other) for other in below for cell in cells)
    return not known and all(map(_KIND.fullmatch, cells))


def _marks_follow(rows: Sequence[Sequence[str]]) -> bool:
    """Tell a row that marks a few columns, below one that says what they hold.

    Orange writes "class" or "meta" there.
    """
    row, below = rows[0], rows[1:_RECURS_WITHIN]
    marks = [(j, cell.strip()) for j, cell in enumerate(row) if cell.strip()]
    if not below or not 0 < len(marks) < len(row) or any(is_value(cell) for _, cell in marks):
        return False
    known = any(other[j].strip() == cell for other in below for j, cell in marks)
    return not known and min(map(filled, below)) > len(marks)


def _continues_header(
    row: Sequence[str], first: Sequence[str], valued: list[int], below: Sequence[Sequence[str]]
) -> bool:
    """Tell whether a row below the first holds units, or names of columns in a group."""
    above = [row[j].strip() for j in valued]
    named = [cell for cell in above if cell]
    if _are_years_of_group(row, first, valued, below):
        return True
    if not named or any(map(is_value, above)):
        return False
    if is_units(row, valued) or all(_KIND.fullmatch(c.strip()) for c in row if c.strip()):
        return True
    grouped = any(not cell.strip() for cell in first) or len(set(first)) < len(first)
    everywhere = len(named) == len(above) or _fills_gaps(row, first)
    words = everywhere and all(map(is_word, named)) and len(set(named)) > 1
    recurs = any(
        cell.strip() and cell == other
        for line in below[1:_RECURS_WITHIN]
        for cell, other in zip(row, line, strict=True)
    )
    questions = all(len(cell.split()) > _FEWEST_WORDS for cell in named)
    return words and not recurs and (grouped or len(above) > 2 or (questions and len(above) > 1))


def _are_years_of_group(
    row: Sequence[str], first: Sequence[str], valued: list[int], below: Sequence[Sequence[str]]
) -> bool:
    """Tell years alone in their row, below the name of a group that has blanks to its right."""
    named = [j for j in valued if row[j].strip()]
    alone = not any(cell.strip() for j, cell in enumerate(row) if j not in valued)
    gaps = any(not first[j].strip() for j in named)
    columns = [[line[j] for line in below] for j in named]
    years = [row[j].strip() for j in named]
    return alone and gaps and len(named) > 1 and name_years(years, columns, named=False)


def _fills_gaps(row: Sequence[str], first: Sequence[str]) -> bool:
    """Tell whether a row names the columns at the right of a group's name, which have none."""
    start = next((j for j, cell in enumerate(first) if cell.strip()), 0)
    gaps = [j for j, cell in enumerate(first) if not cell.strip() and j > start]
    return bool(gaps) and all(is_word(row[j]) for j in gaps)


def is_units(row: Sequence[str], valued: Sequence[int]) -> bool:
    """Tell a row such as `mm, kg, %`: nothing but units above columns of values."""
    present = [row[j].strip() for j in valued if row[j].strip()]
    others = [cell.strip() for j, cell in enumerate(row) if j not in valued and cell.strip()]
    return (
        bool(present)
        and all(map(_UNIT.fullmatch, present))
        and not all(map(is_absent, present))
        and all(_UNIT.fullmatch(cell) or is_absent(cell) for cell in others)
    )


def is_dashes(row: Sequence[str]) -> bool:
    """Tell a line of dashes, as Markdown and consoles draw it under a header."""
    cells = [cell.strip() for cell in row if cell.strip()]
    short = bool(cells) and max(map(len, cells)) < _LONGEST_DASHES
    return short and all(map(_DASHES.fullmatch, cells)) and any(len(c) > 2 for c in cells)


def joined_names(rows: Sequence[Sequence[str]], valued: Sequence[int]) -> tuple[list[str], str]:
    """Return the names that several header rows give, and what was done with the rows.

    Units, and texts below names that are distinct already, are left out; the names of groups are
    put before those of their columns.
    """
    first = [cell.strip() for cell in rows[0]]
    below = [row for row in rows[1:] if not is_units(row, valued) or _fills_gaps(row, first)]
    distinct = len(set(first)) == len(first) and filled(first) == len(first)
    if not below or distinct:
        return first, "units" if not below else "labels"
    groups = [_filled_to_the_right(row) for row in rows[: len(below)]]
    parts_of_names = zip(*groups, [cell.strip() for cell in below[-1]], strict=True)
    return [" ".join(dict.fromkeys(filter(None, parts))) for parts in parts_of_names], "groups"


def _filled_to_the_right(row: Sequence[str]) -> list[str]:
    """Let the name of a group hold for the blank cells at its right."""
    filled_names, last = [], ""
    for cell in row:
        last = cell.strip() or last
        filled_names.append(last)
    return filled_names


def column_names(written: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """Turn a header into distinct names that are not blank, nor of invisible characters alone.

    Returns
    -------
    names : list of str
    blank : list of str
        The names that stand in for blank ones.
    renamed : list of str
        The names that are not as they are written because another column has the same.

    Examples
    --------
    >>> column_names(["a", "a", ""])
    (['a', 'a (2)', 'column 3'], ['column 3'], ['a (2)'])
    """
    stripped = [name.strip() for name in written]
    stripped = [name if any(map(str.isprintable, name)) else "" for name in stripped]
    filled_in = [name or f"column {j}" for j, name in enumerate(stripped, start=1)]
    names = _distinct(filled_in)
    blank = [name for name, original in zip(names, stripped, strict=True) if not original]
    renamed = [new for new, old in zip(names, stripped, strict=True) if old and new != old]
    return names, blank, renamed


def _occurs_again(first: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    present = [j for j, cell in enumerate(first) if not is_absent(cell)]
    again = sum(first[j] in map(str.strip, columns[j]) for j in present)
    return len(columns) > 1 and len(columns[0]) > 2 and 2 * again > len(present)


def numbers_among(names: Sequence[str]) -> list[str]:
    """Return the names that are numbers."""
    return [name for name in names if is_number(name)]


def _distinct(names: Sequence[str]) -> list[str]:
    taken = set(names)
    seen: set[str] = set()
    last: dict[str, int] = {}
    distinct = []
    for name in names:
        new = name
        while new in seen or (new != name and new in taken):
            last[name] = last.get(name, 1) + 1
            new = f"{name} ({last[name]})"
        seen.add(new)
        distinct.append(new)
    return distinct
