"""The server's one pool, if it has one: it starts with the server, and with nothing else."""

from __future__ import annotations

import logging
from importlib import import_module
from threading import Event
from typing import TYPE_CHECKING

from regpath.cli.environment import MEGABYTES, SECONDS, WORKERS, told
from regpath.ui.workers.cores import cores, hold_to_one_thread

if TYPE_CHECKING:
    from regpath.ui.workers.pool import Pool

# What `Pool.state` tells, for a server that has no pool, or not yet.
STATE = ("workers", "queued", "at_work", "asked", "made", "dropped", "tried_again", "lost")
logger = logging.getLogger(__name__)
_pools: list[Pool] = []
_expected = Event()


def expect_pool() -> None:
    """Say that there will be workers, before anything computes: this process need not get ready."""
    if told(WORKERS, 1):
        _expected.set()
        hold_to_one_thread()


def computes_beside() -> bool:
    """Whether workers compute, now or soon."""
    return _expected.is_set()


def start_pool() -> None:
    """Start as many workers as the environment says, by default one for each core; 0 for none."""
    pool = import_module("regpath.ui.workers.pool")
    usual = pool.Budget(workers=cores())
    budget = pool.Budget(
        workers=told(WORKERS, usual.workers),
        seconds=told(SECONDS, int(usual.seconds)),
        megabytes=told(MEGABYTES, usual.megabytes),
    )
    if budget.workers == 0:
        return
    try:
        _pools.append(pool.Pool(budget))
    except (OSError, ImportError, NotImplementedError, RuntimeError):
        logger.warning(pool.NO_SECOND, exc_info=True)
        _expected.clear()


def ready_pool() -> Pool | None:
    """The pool, once it answers; None where there is none or not yet."""
    return _pools[0] if _pools and _pools[0].is_ready else None


def working_pool() -> Pool | None:
    """The pool, once a worker has answered and while one does or comes in the place of one lost."""
    return _pools[0] if _pools and _pools[0].takes_work else None


def some_come() -> bool:
    """Whether a worker answers, or may before long."""
    return computes_beside() and (not _pools or _pools[0].some_come)


def pool_state() -> dict[str, int]:
    """What the pool says of itself, whether or not a worker answers; zeros where there is none."""
    return _pools[0].state() if _pools else dict.fromkeys(STATE, 0)


def stop_pool() -> None:
    """End the workers."""
    _expected.clear()
    while _pools:
        _pools.pop().close()
