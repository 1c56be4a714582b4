"""A worksheet: a lesson's text and questions on paper, with room for answers and empty axes."""

from __future__ import annotations

from html import escape

from regpath.lessons.languages import OURS
from regpath.lessons.lesson import Lesson, Prediction
from regpath.lessons.reading import LIVE

STYLE = (
    "body { font: 12pt/1.45 Georgia, serif; max-width: 44em; margin: 2em auto; } "
    "h1 { font-size: 1.4em } li { margin: 0 0 1.4em } .room { border-bottom: 1px solid; "
    "height: 1.6em } .box { display: inline-block; width: 1em; height: 1em; border: 1px solid; "
    "margin-right: .5em } svg { width: 100%; height: 9em } "
    "@media print { li { break-inside: avoid } }"
)
AXES = (
    '<svg viewBox="0 0 600 130" role="img" aria-label="empty axes"><path d="M30 5V105H590" '
    'fill="none" stroke="currentColor"/><text x="30" y="124">strong penalty</text>'
    '<text x="590" y="124" text-anchor="end">weak penalty</text></svg>'
)
LINE = '<p class="room"></p>'


def worksheet(lesson: Lesson) -> str:
    """A page to print: nothing on it gives a truth away.

    Parameters
    ----------
    lesson : Lesson

    Returns
    -------
    str
        HTML that loads nothing.

    Examples
    --------
    >>> from regpath import lessons
    >>> from regpath.lessons.worksheet import worksheet
    >>> page = worksheet(lessons.lesson_called("twins"))
    >>> "In what share of the halves" in page or "in what share of the halves" in page
    True
    """
    paragraphs = "".join(f"<p>{_plain(part)}</p>" for part in lesson.text.strip().split("\n\n"))
    ours = "" if lesson.language == OURS else f' lang="{OURS}"'  # words of regpath on the sheet
    questions = "".join(f"<li>{_question(one, ours)}</li>" for one in lesson.predictions)
    looked = "".join(f"<li>{_plain(step.do)}{LINE}</li>" for step in lesson.steps)
    return (
        f'<!DOCTYPE html><html lang="{escape(lesson.language)}"><head><meta charset="utf-8">'
        f"<title>{escape(lesson.title)}</title><style>{STYLE}</style></head><body>"
        f"<h1>{escape(lesson.title)}</h1><p{ours}>Name: ______________________</p>"
        f"<p><i>{escape(lesson.goal)}</i></p>{paragraphs}"
        f"<h2{ours}>Predict first</h2><ol>{questions}</ol><h2{ours}>Then look</h2>"
        f"<ol>{looked}</ol>"
        f"<h2{ours}>In one sentence: what do you take away?</h2>{LINE}{LINE}</body></html>"
    )


def _question(one: Prediction, ours: str) -> str:
    asked = f"<p>{_plain(one.question)}</p>"
    if one.kind == "choice":
        seen = [f": {picture.see}" for picture in one.pictures] or [""] * len(one.options)
        boxes = "".join(
            f'<p><span class="box"></span>{_plain(option.says + words)}</p>'
            for option, words in zip(one.options, seen, strict=True)
        )
        why = f"<p{ours}>Why?</p>{LINE}"
        return f"{asked}{boxes}{why}"
    room = f"<div{ours}>{AXES}</div>" if ours else AXES
    if one.kind not in ("marker", "sketch"):
        room = LINE
    return f"{asked}{room}<p{ours}>Why?</p>{LINE}"


def _plain(text: str) -> str:
    """Text without Markdown's stars; a live number is a gap to fill in."""
    return LIVE.sub("______", escape(text).replace("**", "").replace("*", ""))
