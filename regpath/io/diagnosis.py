"""Diagnosis: what a reading found, repaired, dropped and had to guess, as data."""

from __future__ import annotations

from dataclasses import dataclass, field

from regpath.io.options import ReadOptions
from regpath.wording import listed, shown


@dataclass(frozen=True)
class Repair:
    """One repair.

    Attributes
    ----------
    key : str
        Stable name, such as "blank_rows" or "currency:price".
    what : str
        One sentence: what was found and what was done.
    cells : int
        How many cells it changed.
    column : str or None
    before, after : str
        An example of a cell or line, as it was and as it is.
    undo : ReadOptions or None
        Options to read again with, so that it is not made; None where nothing could be read then.
    """

    key: str
    what: str
    cells: int = 0
    column: str | None = None
    before: str = ""
    after: str = ""
    undo: ReadOptions | None = None


@dataclass(frozen=True)
class Answer:
    """One way to read what is ambiguous: what it means, and the options that say so."""

    label: str
    options: ReadOptions


@dataclass(frozen=True)
class Question:
    """An ambiguity that changes numbers, with its evidence; `answers[0]` is what was taken.

    Attributes
    ----------
    key : str
    what : str
        The question, with an example of a cell and its row.
    evidence : str
        Why the default is the default.
    answers : tuple of Answer
    column : str or None
    """

    key: str
    what: str
    evidence: str
    answers: tuple[Answer, ...]
    column: str | None = None


@dataclass(frozen=True)
class CountedStep:
    """Rows and columns that were left after a step of the reading."""

    name: str
    rows: int
    columns: int


@dataclass(frozen=True)
class ColumnReport:
    """What a column was taken for, and why.

    Attributes
    ----------
    name : str
    kind : str
        One of `options.KINDS`, or "constant" or "empty".
    confidence : float in [0, 1]
        A step that orders columns by what their kind rests on; 1 without a guess.
    reason : str
    n_missing, n_distinct : int
    examples : tuple of str
        A few cells as they are written.
    """

    name: str
    kind: str
    confidence: float
    reason: str
    n_missing: int
    n_distinct: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Diagnosis:
    """All of it. `Table.notes` holds the sentences of `repairs` and `questions`."""

    repairs: tuple[Repair, ...] = ()
    questions: tuple[Question, ...] = ()
    steps: tuple[CountedStep, ...] = ()
    columns: tuple[ColumnReport, ...] = ()
    options: ReadOptions = field(default_factory=ReadOptions)

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence for each repair and question; columns with the same repair share theirs."""
        return (*self.sentences, *(question.what for question in self.questions))

    @property
    def sentences(self) -> dict[str, tuple[Repair, ...]]:
        """Each sentence of the notes on repairs, with the repairs that it tells of."""
        alike: dict[str, list[Repair]] = {}
        for repair in self.repairs:
            alike.setdefault(_clause(repair), []).append(repair)
        found = {}
        for clause, repairs in alike.items():
            columns = [r.column for r in repairs if r.column is not None and clause != r.what]
            found[f"In {listed(columns)}, {clause}" if columns else clause] = tuple(repairs)
        return found


def _clause(repair: Repair) -> str:
    """What a repair did, without the column that it did it to."""
    alone = f"In {shown(repair.column)}, " if repair.column is not None else ""
    return repair.what.removeprefix(alone)
