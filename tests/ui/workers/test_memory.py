"""How much memory a process may take, and that what is free is given back."""

import subprocess
import sys

import pytest

from regpath.ui.workers import memory

ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux tells its memory")
RESIDENT = """
from pathlib import Path
def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
"""


def ran(program):
    done = subprocess.run(
        [sys.executable, "-c", RESIDENT + program], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@ON_LINUX
def test_freed_memory_of_small_things_goes_back_to_the_system():
    program = (
        "from regpath.ui.workers.memory import give_back, share_heaps\n"
        "share_heaps()\n"
        "held = [bytes(1000) for _ in range(100_000)]\n"
        "last = bytes(1000)\n"  # behind them on the heap: without being asked, nothing goes back
        "full = resident()\n"
        "del held\n"
        "give_back()\n"
        "print(full - resident() > 80)\n"
    )
    assert ran(program) == "True"


@ON_LINUX
def test_a_process_beyond_its_bound_is_told_and_goes_on():
    program = (
        "from regpath.ui.workers.memory import limit_memory\n"
        "limit_memory(64)\n"
        "try:\n"
        "    bytearray(2**28)\n"
        "except MemoryError:\n"
        "    print('told', len(bytearray(2**20)))\n"
    )
    assert ran(program) == f"told {2**20}"


def test_where_the_system_has_no_such_thing_nothing_happens(monkeypatch):
    memory._libc.cache_clear()
    monkeypatch.setattr(memory.sys, "platform", "plan9")
    memory.share_heaps()
    memory.give_back()
    monkeypatch.undo()
    memory._libc.cache_clear()


def test_what_is_settled_is_no_garbage_to_look_through():
    program = (
        "import gc\n"
        "from regpath.ui.workers.memory import freeze_and_trim\n"
        "freeze_and_trim()\n"
        "print(gc.get_freeze_count() > 1000)\n"
    )
    assert ran(program) == "True"


def test_memory_is_given_back_where_something_was_freed_and_not_each_time(monkeypatch):
    given = []
    monkeypatch.setattr(memory, "give_back", lambda: given.append(1))
    freed = memory.Freed()
    for n_values in (0, 3, 1):
        freed.note(n_values)  # not so soon
    assert given == []
    monkeypatch.setattr(memory, "GIVING", -1.0)
    for n_values in (0, 0):
        freed.note(n_values)
    assert given == [1]
    freed.note(2)
    assert given == [1, 1]
