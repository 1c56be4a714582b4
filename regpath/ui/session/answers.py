"""What a student has locked in: kept in the session, and in the link, so that it is never lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import streamlit as st

from regpath.ui.broadcast import current_broadcast
from regpath.ui.link import write_link
from regpath.ui.session.drawn import bring_points, changed_points, forget_drawings, of_lesson
from regpath.ui.session.state import Key

if TYPE_CHECKING:
    from regpath.lessons import Lesson

WORDS = ("lesson", "answer", "number", "points")  # of an address
LONGEST = 400  # letters of one answer in a link
LONGEST_NUMBER = 40  # letters of a student's number or name


def answers_of(lesson: Lesson) -> list[Any]:
    """The locked answers of a lesson, in the order of its predictions."""
    kept: dict[str, list[Any]] = st.session_state.setdefault(Key.ANSWERS, {})
    given = kept.setdefault(lesson.name, [])
    del given[len(lesson.predictions) :]  # a link or a file may hold anything
    return given


def take_answers(words: Mapping[str, list[str]]) -> None:
    """Take the lesson and its answers from the words of an address."""
    if "lesson" not in words:
        return
    name = words["lesson"][-1]
    st.session_state[Key.LESSON] = name
    if "number" in words:
        st.session_state[Key.STUDENT] = words["number"][-1][:LONGEST_NUMBER].strip()
    _dealt_for()[name] = student()
    found = [_read(text) for text in words.get("answer", [])]
    if None not in found:
        st.session_state.setdefault(Key.ANSWERS, {})[name] = found
    for told in words.get("points", []):
        step, _, text = told.partition(":")
        if step.isdecimal():
            bring_points(of_lesson(name, int(step)), text)


def _read(text: str) -> Any:
    """Whatever a link holds; what does not fit the question is not taken later."""
    try:
        return json.loads(text[:LONGEST])
    except ValueError:
        return None


def write_lesson(lesson: Lesson | None, beside: Mapping[str, Any], *, by: str = "link") -> None:
    """Let the address say the lesson, what was answered and what was drawn.

    Parameters
    ----------
    lesson : Lesson or None
    beside : mapping
        What else it says: the data of other pages, how all are shown.
    by : str, default="link"
        Which part of the page writes it: one that runs alone has a writer of its own.
    """
    if lesson is None:
        write_link(urlencode(beside, doseq=True))
        return
    given = [json.dumps(answer, separators=(",", ":")) for answer in answers_of(lesson)]
    number = {"number": number_of(lesson)} if number_of(lesson) else {}
    drawn = [
        f"{step}:{points.to_text()}"
        for step in range(len(lesson.steps))
        if (points := changed_points(of_lesson(lesson.name, step))) is not None
    ]
    told = {"lesson": lesson.name, **number, "answer": given, "points": drawn, **beside}
    write_link(urlencode(told, doseq=True), by=by)


def number_of(lesson: Lesson) -> str:
    """The number that a lesson is done under: the one that was typed before the first answer."""
    typed = student()
    return _dealt_for().get(lesson.name, typed) if answers_of(lesson) and lesson.seeded else typed


def _dealt_for() -> dict[str, str]:
    found: dict[str, str] = st.session_state.setdefault(Key.DEALT_FOR, {})
    return found


def student() -> str:
    """The number or name that a student typed; empty before."""
    return str(st.session_state.get(Key.STUDENT, ""))


def ask_student(label: str, help: str, *, settled: str | None = None) -> None:
    """Ask for it, the same in all lessons; what is `settled` is shown and cannot be changed."""
    st.session_state[Key.STUDENT_TYPED] = student() if settled is None else settled
    st.text_input(
        label,
        key=Key.STUDENT_TYPED,
        max_chars=LONGEST_NUMBER,
        help=help,
        disabled=settled is not None,
        on_change=_take_student,
    )


def _take_student() -> None:
    st.session_state[Key.STUDENT] = st.session_state[Key.STUDENT_TYPED].strip()


def open_lesson(name: str | None) -> None:
    """Turn to another lesson, or to the list."""
    st.session_state[Key.LESSON] = name


def lock(lesson: Lesson, answer: Any) -> None:
    """Keep an answer for good."""
    if not answers_of(lesson):
        _dealt_for()[lesson.name] = student()
    given = answers_of(lesson)
    _tell_class(lesson, len(given), answer)
    given.append(answer)


def _tell_class(lesson: Lesson, question: int, answer: Any) -> None:
    """Count a prediction where a class is taught: once a visit, since a second one has seen."""
    broadcast, state = current_broadcast(), st.session_state
    polled: set[tuple[str, int]] = state.setdefault(Key.POLLED, set())
    if broadcast is None or state.get(Key.LEADS) or (lesson.name, question) in polled:
        return
    polled.add((lesson.name, question))
    broadcast.poll.take(lesson.name, question, answer)


def begin_again(lesson: Lesson) -> None:
    """Forget the answers of a lesson, and what stands in its fields."""
    answers_of(lesson).clear()
    for key in list(st.session_state):
        if str(key).startswith(f"{Key.PREDICTION.value}:{lesson.name}:"):
            del st.session_state[key]
    forget_drawings(of_lesson(lesson.name, 0).removesuffix("0"))
