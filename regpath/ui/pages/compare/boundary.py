"""Decision boundary: two features of the data as points that can be moved, and their path."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import streamlit as st
from scipy import sparse

from regpath.core.boundary.drawn_points import plane_and_points_of
from regpath.core.regpath import RegPath
from regpath.number_format import num
from regpath.study import Study
from regpath.ui.address import remember_recipe
from regpath.ui.controls.drawn_boundary import DrawingBoard, show_drawn_boundary
from regpath.ui.controls.feature_pair import choose_pair
from regpath.ui.controls.strength import stands
from regpath.ui.controls.words import show_words
from regpath.ui.display import is_slide, main_chart
from regpath.ui.session.drawn import POINTS, changed_points, take_linked
from regpath.ui.session.feature_pair import pair_in_link
from regpath.ui.session.results import StudyResults
from regpath.ui.session.source import Source

POSITIONS = 41  # strengths, evenly from the strong end of the study's path to the weak one
BEGIN = 60  # points at first, of the 100 that there is room for: others are to be drawn
AROUND = 2.0  # decades to each side, of a path with one strength
WORDS = "boundary, margin, confidence, log odds, separation, penalty, strength"


def show_boundary(source: Source, results: StudyResults, section: str) -> None:
    """Show two features of the training rows, to be drawn on; the link keeps both."""
    study = results.study
    if len(study.path.classes) != 2 or study.train.n_features < 2:
        st.info(
            "A decision boundary takes a target of two classes and two features. In the lesson "
            "“Direction or confidence?” there are points to draw on.",
            icon=":material/border_vertical:",
        )
        remember_recipe(source, study.recipe, section)
        return
    path, slots = study.path, st.columns(2, gap="medium")
    names, usual = path.feature_names, _by_size(path)
    features = choose_pair(path, study.table.digest, slots, names=names, usual=usual)
    with main_chart():
        _board(source, study, features, section)
    show_words(WORDS)


def _by_size(path: RegPath) -> list[str]:
    sizes = np.abs(path.coefs("standardized")[:, -1])
    return [path.feature_names[j] for j in np.argsort(-sizes, kind="stable")]


@st.fragment
def _board(source: Source, study: Study, features: tuple[int, int], section: str) -> None:
    on = _drawn_on(study, features)
    take_linked(study.table.digest, on.owner)
    show_drawn_boundary(on)
    remember_recipe(source, study.recipe, section, pictured=_in_link(study, on), by="link-points")
    if is_slide():
        return
    rows, drawn = study.train.n_obs, len(on.points)
    begins = (
        f"It begins with {num(drawn)} of the {num(rows):,} training rows, drawn by a fixed seed"
        if drawn < rows
        else "It begins with the training rows"
    )
    st.caption(
        f"{begins}. The model is of these points and two features alone, without weights and "
        "penalty factors. What you draw changes no data; it stays in this visit, in a saved "
        f"session{' and in the link' if source.bundled else ', and is in no link'}."
    )


def _in_link(study: Study, on: DrawingBoard) -> dict[str, str]:
    """The features, where they are not those that a visit begins with, and the points if drawn."""
    points, usual = changed_points(on.owner), _by_size(study.path)
    if points is None:
        return pair_in_link(on.plane.names, usual)
    return pair_in_link(on.plane.names, ()) | {POINTS: points.to_text()}


def _drawn_on(study: Study, features: tuple[int, int]) -> DrawingBoard:
    train, path = study.train, study.path
    picked = train.X[:, list(features)]
    X = picked.toarray() if sparse.issparse(picked) else np.asarray(picked)
    across, upwards = (path.feature_names[j] for j in features)
    no, yes = map(str, path.classes)
    plane, points = plane_and_points_of(
        X,
        np.asarray(train.y) == 1,
        (across, upwards),
        (no, yes),
        per_sd=path.standardize,
        most=BEGIN,
    )
    # Other units or rows make another plane, on which the same places would be other points.
    drawn_on = blake2b(repr(plane).encode(), digest_size=8).hexdigest()
    if len(path.lambdas) > 1:
        lambdas = np.geomspace(path.lambdas[0], path.lambdas[-1], POSITIONS)
    else:
        lambdas = path.lambdas[0] * np.logspace(AROUND, -AROUND, POSITIONS)
    stood = stands(study)
    near = POSITIONS // 2
    if stood is not None:
        near = int(np.argmin(np.abs(np.log(lambdas / path.lambdas[stood]))))
    return DrawingBoard(
        f"{study.table.digest}:{drawn_on}",
        "decision_boundary",
        plane,
        points,
        lambdas,
        near,
        path.l1_ratio,
        path.standardize,
    )
