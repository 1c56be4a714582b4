"""The table of columns: what each was taken for, why, and what it is used as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from regpath.core.problems.problem import Problem
from regpath.io import Table
from regpath.io.diagnosis import ColumnReport
from regpath.io.options import DATE_PARTS, KINDS
from regpath.number_format import num
from regpath.ui.controls.roles import LEFT_OUT, assign, named_in_roles, role_of, roles_at
from regpath.ui.controls.search import found
from regpath.ui.display import is_slide, show_still, width_of_names
from regpath.ui.messages import literal
from regpath.ui.session.overrides import Override, options_of, overrides_of, set_override, take_back
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key

NAME, KIND, ROLE = "Column", "Kind", "Used as"
STILL = (NAME, KIND, ROLE, "Missing", "Examples")  # what a slide shows
FOUND = ("constant", "empty")  # kinds that are found but cannot be chosen
MOST_DATES = 6  # columns of dates whose parts are offered
LISTED = 1000  # columns; each is a row that the browser is sent
ROW_HEIGHT, MOST_ROWS = 35, 12  # pixels of Streamlit's row; rows without a scroll bar


def show_columns(source: Source, table: Table, target: str, problem: Problem | None) -> None:
    """Show the table; what is changed in it is changed at the side, too."""
    used = None if problem is None else _used(table, problem)
    reports = _chosen_reports(source.owner, _reports(table), target, used)
    rows = _rows(source, table, reports, target, used)
    key = _key(source.owner, rows)
    if is_slide():
        show_still(rows[list(STILL)], _steps(table, problem))
    fixed = [name for name in rows.columns if name not in (KIND, ROLE)]
    st.data_editor(
        rows,
        key=key,
        hide_index=True,
        column_config=_layout(source.owner, rows[NAME].tolist()),
        disabled=fixed if source.upload is not None else [*fixed, KIND],
        on_change=_edited,
        args=(key, source.owner, rows, used or dict.fromkeys(table.frame.columns)),
        height=ROW_HEIGHT * (min(len(rows), MOST_ROWS) + 1) + 3,
        alt=f"What each of {len(rows)} columns was taken for, why, and what it is used as.",
    )
    if source.upload is not None:
        _choose_parts(source.owner, table.diagnosis.columns)


def _steps(table: Table, problem: Problem | None) -> str:
    """Rows and columns at each step, as a sentence."""
    steps = [
        f"{step.name}: {num(step.rows):,} × {num(step.columns):,}" for step in table.diagnosis.steps
    ]
    if problem is not None:
        steps.append(
            f"rows and features of the model: {num(problem.n_obs):,} × {num(problem.n_features):,}"
        )
    return " → ".join(steps)


def _used(table: Table, problem: Problem) -> dict[str, None]:
    """The columns that features come from, in the table's order."""
    sources = set(problem.groups)
    return dict.fromkeys(c for c in table.frame.columns if c in sources)


def _reports(table: Table) -> list[ColumnReport]:
    """What is known of every column, those that are made of others last."""
    reports = list(table.diagnosis.columns)
    known = {report.name for report in reports}
    for name in table.frame.columns:
        if name not in known:
            values = table.frame[name]
            missing, distinct = int(values.isna().sum()), int(values.nunique())
            reports.append(ColumnReport(name, "number", 1.0, "made of dates", missing, distinct))
    return reports


def _chosen_reports(
    owner: str, reports: list[ColumnReport], target: str, used: Collection[str] | None
) -> list[ColumnReport]:
    """All of them; of a wide table those that are searched for, or unlike the rest, first."""
    if len(reports) <= LISTED:
        return reports
    by_name = {report.name: report for report in reports}
    wanted = found("the table of columns", Key.EDITOR.of(owner), by_name, LISTED)
    if len(wanted) == LISTED:  # nothing narrow was asked for
        odd = _unlike_the_rest(owner, reports, target, used)
        wanted = list(dict.fromkeys([*odd, *wanted]))[:LISTED]
        st.caption(
            f"{num(len(wanted)):,} of {num(len(reports)):,} columns, those that are unlike the "
            "rest first; search for others."
        )
    return [by_name[name] for name in wanted]


def _unlike_the_rest(
    owner: str, reports: list[ColumnReport], target: str, used: Collection[str] | None
) -> list[str]:
    """Names of the target and of columns of another kind or use, or with gaps."""
    ((usual, _),) = Counter(report.kind for report in reports).most_common(1)
    served = {target, *named_in_roles(owner)}
    return [
        report.name
        for report in reports
        if report.name in served
        or report.kind != usual
        or report.n_missing
        or not (used is None or report.name in used)
    ]


