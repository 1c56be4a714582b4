"""Waiting for a worker: what is said meanwhile, and how a visitor leaves."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import get_run_yield_check

from regpath.core.progress import Progress, tell
from regpath.ui.workers.task import Task

AGAIN = "The process that computed this was ended. It is computed again; nothing is lost."
TICK = 0.2  # seconds between two words to the visitor, and looks whether he still waits


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
    """

    seconds: float = 1.0
    tell: Progress | None = None
    visitor: str = ""


AS_USUAL = How()


def wait_for(task: Task, how: How) -> None:
    """Wait until a task has ended, pass on how far it is, and say so where it begins anew."""
    attempts = 1
    leave = get_run_yield_check()
    while not task.wait(TICK):
        if leave is not None:
            leave()
        tell(how.tell, task.share)
        if task.attempts > attempts and not how.visitor:
            attempts = task.attempts
            st.toast(AGAIN, icon=":material/refresh:")


def visitor() -> str:
    """Who asks: the session, so that nobody's computations keep everybody's waiting."""
    context = get_script_run_ctx(suppress_warning=True)
    return "" if context is None else context.session_id
