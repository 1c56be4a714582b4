"""Explore: data and choices at the side, one cursor through everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from regpath.charts import certificate_figure, folds_figure, measure_name
from regpath.choosing import BestOnTest
from regpath.core.selection import Selection
from regpath.core.validation.cv_result import CVResult
from regpath.errors import RegpathError
from regpath.explorer import Mark
from regpath.study import Study
from regpath.ui import address, explorer
from regpath.ui.controls.longer_grid import best_at_an_end, may_go_on, offer_longer_grid
from regpath.ui.controls.rules import marks, rule_label
from regpath.ui.controls.section import asked_section, section_is_open
from regpath.ui.controls.sidebar import choose_validation
from regpath.ui.controls.strength import is_asked, owner_of
from regpath.ui.controls.strength_strip import show_strip
from regpath.ui.display import current_look, show_plain_chart
from regpath.ui.messages import error_boundary, show_error, show_notes, user_error
from regpath.ui.pages.data.alarms import show_badge
from regpath.ui.pages.explore import panels
from regpath.ui.session.background import Job
from regpath.ui.session.results import StudyResults
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key
from regpath.ui.session.validation import (
    fold_told,
    forget_job,
    known_validation,
    seconds_of,
    validation_beside,
    validation_of,
)
from regpath.ui.session.work import AT_ONCE
from regpath.ui.visit import keep_in_tab
from regpath.ui.workers.serving import working_pool
from regpath.ui.workspace import Workspace, ask_first, heading

PROOF = "proof"
# Seconds that a chart waits for quick folds, rather than to be drawn twice: where others wait for
# charts of theirs, and where nobody does.
GLANCE, LOOK = 0.1, 2.0


@dataclass(frozen=True)
class Validated:
    """What there is of a cross-validation.

    Attributes
    ----------
    cv : CVResult or None
    note : str
        Why there is none, if that has to be said.
    job : Job or None
        What makes it beside the page.
    """

    cv: CVResult | None = None
    note: str = ""
    job: Job | None = None


@dataclass(frozen=True)
class Explored:
    """What one explorer shows: all that stays the same while its cursor moves.

    Attributes
    ----------
    study : Study
    source : Source
    first : Mark
        Where the cursor stands at first.
    payload : dict
        What is drawn.
    owner : str
        What a choice belongs to.
    best_on_test : BestOnTest or None
        None where the test curve is not seen.
    """

    study: Study
    source: Source
    first: Mark
    payload: dict[str, Any]
    owner: str
    best_on_test: BestOnTest | None


def show(workspace: Workspace, data_page: StreamlitPage) -> None:
    """Show the page."""
    explorer.leave()
    if workspace.source is None or workspace.asks_target:
        ask_first(workspace)
        return
    source = workspace.source
    try:
        results = workspace.study()
    except Exception as error:
        show_error(error)
        st.page_link(data_page, label="Look at the data", icon=":material/table_chart:")
        return
    with error_boundary():
        study = results.study
        if asked_section((PROOF,)):
            st.session_state[Key.DETAILS] = True
            section_is_open()
        validated = _validated(results)
        cv, notes = validated.cv, ((validated.note,) if validated.note else ())
        marked = marks(results, cv)
        payload = results.payload(cv, marked)
        badge = _head(study, source, (*study.notes, *(cv.notes if cv else ()), *notes))
        owner = owner_of(study)
        _settle_start(owner, marked[0], validated.job is not None)
        best = best_at_an_end(cv)
        come_apart = payload["separated_from"] is not None
        urgent = best is not None and may_go_on(study.path, best, come_apart=come_apart)
        with st.container():  # in every run: an explorer that changes its place is made anew
            if validated.job is not None:
                _watch(validated.job, study)
            if urgent:
                _show_end(study, source.owner, best, come_apart)
        _explore(Explored(study, source, marked[0], payload, owner, panels.temptation(study)))
        if not urgent:
            _show_end(study, source.owner, best, come_apart)
        with st.container(horizontal=True):
            panels.downloads(study, source)
            panels.more_tables(study)
            panels.offer_paths(study, lambda: _index_of(owner))
        _details(study, cv)
        show_badge(badge, source, study.recipe, data_page)  # last: the chart does not wait for it


def _validated(results: StudyResults) -> Validated:
    """Cross-validation if it is wanted and possible; otherwise a note that says why not."""
    with st.sidebar:
        wanted = choose_validation(results)
    if not wanted:
        forget_job()
        return Validated()
    try:
        known = known_validation(results)
        if known is None and (working_pool() is not None or not _is_quick(results.study)):
            return _beside(results)
        with st.spinner("Cross-validating …"):
            return Validated(validation_of(results))
    except RegpathError as error:
        return Validated(note=_why(error))


def _is_quick(study: Study) -> bool:
    return seconds_of(study, study.recipe.folds) <= AT_ONCE


def _beside(results: StudyResults) -> Validated:
    """What takes a while is made beside the page, which can be used meanwhile."""
    job = validation_beside(results)
    if not job.wait(_patience(results.study)):
        return Validated(job=job)
    if job.is_stopped:
        return Validated(note="The cross-validation was stopped.")
    if job.error is not None:
        return Validated(note=_why(user_error(job.error)))
    return Validated(validation_of(results))


def _patience(study: Study) -> float:
    """How long the chart waits for its folds."""
    pool = working_pool()
    if pool is None or not _is_quick(study):
        return 0.0
    return GLANCE if pool.state()["queued"] else LOOK


def _why(error: RegpathError) -> str:
    return f"No cross-validation: {error.message} {error.hint}"


@st.fragment(run_every=0.5)
def _watch(job: Job, study: Study) -> None:
    """How far the cross-validation is, and how to stop it."""
    while job.said:
        st.toast(job.said.popleft(), icon=":material/refresh:")
    if job.is_over:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key="rp-job"):
        st.progress(job.share, text=f"Cross-validating: {fold_told(study, job.share)}")
        st.button("Stop", key="stop_job", on_click=job.stop)


def _index_of(owner: str) -> int:
    choice = explorer.choice_of(owner)
    return 0 if choice is None else choice.index


def _settle_start(owner: str, first: Mark, is_pending: bool) -> None:
    """Whoever has not moved the cursor while folds were fit stands at the rule's choice then."""
    state = st.session_state
    before = state.get(Key.UNSETTLED)
    choice = explorer.choice_of(owner)
    if is_pending and (choice is None or before == (owner, choice.index)):
        state[Key.UNSETTLED] = (owner, first.index if choice is None else choice.index)
        return
    if not is_pending and choice is not None and before == (owner, choice.index):
        explorer.move_cursor(owner, first.index)
    state[Key.UNSETTLED] = None  # last: a run that is broken off before is made anew


