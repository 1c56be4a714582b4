"""How the training rows are validated: the choices as they stand, their controls, the work."""

from __future__ import annotations

from typing import Any

import streamlit as st

from regpath.charts import measure_name
from regpath.choosing import validate_study
from regpath.core.metrics.measures import MEASURES, measures_of
from regpath.core.validation.cost import MOST_SECONDS, cv_seconds
from regpath.core.validation.cross_validate import CVResult
from regpath.core.validation.fold_kinds import plan_folds
from regpath.errors import RegpathError
from regpath.recipe import Recipe
from regpath.study import Study
from regpath.ui.session.results import remembered
from regpath.ui.session.state import Key, settle, start
from regpath.ui.session.work import Work

KINDS = {
    "random": "At random",
    "grouped": "Groups of rows together",
    "ordered": "In order of time",
    "leave_one_out": "One row at a time",
}
REPEATED = ("random", "grouped")


def choosing_choices(family: str) -> dict[str, Any]:
    """How to validate, choose and weigh, as it stands, by the recipe's names."""
    state = st.session_state
    rule = state.get(Key.RULE, "1se")
    weighed = family != "gaussian" and state.get(Key.CLASS_WEIGHT, False)
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


def named(recipe: Recipe) -> str:
    """Name of the validation that a recipe asks for."""
    return f"validation {recipe.folds} {recipe.n_folds} {recipe.n_repeats} {recipe.measure}"


def validation_of(study: Study, *, bundled: str | None) -> CVResult:
    """The cross-validation of a study's training rows, remembered."""
    cv: CVResult = remembered(
        study, named(study.recipe), lambda: validate_study(study), bundled=bundled
    )
    return cv


def validation(study: Study) -> Work:
    """The validation as work to be done."""
    return Work(
        what=named(study.recipe),
        verb="Cross-validate",
        seconds=seconds_of(study, study.recipe.folds),
        make=lambda tell: validate_study(study, progress=tell),
    )


def seconds_of(study: Study, kind: str) -> float:
    """Estimate of what a kind of folds takes."""
    recipe = study.recipe
    repeats = recipe.n_repeats if kind not in ("ordered", "leave_one_out") else 1
    plan = plan_folds(
        study.train, kind=kind, n_folds=recipe.n_folds, n_repeats=repeats, seed=recipe.seed
    )
    return cv_seconds(study.train, study.path, plan)


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
        "Repeats", 1, 20, key=Key.N_REPEATS,
        disabled=kind not in REPEATED and st.session_state[Key.N_REPEATS] == 1,
        help="Deals the rows anew and averages: a steadier curve, but no smaller standard error.",
    )  # fmt: skip
    with columns[3]:
        _choose_measure(study, kind)


def _choose_kind(study: Study) -> str:
    """Ask who is held out together; return the kind that it comes to."""
    kinds = kinds_for(study)
    offered = ["auto", *kinds[1:]]
    settle(Key.FOLDS, offered, "auto")
    names = KINDS | {"auto": f"{KINDS[kinds[0]]} (usual)"}
    kind = st.selectbox(
        "Held out together", offered, key=Key.FOLDS, format_func=names.__getitem__,
        on_change=_once,
        help="Each fold learns filling, coding, centring and scaling from its own training rows; "
        "λ stays the same. Classes are dealt in equal shares.",
    )  # fmt: skip
    return kinds[0] if kind == "auto" else kind


def _once() -> None:
    """Only folds that are dealt at random can be dealt again."""
    if st.session_state[Key.FOLDS] in ("ordered", "leave_one_out"):
        st.session_state[Key.N_REPEATS] = 1


def _choose_measure(study: Study, kind: str) -> None:
    family = study.path.family
    usual = "mse" if family == "gaussian" else "log_loss"
    alone = kind == "leave_one_out"
    offered = ["auto"] + [
        name for name in measures_of(family)
        if name != usual and (MEASURES[name].of_one_row or not alone)
    ]  # fmt: skip
    key = Key.MEASURE.of(study.recipe.family)
    settle(key, offered, "auto")
    st.selectbox(
        "Measure", offered, key=key,
        format_func=lambda name: measure_name(usual if name == "auto" else name),
        help="Accuracy is a staircase that hides most of the story; log-loss is not.",
    )  # fmt: skip
