"""Faults of the machine: a full disk, no home or locale, a jumping clock, a hung process."""

import os
import pickle
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from threading import Thread

import pytest
from loky import ProcessPoolExecutor

import regpath
from regpath.errors import RegpathError
from regpath.ui.session.store import Store
from regpath.ui.workers import overtime
from regpath.ui.workers import pool as module
from regpath.ui.workers.lending import Lender
from regpath.ui.workers.pool import Budget, Pool
from regpath.ui.workers.process import WorkerProcess
from regpath.ui.workers.signals import Signals
from regpath.ui.workers.starting import ATTEMPTS
from regpath.ui.workers.task import NoProcessError, Request, WorkerError
from regpath.ui.workers.worker import End

SOON = 240.0  # seconds; a busy machine may need them, and no other waits for them
APP = Path(__file__).parents[3] / "app.py"
UI = Path(regpath.__file__).parent / "ui"
LOAD = """
import logging
from streamlit.testing.v1 import AppTest
logging.basicConfig(level=logging.WARNING)
"""
OPEN = f"""
from regpath.ui.workers import serving
serving.start_pool()
pool = serving._pools[0] if serving._pools else None
if pool is not None:
    assert pool.wait_until_ready({SOON})
page = AppTest.from_file({str(APP)!r}, default_timeout={SOON})
page.query_params["data"] = "iris"
page.run()
assert not page.exception and not page.error, (page.exception, page.error)
names = [each.proto.component_name for each in page.get("bidi_component")]
assert "regpath.explorer" in names, names
print("made beside:", 0 if pool is None else pool.state()["made"])
serving.stop_pool()
"""
FULL_DISK = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
"""


def opened(program, **environment):
    """What a process says that opens the app's first page."""
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "REGPATH_WORKERS": "1", **environment},
        capture_output=True,
        text=True,
        timeout=2 * SOON,
        check=False,
    )


@pytest.mark.parametrize(
    "environment",
    [
        {"HOME": os.devnull, "XDG_CACHE_HOME": os.devnull, "XDG_CONFIG_HOME": os.devnull},
        {"LC_ALL": "xx_XX.UTF-8", "LANG": "xx_XX.UTF-8", "PYTHONUTF8": "0"},
    ],
    ids=["nothing can be written at home", "no such locale"],
)
def test_the_app_and_its_workers_do_without(environment):
    done = opened(LOAD + OPEN, **environment)
    assert done.returncode == 0, done.stderr[-3000:]
    assert int(done.stdout.split()[-1]) > 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the limit of a file is Linux's")
def test_on_a_full_disk_the_server_computes_by_itself_and_says_so():
    done = opened(LOAD + FULL_DISK + OPEN)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.split()[-1] == "0"
    assert "No second process can be started here" in done.stderr


@pytest.fixture
def pool():
    pool = Pool(Budget(workers=1, seconds=2.0))
    assert pool.wait_until_ready(SOON)
    yield pool
    pool.close()


def outcome(task):
    assert task.wait(SOON)
    return task.result()


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="processes cannot be stopped here")
def test_a_process_that_hangs_is_ended_and_another_takes_its_place(pool):
    def hangs(tell):
        import os
        import signal

        os.kill(os.getpid(), signal.SIGSTOP)

    with pytest.raises(RegpathError, match="longer than"):
        outcome(pool.submit(Request(hangs, "a"), lambda task: None))
    assert outcome(pool.submit(Request(lambda tell: 7, "b"), lambda task: None)) == 7


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="processes cannot be stopped here")
def test_a_process_that_hung_with_nothing_at_hand_does_not_hold_what_it_is_given(pool, monkeypatch):
    def whose(tell):
        import os

        return os.getpid()

    hung = outcome(pool.submit(Request(whose, "a"), lambda task: None))
    os.kill(hung, signal.SIGSTOP)
    again = pool.state()["tried_again"]
    monkeypatch.setattr(overtime, "STARTING", 0.5)
    task = pool.submit(Request(whose, "a"), lambda task: None)
    end = time.monotonic() + SOON
    while pool.state()["tried_again"] == again:
        assert time.monotonic() < end
        time.sleep(0.01)
    monkeypatch.setattr(overtime, "STARTING", SOON)
    assert outcome(task) != hung


def test_a_clock_that_jumps_ends_nothing(pool, monkeypatch):
    now = time.time

    def waits(tell):
        import time

        time.sleep(0.5)
        return 7

    task = pool.submit(Request(waits, "a"), lambda task: None)
    for days in (400, -400):
        monkeypatch.setattr(time, "time", lambda days=days: now() + 86_400 * days)
        assert not task.wait(0.1) or task.result() == 7
    assert outcome(task) == 7


def test_what_waits_asks_no_clock_that_people_set():
    asked = re.compile(r"\btime\.time\(|\bdatetime\.now\(|\butcnow\(")
    for room in ("workers", "session"):
        for path in sorted((UI / room).glob("*.py")):
            assert not asked.search(path.read_text(encoding="utf-8")), path


