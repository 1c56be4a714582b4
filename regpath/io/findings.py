"""Findings: where a reading writes down, step by step, what it found and what it did."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from regpath.io.diagnosis import Answer, ColumnReport, CountedStep, Diagnosis, Question, Repair
from regpath.io.options import ReadOptions

_KEEP: Any = object()

BEFORE = 80  # letters of a row that a repair shows as it was


class Findings:
    """What one reading found so far, in the order in which it was found.

    Parameters
    ----------
    options : ReadOptions
        What the person has said; every undo and every answer is these options with one changed.
    """

    def __init__(self, options: ReadOptions) -> None:
        self.options = options
        self.repairs: list[Repair] = []
        self.questions: list[Question] = []
        self.steps: list[CountedStep] = []
        self.obstacles: list[str] = []

    def wants(self, key: str) -> bool:
        """Tell whether a repair may be made."""
        return key not in self.options.kept

    def repair(
        self,
        key: str,
        what: str,
        *,
        cells: int = 0,
        column: str | None = None,
        before: str = "",
        after: str = "",
        undo: ReadOptions | None = _KEEP,
    ) -> None:
        """Note a repair; unless something else undoes it, it is undone by not making it."""
        if undo is _KEEP:
            undo = replace(self.options, kept=self.options.kept | {key})
        self.repairs.append(Repair(key, what, cells, column, before, after, undo))

    def question(
        self, key: str, what: str, evidence: str, answers: dict[str, dict[str, Any]]
    ) -> None:
        """Note an ambiguity; each answer names the options that it would change."""
        said = {label: self.options.answering(key, **new) for label, new in answers.items()}
        ways = tuple(Answer(label, options) for label, options in said.items())
        self.ask(Question(key, what, evidence, ways))

    def ask(self, question: Question) -> None:
        """Ask, or note what was taken where a person has said that it is right."""
        if question.key not in self.options.accepted:
            self.questions.append(question)
            return
        again = replace(self.options, accepted=self.options.accepted - {question.key})
        self.repairs.append(Repair(question.key, question.what, column=question.column, undo=again))

    def obstacle(self, clause: str) -> None:
        """Note why a plain pandas.read_csv would not read the same: see `Reading.obstacles`."""
        self.obstacles.append(clause)

    def step(self, name: str, rows: int, columns: int) -> None:
        """Count what is left."""
        self.steps.append(CountedStep(name, rows, columns))

    def diagnosis(self, columns: tuple[ColumnReport, ...] = ()) -> Diagnosis:
        """Return all of it."""
        return Diagnosis(
            tuple(self.repairs), tuple(self.questions), tuple(self.steps), columns, self.options
        )
