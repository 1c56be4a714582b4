"""Explore: data and choices at the side, one strength cursor through all charts."""

from __future__ import annotations

import numpy as np
import streamlit as st

from regpath.charts import CONFIG, DARK, LIGHT, Look, paths_figure, scores_figure
from regpath.charts.paths import describe_paths
from regpath.charts.scores import describe_scores
from regpath.study import Study
from regpath.ui import cache, panels
from regpath.ui.messages import show_notes, told
from regpath.ui.sidebar import Source, choose_recipe, choose_source
from regpath.ui.state import Key, hold, start

UNITS = {"standardized": "units: per SD", "original": "units: original"}
ENOUGH = 0.9  # of the deviance that the path explains at most


def show() -> None:
    """Show the page."""
    hold()
    with told(), st.sidebar:
        st.html('<div class="rp-brand">regpath</div>')
        source = choose_source()
    if source is None:
        _welcome()
        return
    with told(), st.sidebar:
        recipe = choose_recipe(source)
    with told(), st.spinner("Computing and proving the path …"):
        study = cache.study_of(source.table, recipe, bundled=source.bundled)
    _explore(study, source, _owner(source, study))


def _welcome() -> None:
    st.html(
        '<div class="rp-head"><h1>See what a penalty does to your data</h1><p>Bring a CSV at the '
        "side: one row per case, one column to predict. Or pick a bundled data set.</p></div>"
    )


def _owner(source: Source, study: Study) -> str:
    """What the strength belongs to: it starts anew with other data or another grid."""
    return f"{source.table.digest}:{study.recipe.to_query()}"


@st.fragment
def _explore(study: Study, source: Source, owner: str) -> None:
    with told():
        _panels(study, source, owner)


def _panels(study: Study, source: Source, owner: str) -> None:
    path, look = study.path, _look()
    left, right = st.columns([6, 5], gap="medium", vertical_alignment="center")
    with left:
        panels.heading(study, source.title)
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        units, class_index = _view(study)
        show_notes(study.notes)
    index = _strength(study, owner)
    panels.tiles(study, index)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.plotly_chart(
            paths_figure(path, index=index, look=look, units=units, class_index=class_index),
            theme=None, config=CONFIG, key="paths", alt=describe_paths(path, class_index),
        )  # fmt: skip
    with right:
        st.plotly_chart(
            scores_figure(study, index=index, look=look),
            theme=None, config=CONFIG, key="scores", alt=describe_scores(study, index),
        )  # fmt: skip
    left, right = st.columns([3, 2], gap="medium")
    with left:
        panels.coefficients(study, index, look, units, class_index)
    with right:
        panels.outcome(study, index, look)
    panels.downloads(study, index, source.bundled)


def _strength(study: Study, owner: str) -> int:
    """One control moves the cursor through every chart."""
    key = Key.STRENGTH.of(owner)
    start(key, start_index(study))
    count = len(study.path.lambdas)
    return st.select_slider(
        "Strength: from strong (left) to weak (right)",
        options=range(count), key=key,
        format_func=lambda i: f"λ {study.path.lambdas[i]:.3g}",
    )  # fmt: skip


def start_index(study: Study) -> int:
    """Where the cursor starts: the strongest penalty that keeps nine tenths of the fit."""
    explained = study.path.dev_ratio
    return int(np.argmax(explained >= ENOUGH * explained.max()))


def _view(study: Study) -> tuple[str, int]:
    """Units of the coefficients and, for several classes, which one is drawn."""
    start(Key.UNITS, "standardized")
    classes = study.path.classes
    units = st.selectbox(
        "Coefficients", list(UNITS), key=Key.UNITS, format_func=UNITS.__getitem__,
        label_visibility="collapsed", width=126,
    )  # fmt: skip
    if study.path.family != "multinomial":
        return units, 0
    index = st.selectbox(
        "Class drawn", range(len(classes)), key=Key.CLASS.of(repr(classes)),
        format_func=lambda k: f"class {classes[k]}", label_visibility="collapsed", width=126,
    )  # fmt: skip
    return units, index


def _look() -> Look:
    return DARK if st.context.theme.type == "dark" else LIGHT
