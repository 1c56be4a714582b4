"""The explorer on the page: mounts the component, hears what was chosen, moves its cursor."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

import regpath.explorer
from regpath.number_format import POINT, current_format, localized
from regpath.ui.broadcast import stage_name
from regpath.ui.session.state import Key

ASSETS = Path(regpath.explorer.__file__).with_name("assets")
NAME = "regpath.explorer"  # distribution and component, as in regpath/pyproject.toml
STATE = "chosen"  # what the browser reports; the name of the callback holds it, too


@dataclass(frozen=True)
class CursorChoice:
    """A strength, as its position in `lambdas`, and how a person looks at the path."""

    index: int
    view: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Mounted:
    """What the component was told when it was mounted: constant, or the data would travel again."""

    owner: str
    first: CursorChoice
    command: dict[str, int] | None = None


def ask_explorer(
    payload: dict[str, Any], owner: str, start: CursorChoice, *, n_lambdas: int
) -> CursorChoice:
    """Show the explorer and return what is chosen in it.

    Parameters
    ----------
    payload : dict
        From `regpath.explorer.payload`.
    owner : str
        What the choice belongs to; another data set or grid has another choice.
    start : CursorChoice
        For an owner that has no choice yet.
    n_lambdas : int
        Positions on the grid; what the browser reports is checked against it.
    """
    choices = _choices()
    choices.setdefault(owner, start)
    mounted = st.session_state.get(Key.MOUNTED)
    if mounted is None or mounted.owner != owner:
        mounted = st.session_state[Key.MOUNTED] = Mounted(owner, choices[owner])
    data = {
        **_in_numbers(payload),
        "owner": owner,
        "stage": stage_name(owner),
        "index": mounted.first.index,
        "view": mounted.first.view,
        "command": mounted.command,
    }
    result = _component()(key=Key.EXPLORER, data=data, on_chosen_change=_heard)
    _hear(result.get(STATE))
    chosen = choices[owner]
    return replace(chosen, index=min(chosen.index, n_lambdas - 1))


def _in_numbers(payload: dict[str, Any]) -> dict[str, Any]:
    """What is drawn, which everybody shares, with numbers as this visitor writes them."""
    numbers = current_format()
    if numbers is POINT:
        return {"payload": payload}
    marks = [mark | {"reason": localized(mark["reason"])} for mark in payload["marks"]]
    own = payload | {"hash": f"{payload['hash']} {numbers.name}", "marks": marks}
    return {"payload": own, "numbers": [numbers.decimal, numbers.thousands]}


def load_ahead() -> None:
    """Let the browser load the explorer while its data are computed: on a first page, unseen."""
    with st.container(key="rp-ahead"):  # in every run, so that nothing below changes its place
        if Key.LOADED not in st.session_state:
            st.session_state[Key.LOADED] = True
            _component()(key="ahead")


def move_cursor(owner: str, index: int) -> None:
    """Order the cursor to a strength; the explorer obeys on the next run, wherever it is now."""
    choices = _choices()
    choices[owner] = replace(choices[owner], index=index)
    mounted = st.session_state.get(Key.MOUNTED)
    if mounted is None:
        return  # it starts there
    # Counted over the whole session: the browser obeys each number once.
    n = st.session_state[Key.ORDERS] = st.session_state.get(Key.ORDERS, 0) + 1
    command = {"n": n, "index": index, "heard": _heard_at()}
    st.session_state[Key.MOUNTED] = replace(mounted, command=command)


def choice_of(owner: str) -> CursorChoice | None:
    """What is chosen, if anything was."""
    return _choices().get(owner)


def leave_cursor_at(owner: str, index: int) -> None:
    """Choose a strength while no explorer is on the page; it starts there when it comes back."""
    now = _choices().get(owner, CursorChoice(index))
    _choices()[owner] = replace(now, index=index)


def begin(owner: str, choice: CursorChoice) -> None:
    """Choose a strength and a view as a session had them; where the explorer is, it moves there."""
    _choices()[owner] = choice
    mounted = st.session_state.get(Key.MOUNTED)
    if mounted is not None and mounted.owner == owner:
        move_cursor(owner, choice.index)


def leave() -> None:
    """Note at the start of a run that no explorer is on the page yet.

    If it was there in the run before, it still is in the browser and keeps its place.
    """
    if not st.session_state.pop(Key.ON_PAGE, False):
        st.session_state.pop(Key.MOUNTED, None)


def arrive() -> None:
    """Note that the explorer is on the page in this run."""
    st.session_state[Key.ON_PAGE] = True


@cache
def _component() -> ComponentRenderer:
    html = (ASSETS / "explorer.html").read_text(encoding="utf-8")
    return st.components.v2.component(NAME, html=html, css="explorer.css", js="explorer.js")


def _choices() -> dict[str, CursorChoice]:
    choices: dict[str, CursorChoice] = st.session_state.setdefault(Key.CHOICES, {})
    return choices


def _heard() -> None:
    """Take over what the browser reports before the run that follows."""
    _hear(st.session_state[Key.EXPLORER].get(STATE))


def _heard_at() -> int:
    """When the browser reported what was heard last: it obeys no order that knew less than that."""
    told = st.session_state.get(Key.TOLD)
    at = told.get("at") if told else None
    return at if isinstance(at, int) else 0


def _hear(told: Any) -> None:
    """Only news counts: an order of ours may have moved the cursor since."""
    if not isinstance(told, dict) or told == st.session_state.get(Key.TOLD):
        return
    st.session_state[Key.TOLD] = told
    owner, index, view = told.get("owner"), told.get("index"), told.get("view")
    if owner in _choices() and isinstance(index, int) and index >= 0 and isinstance(view, dict):
        _choices()[owner] = CursorChoice(index, view)
