"""Computations beside this process: what comes back, who comes first, what a lost worker does."""

import gc
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from regpath import Recipe, datasets, run_study
from regpath.errors import DataError, RegpathError
from regpath.ui.session.store import Store
from regpath.ui.workers import serving
from regpath.ui.workers.cores import cores
from regpath.ui.workers.pool import Budget, Pool
from regpath.ui.workers.task import Request

SOON = 240.0  # seconds; a busy machine may need them, and no other waits for them
RECIPE = Recipe("species", n_lambdas=8)


@pytest.fixture(scope="module")
def pool():
    """One worker: what is asked for meanwhile has to queue."""
    pool = Pool(Budget(workers=1, megabytes=512))
    assert pool.wait_until_ready(SOON)
    yield pool
    pool.close()


def ask(pool, make, visitor="a", seconds=1.0, when_done=lambda task: None):
    return pool.submit(Request(make, visitor, seconds), when_done)


def outcome(task):
    assert task.wait(SOON)
    return task.result()


def until(what):
    end = time.monotonic() + SOON
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def long(tell):
    import time

    for i in range(4000):
        time.sleep(0.01)
        tell(i / 4000)
    return "done"


def test_a_worker_gives_what_this_process_would(pool):
    table = datasets.load("iris")
    made = outcome(ask(pool, lambda tell: run_study(table, RECIPE)))
    here = run_study(table, RECIPE)
    assert made.table.digest == table.digest
    np.testing.assert_allclose(made.path.coef_path, here.path.coef_path, rtol=1e-9, atol=1e-12)


def test_a_refusal_comes_back_as_itself_and_any_other_error_too(pool):
    def refuse(tell):
        raise DataError("Nothing there.", "Bring more.")

    with pytest.raises(DataError, match=r"Nothing there\. Bring more\."):
        outcome(ask(pool, refuse))
    with pytest.raises(RuntimeError, match="ZeroDivisionError: division by zero"):
        outcome(ask(pool, lambda tell: 1 / 0))
    assert outcome(ask(pool, lambda tell: 7)) == 7


def test_what_a_pool_says_of_itself_has_the_names_that_a_server_without_one_says(pool):
    assert tuple(pool.state()) == serving.STATE


def test_what_cannot_travel_is_told_to_who_waits(pool):
    lock = Event()
    with pytest.raises(TypeError):
        outcome(ask(pool, lambda tell: lock.is_set()))
    assert outcome(ask(pool, lambda tell: 7)) == 7


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is bounded on Linux")
def test_a_computation_has_a_budget_of_memory(pool):
    with pytest.raises(RegpathError, match="more memory"):
        outcome(ask(pool, lambda tell: len(bytearray(2**31))))
    assert outcome(ask(pool, lambda tell: 7)) == 7


def test_cheap_work_goes_first_and_nobody_before_those_who_wait_with_nothing_at_work(pool):
    order = []
    first = ask(pool, long, visitor="greedy")
    until(lambda: first.line is not None)
    asked = [("greedy", 0.1), ("b", 30.0), ("c", 2.0), ("b", 1.0)]
    tasks = [
        ask(pool, lambda tell: 0, *each, when_done=lambda task, each=each: order.append(each))
        for each in asked
    ]
    first.stop()
    for task in tasks:
        outcome(task)
    assert order.index(("b", 1.0)) < order.index(("c", 2.0)) < order.index(("b", 30.0))


def test_who_leaves_takes_work_off_the_queue_or_stops_it(pool):
    running, queued = ask(pool, long), ask(pool, long)
    until(lambda: running.share > 0.0)
    queued.stop()
    assert pool.state()["queued"] == 0
    with pytest.raises(RegpathError, match="It was stopped"):  # who is not counted waits, too
        outcome(queued)
    running.stop()
    with pytest.raises(RegpathError, match="stopped"):
        outcome(running)


def test_a_killed_worker_is_replaced_and_its_work_tried_again_twice(pool, tmp_path):
    def dies_twice(tell, seen=str(tmp_path)):
        import os
        import signal
        from pathlib import Path

        n = len(list(Path(seen).iterdir()))
        (Path(seen) / str(n)).touch()
        if n < 2:
            os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else 9)
        return n

    assert outcome(ask(pool, dies_twice)) == 2
    assert pool.state()["tried_again"] >= 2


def test_what_kills_every_worker_is_given_up_and_others_go_on(pool):
    def dies(tell):
        import os
        import signal

        os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else 9)

    with pytest.raises(RegpathError, match="given up"):
        outcome(ask(pool, dies))
    assert outcome(ask(pool, lambda tell: 7)) == 7


