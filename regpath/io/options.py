"""ReadOptions: every choice that reading a file makes for a person, and that a person may make."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

KINDS = ("number", "boolean", "category", "ordinal", "date", "id", "text", "ignore")
DATE_ORDERS = ("dmy", "mdy", "ymd")
DATE_PARTS = ("days", "year", "month", "weekday", "hour")


@dataclass(frozen=True)
class ColumnOptions:
    """What a person says of one column; None leaves it to the guess.

    Parameters
    ----------
    kind : one of `KINDS` or None, default=None
        "number" leaves a cell that is no number missing; "ordinal" turns words into 1, 2, 3, ...;
        "id" and "text" are kept but never used as features unless asked for; "ignore" leaves the
        column out.
    decimal : {".", ","} or None, default=None
        The mark before decimals.
    date_order : {"dmy", "mdy", "ymd"} or None, default=None
    missing : tuple of str or None, default=None
        Spellings of a missing value in this column, in place of the usual ones.
    parts : tuple of str, default=()
        Columns to be made of dates, among `DATE_PARTS`: days since 2000-01-01, year, month,
        weekday, and hour of the day.
    levels : tuple of str, default=()
        The words of an ordinal column, the lowest first; () takes a well-known scale.
    """

    kind: str | None = None
    decimal: str | None = None
    date_order: str | None = None
    missing: tuple[str, ...] | None = None
    parts: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadOptions:
    """Every choice of a reading; None leaves it to the guess.

    A table is a function of bytes and options alone. To undo a repair, or to answer a question,
    is to read again with one option changed: `Repair.undo` and `Answer.options` are such options.

    Parameters
    ----------
    encoding : str or None, default=None
        Python's name of it.
    delimiter : str or None, default=None
    quote : str or None, default=None
        "" means that nothing is quoted.
    sheet : str or None, default=None
        Of a workbook with several.
    skip_rows : int or None, default=None
        Rows above the header.
    header_rows : int or None, default=None
        0 means that there is no header.
    skip_footer : int or None, default=None
        Rows below the data.
    names_at : {"left", "right"} or None, default=None
        Where a header has fewer or more names than the rows have fields: whether its first name
        is that of the first column, or its last name that of the last.
    columns : dict of str to ColumnOptions
    kept : frozenset of str
        Keys of repairs that are not to be made.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    sheet: str | None = None
    skip_rows: int | None = None
    header_rows: int | None = None
    skip_footer: int | None = None
    names_at: str | None = None
    columns: dict[str, ColumnOptions] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()

    def of(self, column: str) -> ColumnOptions:
        """What is said of one column."""
        return self.columns.get(column, ColumnOptions())

    def saying(self, column: str, **choices: Any) -> ReadOptions:
        """Return the same options with other choices for one column.

        >>> ReadOptions().saying("price", decimal=",").of("price").decimal
        ','
        """
        said = replace(self.of(column), **choices)
        return replace(self, columns={**self.columns, column: said})

    def keeping(self, key: str) -> ReadOptions:
        """Return the same options without one repair."""
        return replace(self, kept=self.kept | {key})
