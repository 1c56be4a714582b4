"""Predict: the chosen model scores the rows of another file, or leaves as a file."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from regpath.io import Table
from regpath.model import Model
from regpath.new_rows import ScoredRows, score_rows
from regpath.study import Study
from regpath.ui import address
from regpath.ui.controls.rules import known_marks
from regpath.ui.controls.strength import ask_strength
from regpath.ui.messages import error_boundary, literal
from regpath.ui.pages.predict.scored import show_scored
from regpath.ui.pages.predict.take_away import show_take_away
from regpath.ui.pages.predict.write_up import show_write_up
from regpath.ui.session.limits import reading_limits, upload_megabytes
from regpath.ui.session.results import StudyResults, own_results
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key
from regpath.ui.workspace import study_page

MOST_NAMES = 12  # of columns, in two lines of a laptop
EVEN = 0.5  # the threshold at which the more probable of two classes is predicted


class ScoredKey(NamedTuple):
    """Name of scored rows among the results: the file, the fit, and which of its models."""

    file_id: str
    digest: str
    query: str
    place: int
    threshold: float | None


@study_page
def show(source: Source, results: StudyResults) -> None:
    """Show the page."""
    study = results.study
    first, *_ = known_marks(results)
    left, right = st.columns([3, 2], gap="medium", vertical_alignment="top")
    with left:
        index = ask_strength(study, first, "predict")
    with right:
        threshold = _choose_threshold(study)
    lam = float(study.path.lambdas[index])
    model = Model.from_study(study, lam, threshold=threshold)
    show_take_away(model, study)
    show_write_up(source, results, index)
    st.header("New rows", anchor=False)
    upload = st.file_uploader(
        "A file with the same columns; the target may be missing",
        key=Key.NEW_ROWS,
        help=f"Read as the first file was: the same kinds, gaps and repairs. Up to "
        f"{upload_megabytes()} MB; it stays in memory and goes with your visit.",
    )
    st.caption(f"Needed: {_needed(model)}")
    if upload is not None:
        with error_boundary():
            key = ScoredKey(
                upload.file_id, study.table.digest, study.recipe.of_fit.to_query(), index, threshold
            )
            content, name = upload.getvalue(), upload.name
            with st.spinner("Reading and predicting …"):
                table, rows = own_results().store.get(key, lambda: _scored(model, content, name))
            show_scored(table, rows, model)
    address.remember_recipe(source, study.recipe)


def _needed(model: Model) -> str:
    names = ", ".join(literal(name) for name in model.needs[:MOST_NAMES])
    more = len(model.needs) - MOST_NAMES
    return f"{names} and {more:,} more" if more > 0 else names


def _scored(model: Model, content: bytes, name: str) -> tuple[Table, ScoredRows]:
    table = model.read(content, name=name, limits=reading_limits())
    return table, score_rows(model, table)


def _choose_threshold(study: Study) -> float | None:
    """Ask from which probability on the second of two classes is predicted."""
    if not study.path.loss.two_classes:
        return None
    label = literal(study.path.classes[1])
    value = st.number_input(
        f"Predict {label} from this probability on",
        min_value=0.01,
        max_value=0.99,
        value=EVEN,
        step=0.01,
        key=Key.CUT.of(study.table.digest),
        help="The Choose page shows what each threshold costs.",
    )
    return None if value == EVEN else float(value)
