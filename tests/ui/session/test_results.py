"""Whose a result is, and how long it holds."""

import gc
import pickle
import subprocess
import sys
import weakref
from dataclasses import replace
from threading import Event, Thread
from types import SimpleNamespace

import cloudpickle
import pandas as pd
import pytest
import streamlit as st

from regpath import Model, ReadOptions, datasets, read_table, run_study, score_rows
from regpath.core.problems.likely_targets import likely_targets
from regpath.errors import DataError
from regpath.recipe import Recipe
from regpath.ui.session import computing, waiting
from regpath.ui.session import results as module
from regpath.ui.session.keys import STUDY, key_of
from regpath.ui.session.limits import reading_limits
from regpath.ui.session.results import StudyResults, forget_results, own_results, shared_results
from regpath.ui.session.source import Upload, bundled_source, uploaded_source
from regpath.ui.session.state import Key
from regpath.ui.session.store import Store
from regpath.ui.session.validation import known_validation, validation_of
from regpath.ui.session.waiting import PATIENCE, How
from regpath.ui.workers import serving
from regpath.ui.workers.lending import Content
from regpath.ui.workers.task import NO_PROCESS, Task
from regpath.ui.workers.worker import End

IRIS = Recipe("species", n_lambdas=8, n_folds=3)


@pytest.fixture
def session(monkeypatch):
    """One visitor's state; another one has another."""
    monkeypatch.setattr(st, "session_state", {})


@pytest.fixture
def upload():
    rows = "".join(f"{i % 7},{i * i % 11},{i % 2}\n" for i in range(40))
    return uploaded_source(Upload(f"a,b,y\n{rows}".encode(), "mine.csv", "file-1"))


def test_results_belong_to_everybody_or_to_everybody_who_has_the_bytes(session, upload):
    shared, own = bundled_source("iris").results, upload.results
    assert shared.is_shared
    assert not own.is_shared
    study = own.study(upload.table, Recipe("y", n_lambdas=5))
    key = key_of(upload.table.digest, study.recipe, STUDY)
    assert key in own.store
    assert key not in shared.store
    st.session_state = {}  # another visitor
    assert bundled_source("iris").results.store is shared.store
    assert key in upload.results.store
    other = uploaded_source(Upload(upload.upload.content + b"1,2,1\n", "mine.csv", "file-1"))
    assert key not in other.results.store


def test_the_same_bytes_are_computed_once_and_everybody_keeps_the_name(session, upload):
    recipe = Recipe("y", n_lambdas=5)
    first = upload.results.study(upload.table, recipe)
    mine = st.session_state
    st.session_state = {}
    again = uploaded_source(Upload(upload.upload.content, "secret plans.csv", "file-2"))
    second = again.results.study(again.table, recipe)
    assert second.path is first.path
    assert (first.table.name, second.table.name) == ("mine.csv", "secret plans.csv")
    st.session_state = mine
    assert upload.results.study(upload.table, recipe).table.name == "mine.csv"
    payload = StudyResults(second, again.results).payload(None, ())
    assert "secret" not in repr(payload)


def test_a_refusal_names_the_file_as_its_visitor_does_and_no_other(session):
    for name in ("one.csv", "two.csv"):
        st.session_state = {}
        with pytest.raises(DataError, match=name):
            _ = uploaded_source(Upload(b"a\n", name, name)).table


def test_what_was_computed_of_a_file_goes_with_the_last_who_brought_it(session):
    content = b"a,y\n" + b"".join(b"%d,%d\n" % (i % 7, i % 2) for i in range(40))
    visits = [{}, {}]
    for visit in visits:
        st.session_state = visit
        source = uploaded_source(Upload(content, "mine.csv", "file-1"))
        source.results.study(source.table, Recipe("y", n_lambdas=5))
    gone = weakref.ref(source.results.store)
    for left in (True, False):
        visits.pop().clear()
        gc.collect()
        assert (gone() is not None) == left


def test_results_about_a_file_go_with_it(session, upload):
    upload.results.study(upload.table, Recipe("y", n_lambdas=5))
    assert Key.RESULTS in st.session_state
    forget_results()
    assert Key.RESULTS not in st.session_state


def test_a_rule_and_its_number_recompute_neither_fit_nor_folds(monkeypatch):
    source = bundled_source("iris")
    study = source.results.study(source.table, IRIS)
    cv = validation_of(StudyResults(study, source.results))
    monkeypatch.setattr(computing, "run_study", None)
    for recipe in (replace(IRIS, rule="min"), replace(IRIS, rule="k_features", rule_value=2.0)):
        again = StudyResults(source.results.study(source.table, recipe), source.results)
        assert again.study.path is study.path
        assert again.study.recipe == recipe
        assert known_validation(again) is cv


@pytest.mark.parametrize("change", [{"n_folds": 4}, {"n_repeats": 2}, {"measure": "accuracy"}])
def test_other_folds_are_another_validation_of_the_same_fit(change):
    source = bundled_source("iris")
    study = source.results.study(source.table, IRIS)
    cv = validation_of(StudyResults(study, source.results))
    other = source.results.study(source.table, replace(IRIS, **change))
    assert other.path is study.path
    assert validation_of(StudyResults(other, source.results)) is not cv


@pytest.mark.parametrize("change", [{"seed": 1}, {"l1_ratio": 0.5}, {"n_lambdas": 9}])
def test_another_fit_has_results_of_its_own(change):
    source = bundled_source("iris")
    study = source.results.study(source.table, IRIS)
    validation_of(StudyResults(study, source.results))
    other = source.results.study(source.table, replace(IRIS, **change))
    assert other.path is not study.path
    assert known_validation(StudyResults(other, source.results)) is None


