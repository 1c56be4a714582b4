"""How the training rows are validated: the choices as they stand, and their controls."""

from __future__ import annotations

from typing import Any

import streamlit as st

from regpath.charts import measure_name
from regpath.core.families import family_of
from regpath.core.metrics.measures import MEASURES, measures_of
from regpath.core.validation.cost import MOST_SECONDS
from regpath.errors import RegpathError
from regpath.study import Study
from regpath.ui.session.state import Key, settle, start
from regpath.ui.session.validation import UNREPEATED, seconds_of

KINDS = {
    "random": "At random",
    "grouped": "Groups of rows together",
    "ordered": "In order of time",
    "leave_one_out": "One row at a time",
}


def choosing_choices(family: str) -> dict[str, Any]:
    """How to validate, choose and weigh, as it stands, by the recipe's names."""
    state = st.session_state
    rule = state.get(Key.RULE, "1se")
    classes = family == "auto" or family_of(family).kind == "classes"
    weighed = classes and state.get(Key.CLASS_WEIGHT, False)
    return {
        "folds": state.get(Key.FOLDS, "auto"),
        "n_folds": int(state.get(Key.N_FOLDS, 10)),
        "n_repeats": int(state.get(Key.N_REPEATS, 1)),
        "measure": state.get(Key.MEASURE.of(family), "auto"),
        "rule": rule,
        "rule_value": state.get(Key.RULE_VALUE.of(rule)),
        "class_weight": "balanced" if weighed else None,
        "seal": bool(state.get(Key.SEAL, False)),
    }


def kinds_for(study: Study) -> list[str]:
    """Kinds of folds that the training rows allow; the first is what "auto" means."""
    rows = study.train
    kinds = [*(["ordered"] if rows.row_times is not None else [])]
    kinds += ["grouped"] if rows.row_groups is not None else []
    return [*kinds, "random", *(["leave_one_out"] if _cheap(study) else [])]


def _cheap(study: Study) -> bool:
    try:
        return seconds_of(study, "leave_one_out") <= MOST_SECONDS
    except RegpathError:
        return False


def choose_folds(study: Study) -> None:
    """Show the controls; the recipe holds what they say."""
    columns = st.columns([2, 1, 1, 2], vertical_alignment="bottom")
    with columns[0]:
        kind = _choose_kind(study)
    start(Key.N_FOLDS, 10)
    start(Key.N_REPEATS, 1)
    columns[1].number_input("Folds", 2, 50, key=Key.N_FOLDS, disabled=kind == "leave_one_out")
    columns[2].number_input(
        "Repeats",
        1,
        20,
        key=Key.N_REPEATS,
        disabled=kind in UNREPEATED and st.session_state[Key.N_REPEATS] == 1,
        help="Deals the rows anew and averages: a steadier curve, but no smaller standard error.",
    )
    with columns[3]:
        _choose_measure(study, kind)


def _choose_kind(study: Study) -> str:
    """Ask who is held out together; return the kind that it comes to."""
    kinds = kinds_for(study)
    offered = ["auto", *kinds[1:]]
    settle(Key.FOLDS, offered, "auto")
    names = KINDS | {"auto": f"{KINDS[kinds[0]]} (usual)"}
    kind = st.selectbox(
        "Held out together",
        offered,
        key=Key.FOLDS,
        format_func=names.__getitem__,
        on_change=_once,
        help="Each fold learns filling, coding, centring and scaling from its own training rows; "
        "λ stays the same. Classes are dealt in equal shares.",
    )
    return kinds[0] if kind == "auto" else kind


def _once() -> None:
    """Only folds that are dealt at random can be dealt again."""
    if st.session_state[Key.FOLDS] in UNREPEATED:
        st.session_state[Key.N_REPEATS] = 1


def _choose_measure(study: Study, kind: str) -> None:
    family, usual = study.path.family, study.path.loss.measure
    alone = kind == "leave_one_out"
    offered = ["auto"] + [
        name
        for name in measures_of(family)
        if name != usual and (MEASURES[name].of_one_row or not alone)
    ]
    key = Key.MEASURE.of(study.recipe.family)
    settle(key, offered, "auto")
    st.selectbox(
        "Measure",
        offered,
        key=key,
        format_func=lambda name: measure_name(usual if name == "auto" else name),
        help="Accuracy is a staircase that hides most of the story; log-loss is not.",
    )
