"""Stability: which features half of the rows would choose again, and who replaces whom."""

from __future__ import annotations

import streamlit as st

from regpath.charts import false_figure, frequency_figure
from regpath.core.stability_selection.stability import Stability
from regpath.core.stability_selection.stable_set import THRESHOLD, StableSet
from regpath.export import tidy
from regpath.study import Study
from regpath.ui import address
from regpath.ui.controls.decimal_field import DecimalField
from regpath.ui.controls.strength import take
from regpath.ui.display import current_look, main_chart, show_chart, show_table
from regpath.ui.messages import in_words, literal
from regpath.ui.session.results import StudyResults
from regpath.ui.session.source import Source
from regpath.ui.session.stability import PAIRS, stability_work
from regpath.ui.session.state import Key, start
from regpath.ui.session.work import done
from regpath.ui.workspace import study_page
from regpath.wording import in_symbols, number_text

SWAPS = 100  # pairs that are listed
NOTHING_TO_COUNT = (
    "L2 keeps every feature at every strength: there is no selection to count. "
    "Choose L1 or an elastic net at the side."
)


@study_page
def show(source: Source, results: StudyResults) -> None:
    """Show the page."""
    study = results.study
    address.remember_recipe(source, study.recipe)
    if study.path.l1_ratio == 0.0:
        st.info(NOTHING_TO_COUNT)
        return
    threshold, max_false = _choose()
    stability = done(stability_work(study), results)
    if stability is None:
        return
    stable = stability.stable_set(threshold, max_false=max_false)
    _frequencies(study, stability, stable)
    left, right = st.columns(2, gap="medium")
    with left:
        _false(stability, stable, max_false)
    with right:
        _swaps(stability)


def _choose() -> tuple[float, float]:
    start(Key.N_PAIRS, PAIRS)
    start(Key.HALVES_SEED, 0)
    with st.container(key="rp-halves"):
        columns = st.columns(4)
    columns[0].number_input(
        "Pairs of halves",
        5,
        500,
        step=5,
        key=Key.N_PAIRS,
        help="Rows are dealt into two halves that share none, as often as this; each half is fit "
        "along the whole path.",
    )
    columns[1].number_input("Seed", 0, 99_999, key=Key.HALVES_SEED)
    with columns[2]:
        share = DecimalField("Stable from a share of", Key.THRESHOLD, 0.55, 1.0)
        threshold = share.draw(THRESHOLD)
    with columns[3]:
        false = DecimalField("False selections accepted", Key.MAX_FALSE, 0.1, 50.0)
        max_false = false.draw(1.0, help="The path is used as far as no more are to be expected.")
    assert threshold is not None
    assert max_false is not None
    return threshold, max_false


def _frequencies(study: Study, stability: Stability, stable: StableSet) -> None:
    """Draw the frequencies, and say which features are stable."""
    names = ", ".join(f"**{literal(name)}**" for name in stable.features[:12])
    more = f" and {len(stable.features) - 12} more" if len(stable.features) > 12 else ""
    st.markdown(f"Stable: {names}{more}." if names else "No feature is stable.")
    with main_chart():
        show_chart(
            frequency_figure(stability, stable, look=current_look()),
            stability.to_frame(),
            key="stability",
            room=440,
            broom=lambda: tidy(stability),
            alt=f"Share of {len(stability.selected)} halves that have selected each feature so "
            f"far. {in_symbols(stable.reason)}",
        )
    st.caption(in_words(stable.reason))
    for note in stability.notes:
        st.caption(literal(note))
    st.button(
        f"Choose λ = {number_text(stable.lam)}, the end of the shaded stretch",
        key="take_stable",
        on_click=take,
        args=(study, stable.index),
        icon=":material/check:",
    )
    with st.expander("Every feature"):
        show_table(stability.features_frame(stable.threshold), key="stable_features")


def _false(stability: Stability, stable: StableSet, max_false: float) -> None:
    st.header("False selections to be expected", anchor=False)
    limits = stability.expected_false(stable.threshold)
    frame = stability.to_frame()[["lambda", "n_selected", "q"]].assign(expected_false=limits)
    show_chart(
        false_figure(stability, stable, max_false, look=current_look()),
        frame,
        key="false_selections",
        alt=f"Bound on the expected number of false selections along the path; it reaches "
        f"{number_text(stable.expected_false, 3)} at λ = {number_text(stable.lam)}.",
    )


def _swaps(stability: Stability) -> None:
    """Who replaces whom."""
    st.header("Who replaces whom", anchor=False)
    pairs = stability.swaps()
    if pairs.empty:
        st.info("No two features avoid each other.")
        return
    first = pairs.iloc[0]
    st.markdown(
        f"**{literal(first['a'])}** and **{literal(first['b'])}** stand in for each other the "
        f"most: at λ = {number_text(first['lambda'])}, "
        f"{int(first['only_a'])} of {len(stability.selected)} halves take the first alone, "
        f"{int(first['only_b'])} the second alone, {int(first['both'])} both."
    )
    shown = ["a", "b", "lambda", "phi", "only_a", "only_b", "both", "neither"]
    show_table(pairs[shown].head(SWAPS), key="swaps")
    st.caption(
        "phi is the correlation of being selected, at the strength at which a pair avoids itself "
        "the most; near 0 it means nothing."
    )
