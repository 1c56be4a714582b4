"""The bundled data sets: what there is, and how to load one. Imports `regpath.io` and errors."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from regpath.errors import DataError, ParameterError
from regpath.io import Table, read_table


@dataclass(frozen=True)
class DatasetEntry:
    """What the catalog says about one data set.

    Parameters
    ----------
    name : str
        What `load` calls it.
    title : str
        What a person calls it.
    file : str
        Name of its CSV file.
    teaches : str
        One line: what it shows about regularization.
    target : str
        Name of the column to predict.
    family : str
        The family that suits the target.
    n : int
        Number of rows.
    p : int
        Number of columns without the target, before any encoding.
    source : str
        Who made or collected the data, and which package distributes them.
    licence : str
        Terms under which the file may be passed on.
    choices : mapping, default={}
        What else of a `Recipe` it needs to open well, by the names of the fields.
    truth : mapping of str to float, default={}
        Of data that were made: the effect of each column on the target (or on the log odds of
        the class that is asked for), per unit of the column. The others have none.
    """

    name: str
    title: str
    file: str
    teaches: str
    target: str
    family: str
    n: int
    p: int
    source: str
    licence: str
    choices: Mapping[str, Any] = field(default_factory=dict)
    truth: Mapping[str, float] = field(default_factory=dict)


@cache
def catalog() -> tuple[DatasetEntry, ...]:
    """List the bundled data sets.

    Returns
    -------
    tuple of DatasetEntry
        In the order in which a menu shows them.

    Raises
    ------
    DataError
        If the data sets are not where regpath was installed.

    Examples
    --------
    >>> [entry.name for entry in catalog()][:3]
    ['breast_cancer', 'wine', 'iris']
    """
    text = (_folder() / "catalog.toml").read_text(encoding="utf-8")
    return tuple(DatasetEntry(**entry) for entry in tomllib.loads(text)["dataset"])


def entry_of(name: str) -> DatasetEntry:
    """What the catalog says about one data set.

    Parameters
    ----------
    name : str
        The `name` of an entry of `catalog`.

    Returns
    -------
    DatasetEntry

    Raises
    ------
    ParameterError
        If no bundled data set has this name.
    DataError
        If the data sets are not where regpath was installed.

    Examples
    --------
    >>> entry_of("wine").target
    'cultivar'
    """
    entries = {entry.name: entry for entry in catalog()}
    if not isinstance(name, str) or name not in entries:
        raise _unknown(name, list(entries))
    return entries[name]


def read_bytes(name: str) -> bytes:
    """Bytes of one bundled CSV file, to take away.

    Raises
    ------
    ParameterError
        If no bundled data set has this name.
    DataError
        If the data sets are not where regpath was installed.
    """
    return _file(name).read_bytes()


def load(name: str) -> Table:
    """Read one bundled data set, the way an uploaded file is read.

    A file is read once in a process; the frame of each table is a copy of its own.

    Parameters
    ----------
    name : str
        The `name` of an entry of `catalog`.

    Returns
    -------
    Table
        The table, called `name`.

    Raises
    ------
    ParameterError
        If no bundled data set has this name.
    DataError
        If the data sets are not where regpath was installed.

    Examples
    --------
    >>> load("four_points").frame["x"].tolist()
    [-2, -1, 1, 2]
    """
    table = _read(name)
    return replace(table, frame=table.frame.copy())


@cache  # 0.1 s for breast_cancer, 0.6 for digits
def _read(name: str) -> Table:
    return read_table(_file(name), name=name)


def _file(name: str) -> Path:
    return _folder() / entry_of(name).file


def _unknown(name: object, known: list[str]) -> ParameterError:
    """Word the error for a name that is not in the catalog."""
    close = difflib.get_close_matches(str(name).lower(), known)
    hint = f"Did you mean {' or '.join(map(repr, close))}? " if close else ""
    return ParameterError(
        f"There is no bundled data set called {name!r}.",
        f"{hint}The data sets are: {', '.join(known)}.",
    )


def _folder() -> Path:
    """Find the folder of the CSV files: in the package, or beside it in a checkout."""
    here = Path(__file__).parent
    for folder in (here / "_datasets", here.parent / "datasets"):
        # A stranger's `datasets` may lie beside an installed regpath; it has no catalog.
        if (folder / "catalog.toml").is_file():
            return folder
    raise DataError(
        "The bundled data sets are missing from this installation of regpath.",
        "Install regpath again, or run it from a complete checkout.",
    )
