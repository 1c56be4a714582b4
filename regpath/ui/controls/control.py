"""Control: one field of a recipe on screen; how it is drawn, read and written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, replace
from typing import Any, Literal

import streamlit as st

from regpath.core.families import FAMILIES, Family, family_of
from regpath.recipe import FIELDS
from regpath.ui.controls.widgets import Widget
from regpath.ui.session.opening import usual_choices
from regpath.ui.session.state import Key
from regpath.ui.session.unheard import choose, chosen_value

Scope = Literal["app", "data", "target", "family", "rule"]


@dataclass(frozen=True)
class Place:
    """What choices belong to: another one has choices of its own.

    Attributes
    ----------
    owner : str
        Of the data; see `Source`.
    target : str
    family : str
        As the recipe says it.
    rule : str
    """

    owner: str
    target: str = ""
    family: str = "auto"
    rule: str = "1se"

    def may_be(self, has: Callable[[Family], bool]) -> bool:
        """Whether the family has a trait, as far as is known."""
        if self.family == "auto":
            return any(has(family) for family in FAMILIES.values() if family.is_guessed)
        return has(family_of(self.family))

    def name(self, key: Key, scope: Scope) -> str:
        """Where the session holds a choice."""
        if scope == "app":
            return key.value
        if scope == "target":
            return key.of(f"{self.owner}:{self.target}")
        return key.of({"data": self.owner, "family": self.family, "rule": self.rule}[scope])


EVERYWHERE = Place("")  # where choices of the scope "app" are held


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Control:
    """One field of a recipe on screen.

    Attributes
    ----------
    field : str
        Of the recipe.
    key : Key
        Where the session holds what is chosen.
    scope : {"app", "data", "target", "family", "rule"}
        What the choice belongs to.
    widget : Widget or None
        How it is drawn; None where no page asks for it.
    to_widget, to_recipe : callable
        From the recipe's value to that of the widget, and back.
    """

    field: str
    key: Key
    scope: Scope
    widget: Widget | None = None
    to_widget: Callable[[Any], Any] = _same
    to_recipe: Callable[[Any], Any] = _same

    @property
    def keys(self) -> tuple[Key, ...]:
        """All that the session holds for it."""
        return (self.key,)

    def usual_at(self, place: Place) -> Any:
        """What a recipe says if nothing is chosen: as the catalog says, else the default."""
        default = FIELDS[self.field].default
        return usual_choices(place.owner).get(self.field, None if default is MISSING else default)

    def name(self, place: Place) -> str:
        """Where the session holds what is chosen here."""
        return place.name(self.key, self.scope)

    def draw(self, place: Place, *, usual: Any = None, **known: Any) -> None:
        """Draw it.

        Parameters
        ----------
        place : Place
        usual : object, default=None
            What is chosen until a person chooses; None means what `usual_at` says.
        **known
            What only the page knows of the widget, such as its options.
        """
        widget = self.widget_at(place)
        assert widget is not None, self.field
        first = self.usual_at(place) if usual is None else usual
        replace(widget, **known).draw(self.name(place), self.to_widget(first))

    def applies(self, place: Place) -> bool:
        """Whether there is anything to choose here."""
        return True

    def widget_at(self, place: Place) -> Widget | None:
        """How it is drawn here."""
        return self.widget

    def read(self, place: Place) -> Any:
        """The recipe's value, as it is chosen."""
        name = self.name(place)
        if name not in st.session_state:
            return self.usual_at(place)
        return self.to_recipe(chosen_value(name))

    def refusal(self, place: Place, value: Any) -> str:
        """Why the app cannot take a value that a recipe can have; empty where it can."""
        widget = self.widget_at(place)
        return "" if widget is None else widget.refusal(value)

    def write(self, place: Place, value: Any) -> None:
        """Choose a recipe's value; before the widget is drawn."""
        choose(self.name(place), self.to_widget(value))
