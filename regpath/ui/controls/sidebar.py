"""The controls at the side: they return plain values, a table and a recipe.

What is wrong is raised, and the page says it where everybody sees it: a phone hides the side.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from regpath import datasets
from regpath.core.families import family_of
from regpath.core.problems.response import families_for, guess_family
from regpath.errors import RegpathError
from regpath.io import Table
from regpath.recipe import Recipe
from regpath.study import Study
from regpath.ui.controls.features import building_choices
from regpath.ui.controls.folds import choosing_choices
from regpath.ui.controls.roles import features_of, helpers_of, is_choosy
from regpath.ui.messages import literal
from regpath.ui.session.results import StudyResults
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key, settle, settle_many, start
from regpath.ui.session.validation import known_validation, seconds_of
from regpath.ui.session.work import AT_ONCE

PENALTIES = {"L1": 1.0, "Elastic net": None, "L2": 0.0}
MIN_RATIOS = {"Auto": None} | {f"{10.0**-k:g}": 10.0**-k for k in range(1, 9)}
QUICK = 5_000_000  # numbers to weigh in one pass, below which folds take no time to speak of
TARGET_NAMES = ("target", "label", "class", "y", "outcome", "response", "diagnosis")


def choose_recipe(source: Source) -> Recipe:
    """Ask for every choice except the data and what the Data page asks for."""
    table, owner = source.table, source.owner
    target = _choose_target(source)
    family = _choose_family(table, owner, target)
    l1_ratio = _choose_penalty()
    _choose_features(table, owner)
    with st.expander("Grid, scaling and split"):
        n_lambdas, min_ratio, standardize = _choose_grid()
        test_size, seed = _choose_split()
    recipe = Recipe(
        target=target,
        family=family,
        l1_ratio=l1_ratio,
        standardize=standardize,
        n_lambdas=n_lambdas,
        min_ratio=min_ratio,
        test_size=test_size,
        seed=seed,
        **building_choices(owner, target, table),
        **choosing_choices(family),
    )
    if not is_choosy(owner):
        return recipe
    return replace(recipe, features=features_of(owner, target, _serving(source, recipe)))


def _serving(source: Source, recipe: Recipe) -> tuple[str, ...]:
    """The columns that serve when none is asked for."""
    columns = tuple(source.table.frame.columns)
    try:
        problem = source.results.problem(source.table, recipe)
    except RegpathError:  # what is wrong is said when the choices are carried out
        return columns
    return tuple(c for c in columns if c in set(problem.groups))


def choose_validation(results: StudyResults) -> bool:
    """Ask whether to cross-validate; unasked it is done only where that takes no time."""
    quick = _is_quick(results.study) or known_validation(results) is not None
    key = Key.VALIDATE.of("quick" if quick else "slow")
    start(key, quick)
    return st.toggle(
        "Cross-validate" if quick else "Cross-validate (takes a while)",
        key=key,
        help="Folds of the training rows, each fit anew: the validation curve with its standard "
        "error, and the strengths that rules choose by it. The Choose page sets them.",
    )


def _is_quick(study: Study) -> bool:
    path, recipe = study.path, study.recipe
    if (recipe.folds, recipe.n_folds, recipe.n_repeats) != ("auto", 10, 1):
        try:
            return seconds_of(study, recipe.folds) <= AT_ONCE
        except RegpathError:
            return True  # what is wrong is said at once
    work = study.train.n_obs * len(path.feature_names) * len(path.lambdas)
    return work * max(1, len(path.classes) - 1) <= QUICK


def _choose_target(source: Source) -> str:
    columns = list(source.table.frame.columns)
    key = Key.TARGET.of(source.owner)
    settle(key, columns, _likely_target(source, columns))
    return st.selectbox("Target", columns, key=key, help="The column to predict.")


def _likely_target(source: Source, columns: list[str]) -> str:
    if source.bundled is not None:
        return next(e.target for e in datasets.catalog() if e.name == source.bundled)
    named = [c for c in columns if c.strip().lower() in TARGET_NAMES]
    varying = [c for c in columns if source.table.frame[c].nunique() > 1]
    return [*named, *reversed(varying), *columns][0]


def _choose_family(table: Table, owner: str, target: str) -> str:
    values = table.frame[target].dropna()
    if values.nunique() < 2:
        return "auto"  # the core refuses it, and says why
    guess, fitting = guess_family(values), families_for(values)
    key = Key.FAMILY.of(f"{owner}:{target}")
    settle(key, fitting, guess)
    family = st.selectbox(
        "Model",
        fitting,
        key=key,
        format_func=lambda name: family_of(name).title,
        help="Guessed from the target's values: two values, words or a few whole numbers are "
        "classes; other numbers are amounts.",
    )
    st.caption("Guessed from the target." if family == guess else "Your choice, not the guess.")
    return family


def _choose_penalty() -> float:
    start(Key.PENALTY, "L1")
    penalty = st.radio(
        "Penalty",
        list(PENALTIES),
        key=Key.PENALTY,
        horizontal=True,
        help="L1 (lasso) sets coefficients to exactly zero, L2 (ridge) shrinks all of them, "
        "elastic net mixes the two.",
    )
    fixed = PENALTIES[penalty]
    if fixed is not None:
        return fixed
    start(Key.L1_RATIO, 0.5)
    return st.slider(
        "Share of L1 (l1_ratio)",
        0.05,
        0.95,
        step=0.05,
        key=Key.L1_RATIO,
        help="0 would be pure L2, 1 pure L1.",
    )


def _choose_features(table: Table, owner: str) -> None:
    columns = list(table.frame.columns)
    with st.expander("Features"):
        for key, label, nothing in (
            (Key.ONLY, "Use only", "All that can serve"),
            (Key.WITHOUT, "Leave out", "None"),
        ):
            settle_many(key.of(owner), columns)
            st.multiselect(label, columns, key=key.of(owner), placeholder=nothing)
        helpers = {role: column for role, column in helpers_of(owner, columns).items() if column}
        if helpers:
            listed = ", ".join(f"{role}: {literal(column)}" for role, column in helpers.items())
            st.caption(f"Also in use, as the Data page says: {listed}.")


def _choose_grid() -> tuple[int, float | None, bool]:
    start(Key.N_LAMBDAS, 100)
    start(Key.MIN_RATIO, "Auto")
    start(Key.STANDARDIZE, True)
    n_lambdas = st.number_input("Strengths on the grid", 2, 500, key=Key.N_LAMBDAS)
    ratio = st.selectbox(
        "Weakest / strongest",
        list(MIN_RATIOS),
        key=Key.MIN_RATIO,
        help="Auto: 0.0001 with more rows than features, else 0.01.",
    )
    standardize = st.toggle(
        "Standardize",
        key=Key.STANDARDIZE,
        help="Penalize coefficients per standard deviation, so that units do not matter.",
    )
    return int(n_lambdas), MIN_RATIOS[ratio], standardize


def _choose_split() -> tuple[float, int]:
    start(Key.TEST_SIZE, 25)
    start(Key.SEED, 0)
    share = st.slider(
        "Test rows, %",
        0,
        50,
        step=5,
        key=Key.TEST_SIZE,
        help="Kept out of the fit; filling, coding and scaling never see them.",
    )
    seed = st.number_input("Seed of the split", 0, 99_999, key=Key.SEED)
    st.caption("How gaps are filled and words are coded is chosen on the Data page.")
    return share / 100, int(seed)
