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
from regpath.ui.session.validation import forget_job

BUNDLED, UPLOAD = "Bundled", "Your file"
SAMPLES = {  # bundled files that a person without one can try
    "penguins": "Which species? Measurements and words, with gaps; three classes.",
    "election_1996": "How did they vote? Answers of a survey; two classes.",
    "diabetes": "How far has the disease come? Ten measurements; an amount.",
}


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
    upload: Upload | None = st.session_state.get(Key.BROUGHT)
    # Always in its place: while one file replaces another there is none for a moment.
    _field(Key.UPLOAD, "File with a table" if upload is None else "Another file")
    if upload is None:
        return None
    if st.session_state.get(Key.UPLOAD) is None:  # it was brought elsewhere, or another time
        st.caption(f"{literal(upload.name)} is here.")
        st.button("Remove it", key=Key.REMOVE, on_click=_remove, icon=":material/close:")
    return uploaded_source(upload)


def welcome() -> None:
    """Say what to do where there are no data yet: a place to drop a file, and files to try."""
    st.html(
        '<div class="rp-head"><h1>See what a penalty does to your data</h1><p>Bring a table: one '
        "row per case, one column to predict from the others.</p></div>"
    )
    _field(Key.DROP, "Drop a file here, or choose one")
    st.html(
        '<ul class="rp-private"><li><b>It stays private.</b> The file is held in the memory of the '
        "machine that runs regpath while this page is open; it is never written to disk, sent on, "
        "or put into a link.</li><li><b>It may be messy.</b> Headings above the table, decimal "
        "commas, gaps, totals below: the Data page shows what was made of them, and every guess "
        "can be undone.</li></ul>"
    )
    st.markdown("**No file at hand?** Try one of these, as if it were yours:")
    with st.container(horizontal=True, gap="small"):
        for name, words in SAMPLES.items():
            with st.container(border=True, width=286):
                key = Key.SAMPLE.of(name)
                st.button(f"{name}.csv", key=key, on_click=_bring_sample, args=(name,))
                st.caption(words)


def _field(key: Key, label: str) -> None:
    st.file_uploader(
        label,
        key=key,
        on_change=_brought,
        args=(key,),
        help="CSV or any text with columns, a workbook (.xlsx, .xls, .xlsb, .ods), Parquet or "
        "Arrow, also in .gz or .zip, or a session that was saved here (.regpath), up to "
        f"{upload_megabytes()} MB. It stays in this machine's memory and is never written to "
        "disk.",
    )


def _brought(key: Key) -> None:
    """Keep a file beyond its widget: Streamlit forgets it with the widget."""
    _remove()
    found = st.session_state[key]
    if found is not None:
        upload = Upload(found.getvalue(), found.name, found.file_id)
        st.session_state[Key.BROUGHT] = upload


def _bring_sample(name: str) -> None:
    """Take a bundled file as if a person had brought it."""
    content = datasets.read_bytes(name)
    upload = Upload(content, f"{name}.csv", f"sample/{name}", is_foreign=False)
    st.session_state[Key.BROUGHT] = upload


def _remove() -> None:
    """Forget a file, and all that was chosen for it."""
    upload: Upload | None = st.session_state.get(Key.BROUGHT)
    if upload is not None:
        owner = uploaded_source(upload).owner
        forget(owner)
        forget_choices(owner)
        forget_job()
        forget_results()
        st.session_state[Key.BROUGHT] = None
