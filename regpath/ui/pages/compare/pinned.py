"""A against B: one study is pinned, and whatever is chosen afterwards is compared with it."""

from __future__ import annotations

import streamlit as st

from regpath.charts import pinned_figure
from regpath.differences import Differences, compare_studies
from regpath.number_format import num
from regpath.study import Study
from regpath.ui.controls.classes import choose_class
from regpath.ui.display import current_look, main_chart, show_chart, show_table
from regpath.ui.messages import literal
from regpath.ui.session.pin import Pin, hold
from regpath.ui.session.state import Key
from regpath.wording import counted, number_text


def show_pinned(study: Study, index: int, title: str) -> None:
    """Pin A, and compare what is chosen now, B, with it."""
    pin: Pin | None = st.session_state.get(Key.PINNED)
    now = Pin(study, index, title)
    left, right = st.columns([3, 2], vertical_alignment="center")
    with left:
        if pin is None:
            st.markdown(
                "Pin the present choice as **A**, then change anything at the side: penalty, "
                "features, seed, data. What is chosen then is **B**, beside A."
            )
        else:
            st.markdown(f"**A** {literal(_in_words(pin))}  \n**B** {literal(_in_words(now))}")
    with right, st.container(horizontal=True):
        st.button(
            "Pin this as A",
            key="pin",
            on_click=hold,
            args=(now,),
            icon=":material/keep:",
            type="primary" if pin is None else "secondary",
        )
        if pin is not None:
            st.button("Unpin", key="unpin", on_click=hold, args=(None,))
    if pin is not None:
        _differences(pin, now)


def _in_words(pin: Pin) -> str:
    path = pin.study.path
    return (
        f"{pin.title}: {path.target}, l1_ratio {num(path.l1_ratio):g}, {path.n_obs} rows, "
        f"λ = {number_text(pin.lam)}, {counted(int(path.n_nonzero[pin.index]), 'feature')}"
    )


def _differences(a: Pin, b: Pin) -> None:
    found = compare_studies(a.study, b.study, a.lam, b.lam)
    path = b.study.path
    k = choose_class(path, "pinned_class")
    with main_chart():
        show_chart(
            pinned_figure(a.study.path, path, (a.lam, b.lam), look=current_look(), k=k),
            found.coefs,
            key="pinned",
            alt=f"Paths of B in colour and those of A dotted behind. Kept by both: "
            f"{len(found.kept())}, by A alone: {len(found.kept('a only'))}, by B alone: "
            f"{len(found.kept('b only'))}.",
        )
    _what_differs(found)


def _what_differs(found: Differences) -> None:
    if not found.same_rows:
        st.warning(
            "A and B did not learn from the same rows and were not tested on the same: scores "
            "differ by the rows, too."
        )
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**Choices that differ**")
        if found.choices.empty:
            st.caption("None.")
        else:
            show_table(found.choices.map(_written), key="choices")
    with right:
        st.markdown("**Scores**")
        show_table(found.scores, key="score_differences")
    both = found.kept()
    for status, words in (("a only", "A alone"), ("b only", "B alone"), ("both", "both")):
        # With several classes a feature may be kept by both in one class and by one in another.
        names = both if status == "both" else [n for n in found.kept(status) if n not in both]
        if names:
            listed = ", ".join(literal(name) for name in names[:15])
            more = f" and {len(names) - 15} more" if len(names) > 15 else ""
            st.markdown(f"Kept by **{words}** ({len(names)}): {listed}{more}")


def _written(value: object) -> str:
    """A choice as a person writes it."""
    return number_text(value, 6) if isinstance(value, float) else str(value)
