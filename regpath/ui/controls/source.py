"""Where the data come from: a bundled data set, or a file that a person brings."""

from __future__ import annotations

import streamlit as st

from regpath import datasets
from regpath.ui.controls.kept import forget_choices
from regpath.ui.messages import literal
from regpath.ui.session.limits import upload_megabytes
from regpath.ui.session.overrides import forget
from regpath.ui.session.results import forget_results
from regpath.ui.session.source import Source, Upload, bundled_source, uploaded_source
from regpath.ui.session.state import Key, start

BUNDLED, UPLOAD = "Bundled", "Your file"


def choose_source() -> Source | None:
    """Ask for the data; None while no file has been brought."""
    start(Key.SOURCE, BUNDLED)
    kind = st.radio("Data", (BUNDLED, UPLOAD), key=Key.SOURCE, horizontal=True)
    return _bundled() if kind == BUNDLED else _uploaded()


def _bundled() -> Source:
    entries = {entry.name: entry for entry in datasets.catalog()}
    start(Key.DATASET, next(iter(entries)))
    name = st.selectbox(
        "Data set", list(entries), key=Key.DATASET, format_func=lambda name: entries[name].title
    )
    st.caption(entries[name].teaches)
    return bundled_source(name)


def _uploaded() -> Source | None:
    st.file_uploader(
        "File with a table",
        key=Key.UPLOAD,
        on_change=_brought,
        help="CSV or any text with columns, a workbook (.xlsx, .xls, .xlsb, .ods), Parquet or "
        "Arrow, also in .gz or .zip, or a session that was saved here (.regpath), up to "
        f"{upload_megabytes()} MB. It stays in this machine's memory and is never written to "
        "disk.",
    )
    upload: Upload | None = st.session_state.get(Key.BROUGHT)
    if upload is None:
        return None
    if st.session_state.get(Key.UPLOAD) is None:  # it was brought before another source was chosen
        st.caption(f"{literal(upload.name)} is still here.")
        st.button("Remove it", on_click=_remove, icon=":material/close:")
    return uploaded_source(upload)


def _brought() -> None:
    """Keep a file beyond its widget: Streamlit forgets it with the widget."""
    _remove()
    found = st.session_state[Key.UPLOAD]
    if found is not None:
        upload = Upload(found.getvalue(), found.name, found.file_id)
        st.session_state[Key.BROUGHT] = upload


def _remove() -> None:
    """Forget a file, and all that was chosen for it."""
    upload: Upload | None = st.session_state.get(Key.BROUGHT)
    if upload is not None:
        owner = uploaded_source(upload).owner
        forget(owner)
        forget_choices(owner)
        forget_results()
        st.session_state[Key.BROUGHT] = None
