"""What a worker process does: get ready, and carry computations out one after the other."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

from regpath.core.progress import Cancelled, Progress
from regpath.errors import RegpathError
from regpath.ui.workers.lending import Borrower
from regpath.ui.workers.memory import freeze_and_trim, give_back, limit_memory, share_heaps
from regpath.ui.workers.signals import Signals

Make = Callable[[Progress | None], Any]
NICE = 3  # steps behind the server, which must answer while all cores compute
# Seconds of a computation after which what it freed is given back: that takes milliseconds.
LONG = 0.5
MODULES = ("regpath.study", "regpath.alarms", "regpath.choosing", "regpath.explorer")


class End(StrEnum):
    """How a computation ended."""

    MADE = "made"
    REFUSED = "refused"
    STOPPED = "stopped"
    NO_MEMORY = "no memory"
    FAILED = "failed"


@dataclass
class _Desk:
    """What a worker has at hand."""

    signals: Signals
    borrower: Borrower


_desks: list[_Desk] = []


def get_ready(signals: str, n_lines: int, megabytes: int) -> None:
    """Load what computations need, before anybody waits for one.

    Parameters
    ----------
    signals : str
        Name of their memory.
    n_lines : int
    megabytes : int
        That a computation may take beside what is loaded here; held on Linux alone.
    """
    share_heaps()
    if hasattr(os, "nice"):
        os.nice(NICE)
    _desks.append(_Desk(Signals(n_lines, signals), Borrower()))
    for name in MODULES:
        import_module(name)
    import_module("regpath.core.solvers").warm_up()
    freeze_and_trim()
    limit_memory(megabytes)


def is_ready() -> bool:
    """Whether the worker has got ready; it answers when it has."""
    return bool(_desks)


def carry_out(call: bytes, line: int) -> bytes:
    """Compute; say on a line of the signals how far it is, and listen there for a stop.

    Parameters
    ----------
    call : bytes
        A pickled function of a callback for progress.
    line : int

    Returns
    -------
    bytes
        Pickled: how it ended, and what came of it.
    """
    desk, begun = _desks[0], time.perf_counter()
    desk.signals.begin(line)
    outcome = _outcome(desk, call, line)
    try:
        content = desk.borrower.dumps(outcome)
    except MemoryError:
        content = desk.borrower.dumps((End.NO_MEMORY, None))
    del outcome
    if time.perf_counter() - begun > LONG:
        give_back()
    return content


def _outcome(desk: _Desk, call: bytes, line: int) -> tuple[End, Any]:
    """How a computation ended, and what came of it."""

    def tell(share: float) -> None:
        desk.signals.tell(line, share)
        if desk.signals.is_stopped(line):
            raise Cancelled()

    try:
        make: Make = desk.borrower.loads(call)
        return End.MADE, make(tell)
    except Cancelled:
        return End.STOPPED, None
    except RegpathError as error:
        return End.REFUSED, error
    except MemoryError:
        return End.NO_MEMORY, None
    except Exception:  # as text: not every error can travel
        return End.FAILED, traceback.format_exc()


def give_up(names: tuple[str, ...]) -> None:
    """Give up what was lent, since nobody holds it any more."""
    _desks[0].borrower.forget(names)
    give_back()
