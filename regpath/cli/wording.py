"""Sentences of Python in the words of the shell: a choice is called by its option."""

from __future__ import annotations

import re
from functools import cache

from regpath.cli.arguments import flag

# What functions call their parameters, where a command has an option of another name.
PARAMETERS = {
    "n_pairs": "--pairs",
    "system": "the system of --from",
    "value": "the value of --from",
    "lam": "--lambda",
    "n_levels": "--levels",
    "label": "--plot-class",
}
PARAMETERS_OF = {
    "report": {"n_pairs": "--stability"},
    "convert": {"lam": "the value of --from"},
}
FLAGS_OF = {"convert": {"n": "--n", "sd_y": "--sd-y"}}  # of choices that no recipe has
_PARAMETER = re.compile(r"The '(\w+)' parameter of \w+(?= must)")
_NAME = re.compile(r"(?<![\w'\"-])([a-z]\w*)(?:(=)|(?![\w'\"]))")


def in_options(sentence: str, command: str = "") -> str:
    """A sentence with choices by the names of their options; what stands in quotes stays.

    >>> in_options("They are kept apart (level_groups joins them).")
    'They are kept apart (--level-groups joins them).'
    >>> in_options("Use min_ratio=0.01, or an l1_ratio above 0; 'l1_ratio' is a column.")
    "Use --min-ratio 0.01, or an --l1-ratio above 0; 'l1_ratio' is a column."
    >>> in_options("The 'n_pairs' parameter of assess_stability must be a whole number.")
    '--pairs must be a whole number.'
    """
    flags = {**_flags(), **FLAGS_OF.get(command, {})}

    def of_name(found: re.Match[str]) -> str:
        name, sign = found[1], found[2]
        if name not in flags or not (sign or "_" in name):
            return found[0]
        return flags[name] + (" " if sign else "")

    renamed = {**PARAMETERS, **PARAMETERS_OF.get(command, {})}

    def of_parameter(found: re.Match[str]) -> str:
        name = renamed.get(found[1], f"--{found[1].replace('_', '-')}")
        return name[0].upper() + name[1:]

    return _NAME.sub(of_name, _PARAMETER.sub(of_parameter, sentence))


@cache
def _flags() -> dict[str, str]:
    """The option of each choice that a command takes, by its name in Python."""
    from regpath.io.options import READ_FIELDS  # loaded when something is said
    from regpath.recipe import FIELDS

    return {name: flag(field) for name, field in {**READ_FIELDS, **FIELDS}.items()}
