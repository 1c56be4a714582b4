"""A source of data: a bundled table or a file that a person brought, and whose its results are.

What follows from a file's bytes belongs to everybody who brings these bytes. What it is called
belongs to the one who calls it so, and goes no further.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import partial

import streamlit as st

from regpath import datasets
from regpath.errors import DataError, ParameterError
from regpath.io import Table
from regpath.ui.session.computing import compute_table
from regpath.ui.session.costs import reading_seconds
from regpath.ui.session.keys import TableKey
from regpath.ui.session.limits import reading_limits
from regpath.ui.session.opening import bundled_owner
from regpath.ui.session.overrides import Override, overrides_of
from regpath.ui.session.results import Results, own_results, results_of_content, shared_results
from regpath.ui.session.waiting import How
from regpath.ui.workers.lending import Content

NOBODYS = "file"  # what a file is called where its bytes are read for all who bring them


@dataclass(frozen=True)
class Upload:
    """A file that a person brought; it is never written to disk.

    `is_foreign` says whether that may have been anybody: not where the shell that started the
    server named it, or it comes with the app.
    """

    content: bytes = field(repr=False)
    name: str
    file_id: str
    is_foreign: bool = field(default=True, compare=False)
    digest: str = field(init=False, default="")
    lent: Content = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", hashlib.blake2b(self.content).hexdigest())
        object.__setattr__(self, "lent", Content(self.content))


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
        """What is computed of these data: of everybody, or of everybody who has the bytes."""
        return shared_results() if self.upload is None else results_of_content(self.upload.digest)

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
            name = self.bundled
            return self.results.store.get(TableKey(self.owner), lambda: datasets.load(name))
        overrides = tuple(overrides_of(self.owner).values())
        written = repr([sorted(each.changes.items()) for each in overrides])
        key = TableKey(self.owner, written)
        return own_results().store.get(key, lambda: self._read(overrides, written))

    def _read(self, overrides: tuple[Override, ...], written: str) -> Table:
        """Read what nobody has read yet, and call it what this visitor calls it."""
        assert self.upload is not None
        upload, limits = self.upload, reading_limits()
        said = tuple(each.changes for each in overrides)
        read = partial(compute_table, upload.lent, said, limits)
        how = How(reading_seconds(len(upload.content)), is_foreign=upload.is_foreign)
        with st.spinner("Reading …"):
            try:
                table: Table = self.results.make(
                    TableKey(upload.digest, written), partial(read, NOBODYS), how
                )
            except (DataError, ParameterError):
                # The reader's own words name the file: again, with the name of this visitor.
                key = TableKey(upload.digest, f"called by name {written}")
                table = own_results().make(key, partial(read, upload.name), how)
        return replace(table, name=upload.name)

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
