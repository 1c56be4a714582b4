"""Rules on a page: what each chooses, which of them are marked, and where the cursor starts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from regpath.core.selection import RULES, Selection
from regpath.core.stability_selection.stability import Stability
from regpath.core.validation.cv_result import CVResult
from regpath.errors import RegpathError
from regpath.explorer import Mark, marks_of
from regpath.study import Study
from regpath.ui.controls.control import EVERYWHERE
from regpath.ui.controls.table import CONTROLS
from regpath.ui.session.results import StudyResults
from regpath.ui.session.stability import known_stability
from regpath.ui.session.state import Key
from regpath.ui.session.validation import known_validation


def selections(results: StudyResults, cv: CVResult | None) -> dict[str, Selection | str]:
    """What each rule chooses, or why it cannot."""
    stability = known_stability(results)
    return {rule: _selection(rule, results.study, cv, stability) for rule in RULES}


def _selection(
    rule: str, study: Study, cv: CVResult | None, stability: Stability | None
) -> Selection | str:
    if "frequencies" in RULES[rule].needs and stability is None:
        return "Count selections on the Stability page first."
    frequencies: Any = None if stability is None else stability.frequency
    try:
        return RULES[rule].select(
            study.path if cv is None else cv,
            CONTROLS["rule_value"].read(replace(EVERYWHERE, rule=rule)),
            problem=study.weighted_train,
            frequencies=frequencies,
        )
    except RegpathError as error:
        return f"{error.message} {error.hint}".strip()


def marks(results: StudyResults, cv: CVResult | None) -> tuple[Mark, ...]:
    """The strengths to mark: that of the chosen rule first, then the usual ones and any wanted."""
    study = results.study
    wanted = [study.recipe.rule, *st.session_state.get(Key.MARKED, ())]
    stability = known_stability(results)
    found = (_selection(rule, study, cv, stability) for rule in dict.fromkeys(wanted))
    return marks_of(study.path, cv, [each for each in found if isinstance(each, Selection)])


def known_marks(results: StudyResults) -> tuple[Mark, ...]:
    """The marks that can be had without a cross-validation that was not made yet."""
    return marks(results, known_validation(results))


def rules_frame(found: dict[str, Selection | str]) -> pd.DataFrame:
    """One row per rule that chooses: what it chooses, keeps and costs, and why."""
    chosen = [each for each in found.values() if isinstance(each, Selection)]
    return pd.DataFrame(
        {
            "rule": [rule_label(each.rule) for each in chosen],
            "lambda": [each.lam for each in chosen],
            "features kept": [each.n_kept for each in chosen],
            "score": [each.score for each in chosen],
            "score lost": [each.score_lost for each in chosen],
            "why": [each.reason for each in chosen],
        }
    )


def rule_label(rule: str) -> str:
    """A rule in a few characters."""
    return RULES[rule].label


def rule_name(rule: str) -> str:
    """What a person calls a rule."""
    return f"{RULES[rule].label}: {RULES[rule].title}"
