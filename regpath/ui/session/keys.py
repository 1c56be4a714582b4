"""Keys of results: of which data, under which choices, and what. Knows no Streamlit.

A process of its own (`first_page`) makes the same keys, and must start quickly.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from regpath.core.validation.cv_result import CVResult
from regpath.explorer import Mark
from regpath.recipe import Recipe
from regpath.study import Study

PROBLEM, STUDY, ALARMS = "problem", "study", "alarms"
LIKELY_TARGETS = "likely targets"


class ResultKey(NamedTuple):
    """Name of a result; it never outlives the data or the choices that the result belongs to.

    Attributes
    ----------
    digest : str
        Of the data, as they were read.
    recipe : str
        Query of the choices that every fit depends on.
    what : str
        What was computed, with all further settings.
    """

    digest: str
    recipe: str
    what: str


class TableKey(NamedTuple):
    """Name of a table among the results: the file, and all that was said of it."""

    owner: str
    overrides: str = ""


def key_of(digest: str, recipe: Recipe, what: str) -> ResultKey:
    """The key of what is computed of a table under a recipe."""
    return ResultKey(digest, recipe.of_fit.to_query(), what)


def validation_name(recipe: Recipe) -> str:
    """Which validation a recipe asks for; rules read it and change nothing in it."""
    return f"validation {recipe.folds} {recipe.n_folds} {recipe.n_repeats} {recipe.measure}"


def payload_name(study: Study, cv: CVResult | None, marks: Sequence[Mark]) -> str:
    """What the explorer draws of a study."""
    validated = "not validated" if cv is None else validation_name(study.recipe)
    places = [(mark.rule, mark.index) for mark in marks]
    return f"payload {validated} {places} {study.seal.hides}"
