"""How a choice is drawn: each widget is a value, and what only a page knows is replaced in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import streamlit as st

from regpath.number_format import localized, num
from regpath.ui.controls.decimal_field import DecimalField
from regpath.ui.controls.search import offered
from regpath.ui.session.state import settle, settle_many, start

CHIPS = 300  # values that a field shows one by one; more are counted


@dataclass(frozen=True)
class Widget:
    """What all widgets have.

    Attributes
    ----------
    label : str
    help : str
    disabled : bool
    on_change : callable or None
    """

    label: str
    help: str = ""
    disabled: bool = False
    on_change: Callable[[], None] | None = None

    def draw(self, key: str, usual: Any) -> None:
        """Draw it; the session holds its value under `key`, `usual` until another is chosen."""
        raise NotImplementedError

    def refusal(self, value: Any) -> str:
        """Why it cannot hold a value; empty where it can."""
        return ""

    @property
    def common(self) -> dict[str, Any]:
        """What every widget of Streamlit is told."""
        return {
            "help": self.help or None,
            "disabled": self.disabled,
            "on_change": self.on_change,
        }


@dataclass(frozen=True)
class Choice(Widget):
    """One of some; a value that is none of them becomes the usual one.

    Attributes
    ----------
    names : mapping
        The options, and what they are called on screen.
    form : {"selectbox", "radio", "slider"}
    """

    names: Mapping[Any, str] = field(default_factory=dict)
    form: Literal["selectbox", "radio", "slider"] = "selectbox"

    def draw(self, key: str, usual: Any) -> None:
        """Draw a selectbox, buttons beside each other, or a slider with a stop for each."""
        names = self.options(st.session_state.get(key, usual))
        settle(key, names, usual)
        words = {option: self.shown(name) for option, name in names.items()}
        shape = {"selectbox": st.selectbox, "radio": st.radio, "slider": st.select_slider}
        beside = {"horizontal": True} if self.form == "radio" else {}
        draw: Any = shape[self.form]
        draw(
            self.label,
            offered(self.label, key, names, [st.session_state[key]]),
            key=key,
            format_func=words.__getitem__,
            **beside,
            **self.common,
        )

    def options(self, now: Any) -> Mapping[Any, str]:
        """What is offered while one value is chosen."""
        return self.names

    def shown(self, name: str) -> str:
        """A name as this visitor reads it."""
        return name


@dataclass(frozen=True)
class Stops(Choice):
    """One of some numbers, or the number that a link brought.

    Attributes
    ----------
    called : callable
        What another number is called; two numbers never the same.
    """

    called: Callable[[Any], str] = repr

    def options(self, now: Any) -> Mapping[Any, str]:
        """The stops, with the present number in its place among them."""
        if now in self.names:
            return self.names
        words = [stop for stop in self.names if isinstance(stop, str)]
        numbers = sorted({now, *self.names} - set(words), reverse=self._falls)
        return {stop: self.names.get(stop) or self.called(stop) for stop in (*words, *numbers)}

    def shown(self, name: str) -> str:
        """A number in this visitor's signs."""
        return localized(name)

    @property
    def _falls(self) -> bool:
        numbers = [stop for stop in self.names if not isinstance(stop, str)]
        return numbers[0] > numbers[-1]


@dataclass(frozen=True)
class ColumnBox(Widget):
    """One column of the table, or none.

    Attributes
    ----------
    columns : tuple of str
    """

    columns: tuple[str, ...] = ()

    def draw(self, key: str, usual: Any) -> None:
        """Draw a selectbox that may stay empty."""
        settle(key, (None, *self.columns), usual)
        columns = offered(self.label, key, self.columns, [st.session_state[key]])
        st.selectbox(self.label, columns, key=key, index=None, placeholder="None", **self.common)


@dataclass(frozen=True)
class NumberField(Widget):
    """A number within limits.

    Attributes
    ----------
    least, most : int or float
        Whole numbers where whole numbers are asked for.
    step : int or float
        Of the buttons for less and more, which whole numbers have.
    placeholder : str or None
        What stands there while no number is given; None where there always is one.
    """

    least: float = 0
    most: float = 1
    step: float = 1
    placeholder: str | None = None

    def draw(self, key: str, usual: Any) -> None:
        """Draw a field: with buttons for less and more, or for a number with decimals."""
        if isinstance(self.least, float):
            empty = self.placeholder is not None
            field = DecimalField(self.label, key, self.least, float(self.most), optional=empty)
            placeholder = localized(self.placeholder or "")
            field.draw(usual, placeholder=placeholder, **self.common)
            return
        start(key, usual)
        given = {} if self.placeholder is None else {"value": None, "placeholder": self.placeholder}
        draw: Any = st.number_input
        draw(
            self.label,
            self.least,
            self.most,
            step=self.step,
            key=key,
            format="%d",
            **given,
            **self.common,
        )

    def refusal(self, value: Any) -> str:
        """Why it cannot hold a number: it is outside the limits."""
        if value is None or self.least <= value <= self.most:
            return ""
        return f"goes from {self.least:,} to {self.most:,} in the app"


@dataclass(frozen=True)
class ListField(Widget):
    """Several numbers, typed one after the other; none is the usual.

    Attributes
    ----------
    placeholder : str
    most : int
        Numbers.
    """

    placeholder: str = ""
    most: int = 1

    def draw(self, key: str, usual: Any) -> None:
        """Draw a field of text."""
        start(key, usual)
        st.text_input(self.label, key=key, placeholder=self.placeholder, **self.common)

    def refusal(self, value: Any) -> str:
        """Why it cannot hold numbers: they are too many."""
        many = value is not None and len(value) > self.most
        return f"has {self.most:,} numbers at most in the app" if many else ""


@dataclass(frozen=True)
class Switch(Widget):
    """On or off."""

    def draw(self, key: str, usual: Any) -> None:
        """Draw a toggle."""
        start(key, usual)
        st.toggle(self.label, key=key, **self.common)


@dataclass(frozen=True)
class Many(Widget):
    """Any of some, in the order in which they are chosen.

    Attributes
    ----------
    options : tuple of str
    placeholder : str
        What stands there while none is chosen.
    free : bool
        Whether others may be typed.
    """

    options: tuple[str, ...] = ()
    placeholder: str = "None"
    free: bool = False

    def draw(self, key: str, usual: Any) -> None:
        """Draw a field of several values; those that are no longer offered go."""
        start(key, usual)
        typed = st.session_state[key] if self.free else ()
        options = dict.fromkeys([*self.options, *typed])
        settle_many(key, options)
        chosen = st.session_state[key]
        if len(chosen) > CHIPS:
            self._count(key, len(chosen))
            return
        st.multiselect(
            self.label,
            offered(self.label, key, options, chosen),
            key=key,
            placeholder=self.placeholder,
            accept_new_options=self.free,
            **self.common,
        )

    def _count(self, key: str, n: int) -> None:
        """Say how many are chosen, where there are too many to show, and offer to forget them."""
        st.caption(f"{self.label}: {num(n):,} columns are chosen.")
        st.button(f"Choose anew: {self.label}", key=f"anew:{key}", on_click=_empty, args=(key,))


def _empty(key: str) -> None:
    st.session_state[key] = []
