"""A prediction: entered, locked in, then shown beside the truth with its distance and the why."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from regpath.lessons import Lesson, Prediction
from regpath.lessons.languages import OURS
from regpath.lessons.truths import (
    DRAWN_KINDS,
    PLACES,
    Truths,
    along_strengths,
    drawing_of,
    truth_in_words,
)
from regpath.number_format import POINT, current_format, num
from regpath.ui.controls.decimal_field import DecimalField
from regpath.ui.display import current_look, show_plain_chart
from regpath.ui.messages import escaped, literal
from regpath.ui.pages.lessons.spoken import spoken
from regpath.ui.pages.lessons.worked_out import shown_option
from regpath.ui.session.answers import lock
from regpath.ui.session.state import Key
from regpath.wording import number_text


@dataclass(frozen=True)
class AskedPrediction:
    """One prediction of a lesson, with what is known of it."""

    lesson: Lesson
    number: int
    truths: Truths

    @property
    def one(self) -> Prediction:
        """The prediction."""
        return self.lesson.predictions[self.number]

    @property
    def truth(self) -> Any:
        """What the data say."""
        return self.truths.answers[self.number]

    @property
    def key(self) -> str:
        """Key of its fields."""
        return f"{Key.PREDICTION.value}:{self.lesson.name}:{self.number}"


def ask(asked: AskedPrediction) -> None:
    """Ask for a prediction that is not locked yet."""
    st.markdown(f"**Predict {asked.number + 1} of {len(asked.lesson.predictions)}.** ")
    _question(asked)
    FIELDS[asked.one.kind](asked)
    st.button(
        "Lock it in",
        key=f"{asked.key}:lock",
        type="primary",
        icon=":material/lock:",
        disabled=_entered(asked) is None,
        on_click=_lock,
        args=(asked,),
        help="Once it is locked, the truth is shown beside it.",
    )


def _lock(asked: AskedPrediction) -> None:
    """Lock what stands in the field now: it may be newer than the page."""
    answer = _entered(asked)
    if answer is not None:
        lock(asked.lesson, answer)


def _entered(asked: AskedPrediction) -> Any:
    """The answer that stands in the field, if it is a whole one."""
    if asked.one.kind == "number":
        return _field_of(asked).take()
    given = st.session_state.get(f"{asked.key}:field")
    if asked.one.kind == "order":
        return given if given and len(given) == len(asked.truth) else None
    if asked.one.kind not in DRAWN_KINDS:
        return given
    drawn = given.get("drawn") if given else None
    if drawn is None:
        return None
    if asked.one.kind == "marker":
        return 10.0 ** float(drawn)
    return [round(float(value), 4) for value in drawn]


def reveal(asked: AskedPrediction, answer: Any) -> None:
    """Show the truth beside what was locked in, how far they are apart, and why."""
    one = asked.one
    st.markdown(f"**Predict {asked.number + 1} of {len(asked.lesson.predictions)}.** ")
    _question(asked)
    show_options(asked)
    if one.kind in DRAWN_KINDS:
        _draw(asked, answer, locked=True)
    distance = distance_of(asked, answer)
    right = distance <= one.within
    said, apart = WORDS[one.kind](asked, answer, distance)
    true = truth_in_words(one, asked.truth)
    mark = "✓" if right else "≠"
    is_theirs = one.kind == "choice" and asked.lesson.language != OURS
    spoken_as = f' lang="{asked.lesson.language}"' if is_theirs else ""
    st.html(
        f'<div class="rp-reveal" data-right="{str(right).lower()}">'
        f"<p><span>You predicted</span><b{spoken_as}>{escaped(said)}</b></p>"
        f"<p><span>The data say</span><b{spoken_as}>{escaped(true)}</b></p>"
        f"<p><span>{mark} Distance</span><b>{escaped(apart)}</b></p></div>"
    )
    st.text_input(
        "Why, in one sentence of yours?",
        key=f"{asked.key}:why",
        help="Say it before you open the explanation: that is what makes it stay.",
    )
    with st.expander("Why"):
        with spoken(asked.lesson, f"why{asked.number}"):
            st.markdown(asked.truths.filled(one.why))
        if one.formula:
            st.html(f'<p class="rp-formula">{escaped(asked.truths.filled(one.formula))}</p>')


def _question(asked: AskedPrediction) -> None:
    with spoken(asked.lesson, f"question{asked.number}"):
        st.markdown(asked.truths.filled(asked.one.question))


def distance_of(asked: AskedPrediction, answer: Any) -> float:
    """How far a locked answer is from the truth."""
    if asked.one.kind == "sketch":
        lambdas, _ = asked.truth
        answer = along_strengths(lambdas, answer)
    return asked.one.distance_from(answer, asked.truth)


def fits(asked: AskedPrediction, answer: Any) -> bool:
    """Whether what a link holds is an answer to this question."""
    one = asked.one
    if one.kind == "choice":
        return isinstance(answer, int) and 0 <= answer < len(one.options)
    if one.kind == "order":
        return isinstance(answer, list) and sorted(map(str, answer)) == sorted(asked.truth)
    if one.kind == "sketch":
        return isinstance(answer, list) and len(answer) == PLACES and all(map(_is_number, answer))
    return _is_number(answer) and (one.kind == "number" or answer > 0)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _field_of(asked: AskedPrediction) -> DecimalField:
    one = asked.one
    return DecimalField("Your prediction", f"{asked.key}:field", one.low, one.high, optional=True)


def _number(asked: AskedPrediction) -> None:
    one = asked.one
    _field_of(asked).draw(
        None,
        placeholder=f"between {num(one.low):g} and {num(one.high):g}"
        if isfinite(one.high)
        else None,
    )


def show_options(asked: AskedPrediction, place: str = "asked") -> None:
    """Show the pictures that are chosen between, if any are; a page may do so in two places."""
    pictures, options = asked.one.pictures, asked.one.options
    if not pictures:
        return
    across = st.columns(2, gap="medium") * len(pictures)
    for k, (option, picture) in enumerate(zip(options, pictures, strict=True)):
        with across[k], spoken(asked.lesson, f"{place}{asked.number}-{k}"):
            st.markdown(f"**{literal(option.says)}**")
            figure = shown_option(asked.lesson, asked.number, k, current_look())
            key = f"{asked.key}:{place}{k}"
            show_plain_chart(figure, key=key, alt=picture.see, leaves=False)


def _choice(asked: AskedPrediction) -> None:
    show_options(asked)
    options = [option.says for option in asked.one.options]
    with spoken(asked.lesson, f"choice{asked.number}", "options"):
        st.radio(
            "Your prediction",
            range(len(options)),
            format_func=lambda k: literal(options[k]),
            index=None,
            key=f"{asked.key}:field",
        )


def _order(asked: AskedPrediction) -> None:
    st.multiselect(
        "Your prediction: choose the first first, then the second, and so on",
        sorted(asked.truth),
        key=f"{asked.key}:field",
    )


def _marker(asked: AskedPrediction) -> None:
    _draw(asked, None, locked=False)
    st.caption("Drag the marker, tap where it should stand, or move it with the arrow keys.")


def _sketch(asked: AskedPrediction) -> None:
    _draw(asked, None, locked=False)
    st.caption("Draw with finger or mouse, tap single points, or move them with the arrow keys.")


def _draw(asked: AskedPrediction, answer: Any, *, locked: bool) -> None:
    """Show the chart on which a marker or a curve is put."""
    chart = asked.truths.charts[asked.number]
    assert chart is not None
    data = drawing_of(asked.one, chart, asked.truth, answer, locked=locked)
    numbers = current_format()
    if numbers is not POINT:
        data["numbers"] = [numbers.decimal, numbers.thousands]
    data["hash"] = hashlib.blake2b(json.dumps(data).encode(), digest_size=8).hexdigest()
    key = f"{asked.key}:{'shown' if locked else 'field'}"
    _component()(key=key, data=data, on_drawn_change=_heard)


def _heard() -> None:
    """What was drawn is read when the page runs again."""


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component("regpath.draw", js="draw.js")


FIELDS = {
    "number": _number,
    "choice": _choice,
    "order": _order,
    "marker": _marker,
    "sketch": _sketch,
}


def _of_number(asked: AskedPrediction, answer: Any, distance: float) -> tuple[str, str]:
    return number_text(answer), number_text(distance, 3)


def _of_choice(asked: AskedPrediction, answer: Any, distance: float) -> tuple[str, str]:
    return asked.one.options[answer].says, "none" if not distance else "another option"


def _of_order(asked: AskedPrediction, answer: Any, distance: float) -> tuple[str, str]:
    pairs = "pair" if distance == 1 else "pairs"
    return ", then ".join(answer), f"{num(distance):.0f} {pairs} the other way round"


def _of_marker(asked: AskedPrediction, answer: Any, distance: float) -> tuple[str, str]:
    factor = number_text(10.0**distance, 3)
    side = "too strong" if answer > asked.truth else "too weak"
    apart = "none" if factor == "1" else f"a factor of {factor}, {side}"
    return f"λ = {number_text(answer, 3)}", apart


def _of_sketch(asked: AskedPrediction, answer: Any, distance: float) -> tuple[str, str]:
    return "your curve", f"{num(distance):.0%} of its height, on average"


WORDS = {
    "number": _of_number,
    "choice": _of_choice,
    "order": _of_order,
    "marker": _of_marker,
    "sketch": _of_sketch,
}
