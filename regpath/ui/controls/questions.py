"""Questions: ambiguities that change numbers, with their evidence and the answer taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import streamlit as st

from regpath.io.diagnosis import Answer, Diagnosis, Question
from regpath.io.options import ReadOptions
from regpath.ui.messages import literal
from regpath.ui.session.changes import GUESSES, Changes, changes
from regpath.ui.session.overrides import Override, overrides_of, set_override, take_back
from regpath.ui.session.state import Key

SHOWN = 20  # questions on the page; the rest are counted


@dataclass(frozen=True)
class AskedFile:
    """The file that questions are about.

    Attributes
    ----------
    owner : str
        What the answers belong to.
    known : ReadOptions
        How it is read before anybody says anything.
    is_fixed : bool
        Whether it is read in one way only.
    """

    owner: str
    known: ReadOptions = GUESSES
    is_fixed: bool = False


def questions_of(owner: str, diagnosis: Diagnosis | None) -> list[Question]:
    """Those that the reading asks, and those that were answered."""
    found = {} if diagnosis is None else {each.key: each for each in diagnosis.questions}
    for each in overrides_of(owner).values():
        if isinstance(each.about, Question):
            found[each.about.key] = each.about
    return list(found.values())


def show_questions(file: AskedFile, questions: list[Question]) -> None:
    """Ask; every answer reads the file again."""
    for question in questions[:SHOWN]:
        _show(question, file)
    if len(questions) > SHOWN:
        st.caption(f"and {len(questions) - SHOWN} more.")


def offer_take_back(owner: str) -> None:
    """Offer to take back each thing that was said of a file, as where it cannot be read then."""
    for subject, each in list(overrides_of(owner).items()):
        st.button(
            f"Take back: {literal(each.text)}",
            key=Key.TAKE_BACK.of(f"{owner}:{subject}"),
            on_click=take_back,
            args=(owner, subject),
            icon=":material/undo:",
        )


def _show(question: Question, file: AskedFile) -> None:
    answered = overrides_of(file.owner).get(_subject(question))
    key = Key.QUESTION.of(f"{file.owner}:{question.key}")
    st.session_state[key] = 0 if answered is None else answered.answer
    with st.container(border=True):
        st.radio(
            literal(question.what),
            range(len(question.answers)),
            key=key,
            format_func=lambda i: literal(question.answers[i].label),
            captions=["taken unless you say otherwise", *[""] * (len(question.answers) - 1)],
            disabled=file.is_fixed,
            on_change=_answer,
            args=(question, file, key),
        )
        st.caption(literal(question.evidence))


def said_by(
    question: Question,
    answer: Answer,
    known: ReadOptions = GUESSES,
    settled: Collection[tuple[str, ...]] = (),
) -> Changes:
    """All that an answer says: in what it differs from the others, and all of its column.

    Also what all answers share, such as the kind of a column, has to be said, but for what is
    known, and for what others have settled, maybe since it was asked.
    """
    apart = {
        path: value
        for other in question.answers
        for path, value in changes(other.options, answer.options).items()
    }
    of_column = {
        path: value
        for path, value in changes(known, answer.options).items()
        if path[:2] == ("columns", question.column) and path not in settled
    }
    return {**of_column, **apart}


def _answer(question: Question, file: AskedFile, key: str) -> None:
    chosen, subject = st.session_state[key], _subject(question)
    others = (each for name, each in overrides_of(file.owner).items() if name != subject)
    found = said_by(question, question.answers[chosen], file.known, _paths(others))
    text = f"{question.what} {question.answers[chosen].label}."
    set_override(file.owner, subject, Override(text, found, question, chosen))


def _paths(said: Iterable[Override]) -> set[tuple[str, ...]]:
    return {path for each in said for path in each.changes}


def _subject(question: Question) -> str:
    return f"question {question.key}"
