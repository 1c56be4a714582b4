"""Options by the names that they had: they still work, and say how they are called now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regpath.cli.shared import say
from regpath.core.validation.fold_kinds import FOLD_KINDS

RENAMED = {"--value": "--rule-value", "--repeats": "--n-repeats"}


def renewed(words: Sequence[str]) -> list[str]:
    """The words of a command with options by their present names; says so where it changes one.

    >>> renewed(["cv", "d.csv", "--target", "y", "--rule", "1se"])
    ['cv', 'd.csv', '--target', 'y', '--rule', '1se']
    """
    return list(_renewed(words))


def _renewed(words: Sequence[str]) -> Iterator[str]:
    for word, following in zip(words, [*words[1:], ""], strict=True):
        option, sign, value = word.partition("=")
        new = _present_name(option, value if sign else following)
        if new != option:
            say([f"note: {option} is called {new} now."])
        yield new + sign + value


def _present_name(option: str, value: str) -> str:
    if option == "--kind" and "=" in value:
        return "--column-kind"
    if option == "--kind" and value in FOLD_KINDS:
        return "--folds"
    if option == "--folds" and value.removeprefix("-").isdecimal():
        return "--n-folds"
    return RENAMED.get(option, option)
