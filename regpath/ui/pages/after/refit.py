"""After selection: the chosen features fit again without the penalty, and anything between."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from regpath.charts import relaxed_figure
from regpath.core.post_selection.relaxed import RelaxedPath, relax_path
from regpath.core.validation.cost import fit_seconds
from regpath.number_format import num
from regpath.study import Study
from regpath.ui.controls.classes import choose_class
from regpath.ui.display import ROOM, current_look, main_chart, show_chart, show_table
from regpath.ui.messages import in_words, literal
from regpath.ui.session.results import StudyResults
from regpath.ui.session.work import Work, done


def show_refit(results: StudyResults, index: int, beside: Sequence[DeltaGenerator]) -> None:
    """Show relaxed coefficients for a gamma, with what stands against them.

    Choices stand at places beside each other.
    """
    study = results.study
    relaxed = done(
        Work(
            what="relaxed",
            verb="Fit again without the penalty",
            seconds=4.0 * fit_seconds(study.train.n_obs, study.path),
            make=lambda tell: relax_path(study.weighted_train, study.path, progress=tell),
        ),
        results,
    )
    if relaxed is None:
        return
    gamma = beside[0].slider(
        "gamma: from 0, not penalized, to 1",
        0.0,
        1.0,
        0.0,
        0.05,
        key="gamma",
        help="The penalty has then chosen the features; gamma says how much it shrinks them.",
    )
    _warn(relaxed, index)
    k = choose_class(study.path, "relaxed_class", beside[-1])
    with main_chart():
        show_chart(
            relaxed_figure(study.path, relaxed.coefs(gamma), index, look=current_look(), k=k),
            relaxed.to_frame(gamma),
            key="relaxed",
            room=ROOM
            if relaxed.finite[index] and relaxed.unique[index]
            else ROOM - 100,  # a warning
            alt=f"Coefficients with gamma {num(gamma):g} along the path, penalized ones dotted "
            f"behind. {int(relaxed.finite.sum())} of {len(relaxed.finite)} points have a finite "
            "fit.",
        )
    _scores(study, relaxed, gamma, index)


def _warn(relaxed: RelaxedPath, index: int) -> None:
    """What makes a refit impossible or ambiguous, here and elsewhere."""
    if not relaxed.finite[index]:
        st.warning(
            f"At the chosen strength there is no finite fit: {literal(relaxed.reasons[index])}.",
            icon=":material/call_split:",
        )
    elif not relaxed.unique[index]:
        st.warning(
            "At the chosen strength the chosen features depend on each other exactly, so the fit "
            "is not unique.",
            icon=":material/call_split:",
        )
    for note in relaxed.notes:
        st.caption(in_words(note))


def _scores(study: Study, relaxed: RelaxedPath, gamma: float, index: int) -> None:
    """Scores at the chosen strength, penalized and relaxed."""
    parts = {"training": study.train}
    if study.test is not None and not study.seal.hides:
        parts["test"] = study.test
    found = {}
    for part, rows in parts.items():
        for name, value in (("penalized", 1.0), (f"gamma {num(gamma):g}", gamma)):
            found[f"{part}, {name}"] = relaxed.score(rows, value).iloc[index].drop("lambda")
    frame = pd.DataFrame(found).rename_axis("score").reset_index()
    st.markdown("**At the chosen strength**")
    show_table(frame.replace({np.nan: None}), key="relaxed_scores")
