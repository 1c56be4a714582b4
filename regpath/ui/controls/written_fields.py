"""Fields that the page writes into: what was typed, and what a browser sends because it is late.

Whatever a browser asks, it sends what all its fields hold. Before it has got what the page wrote
into them meanwhile, it looks as if somebody had typed what stood there before.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from regpath.ui.session.state import Key


def edition_of(field: str, value: object) -> int:
    """Part of a field's key: another one when its value was changed elsewhere.

    What a late browser sends belongs to a field that is no more. Who changes the value in the field
    itself keeps it, and the focus; see `keep_edition`.
    """
    key = Key.EDITION.of(field)
    edition, before, is_kept = st.session_state.get(key, (0, value, False))
    edition += value != before and not is_kept
    st.session_state[key] = (edition, value, False)
    return int(edition)


def keep_edition(field: str) -> None:
    """Let the field be the same in the next run, whatever its value is then; in a callback."""
    key = Key.EDITION.of(field)
    edition, value, _ = st.session_state[key]
    st.session_state[key] = (edition, value, True)


@dataclass(frozen=True)
class Written:
    """A field, and what the page wrote into it: anything else was typed.

    Attributes
    ----------
    label : str
        What a mistake in it is told of.
    key : str
    text : str
    group : str
        Fields that are written anew together.
    """

    label: str
    key: str
    text: str
    group: str

    def write(self) -> Written:
        """Put the text into the field, and remember the one before it."""
        texts = _texts(self.group)
        for gone in [key for key in texts if key not in st.session_state]:
            del texts[gone]
        former, now = texts.get(self.key, (self.text, self.text))
        texts[self.key] = (former if now == self.text else now, self.text)
        st.session_state[self.key] = self.text
        return self

    def was_typed_in(self) -> bool:
        """Whether a person wrote what a browser says is in it.

        Who types what stood there before does so in one field; a late browser has the former text
        of others, too.
        """
        if st.session_state[self.key] == self.text:
            return False
        texts = _texts(self.group)
        is_late = any(_is_former(key, texts) for key in texts if key != self.key)
        return not (is_late and _is_former(self.key, texts))


def _texts(group: str) -> dict[str, tuple[str, str]]:
    """By field, the text before the present one, and the present one."""
    texts: dict[str, tuple[str, str]] = st.session_state.setdefault(Key.FORMER_TEXTS.of(group), {})
    return texts


def _is_former(key: str, texts: dict[str, tuple[str, str]]) -> bool:
    former, now = texts.get(key, ("", ""))
    return former != now and st.session_state.get(key) == former
