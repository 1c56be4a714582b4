"""Data: what was read, how, and what it means; every guess can be changed, every repair undone."""

from __future__ import annotations

import streamlit as st

from regpath.core.problems.problem import Problem
from regpath.io import Table
from regpath.number_format import num
from regpath.ui import address
from regpath.ui.controls.features import choose_building
from regpath.ui.controls.kept import forget_choices
from regpath.ui.controls.questions import (
    AskedFile,
    offer_take_back,
    questions_of,
    show_questions,
)
from regpath.ui.controls.target_question import QUESTION, offer_targets
from regpath.ui.messages import error_boundary, escaped, show_error
from regpath.ui.pages.data.alarms import show_alarms
from regpath.ui.pages.data.columns import show_columns
from regpath.ui.pages.data.fields import show_fields
from regpath.ui.pages.data.preview import show_preview, show_written
from regpath.ui.pages.data.repairs import show_repairs
from regpath.ui.session.overrides import forget
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key
from regpath.ui.workspace import Workspace, ask_first
from regpath.wording import counted


def show(workspace: Workspace) -> None:
    """Show the page."""
    if workspace.source is None:
        ask_first(workspace)
        return
    with error_boundary():
        table = _read(workspace.source)
        if table is None:
            return
        problem, trouble = _problem(workspace, table)
        _head(workspace.source, table, problem)
        if workspace.asks_target:
            _section(QUESTION)
            offer_targets(workspace.source)
        _questions(workspace.source, table)
        _section("Alarms")
        alarms = st.container()
        _section("Columns")
        target = (
            workspace.chosen.target if workspace.chosen is not None else _target(workspace.source)
        )
        show_columns(workspace.source, table, target, problem)
        _repairs(workspace.source, table)
        _section("First rows")
        show_preview(workspace.source, table)
        _section("From columns to features")
        choose_building(workspace.source, table, problem)
        with alarms:  # last: nothing else waits for them
            if workspace.asks_target:
                st.caption("They are looked for once it is said what is predicted.")
                return
            if trouble is not None:
                show_error(trouble)
                return
            show_alarms(workspace.source, workspace.recipe)
        address.remember_recipe(workspace.source, workspace.recipe)


def _read(source: Source) -> Table | None:
    """The table; where there is none, why, and all that may help."""
    try:
        return source.table
    except Exception as error:
        _title(source, "could not be read")
        show_error(error)
    offer_take_back(source.owner)
    _section("As written")
    show_written(source)
    _section("How it is read")
    show_fields(source)
    return None


def _problem(workspace: Workspace, table: Table) -> tuple[Problem | None, Exception | None]:
    assert workspace.source is not None
    if workspace.asks_target:
        return None, None
    try:
        return workspace.source.results.problem(table, workspace.recipe), None
    except Exception as error:
        return None, error


def _target(source: Source) -> str:
    return st.session_state.get(Key.TARGET.of(source.owner)) or ""


def _head(source: Source, table: Table, problem: Problem | None) -> None:
    diagnosis = table.diagnosis
    steps = [(step.name, step.rows, step.columns) for step in diagnosis.steps]
    if problem is not None:
        steps.append(("rows and features of the model", problem.n_obs, problem.n_features))
    with st.container(horizontal=True, vertical_alignment="center"):
        found = (
            f"{counted(len(diagnosis.repairs), 'repair')}, "
            f"{counted(len(diagnosis.questions), 'open question')}"
        )
        _title(source, found)
        st.button(
            "Reset",
            key=Key.RESET,
            on_click=_reset,
            args=(source.owner,),
            icon=":material/restart_alt:",
            help="Return to the guesses in everything on this page.",
        )
    items = "".join(
        f"<li><b>{num(rows):,} \u00d7 {num(columns):,}</b> {escaped(name)}</li>"
        for name, rows, columns in steps
    )
    st.html(f'<ol class="rp-steps" aria-label="Rows and columns at each step">{items}</ol>')


def _reset(owner: str) -> None:
    """Forget everything but what is predicted, which was no guess."""
    key = Key.TARGET.of(owner)
    target = st.session_state.get(key)
    forget(owner)
    forget_choices(owner)
    if target is not None:
        st.session_state[key] = target


def _title(source: Source, words: str) -> None:
    st.html(f'<div class="rp-head"><h1>{escaped(source.title)}</h1><p>{escaped(words)}</p></div>')


def _questions(source: Source, table: Table) -> None:
    questions = questions_of(source.owner, table.diagnosis)
    if questions:
        _section("Questions")
        show_questions(AskedFile(source.owner, is_fixed=source.upload is None), questions)


def _repairs(source: Source, table: Table) -> None:
    _section("Repairs")
    show_repairs(source, table.diagnosis)
    with st.expander("How the file is read"):
        show_fields(source)


def _section(title: str) -> None:
    st.header(title, anchor=False)
