"""What goes wrong when one is not careful: steps that leak, and choosing by peeking."""

from __future__ import annotations

from typing import Any

import streamlit as st

from regpath.charts import gap_figure, peeking_figure
from regpath.core.leakage.leak import LEAKS, leak_gap
from regpath.core.leakage.peeking import peeking
from regpath.core.validation.cv_result import CVResult
from regpath.number_format import localized, num
from regpath.study import Study
from regpath.ui.display import current_look, show_chart
from regpath.ui.messages import literal
from regpath.ui.session.keys import validation_name
from regpath.ui.session.results import StudyResults
from regpath.ui.session.validation import seconds_of
from regpath.ui.session.work import Work, done

STEPS = {
    "scaling": "scaling",
    "imputing": "filling gaps",
    "selecting": "selecting by correlation",
}
ROUNDS, LOOKS = 20, 20  # of `peeking`: a smooth curve within a few seconds
SECONDS_A_LOOK = 8e-3  # on one core, measured on 400 looks


def show_leak(results: StudyResults, cv: CVResult) -> None:
    """Compute what the folds would have claimed if some steps had seen all rows."""
    steps = st.pills(
        "Learned outside of the folds",
        LEAKS,
        default=LEAKS,
        selection_mode="multi",
        key="leaks",
        format_func=STEPS.__getitem__,
    )
    if not steps:
        st.info("Choose a step that is to leak.")
        return
    found = done(_leak_work(results.study, cv, tuple(steps)), results)
    if found is None:
        return
    st.markdown(literal(localized(found.reason)))
    show_chart(
        gap_figure(found.lambdas, found.honest, found.leaked, found.measure, look=current_look()),
        found.to_frame(),
        key="leak",
        alt=localized(found.reason),
    )


def _leak_work(study: Study, cv: CVResult, steps: tuple[str, ...]) -> Work:
    """Ask how many features selecting keeps, and say what is to be computed."""
    recipe, n_features = study.recipe, study.train.n_features
    keep = st.number_input(
        "Features that selecting keeps",
        1,
        max(1, n_features),
        min(20, n_features),
        key="leak_keep",
        disabled="selecting" not in steps,
    )
    leaking: dict[str, Any] = {
        "leak": steps,
        "n_selected": int(keep),
        "class_weight": recipe.class_weight,
    }
    return Work(
        what=f"leak {sorted(steps)} {keep} of {validation_name(recipe)}",
        verb="Let it leak",
        seconds=3.0 * seconds_of(study, recipe.folds),
        make=lambda tell: leak_gap(study.train, study.path, cv, **leaking, progress=tell),
    )


def show_peeking(results: StudyResults) -> None:
    """Measure what choosing on the test rows again and again makes their score claim."""
    st.markdown(
        "**Pure noise**, of which nobody can tell more than half. Twenty times someone tries other "
        "features and ten strengths, looks at the test accuracy, and keeps the best. Rows that "
        "stay sealed tell what the kept model is worth."
    )
    signal = st.toggle("With three features that matter", key="peek_signal")
    work = Work(
        what=f"peeking {signal}",
        verb="Peek",
        seconds=SECONDS_A_LOOK * ROUNDS * LOOKS,
        make=lambda tell: peeking(
            n_rounds=ROUNDS, n_looks=LOOKS, signal=0.7 if signal else 0.0, progress=tell
        ),
    )
    frame = done(work, results)
    if frame is None:
        return
    means = frame.groupby("look")[["test_accuracy", "sealed_accuracy"]].mean()
    first, last = means.iloc[0], means.iloc[-1]
    show_chart(
        peeking_figure(frame, look=current_look()),
        frame,
        key="peeking",
        alt=f"Mean test accuracy of the kept model rises from {num(first['test_accuracy']):.3f} to "
        f"{num(last['test_accuracy']):.3f} over {len(means)} looks; on sealed rows it goes from "
        f"{num(first['sealed_accuracy']):.3f} to {num(last['sealed_accuracy']):.3f}.",
    )
    st.markdown(
        f"After {len(means)} looks the test rows claim **{num(last['test_accuracy']):.1%}**; rows "
        f"that were never looked at say **{num(last['sealed_accuracy']):.1%}**. The difference is "
        "what peeking costs, and nothing in the test score tells of it. That is what the seal "
        "is for."
    )
