"""Whether the server is well, for whoever restarts it, and figures for whoever watches it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from streamlit.runtime import Runtime, RuntimeState

import regpath
from regpath.ui.server.kept_files import is_far
from regpath.ui.server.settings import Settings
from regpath.ui.workers.serving import pool_state, ready_pool

BEGUN = time.monotonic()
TEXT = "text/plain; version=0.0.4; charset=utf-8"  # the format that Prometheus reads
WELL = (
    RuntimeState.NO_SESSIONS_CONNECTED,
    RuntimeState.ONE_OR_MORE_SESSIONS_CONNECTED,
)
GAUGES = ("workers", "queued", "at_work", "memory_bytes", "up_seconds")
HELP = {
    "workers": "Processes that answer.",
    "queued": "Computations that wait for a worker.",
    "at_work": "Computations at work.",
    "asked_total": "Computations asked of workers.",
    "made_total": "Computations that workers finished.",
    "dropped_total": "Computations that nobody waited for any more.",
    "tried_again_total": "Computations begun again after a worker was ended.",
    "lost_total": "Computations given up after several workers were ended.",
    "results_found_total": "Results that were there when they were asked for.",
    "results_joined_total": "Results that were being computed when they were asked for.",
    "results_begun_total": "Results that were computed because they were asked for.",
    "memory_bytes": "Memory of the server and its workers; shared pages count once.",
    "up_seconds": "Seconds since the start.",
}


def status_routes(settings: Settings) -> list[Route]:
    """Where the state of the server can be asked for."""

    async def metrics(request: Request) -> Response:
        near = not is_far(request.scope, Headers(scope=request.scope))
        if not (near or settings.metrics_for_all):
            return PlainTextResponse("Not found", status_code=404)
        return Response("".join(_lines()), media_type=TEXT)

    # Who watches a container asks the server itself, and knows no path that it was told.
    health = [Route(f"{base}/health", _health) for base in dict.fromkeys(("", settings.base))]
    return [*health, Route(f"{settings.base}/metrics", metrics)]


async def _health(_: Request) -> Response:
    """200 where visitors are served, 503 where not."""
    well = Runtime.exists() and Runtime.instance().state in WELL
    said = {
        "status": "ok" if well else "starting",
        "version": regpath.__version__,
        "workers": "ready" if ready_pool() is not None else "none",
    }
    none = {"Cache-Control": "no-store"}
    return JSONResponse(said, status_code=200 if well else 503, headers=none)


def figures() -> dict[str, float]:
    """Figures of the server, by name; none of them is about a visitor."""
    found: dict[str, float] = {
        name if name in GAUGES else f"{name}_total": count for name, count in pool_state().items()
    }
    counts = import_module("regpath.ui.session.store").COUNTS  # a server starts without it
    found |= {f"results_{name}_total": count for name, count in counts.items()}
    found["memory_bytes"] = sum(map(memory_of, (os.getpid(), *_children())))
    found["up_seconds"] = round(time.monotonic() - BEGUN, 1)
    return found


def memory_of(process: int) -> int:
    """Bytes that a process takes, shared ones by its share; 0 where the system does not say."""
    with suppress(OSError, ValueError, StopIteration):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("Pss:")).split()[1])
    return 0


def _children() -> list[int]:
    """The processes that this one started; none where the system does not say."""
    found: list[int] = []
    for listed in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # that thread has ended
            found += map(int, listed.read_text(encoding="ascii").split())
    return found


def _lines() -> Iterator[str]:
    for name, value in figures().items():
        kind = "gauge" if name in GAUGES else "counter"
        yield f"# HELP regpath_{name} {HELP[name]}\n# TYPE regpath_{name} {kind}\n"
        yield f"regpath_{name} {value:g}\n" if value < 1e6 else f"regpath_{name} {value:.0f}\n"
