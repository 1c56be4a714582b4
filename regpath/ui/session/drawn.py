"""Points that a visitor draws: what they are now, what they were, and what the browser reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import streamlit as st

from regpath.core.boundary.drawn_points import DrawnPoints
from regpath.ui.session.state import Key

if TYPE_CHECKING:
    from regpath.core.boundary.boundary_path import BoundaryPath

POINTS = "points"  # of an address: what was drawn
LESSONS = "lesson:"  # so begins whose drawing it is; one on data begins with their digest
MOST_BACK = 200  # changes that can be taken back
MOST_DRAWINGS = 20  # that a session keeps: one for each step of a lesson and pair of features


@dataclass
class Drawing:
    """Points with their past.

    Attributes
    ----------
    start : DrawnPoints
        Where it began.
    states : list of DrawnPoints
        All there was, the oldest first; those behind `now` were taken back.
    now : int
        Position of what is drawn.
    order : int
        Grows when the page changes the points; the browser obeys each number once, and what it
        reports from before does not count.
    heard : int
        The last report that was taken.
    stroke : int
        The change that it belongs to: a drag reports many times, and is one step back.
    index : int
        Position of the chosen strength.
    known : (object, BoundaryPath) or None
        The last answer, and for what.
    """

    start: DrawnPoints
    index: int
    states: list[DrawnPoints] = field(default_factory=list)
    now: int = 0
    order: int = 0
    heard: int = 0
    stroke: int = -1
    known: tuple[object, BoundaryPath] | None = None

    def __post_init__(self) -> None:
        if not self.states:
            self.states = [self.start]

    @property
    def points(self) -> DrawnPoints:
        """What is drawn."""
        return self.states[self.now]

    @property
    def can_undo(self) -> bool:
        """Whether there is something before."""
        return self.now > 0

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back."""
        return self.now + 1 < len(self.states)

    def hear(self, told: Any) -> None:
        """Take what the browser reports, if it is news and knows of the last order."""
        if not isinstance(told, dict) or not isinstance(told.get("at"), int):
            return
        if told["at"] <= self.heard or told.get("order") != self.order:
            return
        points = DrawnPoints.told(told.get("points"))
        if points is None:
            return
        self.heard = told["at"]
        stroke = told.get("stroke")
        if points == self.points:
            return
        goes_on = stroke == self.stroke and self.can_undo and not self.can_redo
        if goes_on:
            self.states[self.now] = points
        else:
            self._append(points)
        self.stroke = stroke if isinstance(stroke, int) else -1

    def change(self, points: DrawnPoints) -> None:
        """Change the points from the page."""
        if points != self.points:
            self._append(points)
        self._command()

    def undo(self) -> None:
        """Take the last change back."""
        if self.can_undo:
            self.now -= 1
        self._command()

    def redo(self) -> None:
        """Bring back what was taken back."""
        if self.can_redo:
            self.now += 1
        self._command()

    def _append(self, points: DrawnPoints) -> None:
        del self.states[self.now + 1 :]
        self.states.append(points)
        del self.states[: max(0, len(self.states) - 1 - MOST_BACK)]
        self.now = len(self.states) - 1

    def _command(self) -> None:
        self.order += 1
        self.stroke = -1


def drawing_for(owner: str, start: DrawnPoints, index: int) -> Drawing:
    """What is drawn of one thing, or a new drawing of it.

    Parameters
    ----------
    owner : str
        What it is drawn on: a step of a lesson, or two features of some data.
    start : DrawnPoints
    index : int
        Position of the strength at first.
    """
    kept = _kept()
    if owner not in kept:
        while len(kept) >= MOST_DRAWINGS:
            del kept[next(iter(kept))]
        kept[owner] = Drawing(start, index)
        brought = _brought().pop(owner, None)
        if brought is not None:
            kept[owner].change(brought)
    return kept[owner]


def of_lesson(name: str, step: int) -> str:
    """Whose drawing that of a lesson's step is."""
    return f"{LESSONS}{name}:{step}"


def linked(digest: str) -> str:
    """Whose drawing that of a link is, until the plane is known that it was drawn on."""
    return f"{digest}:linked"


def take_drawn(words: Mapping[str, Sequence[str]], digest: str) -> None:
    """Keep the points of an address for the plane of its features."""
    if POINTS in words:
        bring_points(linked(digest), words[POINTS][-1])


def take_linked(digest: str, owner: str) -> None:
    """Have the points of a link drawn on the first plane that is shown of its data."""
    brought = _brought().pop(linked(digest), None)
    if brought is not None:
        _brought()[owner] = brought


def changed_points(owner: str) -> DrawnPoints | None:
    """What is drawn of one thing, or was brought for it; None where it is as at the start."""
    drawing = _kept().get(owner)
    if drawing is None:
        return _brought().get(owner)
    return None if drawing.points == drawing.start else drawing.points


def changed_drawings(digest: str) -> dict[str, DrawnPoints]:
    """What is drawn in lessons, and on data of a digest."""
    found = {owner: changed_points(owner) for owner in {**_kept(), **_brought()}}
    begins = (LESSONS, digest)
    return {
        owner: points
        for owner, points in found.items()
        if points is not None and owner.startswith(begins)
    }


def bring_points(owner: str, text: str) -> None:
    """Draw what a link or a file says; what is no points is not taken."""
    points = DrawnPoints.from_text(text)
    if points is None:
        return
    drawing = _kept().get(owner)
    if drawing is not None:
        drawing.change(points)
    elif len(_brought()) < MOST_DRAWINGS:
        _brought()[owner] = points


def forget_drawings(begins: str) -> None:
    """Forget what is drawn of things whose names begin with something."""
    for those in (_kept(), _brought()):
        for owner in [owner for owner in those if owner.startswith(begins)]:
            del those[owner]


def _kept() -> dict[str, Drawing]:
    found: dict[str, Drawing] = st.session_state.setdefault(Key.DRAWN, {})
    return found


def _brought() -> dict[str, DrawnPoints]:
    found: dict[str, DrawnPoints] = st.session_state.setdefault(Key.DRAWN_BROUGHT, {})
    return found
