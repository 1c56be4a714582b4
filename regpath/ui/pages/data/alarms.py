"""Alarms on the page: what would fool a path, what that would do, and one click that settles it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from regpath.errors import RegpathError
from regpath.number_format import localized
from regpath.recipe import Recipe
from regpath.ui.controls import roles
from regpath.ui.controls.table import write_choices
from regpath.ui.messages import literal
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key
from regpath.wording import counted

if TYPE_CHECKING:
    from regpath.alarms import Alarm, Change

ICONS = {
    "severe": ":material/error:",
    "warning": ":material/warning:",
    "hint": ":material/lightbulb:",
}
NAMES = {"severe": "severe alarm", "warning": "warning", "hint": "hint"}
BRIEF = 70  # letters of the first alarm beside a page's title
SHOWN = 30  # alarms on the page; the rest are counted
QUICK = 200_000  # cells that are looked at unasked; nobody waits for these


def show_badge(slot: DeltaGenerator, source: Source, recipe: Recipe, page: StreamlitPage) -> None:
    """Say on another page, in `slot`, how many alarms there are and the first; lead to them."""
    if source.table.frame.size > QUICK:
        slot.page_link(page, label="Look for alarms on Data", icon=ICONS["hint"])
        return
    try:
        alarms = source.results.alarms(source.table, recipe)
    except RegpathError:  # the page itself says what is wrong
        return
    if not alarms:
        return
    first = alarms[0]
    with slot.container(key="rp-badge"):
        st.page_link(
            page,
            label=literal(f"{_counts(alarms)}: {_brief(localized(first.what))}"),
            icon=ICONS[first.severity],
            help=literal(
                f"{localized(first.what)} {localized(first.effect)} The Data page has all, with "
                "remedies."
            ),
        )


def _counts(alarms: Sequence[Alarm]) -> str:
    """How many there are of each severity, in words."""
    found = [sum(alarm.severity == severity for alarm in alarms) for severity in NAMES]
    named = [counted(n, name) for n, name in zip(found, NAMES.values(), strict=True) if n]
    return ", ".join(named)


def _brief(what: str) -> str:
    """The first clause of a sentence, as long as a line has room for it."""
    clause = re.split(r"[:;(]| but (?!in )|, ", what, maxsplit=1)[0].strip().rstrip(".")
    return clause if len(clause) <= BRIEF else clause[: BRIEF - 1].rstrip() + "…"


def show_alarms(source: Source, recipe: Recipe) -> None:
    """List all alarms, the severe ones first."""
    with st.spinner("Looking for what would mislead …"):
        alarms = source.results.alarms(source.table, recipe)
    if not alarms:
        st.caption("None: no leaks, IDs, repeated rows, copies, separation or the like were found.")
    for i, alarm in enumerate(alarms[:SHOWN]):
        _show(i, alarm, source, recipe)
    if len(alarms) > SHOWN:
        st.caption(f"and {len(alarms) - SHOWN} more; settle these first.")


def _show(i: int, alarm: Alarm, source: Source, recipe: Recipe) -> None:
    with st.container(border=True):
        text, remedy = st.columns([3, 1], gap="medium", vertical_alignment="center")
        with text:
            icon = ICONS[alarm.severity]
            st.markdown(
                f"{icon} **{alarm.severity.capitalize()}.** {literal(localized(alarm.what))}"
            )
            st.caption(literal(localized(alarm.effect)))
        with remedy:
            if alarm.change is None:
                st.caption(f"{literal(localized(alarm.remedy))}.")
                return
            st.button(
                literal(_short(localized(alarm.remedy))),
                key=Key.REMEDY.of(f"{source.owner}:{i}"),
                help=literal(localized(alarm.remedy)),
                on_click=_settle,
                args=(alarm.change, source.owner, recipe),
                width="stretch",
            )


def _short(remedy: str, most: int = 60) -> str:
    return remedy if len(remedy) <= most else remedy[: most - 1].rstrip() + "…"


def _settle(change: Change, owner: str, recipe: Recipe) -> None:
    """Carry a remedy out in the controls that everything is read from."""
    roles.leave_out(change.leave_out, owner)
    write_choices(dict(change.settings), owner)
