"""No p-values, and why; intervals from rows that had no say in the selection instead."""

from __future__ import annotations

from typing import Any

import streamlit as st

from regpath.charts import intervals_figure
from regpath.core.post_selection.split_sample import (
    WHY_NO_P_VALUES,
    SplitIntervals,
    split_intervals,
)
from regpath.core.regpath import RegPath
from regpath.core.selection import RULES
from regpath.number_format import num
from regpath.study import Study
from regpath.ui.controls.rules import rule_name
from regpath.ui.display import current_look, main_chart, show_chart
from regpath.ui.messages import literal
from regpath.ui.session.results import StudyResults
from regpath.ui.session.validation import seconds_of
from regpath.ui.session.work import Work, done

PER_CLASS = "Intervals need amounts or two classes: ask for one class against the rest."
NO_SELECTION = "L2 keeps every feature, so there is no selection to be honest about."
ONCE = "Another split chooses other features. Choose it once, not until you like the result."
LEVELS = (0.8, 0.9, 0.95, 0.99)  # that are offered


def show_intervals(results: StudyResults) -> None:
    """Say why there are no p-values, and give intervals from a split of the training rows."""
    path = results.study.path
    with st.expander("Why there are no p-values here", expanded=True):
        st.markdown(literal(WHY_NO_P_VALUES.format("on the page Stability", "below")))
    if path.coef_path.ndim == 3:
        st.info(PER_CLASS)
        return
    if path.l1_ratio == 0.0:
        st.info(NO_SELECTION)
        return
    found: SplitIntervals | None = done(_choose_work(results.study), results)
    if found is None:
        return
    for note in found.notes:
        st.warning(literal(note))
    _show(found, path)
    st.caption(literal(found.meaning))


def _choose_work(study: Study) -> Work:
    """Ask for rule, level and split."""
    columns = st.columns(3, vertical_alignment="bottom")
    by_score = [name for name, rule in RULES.items() if "cv" in rule.needs]
    rule = columns[0].selectbox(
        "Rule on the first half", by_score, key="interval_rule", format_func=rule_name
    )
    level = columns[1].selectbox(
        "Level", LEVELS, 2, key="interval_level", format_func=lambda v: f"{num(v):.0%}"
    )
    seed = columns[2].number_input(
        "Seed of the halves", 0, 99_999, 0, key="interval_seed", help=ONCE
    )
    path = study.path
    choices: dict[str, Any] = {
        **{"rule": rule, "level": float(level), "seed": int(seed)},
        **{"l1_ratio": path.l1_ratio, "penalty_factor": path.learned_factors},
    }
    return Work(
        what=f"intervals {rule} {level} {seed}",
        verb="Select on one half, estimate on the other",
        seconds=seconds_of(study, "random"),
        make=lambda tell: split_intervals(study.train, **choices),
    )


def _show(found: SplitIntervals, path: RegPath) -> None:
    """Draw the intervals, if there is any estimate."""
    table = found.to_frame()
    if not table["estimate"].notna().any():
        return
    scale = dict(zip(path.feature_names, path.x_scale, strict=True))
    spread = table["feature"].map(scale).to_numpy(float)
    sure = int(((table["low"] > 0) | (table["high"] < 0)).sum())
    with main_chart():
        show_chart(
            intervals_figure(found, spread, look=current_look()),
            table,
            key="intervals",
            room=None,
            alt=f"{len(table)} features chosen on {found.n_selecting} rows, with "
            f"{num(found.level):.0%} intervals from {found.n_estimating} others; {sure} do "
            "not cover zero.",
        )
