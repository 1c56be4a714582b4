"""The first page: what a new visitor is shown before choosing anything.

Run as a program it works the page out and writes it to standard output, for `ahead`.
"""

from __future__ import annotations

import os
import pickle
from importlib import import_module
from typing import Any, NamedTuple

from regpath import datasets
from regpath.choosing import validate_study
from regpath.core.problems.response import guess_family
from regpath.core.separation.along_path import separated_from
from regpath.core.validation.cv_result import CVResult
from regpath.explorer import Mark, marks_of, payload
from regpath.recipe import Recipe
from regpath.study import Study, run_study


class FirstPage(NamedTuple):
    """What a new visitor is shown."""

    study: Study
    cv: CVResult
    marks: tuple[Mark, ...]
    payload: dict[str, Any]


def first_name() -> str:
    """The data set of the first page."""
    return datasets.catalog()[0].name


def first_recipe() -> Recipe:
    """The recipe of the first page: what the side chooses before a person does."""
    target = datasets.catalog()[0].target
    values = datasets.load(first_name()).frame[target].dropna()
    return Recipe(target, family=guess_family(values))


def work_out() -> FirstPage:
    """Compute the first page."""
    recipe = first_recipe()
    study = run_study(datasets.load(first_name()), recipe)
    cv = validate_study(study)
    marks = marks_of(study.path, cv)
    return FirstPage(study, cv, marks, drawn(study, cv, marks))


def drawn(study: Study, cv: CVResult | None, marks: tuple[Mark, ...]) -> dict[str, Any]:
    """What the explorer draws of a study."""
    start = separated_from(study.weighted_train, study.path, quick=True)
    return payload(study, cv, marks=marks, separated_from=start)


def main() -> None:
    """Write the page to standard output, and then its alarms."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not mix with the answer
    page = work_out()
    pickle.dump(page, answer)
    answer.flush()
    find_alarms = import_module("regpath.alarms").find_alarms
    with answer:
        pickle.dump(find_alarms(page.study.table, first_recipe().of_fit), answer)
    os._exit(0)  # to take the interpreter apart would keep the page waiting for half a second


if __name__ == "__main__":
    # By its name: what this process writes must not belong to __main__.
    from regpath.ui.session import first_page as first

    first.main()
