"""What the model says of new rows: in sum, row by row, and column by column."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from regpath.charts import calibration_figure, groups_figure
from regpath.core.metrics.measures import MEASURES
from regpath.export import augment
from regpath.io import Table
from regpath.model import Model
from regpath.new_rows import ScoredRows
from regpath.number_format import num
from regpath.ui.display import (
    BROOM,
    MOST_ROWS,
    current_look,
    in_numbers,
    offer_table,
    show_chart,
    show_table,
)
from regpath.ui.heads import heads_of
from regpath.ui.messages import literal
from regpath.wording import counted, free_name, number_text

SHOWN_NOTES = 6  # notes, and classes, on the page


def show_scored(table: Table, rows: ScoredRows, model: Model) -> None:
    """Show predictions, what is to be known of them, and the file to take away."""
    found = rows.predictions
    scored = int((found["not scored"] == "").sum())
    st.markdown(
        f"**{num(scored):,} of {counted(len(found), 'row')} predicted.**{_in_words(found, model)}"
    )
    _show_notes((*rows.notes, *table.diagnosis.sentences))
    if rows.scores is not None:
        _show_scores(rows)
    others = [name for name in table.frame.columns if name not in found.columns]
    frame = pd.concat([found, table.frame[others]], axis=1)
    frame = frame.rename_axis(free_name("row", frame.columns)).reset_index()
    shown = frame.head(MOST_ROWS)
    st.dataframe(
        in_numbers(shown, as_read=True),
        hide_index=True,
        key="table:predictions",
        column_config=heads_of(shown),
    )
    if len(frame) > MOST_ROWS:
        st.caption(f"The first {num(MOST_ROWS):,} of {num(len(frame)):,} rows; the files hold all.")
    with st.container(horizontal=True):
        offer_table(lambda: frame, key="predictions", before="Predictions as ")
        offer_table(
            lambda: augment(rows), key="predictions_broom", beside=", broom's names", help=BROOM
        )
    if rows.calibration is not None:
        _show_calibration(rows, model)
    with st.expander("Each column against the rows of the fit"):
        st.caption(
            "The stability index is 0 where shares are the same; from 0.10 on it is called a "
            "shift, from 0.25 on a large one, if chance would rarely give as much."
        )
        show_table(rows.columns, key="columns_now")


def _in_words(found: pd.DataFrame, model: Model) -> str:
    """What was predicted, in words."""
    known = found.loc[found["not scored"] == ""]
    if known.empty:
        return ""
    if not model.path.classes:
        low, high = known["prediction"].min(), known["prediction"].max()
        return f" {literal(model.path.target)} from {number_text(low)} to {number_text(high)}."
    counts = known["prediction"].value_counts()
    parts = [
        f"{literal(label)}: {num(count):,}" for label, count in counts.head(SHOWN_NOTES).items()
    ]
    return f" {', '.join(parts)}{' …' if len(counts) > SHOWN_NOTES else ''}"


def _show_notes(notes: tuple[str, ...]) -> None:
    for note in notes[:SHOWN_NOTES]:
        st.markdown(f":material/info: {literal(note)}")
    if len(notes) > SHOWN_NOTES:
        with st.expander(counted(len(notes) - SHOWN_NOTES, "more note")):
            for note in notes[SHOWN_NOTES:]:
                st.markdown(f":material/info: {literal(note)}")


def _show_scores(rows: ScoredRows) -> None:
    assert rows.scores is not None
    st.caption("The target is in the file, so the predictions can be judged:")
    known = rows.scores.dropna()
    with st.container(horizontal=True):
        for name, value in known.items():
            st.metric(MEASURES[str(name)].label, number_text(value), width="content")
    missing = [MEASURES[str(name)].label for name in rows.scores.index.difference(known.index)]
    if missing:
        st.caption(f"Not defined on these rows, as when a class is absent: {', '.join(missing)}.")


def _show_calibration(rows: ScoredRows, model: Model) -> None:
    """Draw what happened against what was told, on these rows."""
    curve, total = rows.calibration, rows.calibration_summary
    assert curve is not None
    assert total is not None
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if model.path.classes:
            figure = calibration_figure(curve, look=current_look())
        else:
            figure = groups_figure(curve, look=current_look(), what=literal(model.path.target))
        show_chart(
            figure,
            curve,
            key="calibration_now",
            alt=f"Observed against told on these rows, in {len(curve)} groups, with 95 % "
            "intervals; on the diagonal both agree.",
        )
    with right:
        for line in total.to_dict("records"):
            of = f" of **{literal(line['class'])}**" if "class" in line else ""
            st.markdown(
                f"Told on average{of} {number_text(line['mean_predicted'])}, observed "
                f"{number_text(line['observed'])}."
            )
        if "slope" in total:
            st.caption(
                "A slope of 1 is right; above 1 the probabilities are too timid, below 1 too bold."
            )
            show_table(total, key="calibration_slope_now")
