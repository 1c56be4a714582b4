"""How the file is read, field by field: what a person says in place of a guess."""

from __future__ import annotations

from typing import Any

import streamlit as st

from regpath.ui.session.overrides import Override, options_of, overrides_of, set_override, take_back
from regpath.ui.session.source import Source
from regpath.ui.session.state import Key

ENCODINGS = (
    "utf-8",
    "cp1252",
    "latin-1",
    "cp1250",
    "cp1251",
    "cp437",
    "mac_roman",
    "utf-16",
    "shift_jis",
    "gb18030",
)
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space", ":": "colon"}
QUOTES = {'"': 'double quotes "', "'": "single quotes '", "": "none"}
COMMENTS = {"#": "#", "%": "%", ";": ";", "//": "//", "!": "!", "*": "*", "": "none"}
ROWS = {
    "skip_rows": "Rows above the header",
    "header_rows": "Rows of the header",
    "skip_footer": "Rows below the data",
}


def show_fields(source: Source) -> None:
    """Show every choice of the reading; an empty one is guessed."""
    options = options_of(overrides_of(source.owner).values())
    first, second, third = st.columns(3, gap="medium")
    with first:
        _choose("encoding", "Encoding", ENCODINGS, source, options.encoding, free=True)
        _number("skip_rows", source, options.skip_rows)
    with second:
        _choose("delimiter", "Delimiter", DELIMITERS, source, options.delimiter, free=True)
        _number("header_rows", source, options.header_rows)
    with third:
        _choose("quote", "Quotes", QUOTES, source, options.quote)
        _number("skip_footer", source, options.skip_footer)
    left, right = st.columns([1, 2], gap="medium")
    with left:
        _choose("comment", "Rows left out begin with", COMMENTS, source, options.comment, free=True)
    with right:
        _sheet(source, options.sheet)


def _sheet(source: Source, sheet: str | None) -> None:
    key = _key(source, "sheet")
    st.session_state[key] = sheet or ""
    st.text_input(
        "Sheet of a workbook, or file in an archive",
        key=key,
        placeholder="guessed",
        on_change=_changed,
        args=(source.owner, "sheet", key),
        disabled=source.upload is None,
    )


def _choose(
    name: str, label: str, options: Any, source: Source, value: str | None, *, free: bool = False
) -> None:
    key = _key(source, name)
    st.session_state[key] = value
    words = options if isinstance(options, dict) else {}
    known = [*options, *([value] if value is not None and value not in options else [])]
    st.selectbox(
        label,
        known,
        key=key,
        index=None,
        placeholder="guessed",
        accept_new_options=free,
        format_func=lambda option: words.get(option, option),
        on_change=_changed,
        args=(source.owner, name, key),
        disabled=source.upload is None,
    )


def _number(name: str, source: Source, value: int | None) -> None:
    key = _key(source, name)
    st.session_state[key] = value
    st.number_input(
        ROWS[name],
        0,
        100_000,
        value=None,
        step=1,
        key=key,
        placeholder="guessed",
        on_change=_changed,
        args=(source.owner, name, key),
        disabled=source.upload is None,
    )


def _changed(owner: str, name: str, key: str) -> None:
    value = st.session_state[key]
    subject = f"field {name}"
    if value is None or (name == "sheet" and value == ""):
        take_back(owner, subject)
    else:
        set_override(
            owner, subject, Override(f"{name.replace('_', ' ')}: {value!r}", {(name,): value})
        )


def _key(source: Source, name: str) -> str:
    return Key.FIELD.of(f"{source.owner}:{name}")
