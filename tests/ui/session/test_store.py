from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from regpath.core.progress import Cancelled
from regpath.errors import DataError, RegpathError
from regpath.ui.session.store import REFUSED_FOR, Store
from regpath.ui.workers.task import LOST, NO_MEMORY, STOPPED, TOO_LONG, Request, Task
from regpath.ui.workers.worker import End


def naming(made, name):
    return lambda: made.append(name) or name


def test_results_are_computed_once_and_the_least_used_go_first():
    store, made = Store(2), []
    assert [store.get(name, naming(made, name)) for name in "abab"] == list("abab")
    assert made == ["a", "b"]
    store.get("c", naming(made, "c"))
    assert "a" not in store
    assert "b" in store
    assert store.get("a", naming(made, "a")) == "a"
    assert made == ["a", "b", "c", "a"]


def test_what_was_computed_elsewhere_is_kept_within_the_bound():
    store = Store(2)
    for name in "abc":
        store.put(name, name.upper())
    assert [store.known(name) for name in "abc"] == [None, "B", "C"]
    assert store.known("a", "nothing") == "nothing"
    assert store.get("c", lambda: "anew") == "C"


def test_a_result_may_be_none():
    store, made = Store(2), []
    for _ in range(2):
        assert store.get("a", lambda: made.append("a")) is None
    assert made == ["a"]
    assert store.known("a", "nothing") is None


def test_who_asks_while_a_result_is_computed_waits_for_it():
    store, made, asked = Store(2), [], Barrier(3)
    begun = Event()

    def slow():
        made.append("a")
        begun.set()
        asked.wait(240)
        return "A"

    def ask_later():
        begun.wait(240)
        asked.wait(240)
        return store.get("a", slow)

    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(store.get, "a", slow), *(pool.submit(ask_later) for _ in range(2))]
        assert [each.result(240) for each in waiting] == ["A"] * 3
    assert made == ["a"]


def test_another_key_does_not_wait():
    store, done = Store(2), Event()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(store.get, "a", lambda: done.wait(240))
        assert store.get("b", lambda: "B") == "B"
        done.set()
        assert waiting.result(240) is True


def test_a_refusal_is_worked_out_once_and_each_gets_an_error_of_his_own():
    store, asked = Store(2), []

    def refuse():
        asked.append("a")
        raise DataError("No column can serve.", "Bring another file.")

    errors = []
    for _ in range(3):
        with pytest.raises(
            DataError, match=r"No column can serve\. Bring another file\."
        ) as caught:
            store.get("a", refuse)
        errors.append(caught.value)
    assert asked == ["a"]
    assert len({id(error) for error in errors}) == 3
    assert store.known("a", "nothing") == "nothing"


@pytest.mark.parametrize("error", [ZeroDivisionError(), Cancelled(), SystemExit()])
def test_what_breaks_off_leaves_nothing_and_is_tried_again(error):
    store, tried = Store(2), []

    def break_off():
        tried.append("a")
        raise error

    for _ in range(2):
        with pytest.raises(type(error)):
            store.get("a", break_off)
    assert tried == ["a", "a"]
    assert "a" not in store
    assert store.get("a", lambda: "A") == "A"


def test_who_waited_for_what_breaks_off_computes_it():
    store, begun, broken = Store(2), Event(), Event()

    def break_off():
        begun.set()
        broken.wait(240)
        raise Cancelled

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(store.get, "a", break_off)
        begun.wait(240)
        second = pool.submit(store.get, "a", lambda: "A")
        broken.set()
        assert second.result(240) == "A"
        with pytest.raises(Cancelled):
            first.result(240)


class Beside:
    """A pool of one task, which ends when it is told to."""

    def __init__(self):
        self.tasks = []

    def begin(self, when_done):
        self.tasks.append(Task(Request(lambda tell: "A", "me"), self, when_done))
        return self.tasks[-1]

    def drop(self, task):
        task.finish(End.STOPPED, failure=STOPPED)

    def share_of(self, task):
        return 0.0


def wait(task):
    assert task.wait(240)


def test_who_asks_here_waits_for_what_is_computed_beside():
    store, beside = Store(2), Beside()
    with ThreadPoolExecutor(2) as pool:
        joined = pool.submit(store.join, "a", beside.begin, wait)
        while not (beside.tasks and beside.tasks[0].waiting):
            pass
        here = pool.submit(store.get, "a", lambda: pytest.fail("computed twice"))
        beside.tasks[0].finish(End.MADE, "A")
        assert (joined.result(240), here.result(20)) == ("A", "A")


def test_who_asks_beside_waits_for_what_is_computed_here():
    store, beside, begun, done = Store(2), Beside(), Event(), Event()

    def slow():
        begun.set()
        done.wait(240)
        return "A"

    with ThreadPoolExecutor(2) as pool:
        here = pool.submit(store.get, "a", slow)
        begun.wait(240)
        joined = pool.submit(store.join, "a", beside.begin, wait)
        done.set()
        assert (joined.result(240), here.result(20)) == ("A", "A")
    assert not beside.tasks


def test_who_waited_here_for_what_was_stopped_beside_computes_it():
    store, beside = Store(2), Beside()
    with ThreadPoolExecutor(2) as pool:
        joined = pool.submit(store.join, "a", beside.begin, wait)
        while not (beside.tasks and beside.tasks[0].waiting):
            pass
        here = pool.submit(store.get, "a", lambda: "mine")
        beside.tasks[0].stop()
        with pytest.raises(RegpathError, match="stopped"):
            joined.result(240)
        assert here.result(240) == "mine"


@pytest.mark.parametrize("failure", [LOST, NO_MEMORY, TOO_LONG], ids=["lost", "memory", "time"])
def test_what_failed_beside_is_tried_again_but_not_at_once(monkeypatch, failure):
    store, beside = Store(2), Beside()

    now = [1000.0]
    monkeypatch.setattr("regpath.ui.session.store.time.monotonic", lambda: now[0])
    for moment, tried in ((1000.0, 1), (1030.0, 1), (1000.0 + REFUSED_FOR + 1, 2)):
        now[0] = moment
        with pytest.raises(RegpathError, match=failure.message):
            store.join("a", beside.begin, lambda task: task.finish(None, failure=failure))
        assert len(beside.tasks) == tried
