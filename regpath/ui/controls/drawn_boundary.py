"""A boundary of points that are drawn: the plane in the browser, and the path that answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache, partial
from typing import Any

import numpy as np
import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from regpath.charts import DARK, LIGHT, Look
from regpath.charts.drawn_boundary import drawn_boundary_figure
from regpath.core.boundary.boundary_path import BoundaryPath, boundary_path
from regpath.core.boundary.drawn_points import FLIP, MOST, MOVE, NOISES, DrawnPoints
from regpath.core.boundary.plane import STEPS, Plane
from regpath.number_format import POINT, current_format
from regpath.ui.controls.decimal_field import DecimalField
from regpath.ui.display import current_look, is_slide, show_numbers
from regpath.ui.messages import literal
from regpath.ui.pictures import offer_picture
from regpath.ui.session.drawn import Drawing, drawing_for
from regpath.ui.session.state import Key, start

BOARD = "board"  # so begin keys of the component and of what stands below it
DRAWN, STRENGTH = "drawn", "strength"  # what the browser reports
COLOURS = ("positive", "negative", "cursor", "muted", "grid")  # that the plane takes of a look
DIGITS = 12  # of numbers that only draw
NAMES = {MOVE: "Move the points", FLIP: "Flip classes"}
AMOUNTS = {
    MOVE: "Each point takes a normal step: its standard deviation, in percent of the side.",
    FLIP: "This share of the points gets the other class.",
}


@dataclass(frozen=True, eq=False)
class DrawingBoard:
    """What points are drawn on, and how their path is fit.

    Attributes
    ----------
    owner : str
        Whose drawing it is in the session.
    name : str
        Of the files that it leaves as.
    plane : Plane
    points : DrawnPoints
        Where it begins.
    lambdas : ndarray of shape (L,)
    index : int
        Position of the strength at first.
    l1_ratio : float
    standardize : bool
    """

    owner: str
    name: str
    plane: Plane
    points: DrawnPoints
    lambdas: np.ndarray
    index: int
    l1_ratio: float
    standardize: bool

    @property
    def drawing(self) -> Drawing:
        """What is drawn now."""
        return drawing_for(self.owner, self.points, self.index)


def show_drawn_boundary(on: DrawingBoard) -> None:
    """Show the plane with its points, what can be done with them, and what their path says."""
    found = path_of_drawn(on)
    _mount(on, found)
    if is_slide():
        return
    _changes(on)
    st.caption(literal(found.told))
    if found.state in ("fitted", "flat"):
        show_numbers(found.to_frame(), key=on.name)
        offer_picture(partial(_figure, on), key=on.name)


def path_of_drawn(on: DrawingBoard) -> BoundaryPath:
    """The path of what is drawn now, fit if it is not the one that was fit last."""
    drawing = on.drawing
    what = (drawing.points.as_told(), on.plane, tuple(on.lambdas), on.l1_ratio, on.standardize)
    if drawing.known is None or drawing.known[0] != what:
        found = boundary_path(
            drawing.points,
            on.plane,
            on.lambdas,
            l1_ratio=on.l1_ratio,
            standardize=on.standardize,
        )
        drawing.known = (what, found)
    return drawing.known[1]


def _mount(on: DrawingBoard, found: BoundaryPath) -> None:
    drawing, plane = on.drawing, on.plane
    numbers = current_format()
    data: dict[str, Any] = {
        "owner": on.owner,
        "order": drawing.order,
        "heard": drawing.heard,
        "points": drawing.points.as_told(),
        "index": min(drawing.index, len(on.lambdas) - 1),
        "names": plane.names,
        "classes": plane.classes,
        "low": plane.low,
        "high": plane.high,
        "steps": STEPS,
        "most": MOST,
        "lambdas": _drawable(on.lambdas),
        "looks": {"light": _colours(LIGHT), "dark": _colours(DARK)},
        "numbers": None if numbers is POINT else [numbers.decimal, numbers.thousands],
        **_course(found),
    }
    _component()(
        key=f"{BOARD}:{on.owner}",
        data=data,
        on_drawn_change=partial(_hear, on),
        on_strength_change=partial(_hear_strength, on),
    )


def _course(found: BoundaryPath) -> dict[str, Any]:
    """The path over steps of the plane, with what is said of it; nothing where nothing is fit."""
    if found.state not in ("fitted", "flat"):
        return {"intercept": None}
    per_step = found.coefs * found.plane.step[:, None]
    corner = found.intercepts + np.asarray(found.plane.low) @ found.coefs
    told = {
        "intercept": _drawable(corner),
        "across": _drawable(per_step[0]),
        "upwards": _drawable(per_step[1]),
        "direction": _drawable(found.direction),
        "confidence": _drawable(found.confidence),
    }
    if found.path is not None:
        told |= {str(name): _drawable(found.scores[name].to_numpy()) for name in found.scores}
    return told


def _drawable(values: np.ndarray) -> list[float | None]:
    return [float(f"{v:.{DIGITS}g}") if np.isfinite(v) else None for v in values]


def _colours(look: Look) -> dict[str, str]:
    return {name: colour for name, colour in asdict(look).items() if name in COLOURS}


def _hear(on: DrawingBoard) -> None:
    """Take over what was drawn before the run that follows."""
    told = st.session_state[f"{BOARD}:{on.owner}"].get(DRAWN)
    on.drawing.hear(told)


def _hear_strength(on: DrawingBoard) -> None:
    told = st.session_state[f"{BOARD}:{on.owner}"].get(STRENGTH)
    if isinstance(told, int) and 0 <= told < len(on.lambdas):
        on.drawing.index = told


def _changes(on: DrawingBoard) -> None:
    """What the page does with all points: back and forth, from the start, none, and noise."""
    drawing = on.drawing
    key = f"{BOARD}:{on.owner}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            "Undo",
            key=f"{key}:undo",
            on_click=drawing.undo,
            disabled=not drawing.can_undo,
            icon=":material/undo:",
        )
        st.button(
            "Redo",
            key=f"{key}:redo",
            on_click=drawing.redo,
            disabled=not drawing.can_redo,
            icon=":material/redo:",
        )
        st.button(
            "As at the start",
            key=f"{key}:start",
            on_click=drawing.change,
            args=(on.points,),
            disabled=drawing.points == on.points,
            icon=":material/restart_alt:",
        )
        st.button(
            "No points",
            key=f"{key}:empty",
            on_click=drawing.change,
            args=(DrawnPoints.of(np.empty((0, 2), dtype=int), np.empty(0)),),
            disabled=not len(drawing.points),
            icon=":material/delete_sweep:",
        )
    _noise(on)


def _noise(on: DrawingBoard) -> None:
    key = f"{Key.NOISE.value}:{on.owner}"
    start(f"{key}:kind", MOVE)
    columns = st.columns([3, 2, 2, 2], vertical_alignment="bottom")
    kind: str = columns[0].selectbox(
        "Noise",
        NOISES,
        format_func=NAMES.__getitem__,
        key=f"{key}:kind",
        help="Moved points keep their class, flipped ones their place.",
    )
    amount = DecimalField("Amount, %", f"{key}:amount", 0.0, 100.0)
    with columns[1]:
        amount.draw(5.0, help=AMOUNTS[kind])
    columns[2].number_input(
        "Seed",
        0,
        9999,
        0,
        1,
        key=f"{key}:seed",
        help="The same seed does the same to the same points.",
    )
    columns[3].button(
        "Add noise",
        key=f"{key}:add",
        on_click=_add_noise,
        args=(on.drawing, key, amount),
        disabled=not len(on.drawing.points),
        icon=":material/grain:",
        width="stretch",
    )


def _add_noise(drawing: Drawing, key: str, amount: DecimalField) -> None:
    """Add what the fields say now: they may be newer than the page."""
    kind, seed = (st.session_state[f"{key}:{name}"] for name in ("kind", "seed"))
    share = amount.take()
    if share is not None:
        drawing.change(drawing.points.with_noise(kind, share / 100.0, seed))


def _figure(on: DrawingBoard) -> Any:
    """The chosen strength as a picture that leaves."""
    index = min(on.drawing.index, len(on.lambdas) - 1)
    return drawn_boundary_figure(path_of_drawn(on), index, look=current_look())


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component("regpath.points", css="points.css", js="points.js")
