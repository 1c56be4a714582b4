"""Where the data come from: a bundled data set, or a file that a person brings."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from regpath import datasets
from regpath.io import Table
from regpath.ui.messages import literal
from regpath.ui.session import cache
from regpath.ui.session.limits import upload_megabytes
from regpath.ui.session.overrides import forget, said_of
from regpath.ui.session.state import Key, forget_choices, start

BUNDLED, UPLOAD = "Bundled", "Your file"


@dataclass(frozen=True)
class Source:
    """Data that can be read.

    Attributes
    ----------
    title : str
        What they are called on screen.
    owner : str
        What choices about them belong to.
    bundled : str or None
        Their name in the catalog.
    upload : Upload or None
    """

    title: str
    owner: str
    bundled: str | None = None
    upload: cache.Upload | None = None

    @property
    def table(self) -> Table:
        """The table, read as the person says; remembered.

        Raises
        ------
        DataError
            If there is none in the file.
        """
        if self.upload is None:
            assert self.bundled is not None
            return cache.bundled_table(self.bundled)
        return cache.uploaded_table(self.upload, tuple(said_of(self.owner).values()))

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        if self.upload is not None:
            return self.upload.content
        assert self.bundled is not None
        return datasets.read_bytes(self.bundled)


def bundled(name: str) -> Source:
    """A source from the catalog."""
    (entry,) = (entry for entry in datasets.catalog() if entry.name == name)
    return Source(entry.title, f"bundled/{name}", bundled=name)


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
    return bundled(name)


def _uploaded() -> Source | None:
    st.file_uploader(
        "File with a table", key=Key.UPLOAD, on_change=_brought,
        help="CSV or any text with columns, a workbook (.xlsx, .xls, .xlsb, .ods), Parquet or "
        f"Arrow, also in .gz or .zip, up to {upload_megabytes()} MB. It stays in this machine's "
        "memory and is never written to disk.",
    )  # fmt: skip
    upload: cache.Upload | None = st.session_state.get(Key.BROUGHT)
    if upload is None:
        return None
    if st.session_state.get(Key.UPLOAD) is None:  # it was brought before another source was chosen
        st.caption(f"{literal(upload.name)} is still here.")
        st.button("Remove it", on_click=_remove, icon=":material/close:")
    return Source(upload.name, _owner(upload), upload=upload)


def _brought() -> None:
    """Keep a file beyond its widget: Streamlit forgets it with the widget."""
    _remove()
    found = st.session_state[Key.UPLOAD]
    if found is not None:
        upload = cache.Upload(found.getvalue(), found.name, found.file_id)
        st.session_state[Key.BROUGHT] = upload


def _remove() -> None:
    """Forget a file, and all that was chosen for it."""
    upload: cache.Upload | None = st.session_state.get(Key.BROUGHT)
    if upload is not None:
        forget(_owner(upload))
        forget_choices(_owner(upload))
        st.session_state[Key.BROUGHT] = None


def _owner(upload: cache.Upload) -> str:
    return f"upload/{upload.file_id}"
