"""Passes over all rows: counted, and shared by whoever asks at the same time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Semaphore, Thread, get_ident
from typing import Any, TypeVar

from regpath.engines.engine import Engine
from regpath.errors import DataError
from regpath.rows.checkpoint import Checkpoint
from regpath.rows.decoding import RowCoding
from regpath.rows.queries import BlockAnswers, RowQuery, Tally, Totals
from regpath.rows.scanning import scan

Outcome = TypeVar("Outcome")


class _StoppedError(BaseException):
    """Another work failed: nobody will answer any more. No `except Exception` may hide it."""


class RowPasses:
    """Answers queries by passes over all rows.

    Attributes
    ----------
    count : int
        Passes so far, with those of a run before that the checkpoint has kept.
    checkpoint : Checkpoint or None
    """

    def __init__(
        self, engine: Engine, coding: RowCoding, checkpoint: Checkpoint | None = None
    ) -> None:
        self.engine, self.coding, self.count = engine, coding, 0
        self.checkpoint = checkpoint
        self._works: dict[int, _Work] = {}

    def ask(self, queries: Sequence[RowQuery]) -> list[Totals]:
        """Answers in one pass, which other works share (see `together`)."""
        work = self._works.get(get_ident())
        return self._run(queries) if work is None else work.wait_for(queries)

    def _run(self, queries: Sequence[RowQuery]) -> list[Totals]:
        self.count += 1
        if self.checkpoint is None:
            return self._pass_over(queries)
        answers = self.checkpoint.recall(queries)
        if answers is None:
            answers = self._pass_over(queries)
            self.checkpoint.keep(queries, answers)
        return answers

    def _pass_over(self, queries: Sequence[RowQuery]) -> list[Totals]:
        total = Tally([None] * len(queries))
        blocks = self.coding.source.blocks
        for tally in scan(self.engine, BlockAnswers(self.coding, queries), blocks):
            total.add(tally)
        answers = [answer for answer in total.answers if answer is not None]
        if len(answers) < len(total.answers):
            raise DataError("A fold has no rows.", "Use fewer folds.")
        return answers

    def together(
        self, works: Sequence[Callable[[], Outcome]], after_pass: Callable[[], None] | None = None
    ) -> list[Outcome]:
        """Carry out several works in turn; what they ask meanwhile is answered in common passes.

        One works at a time, each until it asks; so results do not depend on who is faster. After
        each pass `after_pass` is called, in the thread of who asked for the works; what it raises
        ends them.
        """
        started = [_Work(work, self._works) for work in works]
        try:
            going = started
            while going:
                for work in going:
                    work.go_on()
                for work in going:
                    if work.error is not None:
                        raise work.error
                going = [work for work in going if not work.ended]
                if going:
                    self._answer(going)
                    if after_pass is not None:
                        after_pass()
        finally:
            for work in started:
                work.stop()
        return [work.outcome for work in started]

    def _answer(self, works: Sequence[_Work]) -> None:
        found = iter(self._run([query for work in works for query in work.queries]))
        for work in works:
            work.answers = [next(found) for _ in work.queries]


class _Work:
    """A work in a thread of its own that runs only while it is told to."""

    def __init__(self, work: Callable[[], Any], register: dict[int, Any]) -> None:
        self._register = register
        self.queries: Sequence[RowQuery] = ()
        self.answers: list[Totals] = []
        self.outcome: Any = None
        self.error: BaseException | None = None
        self.ended = self._stopped = False
        self._mine, self._theirs = Semaphore(0), Semaphore(0)
        self._thread = Thread(target=self._carry_out, args=(work,), daemon=True)
        self._thread.start()

    def _carry_out(self, work: Callable[[], Any]) -> None:
        self._register[get_ident()] = self
        self._mine.acquire()
        try:
            if not self._stopped:
                self.outcome = work()
        except _StoppedError:
            pass
        except BaseException as error:
            self.error = error
        finally:
            self.ended = True
            del self._register[get_ident()]
            self._theirs.release()

    def go_on(self) -> None:
        """Let it work until it asks or ends."""
        self._mine.release()
        self._theirs.acquire()

    def wait_for(self, queries: Sequence[RowQuery]) -> list[Totals]:
        """Ask, from within the work."""
        self.queries = queries
        self._theirs.release()
        self._mine.acquire()
        if self._stopped:
            raise _StoppedError
        return self.answers

    def stop(self) -> None:
        """End it, if it has not ended."""
        if not self.ended:
            self._stopped = True
            self.go_on()
        self._thread.join()
