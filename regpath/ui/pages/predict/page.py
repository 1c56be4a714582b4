"""Predict: the chosen model scores the rows of another file, or leaves as a file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from regpath.model import Model
from regpath.number_format import num
from regpath.study import Study
from regpath.ui import address
from regpath.ui.controls.decimal_field import DecimalField
from regpath.ui.controls.rules import known_marks
from regpath.ui.controls.strength import ask_strength
from regpath.ui.display import is_slide, show_still
from regpath.ui.explorer import CursorChoice
from regpath.ui.messages import error_boundary, literal
from regpath.ui.pages.predict.new_rows import show_new_rows
from regpath.ui.pages.predict.take_away import show_take_away
from regpath.ui.pages.predict.write_up import show_write_up
from regpath.ui.session.limits import upload_megabytes
from regpath.ui.session.page_choices import LEAST_CUT, MOST_CUT
from regpath.ui.session.results import StudyResults
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key
from regpath.ui.workspace import study_page
from regpath.wording import number_text

MOST_NAMES = 12  # of columns, in two lines of a laptop
EVEN = 0.5  # the threshold at which the more probable of two classes is predicted


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
    if is_slide():
        show_still(_coefficients(model), f"{_told(model)}.")
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
            show_new_rows(upload, model, study)
    address.remember(source, study, CursorChoice(index), threshold=threshold)


def _told(model: Model) -> str:
    """The chosen model in a sentence."""
    path = model.path
    kept, of = int(path.n_nonzero[0]), len(path.feature_names)
    cut = "" if model.threshold is None else f", from a probability of {num(model.threshold):g} on"
    lam = number_text(model.lam)
    return f"What predicts {path.target}{cut}: λ = {lam}, {num(kept):,} of {num(of):,} features"


def _coefficients(model: Model) -> pd.DataFrame:
    """The intercept, and what the model keeps, the largest per standard deviation first."""
    path = model.path
    outputs = path.coef_path[..., 0].reshape(-1, len(path.feature_names))
    titles = [str(label) for label in path.classes] if path.loss.per_class else ["coefficient"]
    size = np.abs(outputs * path.x_scale).max(axis=0)
    order = [j for j in np.argsort(-size, kind="stable") if size[j] > 0.0]
    frame = pd.DataFrame({"feature": ["intercept", *(path.feature_names[j] for j in order)]})
    intercepts = np.reshape(path.intercept_path[..., 0], -1)
    for title, own, intercept in zip(titles, outputs, intercepts, strict=True):
        frame[title] = [number_text(value) for value in (intercept, *own[order])]
    return frame


def _needed(model: Model) -> str:
    names = ", ".join(literal(name) for name in model.needs[:MOST_NAMES])
    more = len(model.needs) - MOST_NAMES
    return f"{names} and {num(more):,} more" if more > 0 else names


def _choose_threshold(study: Study) -> float | None:
    """Ask from which probability on the second of two classes is predicted."""
    if not study.path.loss.two_classes:
        return None
    label = literal(study.path.classes[1])
    key = Key.CUT.of(study.table.digest)
    field = DecimalField(f"Predict {label} from this probability on", key, LEAST_CUT, MOST_CUT)
    value = field.draw(EVEN, help="The Choose page shows what each threshold costs.")
    return None if value == EVEN else value