class Fake:
    """A process that answers at once, in this one."""

    def __init__(self, line, signals, budget, tell):
        self.line, self.tell = line, tell
        self.is_ready, self.has_failed, self.hangs, self.failures = True, False, False, 0
        self.calls, self.faults, self.since, self.starts = 0, [], time.monotonic(), 0

    def submit(self, call):
        self.calls += 1
        future = Future()
        fault = self.faults.pop() if self.faults else None
        if fault is not None:
            self.is_ready, self.has_failed = False, True
            raise fault
        future.set_result(pickle.dumps((End.MADE, self.line)))
        self.tell(future)
        return future

    def replace(self):
        self.starts, self.since = self.starts + 1, time.monotonic()
        raise RuntimeError("can't start new thread")

    def end_start(self):
        self.hangs, self.has_failed = False, True
        self.tell(None)

    def forget(self, names):
        pass

    def close(self):
        pass


@pytest.fixture
def fakes(monkeypatch):
    monkeypatch.setattr(module, "WorkerProcess", Fake)
    pool = Pool(Budget(workers=2))
    assert pool.wait_until_ready(SOON)
    yield pool
    pool.close()


def seven(pool, when_done=lambda task: None):
    return outcome(pool.submit(Request(lambda tell: 7, "a"), when_done))


@pytest.mark.parametrize("kind", [OSError, RuntimeError])
def test_where_no_process_or_thread_can_be_started_who_asks_is_told(fakes, kind):
    for process in fakes._processes:
        process.faults = [kind("can't start new thread")]
    with pytest.raises(NoProcessError):
        seven(fakes)
    assert all(process.starts == ATTEMPTS for process in fakes._processes)
    assert not fakes.is_ready


def test_a_lost_process_that_cannot_be_replaced_costs_nobody_the_pool(fakes, monkeypatch):
    lost = Future()
    lost.set_exception(RuntimeError("it was ended"))
    monkeypatch.setattr(fakes._processes[1], "submit", lambda call: fakes._wake() or lost)
    monkeypatch.setattr(fakes._processes[0], "is_ready", False)
    with pytest.raises(RegpathError, match="given up"):
        seven(fakes)
    monkeypatch.setattr(fakes._processes[0], "is_ready", True)
    monkeypatch.setattr(fakes._processes[1], "is_ready", False)
    assert seven(fakes) == 0


def test_what_is_too_large_to_be_kept_is_handed_over_and_the_pool_goes_on(
    fakes, monkeypatch, caplog
):
    def too_large(result):
        raise MemoryError

    store = Store(4)

    def ask():
        begin = partial(fakes.submit, Request(lambda tell: 7, "a"))
        return store.join("a", begin, lambda task: task.wait(SOON))

    with monkeypatch.context() as patch:
        patch.setattr("regpath.ui.session.store.parts_of", too_large)
        assert ask() in (0, 1)
        assert "a" not in store
    assert ask() in (0, 1)
    assert fakes.state()["made"] == 2  # it was computed anew, and kept
    assert "a" in store
    assert len(fakes._free) == 2
    assert "MemoryError" in caplog.text


@pytest.mark.parametrize("step", ["_begin", "_end", "_warm_again", "_wait", "_replace"])
def test_an_error_that_nobody_foresaw_ends_its_task_and_not_the_pool(
    fakes, monkeypatch, step, caplog
):
    real, failed = getattr(fakes, step), []

    def fails_once(*given):
        if not failed:
            failed.append(step)
            raise MemoryError("no room")
        return real(*given)

    monkeypatch.setattr(fakes, step, fails_once)
    if step == "_replace":
        for process in fakes._processes:
            process.has_failed = True
    task = fakes.submit(Request(lambda tell: 7, "a"), lambda task: None)
    if step in ("_begin", "_end"):
        with pytest.raises(WorkerError, match="no room"):
            outcome(task)
    else:
        assert outcome(task) in (0, 1)
    assert seven(fakes) in (0, 1)
    assert failed == [step]
    assert "no room" in caplog.text
    assert len(fakes._free) == 2


def test_a_pool_whose_thread_ended_is_not_ready(fakes, monkeypatch):
    ended = Thread(target=int)
    ended.start()
    ended.join(SOON)
    assert fakes.is_ready
    with monkeypatch.context() as patch:
        patch.setattr(fakes, "_thread", ended)
        assert not fakes.is_ready


def test_what_can_begin_at_once_does_not_wait_for_a_process_that_loads(fakes):
    fakes._processes[1].is_ready = False
    assert [seven(fakes) for _ in range(3)] == [0, 0, 0]
    assert fakes._processes[1].calls == 0


def test_a_process_without_a_thread_to_serve_it_is_not_ready_and_none_is_left(monkeypatch):
    """Loky starts the process before the thread; the next request tries both again."""
    signals = Signals(1)
    process = WorkerProcess(0, signals, Budget(workers=1), lambda future: None)
    try:
        assert process._warming.result(SOON)
        begun = []

        def no_thread(executor):
            begun.extend(executor._processes.values())
            raise RuntimeError("can't start new thread")

        with monkeypatch.context() as patch:
            patch.setattr(ProcessPoolExecutor, "_start_executor_manager_thread", no_thread)
            with pytest.raises(RuntimeError, match="new thread"):
                process.replace()
        assert not process.is_ready
        assert process.has_failed
        (left,) = begun
        left.join(SOON)
        assert not left.is_alive()
        make = Lender().dumps(lambda tell: 7)
        with pytest.raises(RuntimeError):
            process.submit(make)
        process.replace()
        end, value = pickle.loads(process.submit(make).result(SOON))
        assert (end, value) == (End.MADE, 7)
        assert process.is_ready
    finally:
        process.close()
        signals.close()
