"""Session: everything that was chosen about some data, as a file to be opened again."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import regpath
from regpath import datasets
from regpath.core.leakage.seal import Seal
from regpath.errors import DataError, ParameterError
from regpath.export.digested_file import Kind, body_of, file_text, opened
from regpath.export.options_json import from_json, to_json
from regpath.io import ReadOptions, Table, read_table
from regpath.recipe import Recipe
from regpath.shown import Shown
from regpath.study import Study, run_study
from regpath.wording import counted

MAX_BYTES = 400_000_000  # of a file; one with 200 MB of data has 270, as base64
MAX_CONTENT = 1_000_000_000  # of the data unpacked; more is a bomb
KIND = Kind("regpath session", "session", 1, MAX_BYTES, "regpath.export.session, or the app, has")
ENDING = ".regpath"


@dataclass(frozen=True)
class Session(Shown):
    """Everything that was chosen about some data.

    Parameters
    ----------
    name : str
        What the data are called.
    digest : str
        Of the table: of its bytes and of how they were read.
    recipe : Recipe
        Every choice except the data.
    bundled : bool, default=False
        Whether the data come with regpath.
    file_digest : str, default=""
        Of the bytes of the file; "" where they are not known.
    content : bytes or None, default=None
        The bytes of the file, if they were to be taken along.
    options : ReadOptions
        What was said about reading.
    lam : float or None, default=None
        The strength that was chosen.
    seal : Seal
        How often the envelope of the test rows was opened.
    app : mapping, default={}
        What else the app remembers, as JSON.
    regpath : str
        The version that wrote it.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("iris")
    >>> study = regpath.run_study(table, regpath.Recipe("species", n_lambdas=5))
    >>> saved = Session("iris", table.digest, study.recipe, bundled=True, lam=0.1)
    >>> saved.table().name, len(study.path.lambdas), len(saved.study().path.lambdas)
    ('iris', 5, 6)
    """

    name: str
    digest: str
    recipe: Recipe
    bundled: bool = False
    file_digest: str = ""
    content: bytes | None = field(default=None, repr=False)
    options: ReadOptions = field(default_factory=ReadOptions)
    lam: float | None = None
    seal: Seal = field(default_factory=Seal)
    app: Mapping[str, Any] = field(default_factory=dict, repr=False)
    regpath: str = regpath.__version__

    def _summary(self) -> str:
        chosen = "no strength chosen" if self.lam is None else f"lambda {self.lam:.4g}"
        data = "a bundled data set" if self.bundled else "without its data"
        if self.content is not None:
            data = f"with its data, {len(self.content):,} bytes"
        lines = [f"Session({self.name}, target {self.recipe.target!r}, {chosen})", data]
        if self.seal.on:
            lines.append(f"test scores sealed, opened {counted(self.seal.openings, 'time')}")
        return "\n".join(lines)

    def table(self, file: str | Path | bytes | None = None) -> Table:
        """Read the data as they were read.

        Parameters
        ----------
        file : str, Path or bytes, default=None
            The data, where the session does not hold them.

        Returns
        -------
        Table
            With the digest of the session.

        Raises
        ------
        DataError
            If data are needed, or they are others than those of the session.

        Examples
        --------
        >>> import regpath
        >>> table = regpath.datasets.load("iris")
        >>> recipe = regpath.Recipe("species")
        >>> Session("iris", table.digest, recipe, bundled=True).table().digest == table.digest
        True
        """
        if self.bundled:
            table = datasets.load(self.name)
        elif file is None and self.content is None:
            raise DataError(
                f"The session is about {self.name!r} and holds no data.",
                "Bring the file, or save the session with its data.",
            )
        else:
            source = self.content if file is None else file
            assert source is not None
            table = read_table(source, name=self.name, options=self.options)
        if table.digest != self.digest:
            raise DataError(
                f"These are not the data of the session, or they are read otherwise now: "
                f"{table.digest} is not {self.digest}.",
                "Bring the file as it was; a session of an older regpath may need that release.",
            )
        return table

    def study(self, file: str | Path | bytes | None = None) -> Study:
        """Carry the recipe out again, with the strength on the grid and openings counted.

        Parameters
        ----------
        file : str, Path or bytes, default=None
            The data, where the session does not hold them.

        Returns
        -------
        Study
            See `run_study`.

        Raises
        ------
        DataError
            See `table`.

        Examples
        --------
        >>> import regpath
        >>> table = regpath.datasets.load("iris")
        >>> recipe = regpath.Recipe("species", n_lambdas=5)
        >>> saved = Session("iris", table.digest, recipe, bundled=True, lam=0.0123)
        >>> 0.0123 in saved.study().path.lambdas
        True
        """
        study = run_study(self.table(file), self.recipe, openings=self.seal.openings)
        if self.seal.is_open:
            study = replace(study.opened(), seal=self.seal)
        return study if self.lam is None else study.with_strength(self.lam)


def session(
    study: Study,
    file: str | Path | None = None,
    *,
    lam: float | None = None,
    content: bytes | None = None,
    app: Mapping[str, Any] | None = None,
) -> Session:
    """Save what was chosen, to go on with it in the app, in Python or elsewhere.

    Parameters
    ----------
    study : Study
        What `run_study` gave.
    file : str or Path, default=None
        Where to write it, such as ``"patients.regpath"``. None writes nothing.
    lam : float, default=None
        The strength that was chosen.
    content : bytes, default=None
        The bytes of the data's file, to be taken along. Without, whoever opens the session brings
        the file; its digest tells whether it is the same.
    app : mapping, default=None
        What the app remembers beside, as JSON.

    Returns
    -------
    Session
        What `load_session` will give.

    Raises
    ------
    DataError
        If the content is not what the study's table was read from.

    Examples
    --------
    >>> import regpath, tempfile
    >>> table = regpath.datasets.load("iris")
    >>> study = regpath.run_study(table, regpath.Recipe("species", n_lambdas=20))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     saved = regpath.export.session(study, f"{folder}/iris.regpath", lam=0.05)
    ...     again = regpath.load_session(f"{folder}/iris.regpath").study()
    >>> again.recipe == study.recipe, again.table.digest == study.table.digest
    (True, True)
    """
    table = study.table
    known = any(entry.name == table.name for entry in datasets.catalog())
    bundled = known and _bundled_digest(table.name) == table.digest
    made = Session(
        name=table.name,
        digest=table.digest,
        recipe=study.recipe,
        bundled=bundled,
        file_digest="" if content is None else digest_of(content),
        content=None if bundled else content,
        options=table.reading.options,
        lam=lam,
        seal=study.seal,
        app={} if app is None else app,
    )
    if made.content is not None:
        made.table()
    if file is not None:
        Path(file).write_text(text_of(made), encoding="utf-8", newline="\n")
    return made


def load_session(file: str | Path | bytes) -> Session:
    """Open the file of a session.

    Parameters
    ----------
    file : str, Path or bytes
        What `regpath.export.session`, or the app, wrote: where it is, or its bytes.

    Returns
    -------
    Session
        As it was saved; `study` carries it out.

    Raises
    ------
    DataError
        If it is no such file, was changed, or is from a newer version.

    Examples
    --------
    >>> import regpath
    >>> regpath.load_session(b"{}")
    Traceback (most recent call last):
    ...
    regpath.errors.DataError: This is not the file of a regpath session. Bring one that ...
    """
    made: Session = opened(KIND, _opened, body_of(KIND, file))
    return made


@cache
def _bundled_digest(name: str) -> str:
    return datasets.load(name).digest


def is_session(content: bytes) -> bool:
    """Tell whether bytes say that they are a session, whether or not they can be opened."""
    return content.lstrip()[:1] == b"{" and f'"{KIND.format}"'.encode() in content[:200]


def text_of(session: Session) -> str:
    """The text of a session's file."""
    content = session.content
    packed = None if content is None else base64.b64encode(zlib.compress(content, 6)).decode()
    seal = session.seal
    return file_text(
        KIND,
        {
            "name": session.name,
            "digest": session.digest,
            "bundled": session.bundled,
            "file_digest": session.file_digest,
            "recipe": session.recipe.to_dict(),
            "options": to_json(session.options),
            "lambda": session.lam,
            "seal": {"on": seal.on, "is_open": seal.is_open, "openings": seal.openings},
            "app": dict(session.app),
            "regpath": session.regpath,
            "content": packed,
        },
    )


