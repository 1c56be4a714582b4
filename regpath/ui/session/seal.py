"""The envelope of the test scores: whose it is, how often it was opened, and its controls."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from regpath.core.leakage.seal import Seal
from regpath.study import Study
from regpath.ui.session.results import StudyResults
from regpath.ui.session.state import Key


@dataclass(frozen=True)
class Envelope:
    """What happened to the scores of some test rows in this session.

    Attributes
    ----------
    openings : int
    open_for : frozenset of str
        Settings under which it was opened; they have been seen.
    """

    openings: int = 0
    open_for: frozenset[str] = frozenset()


def sealed(results: StudyResults) -> Study:
    """The study with its test scores shown or hidden, as the envelope stands."""
    study = results.study
    if study.test is None:
        return study
    if not study.recipe.seal:
        _seen().add(rows_of(study))
        return study
    envelope = envelope_of(study)
    if settings_of(study) not in envelope.open_for:
        return replace(study, seal=Seal(on=True, openings=envelope.openings))
    opened = results.get("opened", study.opened)
    seal = Seal(on=True, is_open=True, openings=envelope.openings)
    # Computed once for all who have the bytes, whatever each of them calls the file.
    return replace(opened, table=study.table, recipe=study.recipe, seal=seal)


def envelope_of(study: Study) -> Envelope:
    """The envelope of a study's test rows."""
    envelopes: dict[str, Envelope] = st.session_state.setdefault(Key.OPENINGS, {})
    return envelopes.get(rows_of(study), Envelope())


def open_envelope(study: Study) -> None:
    """Open it for the settings of this study; one opening more."""
    now = envelope_of(study)
    st.session_state[Key.OPENINGS][rows_of(study)] = Envelope(
        now.openings + 1, now.open_for | {settings_of(study)}
    )


def was_seen(study: Study) -> bool:
    """Whether the test scores were on view before they were sealed."""
    return rows_of(study) in _seen()


def rows_of(study: Study) -> str:
    """What decides which rows are tested on."""
    recipe = study.recipe
    split = (recipe.target, recipe.test_size, recipe.seed, recipe.group, recipe.time)
    return repr((study.table.digest, *split, recipe.missing == "drop", recipe.duplicates))


def settings_of(study: Study) -> str:
    """What decides the curve of the test scores; a point more on it is the same curve."""
    return replace(study.recipe.of_fit, seal=False, extra_lambdas=()).to_query()


def _seen() -> set[str]:
    seen: set[str] = st.session_state.setdefault(Key.SEEN, set())
    return seen
