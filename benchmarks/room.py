"""A class at the same minute: visitors on loopback who speak the browser's protocol.

Usage: python -m benchmarks.room [--visitors 30] [--only PART ...]

It starts a server of its own and prints seconds: of the slowest and the median visitor until the
chart is there, and of a release of the cursor at the 95th percentile. CPU seconds, which do not
depend on what else the machine does, are told apart: of the server, of its workers, and of the
visitors, who share the machine here. Memory is that of the server and its workers; pages that
processes share are counted once for all (PSS), where Linux tells it.
Six pages of a real Chromium: `python -m benchmarks.pages`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote

from benchmarks.child import ROOT
from benchmarks.crowd import children, cross_talk, growth, hostile, killed_worker, ticks
from benchmarks.visitor import Run, Visitor
from regpath import datasets

WARM = 30.0  # seconds until workers answer, at the most
LIGHT, HEAVY = 10, 6  # visitors who move the cursor, and who compute meanwhile
HOSTILE = 200  # uploads
STEP = 7  # strengths between two releases


@contextlib.contextmanager
def server() -> Iterator[tuple[int, int]]:
    """A server: its port and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "regpath", "app", "--no-browser", f"--port={port}"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        begun = time.perf_counter()
        while True:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
                break
            time.sleep(0.05)
        print(f"answers after {time.perf_counter() - begun:.1f} s", flush=True)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


@contextlib.asynccontextmanager
async def visitors(port: int, count: int) -> AsyncIterator[list[Visitor]]:
    """That many, connected."""
    async with contextlib.AsyncExitStack() as stack:
        yield [await stack.enter_async_context(Visitor(port)) for _ in range(count)]


async def alone(port: int) -> None:
    """One visitor opens every set, as it is and with another penalty, split and target."""
    taken: list[tuple[float, str]] = []
    without = []
    for entry in datasets.catalog():
        for change in ("", "&l1_ratio=0.5", "&seed=77", "&test_size=0.4", *_other_target(entry)):
            async with Visitor(port) as visitor:
                run = await visitor.open(f"data={entry.name}{change}")
                await visitor.follow()  # nothing of this one is at work when the next one comes
                if run.chart is None:
                    without.append(f"{entry.name}{change}: {' '.join(run.told) or 'nothing said'}")
                else:
                    taken.append((run.chart, entry.name + change))
    p95 = statistics.quantiles([seconds for seconds, _ in taken], n=20)[-1]
    slow = ", ".join(f"{what} {seconds:.2f} s" for seconds, what in sorted(taken)[-6:])
    print(
        f"1 opens {len(taken)} views of bundled sets: chart after "
        f"{1e3 * statistics.median(seconds for seconds, _ in taken):.0f} ms, p95 "
        f"{1e3 * p95:.0f} ms (slowest: {slow}); {len(without)} without a chart {without or ''}",
        flush=True,
    )


def _other_target(entry: datasets.DatasetEntry) -> list[str]:
    """Another column that may be predicted, if there is one: the first that has two values."""
    frame = datasets.load(entry.name).frame
    names = [name for name in frame.columns if name != entry.target and frame[name].nunique() > 1]
    return [f"&target={quote(str(name))}" for name in names[:1]]


async def same_link(port: int, count: int, query: str) -> None:
    """All open one link that nobody has opened yet."""
    async with visitors(port, count) as room:
        runs = await asyncio.gather(*(each.open(query) for each in room))
    _print_charts(f"{count} open {query}", runs)


async def own_recipes(port: int, count: int) -> None:
    """All open a link of their own."""
    async with visitors(port, count) as room:
        runs = await asyncio.gather(
            *(each.open(f"data=breast_cancer&seed={1000 + i}") for i, each in enumerate(room))
        )
        _print_charts(f"{count} open 569 x 30, each with a seed of its own", runs)
        later = await asyncio.gather(*(each.follow() for each in room))
    validated = sum(run.is_validated for run in (*runs, *later))
    last = max(run.end for run in later)
    print(f"  {validated} validated, the last {last:.1f} s later", flush=True)


async def releases(port: int, count: int, pause: float, seconds: float = 10.0) -> None:
    """All let the cursor go now and then."""
    async with visitors(port, count) as room:
        await asyncio.gather(*(each.open("") for each in room))
        taken = await _moving(room, pause, seconds)
    _print_releases(f"{count} release every {pause:g} s", taken)


