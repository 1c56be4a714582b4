"""The first page: what a new visitor is shown before choosing anything.

Run as a program it computes the page and writes it to standard output, for `first_page_worker`.
"""

from __future__ import annotations

import os
import pickle
from functools import cache
from importlib import import_module
from typing import Any

from regpath import datasets
from regpath.choosing import validate_study
from regpath.explorer import marks_of, payload_of_study
from regpath.io import Table
from regpath.recipe import Recipe
from regpath.study import run_study
from regpath.ui.session.keys import (
    ALARMS,
    PROBLEM,
    STUDY,
    ResultKey,
    key_of,
    payload_name,
    validation_name,
)
from regpath.ui.session.opening import opening_recipe


def first_name() -> str:
    """The data set of the first page."""
    return datasets.catalog()[0].name


@cache
def first_table() -> Table:
    """The table of the first page."""
    return datasets.load(first_name())


@cache
def first_recipe() -> Recipe:
    """The recipe of the first page: what the side chooses before a person does."""
    return opening_recipe(first_name(), first_table())


def stage_of(key: ResultKey) -> int | None:
    """At which stage a result would be handed over; None if it is about other data or fits."""
    if key != key_of(first_table().digest, first_recipe(), key.what):
        return None
    return STAGES.index(compute_alarms if key.what == ALARMS else compute_page)


def compute_page() -> dict[ResultKey, Any]:
    """Compute what is shown at once."""
    recipe = first_recipe()
    study = run_study(first_table(), recipe.of_fit)
    cv = validate_study(study)
    marks = marks_of(study.path, cv)
    results = {
        PROBLEM: study.problem,
        STUDY: study,
        validation_name(recipe): cv,
        payload_name(study, cv, marks): payload_of_study(study, cv, marks),
    }
    return {key_of(study.table.digest, recipe, what): made for what, made in results.items()}


def compute_alarms() -> dict[ResultKey, Any]:
    """Compute what is shown when there has been time for it."""
    table, recipe = first_table(), first_recipe()
    alarms = import_module("regpath.alarms").find_alarms(table, recipe.of_fit)
    return {key_of(table.digest, recipe, ALARMS): alarms}


STAGES = (compute_page, compute_alarms)  # in the order in which they are handed over


def main() -> None:
    """Write the stages to standard output, one after the other."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not mix with the answer
    with answer:
        for compute in STAGES:
            pickle.dump(compute(), answer)
            answer.flush()
    os._exit(0)  # to take the interpreter apart would keep the page waiting for half a second


if __name__ == "__main__":
    # By its name: what this process writes must not belong to __main__.
    from regpath.ui.session import first_page

    first_page.main()
