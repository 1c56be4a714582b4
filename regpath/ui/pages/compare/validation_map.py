"""The map of validation scores over l1_ratio and lambda; a click takes a cell."""

from __future__ import annotations

from typing import Any

import streamlit as st

from regpath.charts import map_figure, measure_name
from regpath.core.comparison.comparison import name_of
from regpath.core.comparison.validation_map import MAP_RATIOS, Cell, ValidationMap, map_validation
from regpath.number_format import num
from regpath.study import Study
from regpath.ui.controls.control import EVERYWHERE
from regpath.ui.controls.strength import take_later
from regpath.ui.controls.table import CONTROLS
from regpath.ui.display import current_look, main_chart, show_numbers, show_plain_chart
from regpath.ui.messages import literal
from regpath.ui.session.keys import validation_name
from regpath.ui.session.results import StudyResults
from regpath.ui.session.state import Key
from regpath.ui.session.validation import seconds_of
from regpath.ui.session.work import Work, done
from regpath.wording import number_text, number_texts

POINTS = 50  # of each path, at the most


def show_map(results: StudyResults) -> None:
    """Draw the map, and what the chosen cell is."""
    study = results.study
    st.markdown(
        "Every mark is one model: its mix of L1 and L2, its strength, and its mean score on the "
        "same folds. Marks with an edge are within one standard error of the best: the folds "
        "cannot tell them apart."
    )
    found = done(_work(study), results)
    if found is None:
        return
    cell = _chosen(found)
    with main_chart():
        event = show_plain_chart(
            map_figure(found, cell, look=current_look()),
            key="map",
            on_select="rerun",
            selection_mode="points",
            alt=f"{measure_name(found.measure)} over l1_ratio and lambda. "
            f"Best: {_in_words(found.best)}. "
            f"Simplest within one standard error: {_in_words(found.simplest)}.",
        )
    _hear(event, found.mean.shape[1])
    _choose_cell(study, found, cell)
    show_numbers(found.to_frame(), key="validation_map")


def _work(study: Study) -> Work:
    recipe = study.recipe
    points = min(POINTS, recipe.n_lambdas)
    share = 1.0 if recipe.lambdas is not None else points / recipe.n_lambdas
    return Work(
        what=f"map of {validation_name(recipe)}",
        verb="Validate seven mixes of L1 and L2",
        seconds=len(MAP_RATIOS) * seconds_of(study, recipe.folds) * share,
        make=lambda tell: map_validation(
            study.train,
            l1_ratios=MAP_RATIOS,
            n_lambdas=points,
            class_weight=recipe.class_weight,
            min_ratio=recipe.min_ratio,
            lambdas=recipe.lambdas,
            extra_lambdas=recipe.extra_lambdas,
            standardize=recipe.standardize,
            penalty_factor=study.path.learned_factors,
            kind=recipe.folds,
            n_folds=recipe.n_folds,
            n_repeats=recipe.n_repeats,
            measure=recipe.measure,
            seed=recipe.seed,
            progress=tell,
        ),
    )


def _chosen(found: ValidationMap) -> Cell:
    """The cell that was clicked or picked; the simplest within one standard error until then."""
    told = st.session_state.get(Key.CELL)
    n_ratios, n_points = found.mean.shape
    if told is None or not (0 <= told[0] < n_ratios and 0 <= told[1] < n_points):
        return found.simplest
    return found.cell(*told)


def _hear(event: Any, n_points: int) -> None:
    """Take what was clicked; a second click on the same mark says nothing."""
    for point in event["selection"]["points"] if event else ():
        if point.get("curve_number") != 0:  # the marks of best, simplest and chosen
            continue
        ratio, place = divmod(int(point["point_index"]), n_points)
        if (ratio, place) != st.session_state.get(Key.CELL_HEARD):
            st.session_state[Key.CELL_HEARD] = st.session_state[Key.CELL] = (ratio, place)
            st.rerun()


def _choose_cell(study: Study, found: ValidationMap, cell: Cell) -> None:
    """The same choice by keyboard, what it is, and a button that takes it."""
    left, middle, right = st.columns([1, 2, 2], vertical_alignment="bottom")
    ratios = range(len(found.l1_ratios))
    st.session_state["map_ratio"], st.session_state["map_point"] = cell.ratio, cell.point
    ratio = left.selectbox(
        "l1_ratio",
        ratios,
        key="map_ratio",
        on_change=_pick,
        format_func=[f"{num(each):g}" for each in found.l1_ratios].__getitem__,
    )
    middle.select_slider(
        "λ, from strong to weak",
        range(found.mean.shape[1]),
        key="map_point",
        on_change=_pick,
        format_func=number_texts(found.lambdas[ratio], 3).__getitem__,
    )
    right.button(
        "Explore this model",
        key="take_cell",
        on_click=_take,
        args=(cell,),
        type="primary",
        icon=":material/check:",
        help="Sets penalty and strength for every page.",
    )
    inside = bool(found.within[cell.ratio, cell.point])
    st.markdown(
        f"Chosen: **{literal(_in_words(cell))}**, "
        + ("within" if inside else "not within")
        + f" one standard error of the best ({literal(_in_words(found.best))})."
    )


def _pick() -> None:
    st.session_state[Key.CELL] = (st.session_state["map_ratio"], st.session_state["map_point"])


def _take(cell: Cell) -> None:
    CONTROLS["l1_ratio"].write(EVERYWHERE, cell.l1_ratio)
    take_later(cell.lam)


def _in_words(cell: Cell) -> str:
    kept = f"{cell.n_nonzero} feature{'' if cell.n_nonzero == 1 else 's'}"
    return (
        f"{name_of(cell.l1_ratio)} at λ = {number_text(cell.lam)}, {number_text(cell.mean)} ± "
        f"{number_text(cell.se, 2)}, {kept}"
    )
