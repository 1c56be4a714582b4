"""How a bundled data set opens, and what was built into it. Knows no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from regpath import datasets
from regpath.core.problems.modelled_class import sorted_labels, usual_order
from regpath.core.problems.response import guess_family
from regpath.io import Table
from regpath.recipe import Recipe
from regpath.study import Study

BUNDLED_OWNER = "bundled/"


def bundled_owner(name: str) -> str:
    """What choices about a bundled data set belong to."""
    return f"{BUNDLED_OWNER}{name}"


def usual_choices(owner: str) -> Mapping[str, Any]:
    """What the catalog chooses where a recipe's defaults would not do; nothing for a file."""
    if not owner.startswith(BUNDLED_OWNER):
        return {}
    return datasets.entry_of(owner.removeprefix(BUNDLED_OWNER)).choices


def opening_recipe(name: str, table: Table, target: str | None = None) -> Recipe:
    """The recipe that a bundled data set opens with.

    Parameters
    ----------
    name : str
        In the catalog.
    table : Table
        The data set, as it is read.
    target : str or None, default=None
        Another target than that of the catalog.
    """
    entry = datasets.entry_of(name)
    recipe = Recipe(entry.target if target is None else target, **entry.choices)
    values = table.frame[recipe.target].dropna()
    if values.nunique() < 2:
        return recipe  # nothing can be fit, and that is said where it is tried
    return replace(recipe, family=guess_family(values))


def link_to(
    name: str, recipe: Recipe, table: Table, shown: Mapping[str, Any] = MappingProxyType({})
) -> str:
    """The address of the main page with a bundled data set under a recipe, seen from any page.

    It says what differs from how the set opens, and nothing else, so that it is read as it is meant
    also where the catalog chooses other than a recipe's defaults. `shown` are words on how the page
    is shown.
    """
    opening = opening_recipe(name, table, recipe.target)
    meant = replace(recipe, family=opening.family) if recipe.family == "auto" else recipe
    own = datasets.entry_of(name).target
    words = meant.to_words(replace(opening, target=own))
    return f"./?{urlencode({'data': name, **words, **shown}, doseq=True)}"


def truth_of(study: Study) -> dict[str, float]:
    """Effects that were built into a bundled data set, by feature; none where nobody knows them.

    They are those of the catalog's target; of two classes, towards the one that is modelled.
    """
    entry = next((each for each in datasets.catalog() if each.name == study.table.name), None)
    if entry is None or (study.path.target, study.path.family) != (entry.target, entry.family):
        return {}
    classes = study.path.classes
    sign = -1.0 if classes and classes != usual_order(sorted_labels(classes)) else 1.0
    return {name: sign * effect for name, effect in entry.truth.items()}
