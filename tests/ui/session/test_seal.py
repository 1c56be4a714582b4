"""The envelope of the test scores, where several visitors bring the same file."""

import pytest
import streamlit as st

from regpath.recipe import Recipe
from regpath.ui.session.results import StudyResults
from regpath.ui.session.seal import open_envelope, sealed
from regpath.ui.session.source import Upload, uploaded_source

CONTENT = "a,b,y\n" + "".join(f"{i % 7},{i * i % 11},{i % 2}\n" for i in range(60))
RECIPE = Recipe("y", n_lambdas=5, seal=True)


def study_of(name):
    """What a visitor with a name of his own for the file gets, his envelope opened."""
    source = uploaded_source(Upload(CONTENT.encode(), name, name))
    study = source.results.study(source.table, RECIPE)
    closed = sealed(StudyResults(study, source.results))
    assert (closed.parts, closed.table.name) == (("train",), name)
    open_envelope(study)
    return sealed(StudyResults(study, source.results))


@pytest.fixture
def nobody(monkeypatch):
    monkeypatch.setattr(st, "session_state", {})


def test_who_opens_an_envelope_that_others_opened_keeps_the_name_of_the_file(nobody):
    first = study_of("salaries of Ann.csv")
    first_visit, st.session_state = st.session_state, {}  # held: its results are gone with it
    second = study_of("mine.csv")
    assert second.parts == first.parts == ("train", "test")
    assert second.scores is first.scores  # computed once
    assert (first.table.name, second.table.name) == ("salaries of Ann.csv", "mine.csv")
    assert second.seal.openings == 1
    assert first_visit
