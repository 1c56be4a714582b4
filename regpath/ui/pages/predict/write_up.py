"""What tells others of the study: the report in its forms, and the hand-out."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from regpath.export import handout, report
from regpath.export.session_file import ENDING, text_of
from regpath.number_format import current_format, writing
from regpath.study import Study
from regpath.ui.saved import session_of
from regpath.ui.session.results import StudyResults
from regpath.ui.session.source import Source
from regpath.ui.session.stability import known_stability
from regpath.ui.session.state import Key
from regpath.ui.session.validation import known_validation

REPORTS = {
    "plain": ("Report", "report", "What was asked, repaired, chosen and found, to be printed."),
    "clinical": (
        "Report with TRIPOD+AI",
        "tripod",
        "The same with the items of TRIPOD+AI: those that facts answer, and those left to you.",
    ),
}


def show_write_up(source: Source, results: StudyResults, index: int) -> None:
    """Show a button for each page, which is written when it is asked for, and for the session."""
    study = results.study
    stem = Path(study.table.name).stem or "data"
    lam = float(study.path.lambdas[index])
    cv, stability = known_validation(results), known_stability(results)
    numbers = current_format()  # a page is written where no visitor is known

    def write(form: str) -> bytes:
        with writing(numbers):
            return report(study, lam=lam, cv=cv, stability=stability, form=form).encode()

    def hand_out() -> bytes:
        with writing(numbers):
            return handout(study, lam=lam, cv=cv).encode()

    with st.container(horizontal=True, vertical_alignment="center"):
        for form, (label, name, help) in REPORTS.items():
            st.download_button(
                label,
                data=partial(write, form),
                file_name=f"{stem}_{name}.html",
                mime="text/html",
                key=f"report:{form}",
                on_click="ignore",
                icon=":material/description:",
                help=f"{help} One page of HTML that loads nothing.",
            )
        st.download_button(
            "Hand-out",
            data=hand_out,
            file_name=f"{stem}_explorer.html",
            mime="text/html",
            key="handout",
            on_click="ignore",
            icon=":material/touch_app:",
            help="The explorer as one page that works from a stick, without server or network. "
            "regpath handout adds a teacher's text and makes those of a whole course.",
        )
        _session(source, study, index, stem)


def _session(source: Source, study: Study, index: int, stem: str) -> None:
    """Save everything that was chosen, with the data of a file only if a person says so."""
    with_data = source.upload is not None and st.session_state.get(Key.WITH_DATA, False)
    st.download_button(
        "Save session",
        data=text_of(session_of(source, study, index, with_data=with_data)).encode(),
        file_name=f"{stem}{ENDING}",
        mime="application/json",
        key="save_session",
        on_click="ignore",
        icon=":material/save:",
        help="Everything chosen, asked and found, to be opened again at the side, by "
        "regpath app FILE or by regpath.load_session. The data are in it only if you say so.",
    )
    if source.upload is not None:
        st.checkbox("with the data", key=Key.WITH_DATA)
