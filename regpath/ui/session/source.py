"""A source of data: a bundled table or a file that a person brought, and whose its results are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import streamlit as st

from regpath import datasets
from regpath.errors import ParameterError
from regpath.io import Table, read_table
from regpath.ui.session.limits import reading_limits
from regpath.ui.session.opening import bundled_owner
from regpath.ui.session.overrides import Override, options_of, overrides_of
from regpath.ui.session.results import Results, own_results, shared_results


@dataclass(frozen=True)
class Upload:
    """A file that a person brought; it is never written to disk."""

    content: bytes = field(repr=False)
    name: str
    file_id: str


class TableKey(NamedTuple):
    """Name of a table among the results: the file, and all that was said of it."""

    owner: str
    overrides: str = ""


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
    upload: Upload | None = None

    @property
    def results(self) -> Results:
        """What is computed of these data: everybody's if they are bundled, else this visitor's."""
        return shared_results() if self.upload is None else own_results()

    @property
    def table(self) -> Table:
        """The table, read as the person says; remembered.

        Raises
        ------
        DataError
            If there is none in the file.
        """
        store = self.results.store
        if self.upload is None:
            assert self.bundled is not None
            name = self.bundled
            return store.get(TableKey(self.owner), lambda: datasets.load(name))
        overrides = tuple(overrides_of(self.owner).values())
        written = repr([sorted(each.changes.items()) for each in overrides])
        upload = self.upload
        return store.get(TableKey(self.owner, written), lambda: _read(upload, overrides))

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        if self.upload is not None:
            return self.upload.content
        assert self.bundled is not None
        return datasets.read_bytes(self.bundled)


def bundled_source(name: str) -> Source:
    """A source from the catalog.

    Raises
    ------
    ParameterError
        If there is no such data set.
    """
    return Source(datasets.entry_of(name).title, bundled_owner(name), bundled=name)


def uploaded_source(upload: Upload) -> Source:
    """The source that a file is."""
    return Source(upload.name, f"upload/{upload.file_id}", upload=upload)


def _read(upload: Upload, overrides: tuple[Override, ...]) -> Table:
    """Read; overrides of columns that do not exist when the file is read so are left aside."""
    limits = reading_limits()
    with st.spinner("Reading …"):
        try:
            options = options_of(overrides)
            return read_table(upload.content, name=upload.name, options=options, limits=limits)
        except ParameterError:
            options = options_of(overrides, columns=())
            table = read_table(upload.content, name=upload.name, options=options, limits=limits)
            names = {report.name for report in table.diagnosis.columns}
            options = options_of(overrides, names)
            return read_table(upload.content, name=upload.name, options=options, limits=limits)
