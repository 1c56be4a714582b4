"""What a class predicted in lessons before it saw: answers without names, in memory alone."""

from __future__ import annotations

from threading import Lock
from typing import Any

MOST = 1000  # answers to one question; a lecture hall has some hundreds


class Poll:
    """Locked predictions by question; safe to use from every session.

    Examples
    --------
    >>> from regpath.ui.poll import Poll
    >>> poll = Poll()
    >>> poll.take("peeking", 0, 0.2)
    >>> poll.of("peeking", 0), poll.of("peeking", 1)
    ((0.2,), ())
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: dict[tuple[str, int], list[Any]] = {}

    def take(self, lesson: str, question: int, answer: Any) -> None:
        """Count an answer, of whom is not said."""
        with self._lock:
            given = self._answers.setdefault((lesson, question), [])
            if len(given) < MOST:
                given.append(answer)

    def of(self, lesson: str, question: int) -> tuple[Any, ...]:
        """All answers to a question."""
        with self._lock:
            return tuple(self._answers.get((lesson, question), ()))

    def forget(self, lesson: str) -> None:
        """Forget the answers to all questions of a lesson: another class comes."""
        with self._lock:
            for key in [key for key in self._answers if key[0] == lesson]:
                del self._answers[key]
