"""Whether the server has workers."""

import pytest

from regpath.ui.session import warm_up
from regpath.ui.workers import pool, serving


@pytest.fixture(autouse=True)
def no_pool(monkeypatch):
    monkeypatch.setattr(serving, "_pools", [])


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


def test_a_server_that_gets_no_workers_gets_ready_to_compute(monkeypatch):
    def refuse(budget):
        raise OSError("no process")

    monkeypatch.setattr(pool, "Pool", refuse)
    serving.expect_pool()
    serving.start_pool()
    assert not serving.computes_beside()
