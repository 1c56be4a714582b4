"""Questions: ambiguities that change numbers, with their evidence and the answer taken."""

from __future__ import annotations

import streamlit as st

from regpath.io.diagnosis import Answer, Diagnosis, Question
from regpath.ui.messages import literal
from regpath.ui.session.changes import GUESSES, Changes, changes
from regpath.ui.session.overrides import Override, overrides_of, set_override
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key

SHOWN = 20  # questions on the page; the rest are counted


def questions_of(source: Source, diagnosis: Diagnosis) -> list[Question]:
    """Those that the reading asks, and those that were answered."""
    found = {question.key: question for question in diagnosis.questions}
    for each in overrides_of(source.owner).values():
        if isinstance(each.about, Question):
            found[each.about.key] = each.about
    return list(found.values())


def show_questions(source: Source, questions: list[Question]) -> None:
    """Ask; every answer reads the file again."""
    for question in questions[:SHOWN]:
        _show(question, source)
    if len(questions) > SHOWN:
        st.caption(f"and {len(questions) - SHOWN} more.")


def _show(question: Question, source: Source) -> None:
    answered = overrides_of(source.owner).get(_subject(question))
    key = Key.QUESTION.of(f"{source.owner}:{question.key}")
    st.session_state[key] = 0 if answered is None else answered.answer
    with st.container(border=True):
        st.radio(
            literal(question.what),
            range(len(question.answers)),
            key=key,
            format_func=lambda i: literal(question.answers[i].label),
            captions=["taken unless you say otherwise", *[""] * (len(question.answers) - 1)],
            disabled=source.upload is None,
            on_change=_answer,
            args=(question, source.owner, key),
        )
        st.caption(literal(question.evidence))


def said_by(question: Question, answer: Answer) -> Changes:
    """All that an answer says: in what it differs from the others, and all of its column.

    Also what all answers share, such as the kind of a column, has to be said.
    """
    apart = {
        path: value
        for other in question.answers
        for path, value in changes(other.options, answer.options).items()
    }
    of_column = {
        path: value
        for path, value in changes(GUESSES, answer.options).items()
        if path[:2] == ("columns", question.column)
    }
    return {**apart, **of_column}


def _answer(question: Question, owner: str, key: str) -> None:
    answer = question.answers[st.session_state[key]]
    found = said_by(question, answer)
    text = f"{question.what} {answer.label}."
    set_override(owner, _subject(question), Override(text, found, question, st.session_state[key]))


def _subject(question: Question) -> str:
    return f"question {question.key}"
