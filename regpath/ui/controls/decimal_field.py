"""A number with decimals, written and typed as the visitor writes numbers.

Streamlit's own field of numbers is the browser's: one in English drops a comma, and 2,5 is 25.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any, NamedTuple

import streamlit as st

from regpath.core.conversions.typed import read_number
from regpath.errors import ParameterError
from regpath.number_format import current_format
from regpath.ui.controls.written_fields import Written, edition_of, keep_edition
from regpath.ui.messages import literal
from regpath.ui.session.state import start

DIGITS = 6  # shown; what was typed is kept with all of its own


class _Wrong(NamedTuple):
    """What was typed that is no answer, and the number that holds meanwhile."""

    text: str
    message: str
    holds: float | None


@dataclass(frozen=True)
class DecimalField:
    """A field for a number; the session holds it under `key`, not what is typed.

    Attributes
    ----------
    label, key : str
    least, most : float
    optional : bool
        Whether there may be no number.
    """

    label: str
    key: str
    least: float = -inf
    most: float = inf
    optional: bool = False

    def draw(
        self, usual: float | None, *, on_change: Callable[[], None] | None = None, **options: Any
    ) -> float | None:
        """Draw it, with what is wrong below; the number, `usual` until another is typed."""
        start(self.key, usual)
        wrong = self._wrong()
        text = wrong.text if wrong else self._written()
        sign = "number" if self.least < 0.0 else "decimal"  # a phone's keys without a minus
        key = f"{self.key}:{sign}:{edition_of(self.key, st.session_state[self.key])}"
        field = Written(self.label, key, text, self.key).write()
        st.session_state[self._field] = field
        st.text_input(self.label, key=key, on_change=_typed, args=(self, on_change), **options)
        if wrong:
            st.error(literal(wrong.message), icon=":material/error:")
        value: float | None = st.session_state[self.key]
        return value

    def take(self) -> float | None:
        """What stands in the field now, in a callback; None where that is no answer."""
        state = st.session_state
        field: Written | None = state.get(self._field)
        if field is not None and field.key in state and field.was_typed_in():
            text = state[field.key]
            try:
                state[self.key] = self._read(text)
                state[self._mistake] = None
            except ParameterError as error:
                message = f"{self.label}: {error.message} {error.hint}"
                state[self._mistake] = _Wrong(text, message, state[self.key])
        return None if self._wrong() else state.get(self.key)

    def _read(self, text: str) -> float | None:
        if self.optional and not text.strip():
            return None
        value = read_number(text, current_format())
        if not isfinite(value):
            raise ParameterError("It must be finite.")
        if not self.least <= value <= self.most:
            raise ParameterError(self._limits())
        return value

    def _limits(self) -> str:
        written = current_format().typed
        least, most = (written(end, DIGITS) for end in (self.least, self.most))
        if isfinite(self.least) and isfinite(self.most):
            return f"It goes from {least} to {most}."
        return f"It is {least} at least." if isfinite(self.least) else f"It is {most} at most."

    def _written(self) -> str:
        value = st.session_state[self.key]
        return "" if value is None else current_format().typed(value, DIGITS)

    def _wrong(self) -> _Wrong | None:
        """What is wrong with what was typed, until a number was chosen elsewhere."""
        wrong: _Wrong | None = st.session_state.get(self._mistake)
        return wrong if wrong and wrong.holds == st.session_state.get(self.key) else None

    @property
    def _mistake(self) -> str:
        return f"{self.key}:wrong"

    @property
    def _field(self) -> str:
        return f"{self.key}:field of text"


def _typed(field: DecimalField, on_change: Callable[[], None] | None) -> None:
    """Take what was typed, and tell who listens."""
    keep_edition(field.key)
    before = st.session_state[field.key]
    field.take()
    if on_change is not None and st.session_state[field.key] != before:
        on_change()
