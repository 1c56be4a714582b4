"""The first rows as they were read, beside the first lines as they are written."""

from __future__ import annotations

import streamlit as st

from regpath.io import Table
from regpath.io.preview import first_lines
from regpath.number_format import num
from regpath.ui.display import in_numbers
from regpath.ui.session.source import Source
from regpath.wording import free_name

ROWS, COLUMNS, LINES = 8, 50, 10  # of the table, and of the file as text


def show_preview(source: Source, table: Table) -> None:
    """Show both."""
    read, written = st.columns(2, gap="medium")
    with read:
        st.caption("As read; the number of a row is that of the file.")
        frame = table.frame.iloc[:ROWS, :COLUMNS]
        columns = {"_index": st.column_config.Column(free_name("row", frame.columns))}
        columns |= {
            str(name): st.column_config.DatetimeColumn(format="YYYY-MM-DD")
            for name in frame.select_dtypes("datetime")
            if (table.frame[name].dropna() == table.frame[name].dropna().dt.normalize()).all()
        }
        st.dataframe(
            in_numbers(frame, as_read=True),
            column_config=columns,
            alt=f"The first {len(frame)} rows as they were read.",
        )
        if len(table.frame.columns) > COLUMNS:
            st.caption(f"The first {COLUMNS} of {num(len(table.frame.columns)):,} columns.")
    with written:
        st.caption("As written.")
        show_written(source, table.reading.encoding)


def show_written(source: Source, encoding: str | None = None) -> None:
    """Show the first lines of the file, if it is one of text."""
    lines = first_lines(source.content, encoding=encoding, n=LINES)
    if lines is None:
        st.caption("The file is not text: its cells are shown as read only.")
    else:
        st.code("\n".join(lines), language=None, line_numbers=True)
