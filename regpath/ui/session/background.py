"""A computation beside the page: the page stays usable, sees how far it is, and can stop it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

from regpath.core.progress import Cancelled, Progress
from regpath.ui.session.turns import page_turns


class Job:
    """One computation in a thread of its own.

    Parameters
    ----------
    make : callable
        Takes a callback for progress. It must not use Streamlit.

    Attributes
    ----------
    share : float
        What is done, from 0 to 1.
    error : Exception or None
        What it raised; nothing where it was stopped.
    is_stopped : bool
        Whether it was ended before it was done.
    said : deque of str
        What the visitor is to be told, until a page tells it.
    """

    def __init__(self, make: Callable[[Progress], Any]) -> None:
        self.share = 0.0
        self.said: deque[str] = deque()
        self.error: Exception | None = None
        self.is_stopped = False
        self._make, self._wanted, self._over = make, True, Event()

    def start(self) -> Job:
        """Begin."""
        Thread(target=self._run, name="regpath-job", daemon=True).start()
        return self

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self._over.is_set()

    @property
    def was_left(self) -> bool:
        """Whether it ended because its page had been closed; who comes back begins it anew."""
        return self.is_stopped and self._wanted

    def say(self, text: str) -> None:
        """Have the visitor told, by the page that shows how far it is."""
        self.said.append(text)

    def stop(self) -> None:
        """End it where it next tells its progress."""
        self._wanted = False

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, at most so long; whether it is."""
        with page_turns.left():
            return self._over.wait(seconds)

    def _run(self) -> None:
        try:
            self._make(self._tell)
        except Cancelled:
            self.is_stopped = True
        except Exception as error:  # told where the page asks for it
            self.error = error
        finally:
            self._over.set()

    def _tell(self, share: float) -> None:
        if not self._wanted:
            raise Cancelled()
        self.share = share
