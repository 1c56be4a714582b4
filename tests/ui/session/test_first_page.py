import logging
import pickle
import subprocess
import sys

import pytest

from regpath.ui import serve
from regpath.ui.explorer import NAME
from regpath.ui.session import computing, first_page, first_page_worker, results, validation
from regpath.ui.session.keys import ALARMS, STUDY, key_of


def key_about_first_page(what):
    return key_of(first_page.first_table().digest, first_page.first_recipe(), what)


@pytest.fixture
def nothing_known(monkeypatch):
    results._shared_store.clear()
    monkeypatch.setattr(first_page_worker, "_workers", [])


@pytest.fixture
def failing_process(monkeypatch, nothing_known):
    real = subprocess.Popen
    words = "import sys; print('no such luck', file=sys.stderr); sys.exit(3)"
    monkeypatch.setattr(
        first_page_worker.subprocess,
        "Popen",
        lambda command, **choices: real([sys.executable, "-c", words], **choices),
    )


def refuse_to_compute(monkeypatch):
    def anew(*arguments, **choices):
        raise AssertionError("computed anew")

    for module, name in (
        (computing, "run_study"),
        (results, "look_for_alarms"),
        (computing, "payload_of_study"),
        (validation, "validate_study"),
    ):
        monkeypatch.setattr(module, name, anew)


def test_what_a_new_visitor_sees_comes_from_the_process_beside(
    open_page, monkeypatch, nothing_known
):
    first_page_worker.start_worker()
    refuse_to_compute(monkeypatch)
    serve.prepare()
    page = open_page()
    assert page.fine()
    monkeypatch.undo()
    known = page.payload
    results._shared_store.clear()
    assert open_page().payload == known  # computed here, it is the same


def test_where_the_process_fails_the_page_is_computed_here_and_it_is_logged(
    open_page, failing_process, caplog
):
    first_page_worker.start_worker()
    with caplog.at_level(logging.ERROR):
        assert first_page_worker.result_of(key_about_first_page(STUDY)) is None
        assert open_page().fine()
        assert first_page_worker.result_of(key_about_first_page(ALARMS)) is None
    (record,) = (each for each in caplog.records if "first page" in each.message)
    assert "ended with code 3" in record.message
    assert "no such luck" in record.message


def test_other_pages_do_not_wait_for_the_process(monkeypatch):
    class Slow:
        def results(self, stage):
            raise AssertionError("waited")

    monkeypatch.setattr(first_page_worker, "_workers", [Slow()])
    recipe = first_page.first_recipe()
    assert first_page_worker.result_of(key_of("other data", recipe, STUDY)) is None
    other = key_of(first_page.first_table().digest, first_page.Recipe("diagnosis"), STUDY)
    assert first_page_worker.result_of(other) is None


def test_only_the_alarms_wait_for_the_alarms(monkeypatch):
    class OfPage:
        def results(self, stage):
            assert stage == 0, "waited for the alarms"
            return {}

    monkeypatch.setattr(first_page_worker, "_workers", [OfPage()])
    for what in (STUDY, "anything"):
        assert first_page_worker.result_of(key_about_first_page(what)) is None


def test_the_process_hands_over_the_page_and_then_its_alarms():
    command = [sys.executable, "-m", "regpath.ui.session.first_page"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        page, alarms = (pickle.load(process.stdout) for _ in first_page.STAGES)
        assert process.wait() == 0
    assert page.keys() == first_page.compute_page().keys()
    study = page[key_about_first_page(STUDY)]
    assert study.recipe == first_page.first_recipe().of_fit
    assert alarms == first_page.compute_alarms()


def test_the_explorer_is_loaded_ahead_once_and_never_in_its_place(open_page):
    def mounted():
        found = page.at.get("bidi_component")
        return [each for each in found if each.proto.component_name == NAME]

    page = open_page()
    assert len(mounted()) == 2
    page.at.run()
    assert len(mounted()) == len(page.sent) == 1


def test_where_no_process_can_be_started_the_page_is_computed_here_and_it_is_logged(
    open_page, monkeypatch, nothing_known, caplog
):
    def refuse(command, **choices):
        raise OSError("no more processes")

    monkeypatch.setattr(first_page_worker.subprocess, "Popen", refuse)
    first_page_worker.start_worker()
    assert "No process could be started" in caplog.text
    assert open_page().fine()


def test_a_process_that_hangs_is_ended_and_the_page_computed_here(
    monkeypatch, nothing_known, caplog
):
    real = subprocess.Popen
    hangs = [sys.executable, "-c", "import time; time.sleep(3600)"]
    monkeypatch.setattr(
        first_page_worker.subprocess, "Popen", lambda command, **choices: real(hangs, **choices)
    )
    monkeypatch.setattr(first_page_worker, "LONGEST", 0.1)
    first_page_worker.start_worker()
    for what in (STUDY, ALARMS):
        assert first_page_worker.result_of(key_about_first_page(what)) is None
    assert first_page_worker._workers[0]._process.returncode
    assert "the rest is computed here" in caplog.text
