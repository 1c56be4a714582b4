"""Processes on their way: nobody waits for one that hangs, and none is given up for ever."""

import os
import signal
import time
from pathlib import Path

import pytest

from regpath.ui.workers import pool as module
from regpath.ui.workers import process, starting
from regpath.ui.workers.pool import Budget, Pool
from regpath.ui.workers.process import WorkerProcess
from regpath.ui.workers.task import NoProcessError, Request
from tests.ui.workers.test_pool_faults import SOON, Fake, outcome, seven


class Starting(Fake):
    """A process that is not there yet, and starts as it is told."""

    def __init__(self, *given):
        super().__init__(*given)
        self.is_ready = False
        self.starts = 0

    def replace(self):
        self.starts += 1

    def end_start(self):
        self.hangs, self.has_failed = False, True


@pytest.fixture
def starts(monkeypatch):
    monkeypatch.setattr(module, "WorkerProcess", Starting)
    monkeypatch.setattr(module, "LOOK_IDLE", 0.01)
    pool = Pool(Budget(workers=2))
    yield pool
    pool.close()


def ask(pool):
    return pool.submit(Request(lambda tell: 7, "a"), lambda task: None)


def until(what):
    end = time.monotonic() + SOON
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_waits_goes_to_whoever_answers_first(starts):
    task = ask(starts)
    assert not task.wait(0.1)
    assert task.is_queued
    starts._processes[1].is_ready = True
    starts._wake()
    assert outcome(task) == 1
    assert starts._processes[0].calls == 0


def test_where_all_starts_hang_who_asks_computes_and_others_are_begun(starts):
    task = ask(starts)
    first, second = starts._processes
    first.hangs = True
    assert not task.wait(0.1)  # the second may come
    until(lambda: first.starts)
    first.hangs = second.hangs = True
    with pytest.raises(NoProcessError):
        outcome(task)
    until(lambda: second.starts)
    first.has_failed = second.has_failed = False
    first.is_ready = True
    assert seven(starts) == 0


def test_a_start_that_fails_again_and_again_is_tried_now_and_then(starts, monkeypatch, caplog):
    monkeypatch.setattr(starting, "AGAIN", float("inf"))
    for each in starts._processes:
        each.has_failed = True
    assert starts.some_come
    with pytest.raises(NoProcessError):
        outcome(ask(starts))
    assert not starts.some_come
    assert not starts.takes_work
    until(lambda: all(each.failures == starting.ATTEMPTS for each in starts._processes))
    begun = [each.starts for each in starts._processes]
    assert begun == [starting.ATTEMPTS] * 2
    assert starting.NO_SECOND in caplog.text
    monkeypatch.setattr(starting, "AGAIN", 0.0)
    until(lambda: all(each.starts > starting.ATTEMPTS for each in starts._processes))
    assert not starts.some_come  # what is tried now and then keeps nobody waiting
    for each in starts._processes:
        each.has_failed, each.is_ready = False, True
    assert seven(starts) in (0, 1)
    monkeypatch.setattr(starting, "STEADY", 0.0)
    until(lambda: all(each.failures == 0 for each in starts._processes))
    assert starts.takes_work


def test_a_process_that_answers_and_ends_at_once_is_not_begun_without_end(starts, monkeypatch):
    monkeypatch.setattr(starting, "AGAIN", float("inf"))
    first, second = starts._processes
    second.is_ready = True
    for begun in range(starting.ATTEMPTS):
        first.is_ready, first.has_failed = False, True
        until(lambda begun=begun: first.starts > begun)
        first.is_ready, first.has_failed = True, False  # it answers, for a moment
        assert seven(starts) in (0, 1)
    first.is_ready, first.has_failed = False, True
    assert [seven(starts) for _ in range(20)] == [1] * 20  # each of them a look at the first
    assert first.starts == starting.ATTEMPTS
    assert starts.takes_work
    monkeypatch.setattr(starting, "AGAIN", 0.0)
    until(lambda: first.starts > starting.ATTEMPTS)


def test_a_replacement_is_waited_for_and_the_first_start_is_not(starts):
    first = starts._processes[0]
    assert starts.some_come
    assert not starts.takes_work
    first.is_ready = True
    until(lambda: starts.takes_work and starts._has_answered)
    first.is_ready, first.has_failed = False, True
    until(lambda: first.starts)
    first.has_failed = False
    assert starts.takes_work


class FirstHangs(WorkerProcess):
    """A process whose first start hangs, which is found out when it is said."""

    starts, is_said = 0, False

    def _start(self):
        self.starts += 1
        super()._start()

    @property
    def hangs(self):
        return self.is_said and self.starts == 1 and not self._warming.done()


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="processes cannot be stopped here")
def test_a_process_that_hangs_while_it_starts_is_ended_and_another_comes(monkeypatch, tmp_path):
    marker = tmp_path / "hangs"

    def hangs_once(*given, marker=str(marker)):
        import signal
        from pathlib import Path

        from regpath.ui.workers.worker import get_ready

        if not Path(marker).exists():
            Path(marker).write_text(str(os.getpid()))
            os.kill(os.getpid(), signal.SIGSTOP)
        get_ready(*given)

    monkeypatch.setattr(process, "get_ready", hangs_once)
    monkeypatch.setattr(module, "WorkerProcess", FirstHangs)
    pool = Pool(Budget(workers=1))
    try:
        task = ask(pool)
        until(lambda: marker.exists() and marker.read_text())
        assert not task.is_done
        pool._processes[0].is_said = True
        with pytest.raises(NoProcessError):
            outcome(task)
        assert pool.wait_until_ready(SOON)
        assert seven(pool) == 7
        until(lambda: not Path(f"/proc/{marker.read_text()}").exists())
    finally:
        pool.close()


def test_a_start_takes_a_while_and_no_longer(monkeypatch):
    """The bound itself, on a process that is never asked whether it is ready."""
    slow = WorkerProcess.__new__(WorkerProcess)
    slow._warming, slow.since = process.Future(), time.monotonic()
    assert not slow.hangs
    slow.since -= process.STARTING
    assert slow.hangs
    slow._warming.set_result(True)
    assert not slow.hangs
