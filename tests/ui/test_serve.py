import pickle
import subprocess
import sys

import pytest

from regpath.ui import serve
from regpath.ui.controls import folds as validating
from regpath.ui.session import cache, results
from regpath.ui.session import first_page as first
from regpath.ui.session import first_page_worker as ahead


@pytest.fixture
def nothing_known(monkeypatch):
    for kept in (cache._bundled_study, results._common):
        kept.clear()
    monkeypatch.setattr(ahead, "_workers", [])


def refuse_to_compute(monkeypatch):
    def anew(*arguments, **choices):
        raise AssertionError("computed anew")

    for module, name in (
        (cache, "run_study"), (cache, "_alarms"), (first, "drawn"), (validating, "validate_study"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, anew)


def test_what_a_new_visitor_sees_comes_from_the_process_ahead(
    open_page, monkeypatch, nothing_known
):
    ahead.start()
    refuse_to_compute(monkeypatch)
    serve.prepare()
    page = open_page()
    assert page.fine()
    monkeypatch.undo()
    known = page.payload
    for kept in (cache._bundled_study, results._common):
        kept.clear()
    assert open_page().payload == known  # computed here, it is the same


def test_where_the_process_fails_the_page_is_computed_here(open_page, monkeypatch, nothing_known):
    real = subprocess.Popen
    failing = [sys.executable, "-c", "import sys; sys.exit(1)"]
    monkeypatch.setattr(
        ahead.subprocess, "Popen", lambda command, **choices: real(failing, **choices)
    )
    ahead.start()
    assert ahead.first_page(first.first_name(), first.first_recipe().of_fit.to_query()) is None
    assert open_page().fine()
    assert ahead.first_alarms(first.first_name(), first.first_recipe().of_fit.to_query()) is None


def test_other_pages_do_not_wait_for_the_process(monkeypatch):
    class Slow:
        def said(self, place):
            raise AssertionError("waited")

    monkeypatch.setattr(ahead, "_workers", [Slow()])
    assert ahead.first_page("iris", "target=species") is None


def test_the_process_says_the_page_and_then_its_alarms():
    done = subprocess.run(
        [sys.executable, "-m", "regpath.ui.session.first_page"], capture_output=True, check=True
    )
    page = pickle.loads(done.stdout)
    assert page.study.recipe == first.first_recipe()
    assert page.payload["version"] == first.work_out().payload["version"]
    assert done.stdout.endswith(pickle.dumps(cache.alarms_of(
        page.study.table, page.study.recipe, bundled=first.first_name()
    ))[-20:])  # fmt: skip


def test_the_explorer_is_loaded_ahead_once_and_never_in_its_place(open_page):
    page = open_page()
    assert len(page.at.get("bidi_component")) == 2
    page.at.run()
    assert len(page.at.get("bidi_component")) == len(page.sent) == 1


def test_where_no_process_can_be_started_the_page_is_computed_here(
    open_page, monkeypatch, nothing_known
):
    def refuse(command, **choices):
        raise OSError("no more processes")

    monkeypatch.setattr(ahead.subprocess, "Popen", refuse)
    ahead.start()
    assert open_page().fine()
