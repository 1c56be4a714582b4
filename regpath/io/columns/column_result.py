"""ColumnResult: what became of a column, and everything there is to say about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regpath.io.columns.cells import DistinctCells
from regpath.io.columns.missing import BESIDE_NUMBERS, DOUBTFUL, usual
from regpath.io.columns.missing import MISSING as USUAL
from regpath.io.diagnosis import Answer, ColumnReport, Question, Repair
from regpath.io.options import ColumnOptions, KnownColumn, ReadOptions
from regpath.io.table import ColumnReading
from regpath.wording import counted, shown

_MISSING = "missing:"  # and a spelling: the repair that takes it for a missing value


@dataclass(frozen=True, eq=False)
class Draft:
    """A column on its way to a type.

    Attributes
    ----------
    name : str
    options : ReadOptions
    rows : ndarray of int
    column : StringArray
        Its cells.
    distinct : DistinctCells or None
        Its different cells; None where `plain` says it all.
    plain : ndarray or None
        The numbers of a column that holds nothing else.
    is_first : bool
        Whether it is the first column of a table with a header.
    zeros : dict of str to int
        How often each spelling of 0 occurs; in `distinct` they are 0.
    """

    name: str
    options: ReadOptions
    rows: NDArray[np.int64]
    column: pa.Array
    distinct: DistinctCells | None = None
    plain: NDArray[Any] | None = None
    is_first: bool = False
    zeros: dict[str, int] = field(default_factory=dict)

    @property
    def choices(self) -> ColumnOptions:
        """What a person says of the column."""
        return self.options.of(self.name)

    @property
    def is_said(self) -> bool:
        """Whether a person has said what the column holds, so that nothing is asked of it."""
        return self.choices.kind is not None and not self.is_known

    @property
    def is_known(self) -> bool:
        """Whether an earlier file shows how the column is read."""
        return isinstance(self.choices, KnownColumn)

    @property
    def cells(self) -> DistinctCells:
        """The different cells of a column that is not plain."""
        assert self.distinct is not None
        return self.distinct

    def spellings(self, where: NDArray[np.bool_]) -> set[str]:
        """The different cells in some rows."""
        return set(map(str.strip, self.column.filter(pa.array(where)).unique().to_pylist()))

    def kept(self) -> set[str]:
        """Repairs of this column that are not to be made, without the column's name."""
        end = f":{self.name}"
        return {key.removesuffix(end) for key in self.options.kept if key.endswith(end)}

    @property
    def spells_missing(self) -> frozenset[str]:
        """Spellings of a missing value in this column, but for those that are kept as words."""
        spelled = usual(self.choices)
        return spelled if self.choices.missing is not None else spelled - self.kept_as_words

    def with_zeros(self, zeros: Iterable[str], missing: frozenset[str]) -> Draft:
        """The same column; some spellings are 0, and some are missing."""
        cells = DistinctCells.of(self.name, self.column, self.rows, missing - set(zeros))
        counts = dict(zip(cells.texts.to_pylist(), cells.counts.tolist(), strict=True))
        found = {spelling: counts[spelling] for spelling in zeros if spelling in counts}
        return replace(self, distinct=cells.joined(dict.fromkeys(found, "0")), zeros=found)

    def may_be_missing(self, words: Iterable[str]) -> bool:
        """Tell whether all words may stand for missing values beside numbers or dates."""
        few = {word.lower() for word in words}
        return few <= BESIDE_NUMBERS and self.kept_as_words.isdisjoint(words)

    @property
    def kept_as_words(self) -> set[str]:
        """Spellings that a person took back from the missing values."""
        return {key.removeprefix(_MISSING) for key in self.kept() if key.startswith(_MISSING)}

    def key_of_missing(self, spelling: str) -> str:
        """The name of the repair that takes a spelling for a missing value."""
        return f"{_MISSING}{spelling}:{self.name}"

    def repair(
        self, key: str, clause: str, cells: int, before: str = "", after: str = "", **undo: Any
    ) -> Repair:
        """Say what was repaired; by default it is undone by keeping the cells as they are."""
        full = f"{key}:{self.name}"
        options = self.options.saying(self.name, **undo) if undo else self.options.keeping(full)
        what = f"In {shown(self.name)}, {clause}."
        return Repair(full, what, cells, self.name, before, after, options)

    def question(
        self, key: str, what: str, evidence: str, *answers: tuple[str, dict[str, Any]]
    ) -> Question:
        """Ask; each answer is its label and what it says of the column, or "kept": a repair."""
        key = f"{key}:{self.name}"
        ways = tuple(Answer(label, self._saying(key, **said)) for label, said in answers)
        return Question(key, what, evidence, ways, self.name)

    def _saying(self, key: str, kept: str = "", **said: Any) -> ReadOptions:
        options = self.options.saying(self.name, **said) if said else self.options
        options = options.keeping(f"{kept}:{self.name}") if kept else options
        return self.options.accepting(key) if options == self.options else options

    def result(
        self,
        values: Any,
        kind: str,
        confidence: float,
        reason: str,
        *,
        n_distinct: int | None = None,
        repairs: Iterable[Repair] = (),
        questions: Iterable[Question] = (),
        **reading: Any,
    ) -> ColumnResult:
        """Settle on a type."""
        distinct = self.distinct
        chosen = self.choices.kind is not None and kind not in ("constant", "empty")
        kind = self.choices.kind or kind if chosen else kind
        if distinct is not None:
            known, examples, spelled = (
                distinct.n_known,
                distinct.examples(),
                tuple(distinct.missing),
            )
            n_distinct = len(distinct.texts) if n_distinct is None else n_distinct
        else:
            assert self.plain is not None
            known, examples = int((~np.isnan(self.plain)).sum()), examples_of(self.plain)
            spelled = ("",) if known < len(self.plain) else ()
        report = ColumnReport(
            name=self.name,
            kind=kind,
            confidence=1.0 if chosen else confidence,
            reason=f"chosen; {reason}" if chosen else reason,
            n_missing=len(self.rows) - known,
            n_distinct=n_distinct or 0,
            examples=examples,
        )
        reading["zero"] = tuple(self.zeros)
        how = ColumnReading(kind=kind, missing=spelled, chosen=chosen, **reading)
        return ColumnResult(
            {self.name: values}, report, how, (*self._doubts(), *repairs), tuple(questions)
        )

    def _doubts(self) -> Iterable[Repair]:
        """Say which words and signs were taken for 0 or for missing values."""
        for spelling, cells in self.zeros.items() if self.choices.zero else ():
            clause = f"{shown(spelling)} ({counted(cells, 'cell')}) is read as 0"
            yield self.repair("zero:" + spelling, clause, cells, spelling, "0", zero=())
        if self.distinct is None or self.choices.missing is not None:
            return
        for spelling, cells in self.distinct.missing.items():
            if spelling in DOUBTFUL or spelling not in USUAL:
                clause = f"{shown(spelling)} ({counted(cells, 'cell')}) is read as missing"
                yield self.repair(_MISSING + spelling, clause, cells, spelling)


