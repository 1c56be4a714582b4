"""What is to be predicted: asked in the middle of the page before anything is fit to a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from regpath.core.families import family_of
from regpath.core.problems.likely_targets import LikelyTarget, unfit
from regpath.number_format import num
from regpath.ui.messages import escaped, literal
from regpath.ui.session.computing import find_likely_targets, light
from regpath.ui.session.keys import LIKELY_TARGETS, ResultKey
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key
from regpath.wording import counted

QUESTION = "What do you want to predict?"
SHOWN = 6  # columns that are offered
REASONS = 4  # of columns that cannot be predicted; the others are not named
LETTERS = 34  # of a name on a button


def is_target_asked(source: Source) -> bool:
    """Whether a person has yet to say which column of a file is predicted."""
    if source.bundled is not None:
        return False
    return st.session_state.get(Key.TARGET.of(source.owner)) not in set(source.table.frame.columns)


def choose_any_target(owner: str, columns: Sequence[str]) -> None:
    """A field for the side: any column, none yet."""
    key = Key.TARGET.of(owner)
    st.session_state[key] = None
    st.selectbox(
        "Target",
        list(columns),
        index=None,
        key=key,
        placeholder="What to predict",
        help="The column to predict. Nothing is fit before it is chosen.",
    )


def ask_target(source: Source) -> None:
    """Ask in the middle of the page."""
    rows, columns = source.table.frame.shape
    st.html(
        f'<div class="rp-head"><h1>{QUESTION}</h1><p>{escaped(source.title)}: '
        f"{num(rows):,} rows, {counted(columns, 'column')}. One column is predicted from the "
        "others; nothing is fit before you choose it.</p></div>"
    )
    offer_targets(source)


def offer_targets(source: Source) -> None:
    """Offer the likely columns with what is in them, and any other by name."""
    frame, owner = source.table.frame, source.owner
    if len(frame.columns) == 1:
        st.warning(
            f"Only one column was found, {literal(repr(frame.columns[0]))}: there is nothing to "
            "predict it from. The Data page shows the file as written, and reads it by another "
            "delimiter."
        )
        return
    table = source.table
    key = ResultKey(table.digest, "", LIKELY_TARGETS)
    offered: tuple[LikelyTarget, ...] = source.results.make(
        key, partial(find_likely_targets, light(table), SHOWN)
    )
    with st.container(horizontal=True, gap="small"):
        for i, column in enumerate(offered):
            _offer(column, Key.PREDICT.of(f"{owner}:{i}"), partial(_predict, owner, column.name))
    if not offered:
        _say_reasons(source)
    other = Key.OTHER_TARGET.of(owner)
    st.selectbox(
        "Another column" if offered else "A column all the same",
        list(frame.columns),
        index=None,
        key=other,
        placeholder="Type or choose",
        on_change=lambda: _predict(owner, st.session_state[other]),
    )


def _predict(owner: str, column: str) -> None:
    st.session_state[Key.TARGET.of(owner)] = column


def _offer(column: LikelyTarget, key: str, choose: partial[None]) -> None:
    name = column.name if len(column.name) <= LETTERS else column.name[: LETTERS - 1] + "…"
    with st.container(border=True, width=286, key=f"rp-card-{key}"):
        st.button(
            f"Predict {literal(name)}",
            key=key,
            on_click=choose,
            type="primary" if column.is_known else "secondary",
            width="stretch",
            help=literal(column.name) if name != column.name else None,
        )
        st.html(_kind(column) + (_shares(column) if column.counts else _heights(column)))


def _kind(column: LikelyTarget) -> str:
    family = family_of(column.family)
    classes = "Two classes" if family.two_classes else "Several classes"
    kind = "An amount" if column.range is not None else classes
    missing = f" · {counted(column.n_missing, 'gap')}" if column.n_missing else ""
    return f'<p class="rp-kind"><b>{kind}</b>: {escaped(family.model)}{missing}</p>'


def _shares(column: LikelyTarget) -> str:
    """A bar for each class."""
    rows = sum(n for _, n in column.counts)
    lines = [
        f"<li><span>{escaped(label)}</span>"
        f'<i style="width:{100 * n / rows:.1f}%"></i><b>{100 * n / rows:.0f} %</b></li>'
        for label, n in column.counts
    ]
    return f'<ul class="rp-shares">{"".join(lines)}</ul>'


def _amount(value: float) -> str:
    """A number of four digits may be a year, which has no thousands."""
    text = f"{num(value):.6g}" if abs(value) < 10_000 else f"{num(value):,.6g}"
    return text.replace("-", "\u2212")


def _heights(column: LikelyTarget) -> str:
    """A histogram, and between what the amounts lie."""
    assert column.range is not None
    tallest = max(column.histogram)
    bars = "".join(f'<i style="height:{100 * n / tallest:.0f}%"></i>' for n in column.histogram)
    low, high = (_amount(end) for end in column.range)
    return (
        f'<div class="rp-heights" role="img" aria-label="Histogram from {low} to {high}">{bars}'
        f'</div><p class="rp-ends"><span>{low}</span><span>{high}</span></p>'
    )


def _say_reasons(source: Source) -> None:
    frame = source.table.frame
    reasons = [error.message for name in frame.columns[:REASONS] if (error := unfit(frame[name]))]
    st.warning(f"No column looks like one to predict. {literal(' '.join(reasons))}")
