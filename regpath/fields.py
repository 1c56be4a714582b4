"""Fields that a person fills in: what each takes, how it is checked, written as words, read back.

Beside a frozen dataclass stands a table with an `Option` for each of its fields. `fields_of` adds
type and default to it, and addresses, shell and pages ask what comes of that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from dataclasses import Field as DataclassField
from types import NoneType, UnionType
from typing import Any, NoReturn, Union, get_args, get_origin, get_type_hints

from regpath.errors import ParameterError

Check = Callable[[Any, str, str], None]


def refuse(name: str, caller: str, constraint: str, value: Any, hint: str = "") -> NoReturn:
    """Raise what every argument outside its range raises."""
    raise ParameterError(
        f"The {name!r} parameter of {caller} must be {constraint}. Got {value!r} instead.", hint
    )


@dataclass(frozen=True)
class Option:
    """What there is to say of a field beside its name, type and default.

    Parameters
    ----------
    stage : str
        The step that it decides, such as "fit".
    help : str
        What it is, in a few words; begins small, ends without a stop.
    check : callable of (value, name, caller) or None, default=None
        Refuses what the field cannot take; of several values it sees each.
    choices : callable or None, default=None
        Returns the words to choose among, as they are at that moment.
    metavar : str, default=""
        What stands for a value in help.
    columns : bool, default=False
        Whether a value is the name of a column.
    read, write : callable or None, default=None
        From a word to a value and back, where a value is no word, number or switch.
    together : callable of (values, name, caller) or None, default=None
        Refuses several values that do not go together.
    """

    stage: str
    help: str
    check: Check | None = None
    choices: Callable[[], tuple[str, ...]] | None = None
    metavar: str = ""
    columns: bool = False
    read: Callable[[str], Any] | None = None
    write: Callable[[Any], str] | None = None
    together: Check | None = None

    @classmethod
    def among(
        cls, stage: str, help: str, choices: Callable[[], tuple[str, ...]], *, metavar: str = ""
    ) -> Option:
        """The option of a word among some, as they are when it is checked."""

        def check(value: Any, name: str, caller: str) -> None:
            if value not in choices():
                refuse(name, caller, "one of " + ", ".join(map(repr, choices())), value)

        return cls(stage, help, check, choices, metavar)


@dataclass(frozen=True)
class Field:
    """A field of a dataclass with its option.

    Attributes
    ----------
    name : str
    type : type
        Of one value: str, int, float, bool, or what the option reads.
    many : type or None
        What holds several values, tuple or frozenset; None for a field of one.
    optional : bool
        Whether None leaves it open; then that is its default.
    default : object
        `dataclasses.MISSING` where there is none.
    option : Option
    """

    name: str
    type: Any
    many: type | None
    optional: bool
    default: Any
    option: Option

    def check(self, value: Any, caller: str) -> None:
        """Refuse a value that the field cannot take.

        Raises
        ------
        ParameterError
            Naming the field and the caller.
        """
        if value is None and self.optional:
            return
        if self.option.check is not None:
            for one in value if self.many else (value,):
                self.option.check(one, self.name, caller)
        if self.option.together is not None:
            self.option.together(value, self.name, caller)

    def held(self, value: Any) -> Any:
        """A value as the field holds it, from the lists that JSON makes of what holds several."""
        return value if self.many is None or value is None else self.many(map(_frozen, value))

    def written(self, value: Any) -> list[str]:
        """A value but None as words, one for each; where there is none, an empty word."""
        write = self.option.write or str
        if self.many is None:
            return [write(value)]
        return [write(one) for one in (sorted(value) if self.many is frozenset else value)] or [""]

    def read(self, words: Sequence[str]) -> Any:
        """The value that words say; the inverse of `written`.

        Raises
        ------
        ParameterError
            If they say none.
        """
        if self.many is None:
            return self._read(words[-1])
        return self.many(self._read(word) for word in words if word)

    def _read(self, word: str) -> Any:
        if self.option.read is not None:
            return self.option.read(word)
        if self.type is bool:
            if word not in ("True", "False"):
                raise ParameterError(f"{self.name!r} must be True or False. Got {word!r} instead.")
            return word == "True"
        try:
            return self.type(word)
        except ValueError as error:
            kind = "a whole number" if self.type is int else "a number"
            raise ParameterError(f"{self.name!r} must be {kind}. Got {word!r} instead.") from error


def fields_of(holder: type, options: Mapping[str, Option]) -> dict[str, Field]:
    """The fields of a dataclass by name, in its order; a mapping has no option and is left out.

    Raises
    ------
    TypeError
        If another field has no option, or an option has no field.
    """
    hints = get_type_hints(holder)
    known = {name: hint for name, hint in hints.items() if get_origin(hint) is not dict}
    if set(known) != set(options):
        odd = ", ".join(sorted(set(known) ^ set(options)))
        raise TypeError(f"Fields and options of {holder.__name__} differ in {odd}.")
    return {
        field.name: _field(field, hints[field.name], options[field.name])
        for field in fields(holder)
        if field.name in known
    }


def _field(field: DataclassField[Any], hint: Any, option: Option) -> Field:
    parts = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    kinds = [part for part in parts if part is not NoneType]
    many = get_origin(kinds[0]) if get_origin(kinds[0]) in (tuple, frozenset) else None
    kind = get_args(kinds[0])[0] if many else kinds[0]
    default = field.default if field.default_factory is MISSING else field.default_factory()
    return Field(field.name, kind, many, len(kinds) < len(parts), default, option)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, (list, tuple)) else value
