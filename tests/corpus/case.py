"""Case: the bytes of a file, what is wrong with it, and what a careful person reads in it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from regpath.io import ReadOptions, Table


@dataclass(frozen=True)
class Case:
    """One file of the corpus.

    Parameters
    ----------
    name : str
        What the file is called.
    wrong : str
        What is wrong with it.
    data : bytes or function that makes them
    truth : dict of str to list, or None
        The columns that a careful person reads: numbers, True and False, text, and None for
        what is missing. None if the file is to be refused.
    message : str
        What the refusal, or one of the notes, must contain.
    keys : tuple of str
        Repairs and questions that must be among those that are shown.
    kinds : dict of str to str
        What columns must be taken for, where the values do not say it.
    options : ReadOptions
    """

    name: str
    wrong: str
    data: bytes | Callable[[], bytes]
    truth: dict[str, list[Any]] | None
    message: str = ""
    keys: tuple[str, ...] = ()
    kinds: dict[str, str] = field(default_factory=dict)
    options: ReadOptions = field(default_factory=ReadOptions)

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.data() if callable(self.data) else self.data


def faults(case: Case, table: Table) -> list[str]:
    """Compare a table with the truth; nothing is said of what is right."""
    assert case.truth is not None
    frame = table.frame
    if list(frame.columns) != list(case.truth):
        return [f"columns {list(frame.columns)} are not {list(case.truth)}"]
    n = len(next(iter(case.truth.values())))
    if len(frame) != n:
        return [f"{len(frame)} rows are not {n}"]
    found = [f for name, true in case.truth.items() if (f := _fault(frame[name], true))]
    said = {*(r.key for r in table.diagnosis.repairs), *(q.key for q in table.diagnosis.questions)}
    found += [f"{key!r} is not among {sorted(said)}" for key in case.keys if key not in said]
    kinds = {report.name: report.kind for report in table.diagnosis.columns}
    for name, kind in case.kinds.items():
        if kinds.get(name) != kind:
            found.append(f"{name!r} is taken for {kinds.get(name)}, not {kind}")
    if case.message and not any(case.message in note for note in table.notes):
        found.append(f"no note says {case.message!r}: {table.notes}")
    return found


def _fault(column: pd.Series, true: Sequence[Any]) -> str:
    read = [None if pd.isna(value) else value for value in column.tolist()]
    for i, (a, b) in enumerate(zip(read, true, strict=True)):
        if not _same(a, b):
            return f"{column.name!r} has {a!r} in row {i}, not {b!r}"
    return ""


def _same(read: Any, true: Any) -> bool:
    if read is None or true is None:
        return read is true
    if isinstance(true, bool) or isinstance(read, bool):
        return read is true
    if isinstance(read, pd.Timestamp):
        return isinstance(true, str) and read == pd.Timestamp(true)
    if isinstance(true, str) or isinstance(read, str):
        return type(read) is type(true) and read == true
    return read == true or (math.isnan(read) and math.isnan(true))


NAMES = ["Ann", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hana", "Ivo", "Jo", "Kim", "Lars"]
AGES = [34, 51, 29, 42, 60, 38, 45, 27, 33, 58, 49, 31]
SIZES = [1.62, 1.805, 1.7, 1.914, 1.555, 1.83, 1.78, 1.6, 1.765, 1.88, 1.71, 1.69]
GROUPS = [
    "red",
    "blue",
    "red",
    "red",
    "blue",
    "green",
    "blue",
    "red",
    "green",
    "red",
    "blue",
    "green",
]
BASE: dict[str, list[Any]] = {"name": NAMES, "age": AGES, "size": SIZES, "group": GROUPS}


def lines(
    truth: dict[str, list[Any]] | None = None,
    delimiter: str = ",",
    *,
    decimal: str = ".",
    header: bool = True,
    show: Callable[[Any], str] | None = None,
) -> list[str]:
    """Write a table line by line, the header first."""
    truth = BASE if truth is None else truth

    def cell(value: Any) -> str:
        if show is not None and (shown := show(value)) is not None:
            return shown
        if value is None:
            return ""
        return str(value).replace(".", decimal) if isinstance(value, float) else str(value)

    rows = [delimiter.join(map(cell, row)) for row in zip(*truth.values(), strict=True)]
    return [delimiter.join(truth), *rows] if header else rows


def text(rows: Iterable[str], end: str = "\n", encoding: str = "utf-8") -> bytes:
    """Join lines to a file."""
    return "".join(line + end for line in rows).encode(encoding)


def csv(delimiter: str = ",", end: str = "\n", encoding: str = "utf-8", **how: Any) -> bytes:
    """Write the basic table."""
    return text(lines(None, delimiter, **how), end, encoding)


def unnamed(truth: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the same columns as they are called where there is no header."""
    return {f"column {j}": column for j, column in enumerate(truth.values(), start=1)}
