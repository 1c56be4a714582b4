"""Scores and calibration by groups of a column, at the chosen strength."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from regpath.charts import gaps_figure, measure_name, subgroups_figure
from regpath.core.metrics.measures import measures_of
from regpath.core.metrics.subgroups import grouped, scores_by_group
from regpath.core.validation.cv_result import CVResult
from regpath.study import Study
from regpath.ui.controls.search import offered
from regpath.ui.display import current_look, show_plain_chart, show_table
from regpath.ui.messages import literal
from regpath.ui.pages.choose.rows_told import choose_rows, said_of
from regpath.ui.session.state import Key, settle
from regpath.wording import number_text


def show_subgroups(study: Study, cv: CVResult, index: int) -> None:
    """Ask for a column, and show scores and calibration of each of its groups."""
    columns = [str(name) for name in study.table.frame.columns if name != study.path.target]
    asked, measured, shown = st.columns([3, 2, 2], gap="medium", vertical_alignment="bottom")
    key = Key.SUBGROUP.of(study.table.digest)
    settle(key, (None, *columns), None)
    label = "By groups of"
    with asked:
        options = offered(label, key, columns, [st.session_state[key]])
        column = st.selectbox(label, options, key=key, index=None, placeholder="Choose a column")
    with measured:
        measure = _ask_measure(study, cv)
    if column is None:
        st.info("Choose a column, used in the model or not, such as sex, site, year or age.")
        return
    with shown:
        told = choose_rows(study, cv, index, "subgroups")
    groups = grouped(_values(study, column, told.rows.frame))
    which = _ask_class(study)
    found = scores_by_group(told.rows, told.predicted, groups, measure=measure, label=which)
    frame = found.frame
    left, right = st.columns(2, gap="medium")
    with left:
        show_plain_chart(
            subgroups_figure(frame, measure, look=current_look()),
            key="subgroups",
            alt=f"{measure_name(measure)} of each group of {column}, with 95 % intervals.",
        )
    with right:
        show_plain_chart(
            gaps_figure(frame, found.what, look=current_look()),
            key="gaps",
            alt=f"Mean response of each group of {column} less what was told, with 95 % intervals.",
        )
    st.markdown(_in_words(frame, column))
    show_table(frame, key="subgroup_scores")
    st.caption(
        f"{said_of(told, study)} Intervals are of one group alone: of twenty groups that do not "
        "differ, one is expected to look as if it did."
    )


def _ask_measure(study: Study, cv: CVResult) -> str:
    names = measures_of(study.path.family)
    key = Key.SUBGROUP.of(f"measure:{study.path.family}")
    settle(key, names, cv.measure if cv.measure in names else names[0])
    measure: str = st.selectbox("Score", names, key=key, format_func=measure_name)
    return measure


def _ask_class(study: Study) -> str | None:
    """The class whose calibration is told, where there are more than two."""
    if not study.path.loss.per_class:
        return None
    names = [str(label) for label in study.path.classes]
    key = Key.SUBGROUP.of(f"class:{study.table.digest}:{study.path.target}")
    settle(key, names, names[0])
    return str(st.selectbox("Calibration of the class", names, key=key))


def _values(study: Study, column: str, rows: pd.DataFrame | None) -> pd.Series:
    assert rows is not None  # what is read from a table knows its rows
    return study.table.frame[column].loc[rows.index]


def _in_words(frame: pd.DataFrame, column: str) -> str:
    """Which groups stand out, and which are too small to say."""
    groups = frame.iloc[1:]
    low, high = groups["gap_low"], groups["gap_high"]
    off = groups[~groups["is_small"] & ((low > 0.0) | (high < 0.0))]
    if len(off):
        names = [
            f"{group} ({number_text(gap, 3, signed=True)})"
            for group, gap in zip(off["group"], off["gap"], strict=True)
        ]
        told = f"What happened differs clearly from what was told in {'; '.join(names)}."
    else:
        told = "In no group of some size does what happened differ clearly from what was told."
    small = groups.loc[groups["is_small"], "group"].tolist()
    few = f" Too few rows to say much: {'; '.join(small)}." if small else ""
    return literal(f"By {column}: {told}{few}")