def test_a_refused_validation_is_none_that_is_known():
    source = bundled_source("iris")
    study = source.results.study(source.table, replace(IRIS, n_folds=1000))
    results = StudyResults(study, shared_results())
    with pytest.raises(ValueError, match="fold"):
        validation_of(results)
    assert known_validation(results) is None


def test_own_results_are_bounded(session, monkeypatch):
    monkeypatch.setattr(module, "KEPT_OWN", 2)
    store = own_results().store
    for name in "abc":
        store.put(name, name)
    assert "a" not in store


def test_workers_compute_what_pages_show_without_loading_streamlit():
    program = (
        "import sys\n"
        "from regpath.ui.session import computing\n"
        "from regpath.ui.workers import worker\n"
        "from importlib import import_module\n"
        "for name in worker.MODULES: import_module(name)\n"
        "print([name for name in ('streamlit', 'sklearn') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
    for make in ("table", "problem", "study", "payload"):
        assert callable(getattr(computing, f"compute_{make}"))


class Carrier:
    """A worker that answers at once, and says that it was one."""

    is_ready = takes_work = some_come = True

    def submit(self, request, when_done):
        task = Task(request, self, when_done)
        task.finish(End.MADE, request.make(lambda share: None))
        return task


def test_what_is_there_already_waits_for_nobody(monkeypatch):
    source, waited = bundled_source("iris"), []
    monkeypatch.setattr(module, "working_pool", Carrier)
    monkeypatch.setattr(module, "let_others_begin", waited.append)
    results = replace(source.results, store=Store(4))
    for _ in range(2):
        assert results.make("a", lambda tell: "A", How(patience=PATIENCE)) == "A"
    assert waited == [How(patience=PATIENCE)]


@pytest.fixture
def coming(monkeypatch):
    """Workers are on their way; who waits is counted, and they come with the third look."""
    looks, pools = [], []
    monkeypatch.setattr(serving, "_pools", pools)
    monkeypatch.setattr(serving, "_expected", Event())
    monkeypatch.setattr(waiting, "TICK", 0.0)

    def look():
        looks.append(1)
        if len(looks) == 3:
            pools.append(Carrier())

    monkeypatch.setattr(waiting, "get_run_yield_check", lambda: look)
    serving._expected.set()
    return looks


def test_what_a_stranger_brings_is_read_by_a_worker_though_none_is_ready_yet(
    session, coming, upload, monkeypatch
):
    asked = []
    submit = Carrier.submit
    monkeypatch.setattr(Carrier, "submit", lambda *given: asked.append(1) or submit(*given))
    assert upload.table.frame.shape == (40, 3)
    assert (len(coming), len(asked)) == (3, 1)


def test_what_the_shell_named_waits_for_no_worker(session, coming, upload):
    own = replace(upload, upload=replace(upload.upload, is_foreign=False))
    assert own.table.frame.shape == (40, 3)
    assert coming == []


@pytest.mark.parametrize("why", ["time is over", "none can be started", "no start succeeds"])
def test_where_no_worker_comes_a_file_is_read_here(session, coming, upload, monkeypatch, why):
    if why == "time is over":
        monkeypatch.setattr(waiting, "FOREIGN", 0.0)
    elif why == "no start succeeds":
        coming.clear()
        never = SimpleNamespace(is_ready=False, takes_work=False, some_come=False)
        monkeypatch.setattr(serving, "_pools", [never])
    else:
        monkeypatch.setattr(waiting, "get_run_yield_check", lambda: serving._expected.clear)
    assert upload.table.frame.shape == (40, 3)
    assert serving.ready_pool() is None
    assert len(coming) < 3  # it was not waited for what does not come


def test_who_asks_while_the_only_worker_is_replaced_is_queued_and_computes_if_none_comes(
    monkeypatch,
):
    asked, here = [], []

    class Lost(Carrier):
        is_ready = False

        def submit(self, request, when_done):
            asked.append(1)
            task = Task(request, self, when_done)
            Thread(target=task.finish, args=(None,), kwargs={"failure": NO_PROCESS}).start()
            return task

    monkeypatch.setattr(serving, "_pools", [Lost()])
    results = replace(bundled_source("iris").results, store=Store(4))
    for _ in range(2):
        assert results.make("a", lambda tell: here.append(1) or "A") == "A"
    assert (asked, here) == ([1], [1])


def test_targets_are_found_without_the_reports_of_columns_and_called_as_in_the_file():
    rows = "".join(f"{i % 7},{'ja' if i % 3 else 'nein'},{i * i % 5}\n" for i in range(40))
    table = read_table(f"a,krank,b\n{rows}".encode(), name="t")
    slim = computing.light(table)
    assert slim.diagnosis.columns == ()
    assert set(slim.reading.columns) == {"krank"}
    found = computing.find_likely_targets(slim, 6, None)
    assert found == likely_targets(table, most=6)
    assert {label for label, _ in found[0].counts} == {"ja", "nein"}


def test_new_rows_can_be_read_and_scored_by_workers():
    study = run_study(datasets.load("iris"), IRIS)
    made = Model.from_study(study, study.path.lambdas[3])
    new = computing.NewFile(Content(datasets.read_bytes("iris")), "new.csv", ReadOptions())
    there = pickle.loads(cloudpickle.dumps((made, new)))  # as a worker gets it
    table = computing.compute_new_table(*there, reading_limits(), None)
    rows = computing.compute_scored_rows(there[0], table, None)
    pd.testing.assert_frame_equal(rows.predictions, score_rows(made, table).predictions)
