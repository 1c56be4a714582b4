"""A recipe as options of the shell and back: every command takes its choices under one name."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from regpath.cli.arguments import Groups, add_field, dest_of, flag, help_of, value_of, words_of
from regpath.core.selection import RULES
from regpath.errors import ParameterError
from regpath.fields import Field
from regpath.recipe import FIELDS, Recipe, Stage

GROUP_OF_STAGE: dict[str, str] = {"problem": "columns", "split": "data", "test": "validation"}
GROUP_OF = {"family": "fit"}


@dataclass(frozen=True)
class Takes:
    """Which choices of a recipe decide something in a command; the others are refused there.

    Parameters
    ----------
    stages : tuple of Stage
    without : tuple of str, default=()
        Fields of these stages that decide nothing, or that another option decides.
    usual : mapping of field to value
        Where the command has another default than the recipe.
    """

    stages: tuple[Stage, ...]
    without: tuple[str, ...] = ()
    usual: Mapping[str, Any] = field(default_factory=dict)

    def has(self, choice: Field) -> bool:
        """Whether the command takes a choice."""
        return choice.option.stage in self.stages and choice.name not in self.without

    def default(self, choice: Field) -> Any:
        """What the command takes if it is not told."""
        return self.usual.get(choice.name, choice.default)


ALL_ROWS = {"test_size": 0.0}
PATH = Takes(("problem", "split", "fit"), usual=ALL_ROWS)
EVERYTHING = Takes(("problem", "split", "test", "fit", "validation", "choice"), usual=ALL_ROWS)
CHECKED = Takes(EVERYTHING.stages)
COMPARED = Takes((*PATH.stages, "validation"), without=("l1_ratio",), usual=ALL_ROWS)


class _Refused(argparse.Action):
    """An option that other commands have and that would decide nothing here."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        parser.error(f"{option_string} decides nothing in '{parser.prog}'; leave it out")


def add_recipe(
    parser: argparse.ArgumentParser, groups: Groups, takes: Takes, *, needs_target: bool = True
) -> None:
    """Add an option for each choice that a command takes, and refuse the others by name."""
    parser.usage = "%(prog)s FILE --target COLUMN [options]"
    details = {"rule": _rules(), "rule_value": _numbers()}
    for name, choice in FIELDS.items():
        if takes.has(choice):
            help = help_of(choice, takes.default(choice), details.get(name, ""))
            add_field(groups[group_of(choice)], choice, help, required=needs_target)
        else:
            names = [flag(choice), flag(choice).replace("--", "--no-", 1)]
            parser.add_argument(
                *names[: 2 if choice.type is bool else 1],
                dest=dest_of(choice),
                action=_Refused,
                nargs="*",
                default=argparse.SUPPRESS,
                help=argparse.SUPPRESS,
            )


def group_of(choice: Field) -> str:
    """The group of options in which the help shows a choice."""
    if choice.option.columns:
        return "data"
    stage = choice.option.stage
    return GROUP_OF.get(choice.name) or GROUP_OF_STAGE.get(stage, stage)


def recipe_of(options: argparse.Namespace, takes: Takes) -> Recipe:
    """The recipe that a command was told.

    Raises
    ------
    ParameterError
        If a choice is outside its range; it names the option.
    """
    told = vars(options)
    said = {
        name: told[dest_of(choice)] for name, choice in FIELDS.items() if dest_of(choice) in told
    }
    values = {name: value_of(FIELDS[name], words, "Recipe") for name, words in said.items()}
    try:
        return Recipe(**{**takes.usual, **values})
    except ParameterError as error:  # what two choices say does not go together
        message = error.message.replace("rule_value=", "--rule-value ")
        raise ParameterError(message, error.hint) from error


def words_of_recipe(recipe: Recipe, takes: Takes) -> list[str]:
    """The words that tell a command a recipe; the inverse of `recipe_of`."""
    return [
        word
        for name, choice in FIELDS.items()
        if takes.has(choice) and (value := getattr(recipe, name)) != takes.default(choice)
        for word in words_of(choice, value)
    ]


def _rules() -> str:
    return ", ".join(f"{rule.name} ({rule.title})" for rule in RULES.values())


def _numbers() -> str:
    numbers = [(rule.name, rule.number) for rule in RULES.values() if rule.number]
    return ", ".join(f"{number.name} ({name}; usual: {number.usual})" for name, number in numbers)
