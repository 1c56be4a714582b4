"""A file as a command reads it: options, notes, open questions with the option that answers."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from regpath.cli.arguments import (
    Groups,
    add_field,
    dest_of,
    flag,
    help_of,
    metavar,
    typed,
    value_of,
    words_of,
)
from regpath.cli.shared import say
from regpath.cli.wording import in_options
from regpath.errors import RegpathError
from regpath.fields import Field
from regpath.io import ColumnOptions, ReadOptions, Table, read_table
from regpath.io.columns.missing import MISSING
from regpath.io.diagnosis import Question, Repair
from regpath.io.options import COLUMN_FIELDS, READ_FIELDS

SHOWN = 3  # undos of one note that are told
SETS = ("kept", "accepted")  # of which only what is new is told
USUAL, BUT = "usual", "usual but "  # all usual spellings of a missing value, or all but one
_FREE = re.compile(r"((?:\\.|[^\\=])*)=(.*)", re.DOTALL)
_SIGN, _ESCAPED = re.compile(r"[\\=]"), re.compile(r"\\([\\=])")
_MEANT = re.compile(r"\\*usual( but .*)?", re.DOTALL)  # \usual stands for the word itself


def add_reading(groups: Groups) -> None:
    """Add the file, and an option for each choice of reading it."""
    groups["data"].add_argument(
        "file", metavar="FILE", help="a CSV file, or one of another kind; - for standard input"
    )
    add_reading_options(groups)


def add_reading_options(groups: Groups) -> None:
    """Add an option for each choice of reading a file."""
    for field in READ_FIELDS.values():
        add_field(groups["reading"], field, help_of(field))
    for name, field in COLUMN_FIELDS.items():
        groups["columns"].add_argument(
            flag(field),
            dest=dest_of(field),
            action="extend",
            nargs="+",
            type=_of_column(field),
            default=argparse.SUPPRESS,
            metavar=f"COLUMN={metavar(field)}",
            help=help_of(
                field,
                details="'usual' stands for all usual ones, 'usual but WORD' leaves one out"
                if name == "missing"
                else "",
            ),
        )


def reading_of(options: argparse.Namespace) -> ReadOptions:
    """What a command was told about reading its file.

    Raises
    ------
    ParameterError
        If a choice is outside its range; it names the option.
    """
    told = vars(options)
    said = {
        name: value_of(field, told[dest_of(field)], "ReadOptions")
        for name, field in READ_FIELDS.items()
        if dest_of(field) in told
    }
    reading = ReadOptions(**said)
    for name, field in COLUMN_FIELDS.items():
        words: dict[str, list[str]] = {}
        for column, word in told.get(dest_of(field), ()):
            words.setdefault(column, []).append(word)
        for column, each in words.items():
            heard = _spelled(each) if name == "missing" else each
            value = value_of(field, heard, "ColumnOptions", column)
            reading = reading.saying(column, **{name: value})
    return reading


def words_of_reading(reading: ReadOptions, known: ReadOptions | None = None) -> list[str]:
    """The words that say how a file is read, but for what is known; inverse of `reading_of`."""
    known = ReadOptions() if known is None else known
    new: dict[str, Any] = {name: getattr(reading, name) - getattr(known, name) for name in SETS}
    none: dict[str, Any] = dict.fromkeys(SETS, frozenset())
    words = _changed(READ_FIELDS, replace(reading, **new), replace(known, **none))
    for column, said in reading.columns.items():
        before = known.columns.get(column, ColumnOptions())
        if said.missing == before.missing:
            said = replace(said, missing=None)
        for word in _changed(COLUMN_FIELDS, _shortened(said), before):
            option, _, value = word.partition("=")
            words.append(f"{option}={_named(column, option)}={value}")
    return words


def table_of(options: argparse.Namespace) -> Table:
    """Read the file of a command."""
    source = sys.stdin.buffer if options.file == "-" else options.file
    return read_table(source, options=reading_of(options))


def tell_of_table(table: Table, notes: Sequence[str] = ()) -> None:
    """Say what reading repaired, what it left open, and what else there is to note."""
    for sentence, repairs in table.diagnosis.sentences.items():
        say([f"note: {sentence}{_undo(repairs, table.diagnosis.options)}"])
    say(questions(table))
    say(f"note: {in_options(note)}" for note in notes)


@contextmanager
def explaining(table: Table) -> Iterator[None]:
    """Say what reading left open, should what follows be refused: that may be why."""
    try:
        yield
    except RegpathError:
        say(questions(table))
        raise


def questions(table: Table) -> Iterator[str]:
    """What reading left open: the evidence, what was taken, and the option that says otherwise."""
    for question in table.diagnosis.questions:
        yield f"question: {question.what}"
        yield f"  {question.evidence}"
        yield from _answers(question, table.diagnosis.options)


def answer_to(error: RegpathError) -> str:
    """The option that answers a refusal, as a sentence; "" if there is none."""
    if not error.option:
        return ""
    if error.column is None:
        field = READ_FIELDS[error.option]
        return f" Option: {flag(field)} {metavar(field)}."
    field = COLUMN_FIELDS[error.option]
    column = shlex.quote(_named(error.column, flag(field)))
    return f" Option: {flag(field)} {column}={metavar(field)}."


def _answers(question: Question, known: ReadOptions) -> Iterator[str]:
    ways = [typed(words_of_reading(answer.options, known)) for answer in question.answers]
    width = max(map(len, ways))
    for number, (way, answer) in enumerate(zip(ways, question.answers, strict=True)):
        taken = " (taken)" if number == 0 else ""
        yield f"  {way or '(as it is)':{width}}  {answer.label}{taken}"


def _undo(repairs: Sequence[Repair], known: ReadOptions) -> str:
    undone = [repair.undo for repair in repairs if repair.undo is not None]
    words = [word for undo in undone for word in words_of_reading(undo, known)]
    if not words or len(words) > SHOWN:
        return ""
    return f" (Undo: {typed(words)})"


def _shortened(said: ColumnOptions) -> ColumnOptions:
    """The same with a word for all usual spellings of a missing value, where most are there."""
    if said.missing is None:
        return said
    left_out = sorted(MISSING - {*said.missing, ""})
    usual = 2 * len(left_out) < len(MISSING)
    rest = [word for word in said.missing if not usual or word not in MISSING]
    short = ([BUT + word for word in left_out] or [USUAL]) if usual else []
    escaped = (f"\\{word}" if _MEANT.fullmatch(word) else word for word in rest)
    return replace(said, missing=(*short, *escaped))


def _spelled(words: Sequence[str]) -> list[str]:
    """What the words of --column-missing stand for; the inverse of `_shortened`."""
    left_out = {word.removeprefix(BUT) for word in words if word.startswith(BUT)}
    rest = [word for word in words if word != USUAL and not word.startswith(BUT)]
    usual = MISSING - left_out if len(rest) < len(words) else ()
    return [*sorted(usual), *(word[1:] if _MEANT.fullmatch(word) else word for word in rest)]


def _changed(fields: dict[str, Field], said: Any, known: Any) -> list[str]:
    return [
        word
        for name, field in fields.items()
        if (value := getattr(said, name)) not in (None, getattr(known, name))
        for word in words_of(field, value)
    ]


def _of_column(field: Field) -> Any:
    r"""Split COLUMN=VALUE; a name may hold the sign, as \= where values are no fixed words."""

    def column_and_word(text: str) -> tuple[str, str]:
        column, sign, word = text.rpartition("=")
        if not field.option.choices and (cut := _FREE.fullmatch(text)):
            column, word = _ESCAPED.sub(r"\1", cut[1]), cut[2]
        if not sign:
            raise argparse.ArgumentTypeError(f"{text!r} is not COLUMN={metavar(field)}")
        return column, word

    return column_and_word


def _named(column: str, option: str) -> str:
    """A column's name as `_of_column` reads it."""
    fixed = any(flag(f) == option and f.option.choices for f in COLUMN_FIELDS.values())
    return column if fixed else _SIGN.sub(r"\\\g<0>", column)
