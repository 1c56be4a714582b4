"""What-if: pick a row, change it, and see its prediction's contributions move along the path."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from regpath.charts import parts_bars, parts_figure
from regpath.charts.names import class_told
from regpath.core.post_selection.contributions import Contributions, contributions
from regpath.core.problems.problem import Problem
from regpath.number_format import num
from regpath.study import Study
from regpath.ui.controls.classes import choose_class
from regpath.ui.controls.decimal_field import DecimalField
from regpath.ui.display import current_look, main_chart, show_chart, show_numbers, show_plain_chart
from regpath.ui.messages import literal
from regpath.ui.session.state import settle_written
from regpath.wording import number_text

MEANING = (
    "Counted from a row that is average in every feature. They say what the model does, not "
    "what would happen to somebody whose features were changed."
)
CHANGED = 6  # features that can be changed: those that matter most to the row


def show_what_if(study: Study, index: int) -> None:
    """Take the prediction of one row apart, along the path and at the chosen strength."""
    position = _choose_row(study)
    row = _features(study.train, position)
    k = choose_class(study.path, "what_if_class")
    found = contributions(study.path, row)
    with st.expander("Change the row"):
        changed = _change(study, found, row, index)
    if not np.array_equal(changed, row):
        before = _prediction(study, found, index, k)
        found = contributions(study.path, changed)
        st.markdown(f"Before: {before}  \nNow: {_prediction(study, found, index, k)}")
    else:
        st.markdown(_prediction(study, found, index, k))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _along_path(study, found, index, k)
    with right:
        _at_strength(study, found, index, k)
    st.caption(MEANING)


def _along_path(study: Study, found: Contributions, index: int, k: int) -> None:
    path = study.path
    parts = found.parts[k] if found.parts.ndim == 3 else found.parts
    with main_chart():
        show_chart(
            parts_figure(
                parts,
                path.feature_names,
                path.lambdas,
                index,
                look=current_look(),
                title=class_told("contribution", path, k),
            ),
            found.to_frame(),
            key="contributions",
            alt="What each feature adds to the linear predictor of the row, along the path. "
            f"{_largest(found, index, k)}",
        )


def _at_strength(study: Study, found: Contributions, index: int, k: int) -> None:
    show_plain_chart(
        parts_bars(found, index, look=current_look(), k=k),
        key="contribution_bars",
        alt=f"Largest contributions at the chosen strength. {_largest(found, index, k)}",
    )
    frame = found.at(float(study.path.lambdas[index]))
    show_numbers(frame, key="contributions_at", title="Contributions at the chosen strength")


def _choose_row(study: Study) -> int:
    """Ask for a training row by its number in the file."""
    rows = _row_numbers(study.train)
    names = {row: f"{row}: {_answer(study, i)}" for i, row in enumerate(rows)}
    settle_written("row", names, rows[0])
    row: Any = st.selectbox(
        "Row of the file",
        rows,
        key="row",
        format_func=names.__getitem__,
        help="Training rows; type a number to find one.",
    )
    return rows.index(row)


def _row_numbers(rows: Problem) -> list[Any]:
    if rows.frame is None:
        return list(range(1, rows.n_obs + 1))
    return list(rows.frame.index)


def _answer(study: Study, position: int) -> str:
    y = study.train.y[position]
    return str(study.path.classes[int(y)]) if study.path.classes else number_text(float(y))


def _features(rows: Problem, position: int) -> np.ndarray:
    row = rows.X[[position]]
    return np.asarray(row.toarray() if hasattr(row, "toarray") else row, dtype=float)[0]


def _change(study: Study, found: Contributions, row: np.ndarray, index: int) -> np.ndarray:
    """Ask for other values of the features that matter most."""
    parts = np.abs(found.parts[..., index])
    order = np.argsort(-(parts.max(axis=0) if parts.ndim == 2 else parts), kind="stable")[:CHANGED]
    changed = row.copy()
    for number, cell in enumerate(st.columns(3) * 2):
        if number >= len(order):
            break
        j = int(order[number])
        name = study.path.feature_names[j]
        with cell:
            field = DecimalField(literal(name), f"changed:{name}:{row[j]!r}")
            changed[j] = field.draw(float(row[j]))
    return changed


def _prediction(study: Study, found: Contributions, index: int, k: int) -> str:
    """The prediction in words."""
    loss, total, average = study.path.loss, found.total, found.baseline
    if not study.path.classes:
        mean = loss.mean(np.array([total[index], average[index]]))
        exposure = study.path.exposure_name
        unit = f" per unit of {literal(exposure)}" if exposure else ""
        this, usual = (number_text(each, 5) for each in mean[:2])
        return f"Prediction **{this}**{unit}, an average row {usual}."
    if loss.per_class:
        chance = loss.probabilities(total[:, index])[k]
        return f"Probability of **{literal(study.path.classes[k])}**: **{num(chance):.1%}**."
    _, chances = loss.probabilities(np.array([[total[index]], [average[index]]])).T
    label = literal(study.path.classes[1])
    of_all = f"of an average row {num(chances[1]):.1%}"
    return f"Probability of **{label}**: **{num(chances[0]):.1%}**, {of_all}."


def _largest(found: Contributions, index: int, k: int) -> str:
    frame: pd.DataFrame = found.at(float(found.path.lambdas[index]))
    names = [name for name in frame if str(name).startswith("contribution")]
    values = frame[names[min(k, len(names) - 1)]]
    at = int(values.abs().argmax())
    return f"Largest: {frame['feature'].iloc[at]}, {number_text(values.iloc[at], 3, signed=True)}."
