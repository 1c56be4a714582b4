"""Work that is begun at once and lasts: it says how far it is, is stopped, and asked for again."""

import pytest
import streamlit as st

from regpath.ui.session import validation, work
from regpath.ui.session.state import Key

DIABETES = {"data": "diabetes", "target": "progression", "n_lambdas": "23", "n_folds": "5"}


@pytest.fixture
def said(monkeypatch):
    """What is said of folds, every word of it."""
    words, say = [], validation.fold_told
    monkeypatch.setattr(work, "SAID_AFTER", -1.0)
    monkeypatch.setattr(validation, "fold_told", lambda *at: words.append(say(*at)) or words[-1])
    return words


def test_quick_work_that_lasts_says_where_it_is_and_leaves_no_trace(visit, said):
    page = visit("choose", **DIABETES)
    assert page.fine()
    assert any("fold" in words for words in said)
    assert not [b for b in page.at.button if str(b.key).startswith("stop:")]


def test_quick_work_that_was_stopped_waits_until_it_is_asked_for(visit, monkeypatch):
    begin = work._run

    def stopped(what, results, *, after):
        work._leave(results.key(what.what))
        st.stop()

    monkeypatch.setattr(work, "_run", stopped)
    page = visit("choose", **(DIABETES | {"n_lambdas": "22"}))
    monkeypatch.setattr(work, "_run", begin)
    page.at.run()
    assert page.offers("Cross-validate")
    assert page.at.session_state[Key.UNWANTED] is not None
    page.press("Cross-validate")
    assert page.fine()
    assert not page.offers("Cross-validate")
    assert page.chart()["data"]
