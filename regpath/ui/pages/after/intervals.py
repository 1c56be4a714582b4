"""No p-values, and why; intervals from rows that had no say in the selection instead."""

from __future__ import annotations

import streamlit as st

from regpath.charts import intervals_figure
from regpath.core.post_selection.split_sample import split_intervals, why_no_p_values
from regpath.core.selection import RULES
from regpath.ui.controls.rules import rule_name
from regpath.ui.display import chart, look
from regpath.ui.messages import literal
from regpath.ui.session.results import StudyResults
from regpath.ui.session.validation import seconds_of
from regpath.ui.session.work import Work, done


def show_intervals(results: StudyResults) -> None:
    """Say why there are no p-values, and give intervals from a split of the training rows."""
    study = results.study
    with st.expander("Why there are no p-values here", expanded=True):
        st.markdown(literal(why_no_p_values()))
    if study.path.family == "multinomial":
        st.info("Intervals need amounts or two classes: ask for one class against the rest.")
        return
    if study.path.l1_ratio == 0.0:
        st.info("L2 keeps every feature, so there is no selection to be honest about.")
        return
    columns = st.columns(3, vertical_alignment="bottom")
    by_score = [name for name, rule in RULES.items() if "cv" in rule.needs]
    rule = columns[0].selectbox(
        "Rule on the first half", by_score, key="interval_rule", format_func=rule_name
    )
    level = columns[1].selectbox(
        "Level", (0.8, 0.9, 0.95, 0.99), 2, key="interval_level", format_func=lambda v: f"{v:.0%}"
    )
    seed = columns[2].number_input(
        "Seed of the halves", 0, 99_999, 0, key="interval_seed",
        help="Another split chooses other features. Choose it once, not until you like the result.",
    )  # fmt: skip
    found = done(
        Work(
            what=f"intervals {rule} {level} {seed}",
            verb="Select on one half, estimate on the other",
            seconds=seconds_of(study, "random"),
            make=lambda tell: split_intervals(
                study.train, l1_ratio=study.path.l1_ratio, rule=rule, level=float(level),
                seed=int(seed),
            ),
        ),
        results,
    )  # fmt: skip
    if found is None:
        return
    for note in found.notes:
        st.warning(literal(note))
    scale = dict(zip(study.path.feature_names, study.path.x_scale, strict=True))
    table = found.to_frame()
    if table["estimate"].notna().any():
        spread = table["feature"].map(scale).to_numpy(float)
        chart(
            intervals_figure(found, spread, look=look()), table, key="intervals",
            alt=f"{len(table)} features chosen on {found.n_selecting} rows, with {level:.0%} "
            f"intervals from {found.n_estimating} others; "
            f"{int(((table['low'] > 0) | (table['high'] < 0)).sum())} do not cover zero.",
        )  # fmt: skip
    st.caption(literal(found.meaning))
