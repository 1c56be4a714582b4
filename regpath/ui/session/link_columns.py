"""Columns in a link: those that are there, and features by name or by what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from urllib.parse import urlencode

from regpath.errors import ParameterError
from regpath.recipe import FIELDS, Recipe

FEATURES, WITHOUT = "features", "without"
ROLES = tuple(n for n, field in FIELDS.items() if field.option.columns and n != FEATURES)


def features_in_link(
    words: Mapping[str, list[str]], recipe: Recipe, columns: Sequence[str]
) -> dict[str, list[str]]:
    """The words of a link, with what is left out in place of the features where that is shorter.

    Parameters
    ----------
    words : mapping of str to list of str
        What the link says of the recipe.
    recipe : Recipe
    columns : sequence of str
        All columns of the table.

    Returns
    -------
    dict of str to list of str
        `features_of_link` makes the same features of it.
    """
    if FEATURES not in words or recipe.features is None:
        return dict(words)
    out = [c for c in _candidates(recipe, columns) if c not in set(recipe.features)]
    said = {WITHOUT: out or [""]}
    shorter = _letters(said) < _letters({FEATURES: words[FEATURES]})
    if not shorter or _without(recipe, out, columns) != recipe.features:  # in an order of its own
        return dict(words)
    return {name: told for name, told in words.items() if name != FEATURES} | said


def features_of_link(
    words: Mapping[str, list[str]], recipe: Recipe, columns: Sequence[str]
) -> Recipe:
    """The recipe, without the columns that a link leaves out, if it says so.

    Raises
    ------
    ParameterError
        If the link names the features, too.
    """
    if WITHOUT not in words:
        return recipe
    if FEATURES in words:
        raise ParameterError(f"It says both {FEATURES!r} and {WITHOUT!r}.", "Leave one.")
    return replace(recipe, features=_without(recipe, words[WITHOUT], columns))


def refuse_unknown_columns(
    recipe: Recipe, left_out: Mapping[str, list[str]], columns: list[str]
) -> None:
    """Refuse a link that names a column that the data have not.

    Raises
    ------
    ParameterError
        Naming the column, and those that are spelled nearly so.
    """
    named = {name: list(filter(None, said)) for name, said in left_out.items()}
    for name, field in FIELDS.items():
        value = getattr(recipe, name)
        if value is not None and field.option.columns:
            named[name] = list(value) if field.many else [value]
    for name, said in named.items():
        for column in said:
            if column not in columns:
                raise ParameterError(
                    f"The data have no column {column!r} for {name!r}.", near(column, columns)
                )


def near(name: str, known: Iterable[str]) -> str:
    """A question after what may be meant; empty where nothing is near."""
    found = get_close_matches(name, list(known), n=3)
    return f"Did you mean {' or '.join(map(repr, found))}?" if found else ""


def _candidates(recipe: Recipe, columns: Sequence[str]) -> list[str]:
    """The columns that are neither target nor weights, groups, times or exposures."""
    others = {getattr(recipe, role) for role in ROLES}
    return [column for column in columns if column not in others]


def _without(recipe: Recipe, out: Iterable[str], columns: Sequence[str]) -> tuple[str, ...]:
    left = set(out)
    return tuple(column for column in _candidates(recipe, columns) if column not in left)


def _letters(pairs: Mapping[str, list[str]]) -> int:
    return len(urlencode(pairs, doseq=True))
