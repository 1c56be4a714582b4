"""ReadOptions: every choice that reading a file makes for a person, and that a person may make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from numbers import Integral
from typing import Any

from regpath.fields import Check, Field, Option, fields_of, refuse

KINDS = ("number", "boolean", "category", "ordinal", "date", "id", "text", "ignore")
DATE_ORDERS = ("dmy", "mdy", "ymd")
DATE_PARTS = ("days", "year", "month", "weekday", "hour")
NUMBER_PARTS = ("flag", "first", "second", "third", "minutes", "inches", "cm")
PARTS = (*DATE_PARTS, *NUMBER_PARTS)
DECIMALS = (".", ",")
NAMES_AT = ("left", "right")
NO_DELIMITER = "\x1f"  # of one column; decoding lets no control character pass
_BLANKS = "  "  # two and more, between columns of a fixed width
_NO_SIGNS = ("\n", "\r", "\0")  # lines end so
SIGNS = {r"\t": "\t", "none": NO_DELIMITER}  # how delimiters are written that cannot be typed


def _rows(help: str) -> Option:
    def check(value: Any, name: str, caller: str) -> None:
        if not isinstance(value, Integral) or isinstance(value, bool) or value < 0:
            refuse(name, caller, "a whole number of at least 0", value)

    return Option("reading", help, check, metavar="ROWS")


def _sign_check(wanted: str, fits: Callable[[str], bool]) -> Check:
    def check(value: Any, name: str, caller: str) -> None:
        if not isinstance(value, str) or not fits(value):
            refuse(name, caller, wanted, value)

    return check


def _is_sign(value: str) -> bool:
    return len(value) <= 1 and value not in _NO_SIGNS


def _sign(word: str) -> str:
    return SIGNS.get(word, word)


def _name_of_sign(sign: str) -> str:
    return next((name for name, known in SIGNS.items() if known == sign), sign)


COLUMN_OPTIONS = {
    "kind": Option.among("columns", "what it holds", lambda: KINDS, metavar="KIND"),
    "decimal": Option.among("columns", "mark before decimals", lambda: DECIMALS, metavar="MARK"),
    "date_order": Option.among(
        "columns", "of day, month and year in dates", lambda: DATE_ORDERS, metavar="ORDER"
    ),
    "missing": Option("columns", "a spelling of a missing value", metavar="WORD"),
    "parts": Option.among(
        "columns", "of its cells, as a column of its own", lambda: PARTS, metavar="PART"
    ),
    "levels": Option("columns", "a word of a scale, the lowest first", metavar="WORD"),
    "zero": Option("columns", "a spelling of 0 in a column of numbers", metavar="WORD"),
}
READ_OPTIONS = {
    "encoding": Option(
        "reading",
        "of the text, such as utf-8 or cp1252",
        check=_sign_check("the name of an encoding", lambda value: True),
        metavar="NAME",
    ),
    "delimiter": Option(
        "reading",
        r"between columns; \t for a tab, none for one column",
        check=_sign_check("one sign, or two blanks", lambda v: v == _BLANKS or _is_sign(v)),
        metavar="SIGN",
        read=_sign,
        write=_name_of_sign,
    ),
    "quote": Option(
        "reading",
        'around texts that hold the delimiter; "" for none',
        check=_sign_check('one sign, or ""', _is_sign),
        metavar="SIGN",
    ),
    "decimal": Option.among(
        "reading", "mark before decimals, in all columns", lambda: DECIMALS, metavar="MARK"
    ),
    "sheet": Option("reading", "of a workbook, or the file of an archive", metavar="NAME"),
    "skip_rows": _rows("above the header"),
    "header_rows": _rows("of the header; 0 for none"),
    "skip_footer": _rows("below the data"),
    "comment": Option(
        "reading",
        'sign that begins rows to be left out; "" for none',
        check=_sign_check("one sign or several", lambda value: True),
        metavar="SIGN",
    ),
    "names_at": Option.among(
        "reading", "which end of a header fits, where rows are shorter or longer", lambda: NAMES_AT
    ),
    "kept": Option("reading", "a repair not to be made, by the name in its note", metavar="REPAIR"),
    "accepted": Option(
        "reading", "a question to which the answer taken is right, by its name", metavar="QUESTION"
    ),
}


@dataclass(frozen=True)
class ColumnOptions:
    r"""What a person says of one column; None leaves it to the guess.

    Parameters
    ----------
    kind : one of `KINDS` or None, default=None
        "number" leaves a cell that is no number missing; "ordinal" turns words into 1, 2, 3, ...;
        "id" and "text" are kept but never used as features unless asked for; "ignore" leaves the
        column out.
    decimal : {".", ","} or None, default=None
        The mark before decimals.
    date_order : {"dmy", "mdy", "ymd"} or None, default=None
        Of days, months and years in dates written in figures.
    missing : tuple of str or None, default=None
        Spellings of a missing value in this column, in place of the usual ones.
    parts : tuple of str, default=()
        Columns to be made of this one, among `PARTS`. Of dates: days since 2000-01-01, year, month,
        weekday, and hour of the day. Of numbers: "flag", whether one stands beside the number. Of
        cells such as 120/80: "first", "second", "third". Of durations such as 1h 20m: "minutes".
        Of lengths such as 6 ft 2 in: "inches", "cm".
    levels : tuple of str, default=()
        The words of an ordinal column, the lowest first; () takes a well-known scale. Of a
        boolean column, the words for false and for true; any other cell is missing then, and ""
        for false means a blank. Of a category, levels that are written in several ways: the other
        spellings (capitals, blanks, a full stop at the end) are read as these.
    zero : tuple of str, default=()
        Spellings of 0 in a column of numbers, such as the dash of an account or of a statistical
        office; they are not missing then.

    Examples
    --------
    >>> import regpath
    >>> options = regpath.ReadOptions(columns={"id": regpath.ColumnOptions(kind="number")})
    >>> table = regpath.read_table(b"id,y\n1,2\n2,4\n3,5\n", options=options)
    >>> table.reading.columns["id"].kind
    'number'
    """

    kind: str | None = None
    decimal: str | None = None
    date_order: str | None = None
    missing: tuple[str, ...] | None = None
    parts: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownColumn(ColumnOptions):
    """What an earlier file showed of a column: it says how cells are read, and answers no question.

    What is said of a column silences the questions on it. What another file showed must not: this
    file may hold 999 for a missing value, or numbers in brackets, where that one held none.

    Parameters
    ----------
    seen : tuple of float, default=()
        The smallest and the largest number of the earlier file.

    Examples
    --------
    >>> KnownColumn(kind="number", seen=(18.0, 93.0)).saw(99.0)
    False
    """

    seen: tuple[float, ...] = ()

    def saw(self, number: float) -> bool:
        """Whether a number lies within what the earlier file held."""
        return bool(self.seen) and self.seen[0] <= number <= self.seen[-1]


@dataclass(frozen=True)
class ReadOptions:
    r"""Every choice of a reading; None leaves it to the guess.

    A table is a function of bytes and options alone. To undo a repair, or to answer a question,
    is to read again with one option changed: `Repair.undo` and `Answer.options` are such options.

    Parameters
    ----------
    encoding : str or None, default=None
        Python's name of it.
    delimiter : str or None, default=None
        The sign between columns.
    quote : str or None, default=None
        "" means that nothing is quoted.
    decimal : {".", ","} or None, default=None
        The mark before decimals in every column of which `columns` says none.
    sheet : str or None, default=None
        Of a workbook with several.
    skip_rows : int or None, default=None
        Rows above the header.
    header_rows : int or None, default=None
        0 means that there is no header.
    skip_footer : int or None, default=None
        Rows below the data.
    comment : str or None, default=None
        The sign with which comments begin: rows below the header that begin so are left out.
        "" means that there are none. A guess leaves out what can be no row, and asks of the rest.
    names_at : {"left", "right"} or None, default=None
        Where a header has fewer or more names than the rows have fields: whether its first name
        is that of the first column, or its last name that of the last.
    columns : dict of str to ColumnOptions
        What is said of single columns, by name.
    kept : frozenset of str
        Keys of repairs that are not to be made.
    accepted : frozenset of str
        Keys of questions that are not to be asked, since what was taken is right; a note says it.

    Raises
    ------
    ParameterError
        If an option is outside its range.

    Examples
    --------
    >>> import regpath
    >>> options = regpath.ReadOptions(delimiter=";").saying("price", decimal=",")
    >>> options.of("price").decimal, options.of("other").decimal
    (',', None)
    >>> table = regpath.read_table("price;n\n1,5;2\n2,25;3\n".encode(), options=options)
    >>> table.frame["price"].tolist()
    [1.5, 2.25]
    >>> sorted(options.keeping("footer").kept)
    ['footer']
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    decimal: str | None = None
    sheet: str | None = None
    skip_rows: int | None = None
    header_rows: int | None = None
    skip_footer: int | None = None
    comment: str | None = None
    names_at: str | None = None
    columns: dict[str, ColumnOptions] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name, known in READ_FIELDS.items():
            known.check(getattr(self, name), "ReadOptions")

    def of(self, column: str) -> ColumnOptions:
        """What is said of one column, of all columns or for it alone.

        Parameters
        ----------
        column : str
            Its name.

        Returns
        -------
        ColumnOptions
            Its own, with the mark before decimals of all columns where it has none.
        """
        said = self.columns.get(column, ColumnOptions())
        if self.decimal is None or said.decimal is not None:
            return said
        return replace(said, decimal=self.decimal)

    def saying(self, column: str, **choices: Any) -> ReadOptions:
        """Return the same options with other choices for one column.

        Parameters
        ----------
        column : str
            Its name.
        **choices : object
            Fields of `ColumnOptions`.

        Returns
        -------
        ReadOptions
            With these choices beside those that were there.
        """
        said = replace(self.columns.get(column, ColumnOptions()), **choices)
        return replace(self, columns={**self.columns, column: said})

    def keeping(self, key: str) -> ReadOptions:
        """Return the same options without one repair.

        Parameters
        ----------
        key : str
            Of a `Repair` of the table's `diagnosis`.

        Returns
        -------
        ReadOptions
            By which the repair is not made.
        """
        return self._with("kept", key)

    def accepting(self, key: str) -> ReadOptions:
        """Return the same options with what was taken on a question.

        Parameters
        ----------
        key : str
            Of a `Question` of the table's `diagnosis`.

        Returns
        -------
        ReadOptions
            By which the question is not asked again.

        Examples
        --------
        >>> import regpath
        >>> options = regpath.ReadOptions().accepting("footer")
        >>> sorted(options.accepted)
        ['footer']
        """
        return self._with("accepted", key)

    def _with(self, field_name: str, key: str) -> ReadOptions:
        """One key more; a copy needs no check again, which 20 000 columns would feel."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other.__dict__[field_name] = getattr(self, field_name) | {key}
        return other

    def answering(self, key: str, **new: Any) -> ReadOptions:
        """Return the same options with those that answer a question.

        Parameters
        ----------
        key : str
            Of a `Question`.
        **new : object
            Fields of these options; where they change none, what was taken is accepted.

        Returns
        -------
        ReadOptions
            By which the question is answered.

        Examples
        --------
        >>> import regpath
        >>> regpath.ReadOptions().answering("decimal", decimal=",").decimal
        ','
        >>> sorted(regpath.ReadOptions().answering("decimal").accepted)
        ['decimal']
        """
        changed = replace(self, **new)
        return self.accepting(key) if changed == self else changed


COLUMN_FIELDS: dict[str, Field] = fields_of(ColumnOptions, COLUMN_OPTIONS)
READ_FIELDS: dict[str, Field] = fields_of(ReadOptions, READ_OPTIONS)
