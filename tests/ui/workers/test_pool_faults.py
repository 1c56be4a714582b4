"""Faults of the machine: a full disk, no home or locale, a jumping clock, a hung process."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import regpath
from regpath.errors import RegpathError
from regpath.ui.workers.pool import Budget, Pool
from regpath.ui.workers.task import Request

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
