"""Where no finite fit without a penalty exists, and where coefficients are not unique."""

from __future__ import annotations

import streamlit as st

from regpath.core.separation.along_path import separated_from
from regpath.core.separation.find_separation import find_separation
from regpath.core.separation.result import Separation
from regpath.core.uniqueness.collinear import collinear_groups
from regpath.core.uniqueness.path_uniqueness import path_uniqueness
from regpath.errors import DataError
from regpath.number_format import localized
from regpath.ui.display import main_chart, show_numbers, show_table
from regpath.ui.messages import literal
from regpath.ui.session.results import StudyResults
from regpath.ui.session.work import Work, done
from regpath.wording import number_text

SLOW = 2e9  # multiplications that are done in a second or so


def show_separation(results: StudyResults) -> None:
    """Say what the detectors found: what they say is what a slide shows."""
    with main_chart():
        st.header("Separation", anchor=False)
        if not results.study.path.classes:
            st.markdown("Least squares is finite for every response: amounts are never separated.")
        else:
            _classes(results)
        st.header("Uniqueness", anchor=False)
        _uniqueness(results)


def _classes(results: StudyResults) -> None:
    study = results.study
    rows = study.weighted_train
    work = float(rows.n_obs) * rows.n_features**2 * max(1, len(study.path.classes))
    found = done(
        Work(
            what="separation",
            verb="Look for a separating direction",
            seconds=work / SLOW,
            make=lambda tell: find_separation(rows, progress=tell),
        ),
        results,
    )
    if found is None:
        return
    st.markdown(literal(localized(found.reason)))
    if not found:
        return
    _where_it_begins(results, found)
    show_numbers(found.to_frame(), key="direction", title="The separating direction")
    if len(found.alone):
        with st.expander("Features that separate by themselves", expanded=True):
            show_table(found.alone, key="separate_alone")


def _where_it_begins(results: StudyResults, found: Separation) -> None:
    study = results.study
    rows = study.weighted_train
    start = done(
        Work(
            what="separated",
            verb="Find where it begins",
            seconds=0.5,
            make=lambda tell: separated_from(rows, study.path, found),
        ),
        results,
    )
    if start is not None:
        st.markdown(
            f"From λ = **{number_text(study.path.lambdas[start])}** on, the penalty alone holds "
            "the coefficients back: the explorer shades that region. Weaker penalties make them "
            "larger without telling the training rows any better."
        )


def _uniqueness(results: StudyResults) -> None:
    rows = results.study.train
    work = float(rows.n_obs) * rows.n_features * min(rows.n_obs, rows.n_features)
    try:
        groups = done(
            Work(
                what="collinear",
                verb="Look for exact relations",
                seconds=work / SLOW,
                make=lambda tell: collinear_groups(rows),
            ),
            results,
        )
    except DataError as error:
        st.info(literal(error))
        return
    if groups is None:
        return
    if not groups:
        st.markdown(
            "No exact linear relation holds between the features, so coefficients without a "
            "penalty are unique."
        )
        return
    st.warning(
        "Not unique: exact linear relations hold within these groups, so what one feature says, "
        "the others say too. L2 shares a coefficient among them; L1 may pick any.",
        icon=":material/call_split:",
    )
    for group in groups[:20]:
        listed = ", ".join(literal(name) for name in group[:12])
        more = f" and {len(group) - 12} more" if len(group) > 12 else ""
        st.markdown(f"- {listed}{more}")
    if results.study.path.l1_ratio == 1.0:
        _along(results)


def _along(results: StudyResults) -> None:
    """Where on the path other coefficients would be as good."""
    study = results.study
    rows = study.weighted_train
    frame = done(
        Work(
            what="uniqueness",
            verb="Look where L1 has other solutions",
            seconds=None,
            make=lambda tell: path_uniqueness(rows, study.path),
        ),
        results,
    )
    if frame is None:
        return
    shared = int((frame["unique"] == False).sum())  # noqa: E712 - missing is neither
    st.markdown(
        f"Other coefficients would be as good at {shared} of {len(frame)} strengths of this path."
        if shared
        else "On this path L1 has one solution at every strength that was looked at, all the same."
    )
    listed = frame.assign(features=[", ".join(names or ()) for names in frame["features"]])
    show_numbers(listed, key="uniqueness", title="Strength by strength")
