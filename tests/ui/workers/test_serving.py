"""Whether the server has workers."""

import os

import pytest

from regpath.ui import serve
from regpath.ui.session import warm_up
from regpath.ui.workers import cores, pool, serving


@pytest.fixture(autouse=True)
def no_pool(monkeypatch):
    monkeypatch.setattr(serving, "_pools", [])
    for name in cores.BLAS:  # what a server writes there is taken back
        monkeypatch.setenv(name, os.environ.get(name, ""))


class Ready:
    is_ready, closed = True, False

    def __init__(self, budget):
        self.budget = budget

    def close(self):
        self.closed = True


def test_the_environment_says_how_many_workers_and_what_they_may_use(monkeypatch):
    monkeypatch.setattr(pool, "Pool", Ready)
    for name, value in ((serving.WORKERS, "3"), (serving.SECONDS, "20"), (serving.MEGABYTES, "9")):
        monkeypatch.setenv(name, value)
    serving.start_pool()
    made = serving.ready_pool()
    assert made.budget == pool.Budget(workers=3, seconds=20, megabytes=9)
    serving.stop_pool()
    assert made.closed
    assert serving.ready_pool() is None


def test_a_first_page_that_cannot_be_prepared_leaves_nobody_without_workers(monkeypatch, caplog):
    def fails():
        raise MemoryError("no room")

    begun = []
    monkeypatch.setattr(serve, "prepare", fails)
    monkeypatch.setattr(serve, "SECONDS_TO_DRAW", 0.0)
    monkeypatch.setattr(serve, "start_pool", lambda: begun.append(1))
    serve.prepare_and_start_workers()
    assert begun == [1]
    assert "no room" in caplog.text


def test_no_worker_is_started_where_none_is_wanted(monkeypatch):
    monkeypatch.setattr(pool, "Pool", Ready)
    monkeypatch.setenv(serving.WORKERS, "0")
    serving.start_pool()
    assert serving.ready_pool() is None


def test_where_no_second_process_can_be_started_the_server_computes_and_says_so(
    monkeypatch, caplog
):
    def refuse(budget):
        raise OSError("no process")

    monkeypatch.setattr(pool, "Pool", refuse)
    serving.start_pool()
    assert serving.ready_pool() is None
    assert "No second process" in caplog.text


@pytest.mark.parametrize(("workers", "beside"), [("", True), ("2", True), ("0", False)])
def test_a_server_with_workers_does_not_get_ready_to_compute(monkeypatch, workers, beside):
    warmed = []
    monkeypatch.setenv(serving.WORKERS, workers)
    monkeypatch.setattr(warm_up, "warm_up", lambda: warmed.append("kernels"))
    monkeypatch.setattr(warm_up, "freeze_and_trim", lambda: None)
    serving.expect_pool()
    assert serving.computes_beside() == beside
    warm_up._warm_up()
    assert bool(warmed) != beside
    serving.stop_pool()
    assert not serving.computes_beside()


def test_a_server_with_workers_computes_with_one_thread_unless_it_is_told_otherwise(monkeypatch):
    for name in cores.BLAS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MKL_NUM_THREADS", "3")
    monkeypatch.setenv(serving.WORKERS, "0")
    serving.expect_pool()
    assert "OPENBLAS_NUM_THREADS" not in os.environ
    monkeypatch.setenv(serving.WORKERS, "2")
    serving.expect_pool()
    assert [os.environ[name] for name in cores.BLAS] == ["1", "3"]
    serving.stop_pool()


@pytest.mark.parametrize(
    ("n_cores", "workers", "said", "threads"),
    [(2, 2, "", 1), (8, 2, "", 4), (8, 2, "3", 3), (2, 5, "", 1), (8, 1, "many", 8)],
)
def test_cores_are_dealt_out_among_workers(monkeypatch, n_cores, workers, said, threads):
    monkeypatch.setattr(cores, "cores", lambda: n_cores)
    monkeypatch.setenv("OMP_NUM_THREADS", said)
    assert set(cores.worker_environment(workers).values()) == {str(threads)}


def test_a_server_that_gets_no_workers_gets_ready_to_compute(monkeypatch):
    def refuse(budget):
        raise OSError("no process")

    monkeypatch.setattr(pool, "Pool", refuse)
    serving.expect_pool()
    serving.start_pool()
    assert not serving.computes_beside()


class Known:
    """A pool that tells, whether or not a worker of it answers."""

    is_ready = takes_work = some_come = False

    def state(self):
        return dict(zip(serving.STATE, range(len(serving.STATE)), strict=True))


def test_what_was_counted_stays_while_no_worker_answers(monkeypatch):
    assert serving.pool_state() == dict.fromkeys(serving.STATE, 0)
    monkeypatch.setattr(serving, "_pools", [Known()])
    assert serving.ready_pool() is None
    assert serving.pool_state()["lost"] == len(serving.STATE) - 1


def test_workers_may_come_until_it_is_known_that_none_does(monkeypatch):
    monkeypatch.setenv(serving.WORKERS, "1")
    assert not serving.some_come()
    serving.expect_pool()
    assert serving.some_come()  # its pool is not there yet
    known = Known()
    monkeypatch.setattr(serving, "_pools", [known])
    assert not serving.some_come()
    assert serving.working_pool() is None
    known.some_come = known.takes_work = True
    assert serving.some_come()
    assert serving.working_pool() is known
    serving._pools.clear()  # it is none that could be closed
    serving.stop_pool()
    assert not serving.some_come()