def _show_end(study: Study, owner: str, best: Selection | None, come_apart: bool) -> None:
    """Say where the best validation score stands at an end of the grid."""
    if best is None:
        return
    what = f"{rule_label('min')}, which validation prefers,"
    offer_longer_grid(study, owner, best, what, key="extend", come_apart=come_apart)


def _head(study: Study, source: Source, notes: tuple[str, ...]) -> DeltaGenerator:
    """Say what was fit on what; return the place for the alarms."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        heading(study, source)
        badge = st.empty()
        show_notes(notes)
    return badge


@st.fragment
def _explore(shown: Explored) -> None:
    """All that a release runs again: little, so that the answer is there at once."""
    source, study = shown.source, shown.study
    with error_boundary():
        if is_asked():
            st.rerun()  # what was typed takes another fit, so the whole page runs
        start = address.choice_in_address(shown.first.index)
        choice = explorer.ask_explorer(
            shown.payload, shown.owner, start, n_lambdas=len(study.path.lambdas)
        )
        explorer.arrive()
        address.remember(source, study, choice, PROOF if st.session_state.get(Key.DETAILS) else "")
        keep_in_tab(source, study)
        with st.container(horizontal=True, vertical_alignment="center"):
            panels.show_chosen(study, choice.index)
            panels.script(study, choice.index)
        show_strip(source, study, choice.index, "explore")
        panels.peeked(shown.best_on_test, choice.index)


def _details(study: Study, cv: CVResult | None) -> None:
    """Charts that are drawn on request; none of them carries the cursor."""
    if not st.toggle("Show the proof of every point and the folds", key=Key.DETAILS):
        return
    look = current_look()
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**Proof of every point**")
        show_plain_chart(
            certificate_figure(study.path, look=look),
            key="certificate",
            alt=f"KKT violation and relative duality gap of {len(study.path.lambdas)} strengths; "
            f"{int(study.path.converged.sum())} are at most 1e-6.",
        )
    if cv is None:
        return
    with right:
        st.markdown("**Every fold**")
        show_plain_chart(
            folds_figure(cv, look=look),
            key="folds",
            alt=f"{measure_name(cv.measure)} of each of {len(cv.folds)} folds along the path, "
            "and their mean.",
        )
