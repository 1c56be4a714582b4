"""Fields as options of the shell: their names, their help, and the words that say a value."""

from __future__ import annotations

import argparse
import shlex
import shutil
from collections.abc import Sequence
from dataclasses import MISSING
from typing import Any

from regpath.errors import ParameterError
from regpath.fields import Field

GROUPS = {
    "data": "",
    "reading": "Guessed from the file where nothing is said.",
    "columns": "What each column holds, said as COLUMN=VALUE, and how columns become features.",
    "fit": "",
    "validation": "",
    "choice": "",
    "output": "",
}
WIDTH = 100  # letters of a line
FEW = 5  # choices that are shown in the place of a value; more are listed in the help
PREFIX = {"columns": "column_"}  # of the names of a stage's options


class Help(argparse.HelpFormatter):
    """Help that is as wide as the screen, up to a line of text, and says NAME ... once."""

    def __init__(self, prog: str) -> None:
        width = min(shutil.get_terminal_size().columns - 2, WIDTH)
        super().__init__(prog, max_help_position=30, width=width)

    def _format_args(self, action: argparse.Action, default_metavar: str) -> str:
        if action.nargs == "+":
            return f"{self._metavar_formatter(action, default_metavar)(1)[0]} ..."
        return super()._format_args(action, default_metavar)


class Parser(argparse.ArgumentParser):
    """A parser to which a value that is written --option=-- is one, as a column may be called."""

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        if arg_strings == ["--"] and action.option_strings:
            value = self._get_value(action, "--")
            return [value] if action.nargs == "+" else value
        return super()._get_values(action, arg_strings)


class Groups:
    """The groups of a command's options, in the order in which its help shows them."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        parser.formatter_class = Help
        self._of = {t: parser.add_argument_group(t, what or None) for t, what in GROUPS.items()}

    def __getitem__(self, title: str) -> argparse._ArgumentGroup:
        return self._of[title]


def flag(field: Field) -> str:
    """The option that says a field.

    >>> from regpath.recipe import FIELDS
    >>> flag(FIELDS["l1_ratio"])
    '--l1-ratio'
    """
    return "--" + (PREFIX.get(field.option.stage, "") + field.name).replace("_", "-")


def dest_of(field: Field) -> str:
    """Where the words of a field are kept between parsing and reading."""
    return f"{field.option.stage}.{field.name}"


def metavar(field: Field) -> str:
    """What stands for a value."""
    if field.option.metavar:
        return field.option.metavar
    choices = field.option.choices
    if choices is not None and len(choices()) <= FEW:
        return "{" + ",".join(choices()) + "}"
    kinds = {int: "N", float: "NUMBER"}
    return kinds.get(field.type, field.name.upper())


def help_of(field: Field, usual: Any = MISSING, details: str = "") -> str:
    """The help of a field, with its choices if they are many, and its default."""
    parts = [field.option.help]
    choices = field.option.choices
    if details:
        parts.append(details)
    elif choices is not None and not metavar(field).startswith("{"):
        parts.append(f"{', '.join(choices()[:-1])} or {choices()[-1]}")
    end = (
        ""
        if "default" in field.option.help
        else _default_in_words(field.default if usual is MISSING else usual)
    )
    return (": ".join(parts) + end).replace("%", "%%")


def _default_in_words(default: Any) -> str:
    """What is said of a default: nothing where it leaves a choice open."""
    if isinstance(default, bool):
        return " (default)" if default else ""
    number = isinstance(default, (int, float))
    if not number and (default is MISSING or not default):
        return ""
    return f" (default: {default:g})" if number else f" (default: {default})"


def add_field(
    group: argparse._ArgumentGroup, field: Field, help: str, *, required: bool = True
) -> None:
    """Add the option of a field; its words are kept as they are until `value_of` reads them.

    `required` of a field without a default.
    """
    if field.type is bool:
        action = argparse.BooleanOptionalAction
        group.add_argument(
            flag(field), dest=dest_of(field), action=action, default=argparse.SUPPRESS, help=help
        )
        return
    several: dict[str, Any] = {"action": "extend", "nargs": "+"} if field.many else {}
    group.add_argument(
        flag(field),
        dest=dest_of(field),
        default=argparse.SUPPRESS,
        required=required and field.default is MISSING,
        metavar=metavar(field),
        help=help,
        **(several or {"action": "append"}),
    )


def value_of(
    field: Field, words: bool | Sequence[str], caller: str, column: str | None = None
) -> Any:
    """The value that the words of an option say, perhaps of one column.

    Raises
    ------
    ParameterError
        If they say none that serves; it names the option.
    """
    try:
        value = words if isinstance(words, bool) else field.read(words)
        field.check(value, caller)
    except ParameterError as error:
        what = flag(field) if column is None else f"{flag(field)} of column {column!r}"
        message = error.message.replace(f"The {field.name!r} parameter of {caller}", what)
        message = message.replace(f"{field.name!r} must", f"{what} must")
        raise ParameterError(message, error.hint) from error
    return value


def words_of(field: Field, value: Any) -> list[str]:
    """The words that say a value, each with the option's name, so that they may hold anything."""
    if field.type is bool:
        return [flag(field) if value else flag(field).replace("--", "--no-", 1)]
    return [f"{flag(field)}={word}" for word in field.written(value)]


def typed(words: Sequence[str]) -> str:
    """Words as a person types them.

    >>> typed(["--delimiter=;", "--sheet=June 1", "--quote=-"])
    "--delimiter ';' --sheet 'June 1' --quote=-"
    """
    parts = []
    for word in words:
        option, sign, value = word.partition("=")
        bare = not sign or value.startswith("-")
        parts.append(shlex.quote(word) if bare else f"{option} {shlex.quote(value)}")
    return " ".join(parts)
