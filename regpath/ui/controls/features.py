"""How columns become features: choices that are made on the Data page and hold everywhere."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pandas as pd
import streamlit as st

from regpath.core.problems.problem import Problem
from regpath.io import Table
from regpath.ui.controls.roles import HELPERS, helpers_of
from regpath.ui.messages import literal, show_notes
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key, settle, settle_many, start

MISSING = {
    "impute": "Fill in the median, or the most frequent level",
    "mean": "Fill in the mean, or the most frequent level",
    "indicator": "Fill in, and add a feature that tells where",
    "drop": "Drop rows with a gap",
}
CODING = {"all": "A feature for every level", "reference": "All levels but the first"}
DUPLICATES = {"keep": "Count each", "drop": "Count once"}
SUGGESTED = 8  # columns whose squares and products are offered
HELPS = {
    "weights": "How much each row counts; 0 leaves it out.",
    "group": "Rows of one person, place or batch: splits and folds keep them together.",
    "time": "Splits test on the last rows, as the future would.",
}


def building_choices(owner: str, target: str, table: Table) -> dict[str, Any]:
    """The choices as they stand, by the recipe's names."""
    state = st.session_state
    usual: dict[str, Any] = {
        "missing": (Key.MISSING, "impute"),
        "duplicates": (Key.DUPLICATES, "keep"),
        "coding": (Key.CODING, "all"),
        "min_level_count": (Key.MIN_LEVEL_COUNT, 1),
        "terms": (Key.TERMS, ()),
        "level_groups": (Key.LEVEL_GROUPS, ()),
    }
    found = {name: state.get(key.of(owner), value) for name, (key, value) in usual.items()}
    found["terms"] = tuple(found["terms"])
    found["classes"] = state.get(Key.CLASSES.of(f"{owner}:{target}"))
    return {**found, **helpers_of(owner, list(table.frame.columns))}


def choose_building(source: Source, table: Table, problem: Problem | None) -> None:
    """Show the choices; each is explained in a sentence."""
    left, right = st.columns(2, gap="large")
    with left:
        _choose_gaps(source.owner)
        _choose_levels(source.owner)
    with right:
        _choose_terms(source.owner, table, problem)
        _choose_class(source.owner, problem)
        _choose_helpers(source.owner, table)
    if problem is not None:
        show_notes(problem.notes)


def _choose_gaps(owner: str) -> None:
    settle(Key.MISSING.of(owner), MISSING, "impute")
    st.selectbox(
        "Missing values",
        list(MISSING),
        key=Key.MISSING.of(owner),
        format_func=MISSING.__getitem__,
        help="What is filled in is learned from the training rows, and anew in each fold.",
    )
    settle(Key.DUPLICATES.of(owner), DUPLICATES, "keep")
    st.radio(
        "Repeated rows",
        list(DUPLICATES),
        key=Key.DUPLICATES.of(owner),
        horizontal=True,
        format_func=DUPLICATES.__getitem__,
        help="A row that stands in training and in test alike makes the test too easy.",
    )


def _choose_levels(owner: str) -> None:
    settle(Key.CODING.of(owner), CODING, "all")
    st.selectbox(
        "Words become",
        list(CODING),
        key=Key.CODING.of(owner),
        format_func=CODING.__getitem__,
        help="With every level, the penalty treats all alike. Without the first, the path depends "
        "on which level that is.",
    )
    start(Key.MIN_LEVEL_COUNT.of(owner), 1)
    st.number_input(
        "Pool levels in fewer rows than",
        1,
        100_000,
        key=Key.MIN_LEVEL_COUNT.of(owner),
        help="Rare levels count together as “other”; 1 pools none.",
    )


def _choose_terms(owner: str, table: Table, problem: Problem | None) -> None:
    key = Key.TERMS.of(owner)
    offered = _suggested(table, problem)
    settle_many(key, [*offered, *st.session_state.get(key, ())])
    st.multiselect(
        "Products and powers",
        [*dict.fromkeys([*offered, *st.session_state[key]])],
        key=key,
        accept_new_options=True,
        placeholder="None; choose, or type age^2 or age * dose",
        help="Adds a feature for each: a product for an interaction, a power for a curve.",
    )


def _suggested(table: Table, problem: Problem | None) -> list[str]:
    used = dict.fromkeys(problem.groups) if problem is not None else ()
    numbers = [c for c in used if c in table.frame and _is_amount(table.frame[c])][:SUGGESTED]
    return [f"{c}^2" for c in numbers] + [f"{a} * {b}" for a, b in combinations(numbers, 2)]


def _is_amount(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and values.nunique() > 2


def _choose_class(owner: str, problem: Problem | None) -> None:
    """For two classes, which of them the model gives the probability of."""
    if problem is None or not problem.loss.two_classes:
        return
    labels = tuple(map(str, problem.classes))
    key = f"{Key.CLASSES.of(owner)}:shown"
    owner = f"{owner}:{problem.target}"
    st.session_state[key] = labels[1]
    st.selectbox(
        "Model the probability of",
        sorted(labels),
        key=key,
        format_func=literal,
        on_change=_model,
        args=(owner, key, labels),
        help="The other choice turns the sign of every coefficient, and nothing else.",
    )


def _model(owner: str, key: str, labels: tuple[str, str]) -> None:
    second = st.session_state[key]
    (first,) = (label for label in labels if label != second)
    natural = (first, second) == tuple(sorted(labels))
    st.session_state[Key.CLASSES.of(owner)] = None if natural else (first, second)


def _choose_helpers(owner: str, table: Table) -> None:
    columns = list(table.frame.columns)
    for role, key in HELPERS.items():
        settle(key.of(owner), (None, *columns), None)
        st.selectbox(
            f"Column of {role.removesuffix('s')}s",
            columns,
            key=key.of(owner),
            index=None,
            placeholder="None",
            help=HELPS[role],
        )
