"""How columns become features: choices that are made on the Data page and hold everywhere."""

from __future__ import annotations

from itertools import combinations, islice

import pandas as pd
import streamlit as st

from regpath.core.problems.modelled_class import usual_order
from regpath.core.problems.problem import Problem
from regpath.io import Table
from regpath.ui.controls.control import Place
from regpath.ui.controls.table import CONTROLS, place_of
from regpath.ui.messages import show_notes
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key

SUGGESTED = 8  # columns whose squares and products are offered


def choose_building(source: Source, table: Table, problem: Problem | None) -> None:
    """Show the choices; each is explained in a sentence."""
    place = place_of(source.owner)
    left, right = st.columns(2, gap="large")
    with left:
        for name in ("missing", "duplicates", "coding", "min_level_count"):
            CONTROLS[name].draw(place)
    with right:
        CONTROLS["terms"].draw(place, options=tuple(_suggested(table, problem)))
        _choose_class(place, problem)
        for name in ("weights", "group", "time"):
            CONTROLS[name].draw(place, columns=tuple(table.frame.columns))
    if problem is not None:
        show_notes(problem.notes)


def _suggested(table: Table, problem: Problem | None) -> list[str]:
    used = dict.fromkeys(problem.groups) if problem is not None else ()
    amounts = (c for c in used if c in table.frame and _is_amount(table.frame[c]))
    numbers = list(islice(amounts, SUGGESTED))
    return [f"{c}^2" for c in numbers] + [f"{a} * {b}" for a, b in combinations(numbers, 2)]


def _is_amount(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and values.nunique() > 2


def _choose_class(place: Place, problem: Problem | None) -> None:
    """For two classes, which of them the model gives the probability of."""
    if problem is None or not problem.loss.two_classes:
        return
    labels = tuple(map(str, problem.classes))
    key = f"{Key.CLASSES.of(place.owner)}:shown"
    st.session_state[key] = labels[1]
    st.selectbox(
        "Model the probability of",
        sorted(labels),
        key=key,
        on_change=_model,
        args=(place, key, labels),
        help="The other choice turns the sign of every coefficient, and nothing else.",
    )


def _model(place: Place, key: str, labels: tuple[str, str]) -> None:
    second = st.session_state[key]
    (first,) = (label for label in labels if label != second)
    usual = (first, second) == usual_order(sorted(labels))
    CONTROLS["classes"].write(place, None if usual else (first, second))
