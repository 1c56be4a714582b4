"""The language of a lesson's texts on the page, which may be another than the page's (WCAG 3.1.2).

Streamlit's texts carry no language; a container's name does, and `assets/reach.js` sets it.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any, Literal

import streamlit as st

from regpath.lessons import Lesson
from regpath.lessons.languages import OURS
from regpath.ui.messages import escaped


def spoken(
    lesson: Lesson, part: str, kind: Literal["text", "options"] = "text"
) -> AbstractContextManager[Any]:
    """Where texts of a lesson stand; nothing around those in the page's own language.

    Parameters
    ----------
    lesson : Lesson
    part : str
        Of the page, each with another name.
    kind : {"text", "options"}, default="text"
        All that stands there; or only what is chosen between, since the label is the page's.
    """
    if lesson.language == OURS:
        return nullcontext()
    return st.container(key=f"rp-{kind}-{lesson.language}--{part}", gap="small")


def tell_spoken(lesson: Lesson, part: str, lead: str, text: str) -> None:
    """A text of a lesson after words of the page."""
    if lesson.language == OURS:
        st.markdown(f"**{lead}** {text}")
        return
    st.markdown(f"**{lead}**")
    with spoken(lesson, part):
        st.markdown(text)


def in_language(lesson: Lesson, text: str) -> str:
    """A text of a lesson as HTML among words of the page."""
    words = escaped(text)
    return words if lesson.language == OURS else f'<span lang="{lesson.language}">{words}</span>'


def ours(lesson: Lesson, words: str) -> str:
    """HTML of the page among a lesson's texts."""
    return words if lesson.language == OURS else f'<span lang="{OURS}">{words}</span>'