def _rows(
    source: Source,
    table: Table,
    reports: list[ColumnReport],
    target: str,
    used: Collection[str] | None,
) -> pd.DataFrame:
    roles = [
        role_of(report.name, source.owner, target, used) if report.name in table.frame else LEFT_OUT
        for report in reports
    ]
    return pd.DataFrame(
        {
            NAME: [report.name for report in reports],
            KIND: [report.kind for report in reports],
            ROLE: roles,
            "Sure": [report.confidence for report in reports],
            "Because": [report.reason for report in reports],
            "Missing": [report.n_missing for report in reports],
            "Distinct": [report.n_distinct for report in reports],
            "Examples": [", ".join(report.examples) for report in reports],
        }
    )


def _layout(owner: str, names: Sequence[str]) -> dict[str, Any]:
    column = st.column_config
    return {
        NAME: column.TextColumn(NAME, pinned=True, width=width_of_names(names)),
        KIND: column.SelectboxColumn(
            KIND,
            options=[*KINDS, *FOUND],
            required=True,
            width="small",
            help="What its cells mean. Another kind reads the file again; “ignore” leaves it out.",
        ),
        ROLE: column.SelectboxColumn(
            ROLE,
            options=list(roles_at(owner)),
            required=True,
            width="small",
            help="“set aside” is what cannot serve, such as IDs, unless it is asked for.",
        ),
        "Sure": column.ProgressColumn(
            "Sure",
            min_value=0.0,
            max_value=1.0,
            format="percent",
            width="small",
            help="How certain the guess of the kind is.",
        ),
        "Because": column.TextColumn("Because", width="medium"),
        "Missing": column.NumberColumn("Missing", width="small"),
        "Distinct": column.NumberColumn("Distinct", width="small"),
        "Examples": column.TextColumn("Examples", width="medium"),
    }


def _key(owner: str, rows: pd.DataFrame) -> str:
    """The editor's key: another one where what was edited in it no longer holds."""
    editions: dict[str, int] = st.session_state.setdefault(Key.EDITIONS, {})
    key = Key.EDITOR.of(f"{owner}:{editions.setdefault(owner, 0)}")
    edits = _edits(key)
    if all(
        place < len(rows) and rows[name].iloc[place] == value
        for place, changed in edits.items()
        for name, value in changed.items()
    ):
        return key
    editions[owner] += 1
    return Key.EDITOR.of(f"{owner}:{editions[owner]}")


def _edits(key: str) -> dict[int, dict[str, Any]]:
    edits: dict[int, dict[str, Any]] = st.session_state.get(key, {}).get("edited_rows", {})
    return edits


def _edited(key: str, owner: str, rows: pd.DataFrame, used: Collection[str]) -> None:
    """Carry over what is new in the editor; runs before anything is drawn."""
    for place, changed in _edits(key).items():
        row = rows.iloc[place]
        kind, role = changed.get(KIND, row[KIND]), changed.get(ROLE, row[ROLE])
        if kind != row[KIND]:
            set_kind(owner, str(row[NAME]), kind, guess=str(row[KIND]))
        if role != row[ROLE]:
            assign(str(row[NAME]), role, owner, used)


def set_kind(owner: str, column: str, kind: str, guess: str) -> None:
    """Override what a column was taken for; the guess itself takes an override back."""
    subject = f"kind {column}"
    before = overrides_of(owner).get(subject)
    guess = str(before.about) if before is not None else guess
    if kind == guess or kind in FOUND:
        take_back(owner, subject)
    else:
        text = f"Column {column!r} is read as {kind}."
        set_override(
            owner, subject, Override(text, {("columns", column, "kind"): kind}, about=guess)
        )


def _choose_parts(owner: str, reports: Collection[ColumnReport]) -> None:
    """Dates serve only in parts: ask for which."""
    options = options_of(overrides_of(owner).values())
    for report in [report for report in reports if report.kind == "date"][:MOST_DATES]:
        key = Key.PARTS.of(f"{owner}:{report.name}")
        st.session_state[key] = list(options.of(report.name).parts)
        st.pills(
            f"Parts of {literal(report.name)} to use as features",
            DATE_PARTS,
            key=key,
            selection_mode="multi",
            on_change=_set_parts,
            args=(owner, report.name, key),
            help="Dates cannot serve as they are. Days are counted from 2000-01-01.",
        )


def _set_parts(owner: str, column: str, key: str) -> None:
    parts = tuple(part for part in DATE_PARTS if part in st.session_state[key])
    subject = f"parts {column}"
    if not parts:
        take_back(owner, subject)
        return
    text = f"Of {column!r}, these parts are used: {', '.join(parts)}."
    set_override(owner, subject, Override(text, {("columns", column, "parts"): parts}))
