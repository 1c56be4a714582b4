"""What a crowd must not do: mix results up, feel another's fault, or make the server grow."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from benchmarks.hostile_files import SCRIPT, hostile_files
from benchmarks.visitor import Run, Visitor

LIGHT = 10  # visitors who move the cursor while others do harm
AT_ONCE = 4  # hostile uploads at the same moment
VISITS, FIRST, TOGETHER = 500, 100, 10  # in all, until memory is looked at first, and at a time
LOOK, BUSY = 0.4, 8  # seconds between two looks, and hundredths that who computes has used by then
SMALL = 80  # rows of an upload
Moving = Callable[[Sequence[Visitor], float, float], Awaitable[list[float]]]


def small_file(seed: int) -> bytes:
    """A table with a signal; every seed has another."""
    chance = random.Random(seed)
    rows = []
    for _ in range(SMALL):
        a, b, c = (chance.gauss(0.0, 1.0) for _ in range(3))
        rows.append(f"{a:.4f},{b:.4f},{c:.4f},{'ill' if a + chance.gauss(0, 1) > 0 else 'well'}")
    return ("a,b,c,state\n" + "\n".join(rows) + "\n").encode()


async def settled(visitor: Visitor, seed: int) -> Run:
    """What a visitor sees in the end who brings a file and predicts the column first offered."""
    await visitor.bring(f"mine-{seed}.csv", small_file(seed))
    first = await visitor.predict()
    last = await visitor.follow()
    return last if last.payload else first


async def cross_talk(port: int, count: int) -> None:
    """Everybody brings a file of his own at once; then, one after the other, somebody else does."""
    async with contextlib.AsyncExitStack() as stack:
        room = [await stack.enter_async_context(Visitor(port)) for _ in range(count)]
        begun = time.perf_counter()
        together = await asyncio.gather(*(settled(each, i) for i, each in enumerate(room)))
        taken = time.perf_counter() - begun
    equal = 0
    for seed, run in enumerate(together):  # the room has left: nothing of theirs is kept
        async with Visitor(port) as alone:
            equal += (await settled(alone, seed)).payload == run.payload != ""
    different = len({run.payload for run in together})
    print(
        f"{count} uploads of their own: {taken:.1f} s until all are validated, "
        f"{different} different, {equal} equal to those of a visitor alone",
        flush=True,
    )


async def killed_worker(port: int, server: int, moving: Moving) -> None:
    """Kill a worker in mid-job, twice; others move the cursor meanwhile."""
    async with contextlib.AsyncExitStack() as stack:
        victim, *others = [await stack.enter_async_context(Visitor(port)) for _ in range(LIGHT)]
        await asyncio.gather(*(each.open("") for each in others))
        light = asyncio.create_task(moving(others, 1.0, 8.0))
        opening = asyncio.create_task(victim.open("data=digits&seed=4242&l1_ratio=0.8"))
        killed = [await asyncio.to_thread(_kill_busiest, server, opening.done) for _ in range(2)]
        run, taken = await opening, await light
    told = f"told {run.toast:.1f} s after it asked" if run.toast is not None else "not told"
    print(
        f"{sum(killed)} kills in mid-job: chart after {run.chart or float('nan'):.1f} s, {told}; "
        f"others {_milliseconds(taken)}",
        flush=True,
    )


async def hostile(port: int, count: int, moving: Moving) -> None:
    """Hostile files from several sides while others move the cursor."""
    async with contextlib.AsyncExitStack() as stack:
        light = [await stack.enter_async_context(Visitor(port)) for _ in range(LIGHT)]
        await asyncio.gather(*(each.open("") for each in light))
        before = await moving(light, 1.0, 5.0)
        files = iter(list(hostile_files(count)))
        told: list[tuple[str, ...]] = []

        async def attack() -> None:
            for name, content in files:
                async with Visitor(port) as attacker:
                    told.append((await attacker.bring(name, content)).told)

        attacking = asyncio.gather(*(attack() for _ in range(AT_ONCE)))
        during: list[float] = []
        while not attacking.done():
            during += await moving(light, 1.0, 3.0)
        await attacking
        charts = [(await each.open("")).chart for each in light]
    raw = sum(SCRIPT in text for words in told for text in words)
    print(
        f"{count} hostile uploads: {sum(bool(words) for words in told)} refused or warned of, "
        f"{raw} raw scripts in what is said, {sum(c is not None for c in charts)} of {LIGHT} "
        f"visitors still served; others {_milliseconds(before)} before, "
        f"{_milliseconds(during)} meanwhile",
        flush=True,
    )


async def growth(port: int, memory: Callable[[], float]) -> None:
    """Many visits, one after the other: what memory does after the first of them."""
    sets = ("data=wine", "data=iris", "data=diabetes", "", "data=penguins", "data=wine&l1_ratio=0")

    async def visit(number: int) -> None:
        async with Visitor(port) as visitor:
            await visitor.open(sets[number % len(sets)])

    sizes = []
    for begin in range(0, VISITS, TOGETHER):
        if begin in (FIRST, VISITS - TOGETHER):
            sizes.append(memory())
        await asyncio.gather(*(visit(begin + i) for i in range(TOGETHER)))
    first, last = sizes
    print(
        f"{VISITS} visits: {first:.0f} MB after {FIRST}, {last:.0f} MB at the end, "
        f"{100 * (last / first - 1):+.1f} %",
        flush=True,
    )


def _kill_busiest(server: int, is_over: Callable[[], bool]) -> bool:
    """Kill the worker that computes, once one does; whether there was one before it was over."""
    while not is_over():
        used = {p: ticks(p) for p in children(server) if _is_worker(p)}
        time.sleep(LOOK)
        spent = {p: ticks(p) - before for p, before in used.items()}
        busiest = max(spent, key=lambda p: spent[p], default=0)
        if spent.get(busiest, 0) >= BUSY and not is_over():
            os.kill(busiest, signal.SIGKILL)
            return True
    return False


def _is_worker(process: int) -> bool:
    with contextlib.suppress(OSError):
        return b"popen_loky" in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


def children(process: int) -> list[int]:
    """Processes that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            words = stat.read_text().rpartition(")")[2].split()
            if int(words[1]) == process and words[0] != "Z":
                found.append(int(stat.parent.name))
    return found


def ticks(process: int) -> int:
    """Hundredths of a second that a process has computed; 0 where it is gone."""
    with contextlib.suppress(OSError):
        words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return int(words[11]) + int(words[12])
    return 0


def _milliseconds(taken: Sequence[float]) -> str:
    p95 = statistics.quantiles(taken, n=20)[-1]
    return f"p95 {1e3 * p95:.0f} ms"