def examples_of(plain: NDArray[Any]) -> tuple[str, ...]:
    """The first few numbers, as they are shown."""
    first = plain[:20]
    return tuple(f"{value:.6g}" for value in first[~np.isnan(first)][:3])


@dataclass(frozen=True)
class ZeroMarks:
    """Signs in a column of numbers that may mean 0.

    Attributes
    ----------
    column : str
    marks : tuple of str
    n_cells : int
    evidence : str
    is_zero : bool
        Whether they are taken for 0; else for missing values.
    others : tuple of str
        The other spellings of a missing value in the column.
    """

    column: str
    marks: tuple[str, ...]
    n_cells: int
    evidence: str
    is_zero: bool
    others: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class ColumnResult:
    """A typed column.

    Attributes
    ----------
    values : dict of str to array
        The columns of the frame that it gives: one, more for parts of dates, none if left out.
    report : ColumnReport
    reading : ColumnReading
    repairs : tuple of Repair
    questions : tuple of Question
    zero_marks : ZeroMarks or None
        Signs that may mean 0, of which all columns are asked together.
    """

    values: dict[str, Any]
    report: ColumnReport
    reading: ColumnReading
    repairs: tuple[Repair, ...] = ()
    questions: tuple[Question, ...] = field(default_factory=tuple)
    zero_marks: ZeroMarks | None = None

    def asking(self, question: Question) -> ColumnResult:
        """The same with one more question."""
        return replace(self, questions=(*self.questions, question))
