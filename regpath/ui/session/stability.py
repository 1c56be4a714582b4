"""Stability selection of a study's training rows: the settings as they stand, and the work."""

from __future__ import annotations

import streamlit as st

from regpath.core.stability_selection.assess_stability import assess_stability, stability_seconds
from regpath.core.stability_selection.stability import Stability
from regpath.study import Study
from regpath.ui.session.results import StudyResults
from regpath.ui.session.state import Key
from regpath.ui.session.work import Work

PAIRS = 50  # of halves, until a person says otherwise; Shah and Samworth's choice


def stability_work(study: Study) -> Work:
    """The selections on halves of the rows as work to be done."""
    n_pairs = int(st.session_state.get(Key.N_PAIRS, PAIRS))
    seed = int(st.session_state.get(Key.HALVES_SEED, 0))
    rows = study.weighted_train
    return Work(
        what=f"stability {n_pairs} {seed}",
        verb=f"Count selections on {2 * n_pairs} halves",
        seconds=stability_seconds(rows, study.path, n_pairs),
        make=lambda tell: assess_stability(
            rows, study.path, n_pairs=n_pairs, seed=seed, progress=tell
        ),
    )


def known_stability(results: StudyResults) -> Stability | None:
    """What was counted under the settings as they stand; None until it was."""
    found: Stability | None = results.known(stability_work(results.study).what)
    return found
