"""The test rows: sealed or on view, the band around their scores, and what choosing there costs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from regpath.charts import band_figure, measure_name
from regpath.choosing import best_on_test
from regpath.core.metrics.bootstrap import bootstrap_band
from regpath.core.metrics.measures import MEASURES, check_measure
from regpath.core.validation.cv_result import CVResult
from regpath.number_format import num
from regpath.study import Study
from regpath.ui.controls.control import EVERYWHERE
from regpath.ui.controls.table import CONTROLS
from regpath.ui.display import current_look, show_chart, show_table
from regpath.ui.messages import in_words, literal
from regpath.ui.session.results import StudyResults
from regpath.ui.session.seal import open_envelope, was_seen
from regpath.ui.session.work import Work, done
from regpath.wording import counted, number_text

SECONDS = 2e-9  # for one row at one strength, drawn once; measured on 2 cores
REDRAWN = 200  # times that the test rows are drawn anew
LEVEL = 0.9  # share of the redrawings within the band


def show_test_rows(results: StudyResults, cv: CVResult, index: int) -> None:
    """Show the switch, the envelope, and the scores if they are on view."""
    study = results.study
    if study.test is None:
        st.info("No rows are kept for testing: see 'Grid, scaling and split' at the side.")
        return
    CONTROLS["seal"].draw(
        EVERYWHERE, label=f"Seal the scores of the {num(study.test.n_obs):,} test rows"
    )
    if study.seal.on:
        st.markdown(literal(study.seal.sentence))
        if was_seen(study):
            st.caption("These scores were on view before they were sealed, so they are not new.")
    if study.seal.hides:
        st.button(
            "Open the envelope",
            key="open_envelope",
            on_click=open_envelope,
            args=(study,),
            icon=":material/drafts:",
            type="primary",
        )
        return
    _band(results, index)
    _at_choice(study, cv, index)


def _band(results: StudyResults, index: int) -> None:
    """The score of the test rows with what other rows might have given."""
    study = results.study
    assert study.test is not None
    test, measure = study.test, check_measure(study.recipe.measure, study.path.family, "app").name
    slow = 1.0 if MEASURES[measure].of_one_row else 40.0
    band = done(
        Work(
            what=f"band {measure}",
            verb="Redraw the test rows",
            seconds=slow * SECONDS * REDRAWN * test.n_obs * len(study.path.lambdas),
            make=lambda tell: bootstrap_band(
                study.path, test, measure=measure, n_boot=REDRAWN, level=LEVEL, progress=tell
            ),
        ),
        results,
    )
    if band is None:
        return
    nulls = study.null_scores().set_index("part")
    name = measure_name(measure)
    score, low, high = (number_text(band.iloc[index][each]) for each in ("score", "low", "high"))
    show_chart(
        band_figure(
            band, measure, look=current_look(), index=index, base=float(nulls[measure]["test"])
        ),
        _counted(band, study),
        key="test_band",
        alt=f"{name} of {test.n_obs} test rows along the path with a 90 % band. At the chosen "
        f"strength {score}, between {low} and {high}.",
    )
    st.markdown(
        f"At the chosen strength the test rows have {name} **{score}**; "
        f"{num(LEVEL):.0%} of {counted(int(band.iloc[index]['n_scored']), 'redrawing')} lie from "
        f"{low} to {high}. The band is about other test rows, not "
        "about other training rows."
    )
    if not study.seal.on:
        st.caption(in_words(best_on_test(study, study.recipe.measure).sentence))


def _at_choice(study: Study, cv: CVResult, index: int) -> None:
    """All scores at the chosen strength, beside the base rate."""
    parts = {part: study.scores_of(part).iloc[index] for part in study.parts}
    nulls = study.null_scores().set_index("part")
    names = [name for name in parts["train"].index if name != "lambda"]
    frame = pd.DataFrame({"measure": names})
    for part, scores in parts.items():
        frame[part] = [float(scores[name]) for name in names]
    frame["validation"] = [cv.mean[index] if name == cv.measure else np.nan for name in names]
    frame["base rate"] = [float(nulls[name][study.parts[-1]]) for name in names]
    with st.expander("All scores at the chosen strength, beside the base rate"):
        show_table(_counted(frame, study), key="scores")


def _counted(frame: pd.DataFrame, study: Study) -> pd.DataFrame:
    """The table with the number of openings, if there is an envelope: files say it, too."""
    return frame.assign(test_openings=study.seal.openings) if study.seal.on else frame
