"""A worker that ends while it has nothing at hand: it is noticed, and costs no task anything."""

import os
import signal
import time

import pytest

from regpath.ui.workers import pool as module
from regpath.ui.workers.lending import Lender
from regpath.ui.workers.pool import Budget, Pool
from regpath.ui.workers.process import WorkerProcess
from regpath.ui.workers.signals import Signals
from regpath.ui.workers.task import Request
from tests.ui.workers.test_pool_faults import SOON, Fake, outcome

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def until(what):
    end = time.monotonic() + SOON
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def whose(tell):
    import os

    return os.getpid()


def ask(pool):
    return pool.submit(Request(whose, "a"), lambda task: None)


@pytest.fixture
def told():
    """What a process tells, each time it does."""
    return []


@pytest.fixture
def process(told):
    signals = Signals(1)
    process = WorkerProcess(0, signals, Budget(workers=1), told.append)
    assert process._warming.result(SOON)
    yield process
    process.close()
    signals.close()


def pid_of(process):
    (pid,) = process._executor._processes
    return pid


def test_an_idle_process_that_was_killed_does_not_answer_and_says_so(process, told):
    told.clear()
    os.kill(pid_of(process), KILL)
    until(lambda: told)
    assert not process.is_ready
    assert process.has_failed
    process.replace()
    assert not process.has_failed
    assert process._warming.result(SOON)
    until(lambda: process.is_ready)


def test_an_idle_process_that_ends_by_itself_is_lost_too(process, told):
    """Loky lets a process go whose memory has grown, and starts another with the next call."""
    told.clear()
    process._executor.submit(os._exit, 0).exception(SOON)
    until(lambda: told)
    assert process.has_failed


def test_the_end_of_the_one_before_is_not_that_of_its_successor(process, told):
    told.clear()
    process.replace()  # ends the one before, which is told when it has ended
    until(lambda: len(told) > 1)
    assert process._warming.result(SOON)
    assert process.is_ready
    assert not process.has_failed


def test_a_lost_process_takes_nothing_and_is_known_as_lost_from_then_on(process, monkeypatch):
    monkeypatch.setattr(process, "_note_end", lambda *_: None)  # nobody has noticed yet
    os.kill(pid_of(process), KILL)
    until(lambda: process._executor._flags.broken is not None)
    with pytest.raises(RuntimeError):
        process.submit(Lender().dumps(whose))
    assert process.has_failed


@pytest.fixture
def quiet(monkeypatch):
    """A pool of one worker that looks at nothing unless it is told of it."""
    monkeypatch.setattr(module, "LOOK_IDLE", SOON)
    pool = Pool(Budget(workers=1))
    assert pool.wait_until_ready(SOON)
    yield pool
    pool.close()


def test_an_idle_worker_is_replaced_before_anybody_asks_and_the_next_task_loses_nothing(quiet):
    killed = outcome(ask(quiet))
    os.kill(killed, KILL)
    until(lambda: not quiet.is_ready)
    assert quiet.state()["workers"] == 0
    assert quiet.takes_work  # who asks now is queued, and the server computes nothing
    until(lambda: quiet.is_ready)  # and nobody has asked for anything
    task = ask(quiet)
    assert outcome(task) != killed
    assert task.attempts == 1
    assert quiet.state()["tried_again"] == 0


@pytest.mark.parametrize("kind", [OSError, RuntimeError])
def test_what_a_lost_worker_does_not_take_goes_to_another_as_if_it_had_not_begun(kind, monkeypatch):
    monkeypatch.setattr(module, "WorkerProcess", Fake)
    pool = Pool(Budget(workers=2))
    try:
        last = pool._processes[pool._free[-1]]
        last.faults = [kind("it was ended")]
        task = ask(pool)
        assert outcome(task) == 1 - last.line
        assert task.attempts == 1
        assert pool.state()["tried_again"] == pool.state()["lost"] == 0
        until(lambda: last.starts)
    finally:
        pool.close()