async def beside_heavy_work(port: int) -> None:
    """Some move the cursor while others compute."""
    async with visitors(port, LIGHT) as light, visitors(port, HEAVY) as heavy:
        await asyncio.gather(*(each.open("") for each in light))
        work = asyncio.gather(
            *(each.open(f"data=digits&seed={2000 + i}") for i, each in enumerate(heavy))
        )
        taken = await _moving(light, 1.0, 10.0)
        runs = await work
    _print_releases(f"{LIGHT} release every 1 s, {HEAVY} compute", taken)
    _print_charts(f"{HEAVY} open digits, each with a seed of its own", runs)


async def _moving(room: Sequence[Visitor], pause: float, seconds: float) -> list[float]:
    end = time.perf_counter() + seconds

    async def move(visitor: Visitor, index: int) -> list[float]:
        taken = []
        await asyncio.sleep(pause * index / len(room))  # people do not click in step
        while time.perf_counter() < end:
            index = (index + STEP) % 90
            taken.append((await visitor.release(index)).end)
            await asyncio.sleep(pause)
        return taken

    found = await asyncio.gather(*(move(each, i) for i, each in enumerate(room)))
    return [seconds for each in found for seconds in each]


def _print_charts(what: str, runs: Sequence[Run]) -> None:
    charts = sorted(run.chart for run in runs if run.chart is not None)
    told = {text for run in runs for text in run.told}
    if not charts:
        print(f"{what}: nobody got a chart. {' '.join(sorted(told))}", flush=True)
        return
    different = len({run.payload for run in runs})
    print(
        f"{what}: chart after {statistics.median(charts):.2f} s, the last {charts[-1]:.2f} s, "
        f"{len(charts)} of {len(runs)}, {different} different {' '.join(sorted(told))}",
        flush=True,
    )


def _print_releases(what: str, taken: Sequence[float]) -> None:
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(
        f"{what}: median {1e3 * statistics.median(taken):.0f} ms, p95 {1e3 * p95:.0f} ms "
        f"({len(taken)} releases)",
        flush=True,
    )


def _memory(process: int) -> list[float]:
    return [_megabytes(p) for p in (process, *children(process))]


def print_memory(process: int) -> None:
    """Say what a server takes with all that it started: itself first."""
    found = _memory(process)
    each = ", ".join(f"{size:.0f}" for size in found)
    print(f"memory {sum(found):.0f} MB in all ({each})", flush=True)


def _megabytes(process: int) -> float:
    rollup = Path(f"/proc/{process}/smaps_rollup")
    with contextlib.suppress(OSError):
        lines = rollup.read_text().splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
    return float("nan")


def _computed(process: int) -> dict[int, float]:
    """CPU seconds so far, by process: the server, its workers, and this one."""
    found = {p: ticks(p) / 100 for p in (process, *children(process))}
    return found | {os.getpid(): time.process_time()}


def _print_computed(process: int, before: dict[int, float]) -> None:
    now = _computed(process)
    spent = {p: seconds - before.get(p, 0.0) for p, seconds in now.items()}
    server, visitors = spent.pop(process), spent.pop(os.getpid())
    print(
        f"CPU {server:.1f} s of the server, {sum(spent.values()):.1f} of workers, "
        f"{visitors:.1f} of visitors",
        end=", ",
    )


def parts(port: int, process: int, count: int) -> dict[str, list[Callable[[], Awaitable[None]]]]:
    """What is measured, by name, in order."""
    links = ("data=wine", "data=wine&l1_ratio=0.5", "data=digits&l1_ratio=0.9")
    return {
        "alone": [partial(alone, port)],
        "links": [partial(same_link, port, count, query) for query in links],
        "recipes": [partial(own_recipes, port, count)],
        "releases": [
            partial(releases, port, count, 1.0),
            partial(releases, port, 2 * count, 3.0),
        ],
        "heavy": [partial(beside_heavy_work, port)],
        "uploads": [partial(cross_talk, port, count)],
        "kills": [partial(killed_worker, port, process, _moving)],
        "hostile": [partial(hostile, port, HOSTILE, _moving)],
        "growth": [partial(growth, port, lambda: sum(_memory(process)))],
    }


async def run(port: int, process: int, count: int, only: Sequence[str]) -> None:
    """Everything, one after the other."""
    await same_link(port, 1, "")
    await asyncio.sleep(WARM)
    print_memory(process)
    for name, measured in parts(port, process, count).items():
        if not only or name in only:
            begun, before = time.perf_counter(), _computed(process)
            for measure in measured:
                await measure()
            print(f"  {name}: {time.perf_counter() - begun:.0f} s", end=", ")
            _print_computed(process, before)
            print_memory(process)


def main() -> None:
    """Start a server and the class."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=30)
    parser.add_argument("--only", nargs="+", default=(), help="of what is measured, by name")
    options = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", flush=True)
    with server() as (port, process):
        asyncio.run(run(port, process, options.visitors, options.only))


if __name__ == "__main__":
    main()
