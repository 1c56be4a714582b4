"""Waiting for a worker: what is said meanwhile, and how a visitor leaves."""

from __future__ import annotations

import time
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import get_run_yield_check

from regpath.core.progress import Cancelled, Progress, tell
from regpath.ui.session.turns import TICK, page_turns
from regpath.ui.workers.serving import some_come, working_pool
from regpath.ui.workers.task import NO_PROCESS, Task
from regpath.ui.workers.worker import End

LEFT = 10.0  # seconds without its connection after which a visit is over for what is beside a page
AGAIN = "The process that computed this was ended. It is computed again; nothing is lost."
# Seconds that a file waits for workers, which answer some 8 after the server's start. Where none
# has come by then it is read here, within the reader's own bounds of bytes and cells.
FOREIGN = 60.0
# Seconds that a page waits for the process that takes the place of the only one, which answers
# after some 3, or 20 where others use the machine.
REPLACED = 30.0
PATIENCE = 5.0  # seconds that what follows into an open page waits for others' charts


class Left(Cancelled):
    """The visitor closed the page."""


@dataclass(frozen=True)
class How:
    """How a visitor waits.

    Attributes
    ----------
    seconds : float, default=1.0
        Estimate of what it takes: cheap computations go first.
    tell : callable or None, default=None
        Hears the share that is done; what it raises takes the visitor away.
    visitor : str, default=""
        Who waits, where that is not the session of this thread.
    patience : float, default=0.0
        Seconds that it may wait longer than what costs as much, since nothing on screen waits.
    say : callable, default=None
        Hears what the visitor is to be told; None tells it on the page of this thread.
    is_foreign : bool, default=False
        Whether it reads what a stranger brought. That is a worker's, whose time and memory are
        bounded: where one is on its way, it is waited for.
    """

    seconds: float = 1.0
    tell: Progress | None = None
    visitor: str = ""
    patience: float = 0.0
    say: Callable[[str], None] | None = None
    is_foreign: bool = False


AS_USUAL = How()


def wait_for(task: Task, how: How) -> None:
    """Wait until a task has ended, pass on how far it is, and say so where it begins anew.

    Raises
    ------
    NoProcessError
        If it is queued, and no worker has answered for longer than one takes to start.
    """
    with page_turns.left():
        _wait_for(task, how)


def let_others_begin(how: How) -> None:
    """Wait as long as there is patience while others wait for their charts; a click ends it."""
    if how.patience:
        page_turns.wait_for_others(how.patience, get_run_yield_check())


def wait_for_workers() -> None:
    """Wait until workers take work, as long as some may come; a click ends it."""
    if not some_come() or working_pool() is not None:
        return
    leave, end = get_run_yield_check(), time.monotonic() + FOREIGN
    with page_turns.left():
        while some_come() and working_pool() is None and time.monotonic() < end:
            if leave is not None:
                leave()
            time.sleep(TICK)


def _wait_for(task: Task, how: How) -> None:
    attempts = 1
    leave, last_here = get_run_yield_check(), time.monotonic()
    last_hope, longest = last_here, FOREIGN if how.is_foreign else REPLACED
    while not task.wait(TICK):
        if leave is not None:
            leave()
        if _is_here(how.visitor):
            last_here = time.monotonic()
        elif time.monotonic() - last_here > LEFT:
            raise Left()
        if not task.is_queued or task.pool.is_ready:
            last_hope = time.monotonic()
        elif time.monotonic() - last_hope > longest:
            if task.attempts:
                (how.say or _toast)(AGAIN)  # by whoever asks, since no other process comes
            raise copy(NO_PROCESS)
        tell(how.tell, task.share)
        attempts = _said_again(task, attempts, how)
    if task.end is End.MADE:  # it may have begun and ended between two looks
        _said_again(task, attempts, how)


def _said_again(task: Task, attempts: int, how: How) -> int:
    """Say so where a task has begun anew since `attempts`: how often it has begun by now."""
    if task.attempts > attempts:
        (how.say or _toast)(AGAIN)
    return max(attempts, task.attempts)


def _toast(text: str) -> None:
    st.toast(text, icon=":material/refresh:")


def _is_here(session: str) -> bool:
    """Whether a session has a connection; nobody knows it where there is no server."""
    return not session or not runtime.exists() or runtime.get_instance().is_active_session(session)


def visitor() -> str:
    """Who asks: the session, so that nobody's computations keep everybody's waiting."""
    context = get_script_run_ctx(suppress_warning=True)
    return "" if context is None else context.session_id