def test_what_takes_too_long_is_ended_even_if_it_does_not_listen():
    pool = Pool(Budget(workers=1, seconds=0.5))
    try:
        assert pool.wait_until_ready(SOON)

        def deaf(tell):
            import time

            time.sleep(600)

        for make in (long, deaf):
            with pytest.raises(RegpathError, match="longer than"):
                outcome(ask(pool, make))
    finally:
        pool.close()


def test_many_who_ask_share_one_computation_and_the_last_to_leave_stops_it(pool):
    store, begun = Store(4), []

    def begin(when_done):
        begun.append(ask(pool, lambda tell: 41 + 1, when_done=when_done))
        return begun[0]

    def wait(task):
        assert task.wait(SOON)

    first = ask(pool, long)  # the one worker is busy until all have come
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(store.join, "key", begin, wait) for _ in range(8)]
        until(lambda: begun and begun[0].waiting == 8)
        first.stop()
        assert [each.result(SOON) for each in asked] == [42] * 8
    assert len(begun) == 1
    assert store.known("key") == 42

    left = Event()
    tasks = []

    def begin_long(when_done):
        tasks.append(ask(pool, long, when_done=when_done))
        return tasks[0]

    def leave(task):
        left.wait(SOON)
        raise KeyboardInterrupt

    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(store.join, "long", begin_long, leave) for _ in range(2)]
        until(lambda: tasks and tasks[0].waiting == 2)
        assert not tasks[0].is_done
        left.set()
        for each in asked:
            assert isinstance(each.exception(SOON), KeyboardInterrupt)
    assert tasks[0].wait(SOON)
    assert store.known("long") is None


def test_a_refusal_is_not_worked_out_twice(pool):
    store, begun = Store(4), []

    def refuse(tell):
        raise DataError("Nothing there.")

    def begin(when_done):
        begun.append(1)
        return ask(pool, refuse, when_done=when_done)

    for _ in range(2):
        with pytest.raises(DataError, match="Nothing there"):
            store.join("key", begin, lambda task: task.wait(SOON))
    assert len(begun) == 1


def test_signal_of_a_worker_is_there_while_it_works(pool):
    task = ask(pool, long)
    until(lambda: task.share > 0.0)
    assert pool.worker_of(task) != os.getpid()
    os.kill(pool.worker_of(task), signal.SIGTERM)
    until(lambda: task.attempts == 2)
    task.stop()
    assert task.wait(SOON)


def test_a_lost_worker_takes_nobody_elses_work_with_it():
    pool = Pool(Budget(workers=2))
    try:
        until(lambda: all(process.is_ready for process in pool._processes))
        innocent = ask(pool, long, visitor="a")
        until(lambda: innocent.share > 0.0)

        def dies(tell):
            import os
            import signal

            os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else 9)

        with pytest.raises(RegpathError, match="given up"):
            outcome(ask(pool, dies, visitor="b"))
        assert innocent.attempts == 1
        assert not innocent.is_done
        innocent.stop()
    finally:
        pool.close()
    assert innocent.is_done


def test_a_worker_uses_its_share_of_the_cores_and_no_more(monkeypatch):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "7")  # the server's own, whatever it is

    def threads(tell):
        from threadpoolctl import threadpool_info

        return [each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"]

    pool = Pool(Budget(workers=2))
    try:
        found = outcome(ask(pool, threads))
    finally:
        pool.close()
    assert set(found) <= {max(1, cores() // 2)}


def test_dear_work_leaves_a_worker_to_others():
    pool = Pool(Budget(workers=2))
    try:
        until(lambda: all(process.is_ready for process in pool._processes))
        dear = [ask(pool, long, visitor=name, seconds=60.0) for name in "ab"]
        until(lambda: any(task.share > 0.0 for task in dear))
        assert outcome(ask(pool, lambda tell: 7, visitor="c", seconds=0.1)) == 7
        assert pool.state()["queued"] == 1
    finally:
        pool.close()
    for task in dear:
        with pytest.raises(RegpathError, match="ending"):
            task.result()
    with pytest.raises(RegpathError, match="ending"):
        ask(pool, long)


def test_workers_forget_what_nobody_holds_any_more(pool):
    held = [datasets.load("digits").frame]
    outcome(ask(pool, lambda tell: len(held[0])))
    assert len(pool._lender) >= 1

    def kept(tell):
        from regpath.ui.workers import worker

        return len(worker._desks[0].borrower._kept)

    before = outcome(ask(pool, kept))
    assert before >= 1
    held.clear()
    gc.collect()
    until(lambda: outcome(ask(pool, kept)) < before)


def test_an_error_that_cannot_travel_is_told_and_costs_no_worker(pool):
    class OddError(Exception):
        def __init__(self, one, two):
            super().__init__(f"{one} and {two}")

    def fail(tell):
        raise OddError(1, 2)

    again = pool.state()["tried_again"]
    with pytest.raises(RuntimeError, match="1 and 2"):
        outcome(ask(pool, fail))
    assert pool.state()["tried_again"] == again
