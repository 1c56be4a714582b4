"""A broadcast: what a teacher shows to a class, and how many screens are here.

A server has one at the most. It holds no names: a screen is a connection, and gone with it. Whoever
knows the secret leads; the terminal that started the server says it to the teacher alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING, Any

from regpath.errors import ParameterError
from regpath.ui.poll import Poll

if TYPE_CHECKING:
    from regpath.export.session_file import Session

SHORTEST = 16  # letters of a secret that is not to be guessed
LONGEST_VIEW = 4000  # letters of how a path is looked at; the explorer's longest has some 1500


class Role(StrEnum):
    """What a screen is in a class."""

    STUDENT = "student"
    LEADER = "leader"
    BOARD = "board"


@dataclass(frozen=True)
class OnScreen:
    """What the teacher shows.

    Attributes
    ----------
    page : str
        Title of the page.
    session : Session
        Data, choices, strength and view.
    stage : str
        What a position on the path belongs to; see `stage_name`.
    lambdas : tuple of float
        The strengths that a position counts.
    part : str
        Which part of the page is open; "" where it has none.
    view : str
        All that makes this another view, but for the position on the path.
    """

    page: str
    session: Session = field(repr=False)
    stage: str = ""
    lambdas: tuple[float, ...] = field(default=(), repr=False)
    part: str = ""
    view: str = ""

    @property
    def key(self) -> str:
        """A name of the view, which another view does not have."""
        return stage_name(repr((self.page, self.stage, self.view)))


@dataclass(eq=False)
class Screen:
    """A screen that is connected.

    Attributes
    ----------
    wake : callable
        Called, from any thread, when there is news for it.
    role : Role
    follows : bool
    """

    wake: Callable[[], None]
    role: Role = Role.STUDENT
    follows: bool = False


class Broadcast:
    """What is shown and who is here; safe to use from every session.

    Parameters
    ----------
    secret : str
        What whoever leads has to know.

    Attributes
    ----------
    poll : Poll
        What the class predicted in lessons.
    """

    def __init__(self, secret: str) -> None:
        if len(secret) < SHORTEST:
            raise ParameterError(
                f"The secret of a class has {len(secret)} letters and can be guessed.",
                f"Take {SHORTEST} or more, or none: then one is made.",
            )
        self.secret = secret
        self.poll = Poll()
        self._lock = Lock()
        self._shown: OnScreen | None = None
        self._hidden = False
        self._at: tuple[int, dict[str, Any]] = (0, {})
        self._screens: set[Screen] = set()

    def may_lead(self, secret: object) -> bool:
        """Whether somebody knows the secret."""
        if not isinstance(secret, str):
            return False
        said = secret.encode(errors="surrogatepass")  # JSON may hold halves of letters
        return secrets.compare_digest(said, self.secret.encode())

    @property
    def shown(self) -> OnScreen | None:
        """What is shown, with the strength where the cursor is now; None before the beginning."""
        with self._lock:
            shown = self._shown
            if shown is None or not shown.lambdas:
                return shown
            index, view = self._at
            lam = shown.lambdas[min(index, len(shown.lambdas) - 1)]
            app = {**shown.session.app, "view": view}
            return replace(shown, session=replace(shown.session, lam=lam, app=app))

    def show(self, shown: OnScreen, index: int, view: dict[str, Any]) -> None:
        """Show something to all who follow."""
        with self._lock:
            self._shown, self._at, self._hidden = shown, (index, view), False
        self._tell()

    def hide(self) -> None:
        """Say that the teacher is at something that is not shown; what was shown last stays."""
        with self._lock:
            if self._hidden:
                return
            self._hidden = True
        self._tell()

    def take_back(self) -> None:
        """Show the teacher's own file no more; a bundled set stays.

        Those who have it keep it; who comes later, or comes back, does not get it.
        """
        with self._lock:
            if self._shown is None or self._shown.session.bundled:
                return
            self._shown, self._at, self._hidden = None, (0, {}), True
        self._tell()

    def move(self, stage: str, index: int, view: dict[str, Any] | None = None) -> None:
        """Move the cursor on the path that is shown; elsewhere nothing happens."""
        with self._lock:
            shown = self._shown
            if shown is None or stage != shown.stage or not 0 <= index < len(shown.lambdas):
                return
            self._at = (index, self._at[1] if view is None else view)
        self._tell()

    def enter(self, screen: Screen) -> None:
        """A screen has come, or says what it is now."""
        with self._lock:
            self._screens.add(screen)
        self._tell()

    def leave(self, screen: Screen) -> None:
        """A screen has gone."""
        with self._lock:
            self._screens.discard(screen)
        self._tell()

    @property
    def n_screens(self) -> int:
        """How many screens are connected, whatever they are."""
        return len(self._screens)

    def news_for(self, screen: Screen) -> dict[str, Any]:
        """What a screen is to know now; how many are here is for teacher and projector."""
        with self._lock:
            students = [each for each in self._screens if each.role is Role.STUDENT]
            news: dict[str, Any] = {
                "key": "" if self._shown is None else self._shown.key,
                "stage": "" if self._shown is None else self._shown.stage,
                "index": self._at[0],
                "view": self._at[1],
                "led": any(each.role is Role.LEADER for each in self._screens),
                "hidden": self._hidden,
            }
            if screen.role is not Role.STUDENT:
                news["here"] = len(students)
                news["follow"] = sum(each.follows for each in students)
            return news

    def _tell(self) -> None:
        with self._lock:
            screens = list(self._screens)
        for screen in screens:
            screen.wake()


def stage_name(owner: str) -> str:
    """A name for what a choice belongs to that says nothing of it: owners hold column names."""
    return blake2b(owner.encode(), digest_size=12).hexdigest()


_broadcasts: list[Broadcast] = []


def open_broadcast(secret: str = "") -> Broadcast:
    """Begin the broadcast of this server."""
    _broadcasts[:] = [Broadcast(secret or secrets.token_urlsafe(SHORTEST))]
    return _broadcasts[0]


def close_broadcast() -> None:
    """End it."""
    _broadcasts.clear()


def current_broadcast() -> Broadcast | None:
    """The broadcast of this server, if it has one."""
    return _broadcasts[0] if _broadcasts else None
