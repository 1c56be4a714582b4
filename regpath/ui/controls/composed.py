"""Controls of more than one widget, or whose value depends on another choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from regpath.core.conversions.typed import read_strengths
from regpath.core.families import Family
from regpath.core.selection import RULES
from regpath.errors import ParameterError
from regpath.number_format import current_format
from regpath.ui.controls.control import Control, Place
from regpath.ui.controls.widgets import ListField, Many, NumberField, Stops
from regpath.ui.session.state import Key
from regpath.ui.session.unheard import choose, chosen_value

PENALTIES = {"L1": 1.0, "Elastic net": None, "L2": 0.0}
MIXES = {k / 20: f"{k / 20:.2f}" for k in range(1, 20)}
USUAL_MIX = 0.5  # l1_ratio of an elastic net, until a person says otherwise
MIX = Stops(
    "Share of L1 (l1_ratio)", help="0 would be pure L2, 1 pure L1.", names=MIXES, form="slider"
)
# Strengths of one path in the app. On two cores those of digits, the slowest bundled set, take 29 s
# and 0.2 MB to the browser; 100 take 8 s.
MOST_LAMBDAS = 500
OFF = "Off"  # the widget's word for a power that is not given
POWER = Stops(
    "Adaptive",
    help="A first fit says how strong each feature is, and the weaker pay more, by this power: "
    "strong coefficients shrink less, weak ones leave sooner. Every fold learns its own.",
    names={OFF: OFF, 0.5: "0.5", 1.0: "1", 2.0: "2"},
    form="radio",
)


GRID = NumberField("Strengths on the grid", least=1, most=MOST_LAMBDAS)
LISTED = ListField(
    "Exactly these strengths λ",
    help="The path is fit and certified at these alone, in place of a grid: those of a course, "
    "say. They are sorted from strong to weak.",
    placeholder="1 0.1 0.01",
    most=MOST_LAMBDAS,
)


@dataclass(frozen=True)
class PenaltyControl(Control):
    """The mix of L1 and L2: its ends have names, and what is between them a slider."""

    @property
    def keys(self) -> tuple[Key, ...]:
        """The name, and the mix, which stays while an end is chosen."""
        return (Key.PENALTY, Key.L1_RATIO)

    def draw(self, place: Place, *, usual: Any = None, **known: Any) -> None:
        """Draw the names, and the slider where it is asked for."""
        super().draw(place, usual=usual, **known)
        if PENALTIES[st.session_state[self.name(place)]] is None:
            MIX.draw(Key.L1_RATIO, USUAL_MIX)

    def read(self, place: Place) -> Any:
        """The share of L1."""
        share = PENALTIES[chosen_value(self.name(place), "L1")]
        return chosen_value(Key.L1_RATIO, USUAL_MIX) if share is None else share

    def write(self, place: Place, value: Any) -> None:
        """Choose a share; an end leaves the mix as it is."""
        super().write(place, value)
        if value not in PENALTIES.values():
            choose(Key.L1_RATIO, value)


def list_as_typed() -> dict[str, Any]:
    """How a control draws, reads and writes strengths that a person lists."""
    return {
        "widget": LISTED,
        "to_widget": lambda values: " ".join(map(current_format().typed, values or ())),
        "to_recipe": lambda text: _listed(text) if text.strip() else None,
    }


def _listed(text: str) -> tuple[float, ...]:
    found = read_strengths(text, current_format())
    why = LISTED.refusal(found)
    if why:
        raise ParameterError(f"The list of strengths {why}. It has {len(found):,}.")
    return found


def left_open(word: str) -> dict[str, Any]:
    """How a control reads and writes a number that may be left open, which `word` says."""
    return {
        "to_widget": lambda value: word if value is None else value,
        "to_recipe": lambda value: None if value == word else value,
    }


def penalty_of(l1_ratio: float) -> str:
    """What a share of L1 is called."""
    return {1.0: "L1", 0.0: "L2"}.get(l1_ratio, "Elastic net")


@dataclass(frozen=True)
class Features(Control):
    """The features: columns to use only, and columns to leave out of whatever is used."""

    def draw(self, place: Place, *, usual: Any = None, **known: Any) -> None:
        """Draw both lists; `options` are the columns."""
        super().draw(place, usual=usual, **known)
        without = Many("Leave out", options=known["options"])
        without.draw(Key.WITHOUT.of(place.owner), [])

    @property
    def keys(self) -> tuple[Key, ...]:
        """Both lists."""
        return (Key.ONLY, Key.WITHOUT)

    def refusal(self, place: Place, value: Any) -> str:
        """Why not: an empty list would stand for all columns."""
        return "names no column" if value == () else ""

    def write(self, place: Place, value: Any) -> None:
        """Use these only; None leaves the choice to what can serve."""
        super().write(place, value)
        choose(Key.WITHOUT.of(place.owner), [])


@dataclass(frozen=True)
class ForFamilies(Control):
    """A choice for families with a trait, which says nothing of others.

    Attributes
    ----------
    has : callable
        The trait: takes a `Family`, and tells whether it has it.
    needs : str
        What a message calls such a target.
    """

    has: Callable[[Family], bool] = bool
    needs: str = ""

    def applies(self, place: Place) -> bool:
        """Whether the family has that trait."""
        return place.may_be(self.has)

    def read(self, place: Place) -> Any:
        """What is chosen, where it applies."""
        return super().read(place) if self.applies(place) else None

    def refusal(self, place: Place, value: Any) -> str:
        """Why not: it would say nothing."""
        return "" if value is None or self.applies(place) else f"needs a target with {self.needs}"


@dataclass(frozen=True)
class RuleNumberControl(Control):
    """The number that the chosen rule takes; each rule keeps its own."""

    def widget_at(self, place: Place) -> NumberField | None:
        """A field within the rule's limits; None where the rule takes no number."""
        number = RULES[place.rule].number
        if number is None:
            return None
        kind = int if number.whole else float
        return NumberField(
            number.label,
            least=kind(number.least),
            most=kind(number.most),
            step=kind(number.step),
            placeholder=f"usual: {number.usual}",
        )

    def write(self, place: Place, value: Any) -> None:
        """Choose a number; links bring 5 as 5.0, and the field tells them apart."""
        number = RULES[place.rule].number
        if value is not None and number is not None:
            value = int(value) if number.whole else float(value)
        super().write(place, value)