def digest_of(content: bytes) -> str:
    """Digest of the bytes of a file."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _opened(body: dict[str, Any]) -> Session:
    words = {name: body[name] for name in ("name", "digest", "file_digest", "regpath")}
    if not all(isinstance(word, str) for word in words.values()):
        raise TypeError("not words")
    seal = body["seal"]
    if not all(isinstance(seal[name], bool) for name in ("on", "is_open")):
        raise TypeError("no seal")
    lam = body["lambda"]
    number = isinstance(lam, (int, float)) and not isinstance(lam, bool)
    if lam is not None and not (number and 0.0 < lam < float("inf")):
        raise ValueError("no strength")
    if not isinstance(body["bundled"], bool) or not isinstance(body["app"], dict):
        raise TypeError("no session")
    return Session(
        **words,
        bundled=body["bundled"],
        recipe=Recipe.from_dict(body["recipe"]),
        options=from_json(body["options"]),
        lam=lam,
        seal=Seal(on=seal["on"], is_open=seal["is_open"], openings=seal["openings"]),
        app=body["app"],
        content=None if body["content"] is None else _unpacked(body["content"], words),
    )


def _unpacked(text: str, words: dict[str, str]) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(base64.b64decode(text, validate=True), MAX_CONTENT)
    except zlib.error as error:
        raise ValueError("not packed") from error
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise ParameterError("The data in the session are larger than any that are saved.")
    if digest_of(content) != words["file_digest"]:
        raise ValueError("other data")
    return content
