"""Charts on a page, each with a sentence for those who do not see it and a table of its numbers."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from regpath.charts import CONFIG, DARK, LIGHT, Look
from regpath.charts.finish import enlarge
from regpath.export.tables import to_csv
from regpath.ui.session.state import Key

MOST_ROWS = 1000  # that are sent to the browser; the file for download holds all


def current_look() -> Look:
    """The look of this visitor."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def is_presenting() -> bool:
    """Whether pages are shown as a projector needs them."""
    return bool(st.session_state.get(Key.PRESENT))


def show_chart(figure: Any, frame: pd.DataFrame, *, key: str, alt: str, **options: Any) -> Any:
    """Show a chart and, folded, the same numbers with a download."""
    event = st.plotly_chart(_sized(figure), theme=None, config=CONFIG, key=key, alt=alt, **options)
    show_numbers(frame, key=key)
    return event


def show_plain_chart(figure: Any, *, key: str, alt: str, **options: Any) -> Any:
    """Show a chart whose numbers stand in a table elsewhere on the page."""
    config = CONFIG | {"displayModeBar": False}
    return st.plotly_chart(_sized(figure), theme=None, config=config, key=key, alt=alt, **options)


def _sized(figure: Any) -> Any:
    return enlarge(figure) if is_presenting() else figure


def show_numbers(
    frame: pd.DataFrame, *, key: str, title: str = "The same numbers as a table"
) -> None:
    """Show a folded table with a download."""
    with st.expander(title):
        show_table(frame, key=key)


def show_table(frame: pd.DataFrame, *, key: str) -> None:
    """Show a table, the first rows of it if there are many, with a download of all."""
    st.dataframe(frame.head(MOST_ROWS), hide_index=True, key=f"table:{key}")
    if len(frame) > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS:,} of {len(frame):,} rows; the file holds all.")
    st.download_button(
        "CSV",
        data=lambda: to_csv(frame),
        file_name=f"{key}.csv",
        mime="text/csv",
        key=f"csv:{key}",
        on_click="ignore",
        icon=":material/download:",
    )
