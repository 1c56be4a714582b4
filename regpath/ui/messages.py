"""The one place that turns errors, notes and names into what a person reads.

Names come from files: here they become text, whatever they hold.
"""

from __future__ import annotations

import html
import logging
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from regpath.errors import RegpathError
from regpath.wording import in_symbols

SHOWN_NOTES = 30  # on a page; the rest are counted
logger = logging.getLogger(__name__)
# A name of words_with_underscores needs no escape, which screen readers would be told.
_MARKUP = re.compile(r"[\\`*\[\]<>$~|&]|(?<![^\W_])_|_(?![^\W_])|:(?=\S)")
# Streamlit turns these into arrows, links and its logo even where they are escaped.
_STUBBORN = re.compile(r"(?<=\s)(<?->?|--|[<>~]=|<-)(?=\s)|://|www\.|@|:streamlit:")
_JOINER = "\u2060"  # a word joiner: no width, no line break


def literal(text: object) -> str:
    """Text that Streamlit's Markdown shows as it is."""
    words = " ".join(str(text).split())
    calm = _STUBBORN.sub(lambda found: _JOINER.join(found[0]) + _JOINER, words)
    return _MARKUP.sub(lambda found: "\\" + found[0], calm)


def in_words(reason: str) -> str:
    """A reason of a rule as the app's controls and axes write it."""
    return literal(in_symbols(reason))


def escaped(text: object) -> str:
    """Text that HTML shows as it is."""
    return html.escape(str(text))


@contextmanager
def error_boundary() -> Iterator[None]:
    """Turn what goes wrong inside into a message, and stop this run of the page there."""
    try:
        yield
    except Exception as error:
        show_error(error)
        st.stop()


def show_error(error: Exception) -> None:
    """Show what is wrong and what to do next."""
    known = user_error(error)
    st.error(f"{literal(known.message)}\n\n{literal(known.hint)}", icon=":material/error:")


def show_unforeseen(error: Exception) -> bool:
    """Show what no page caught, as in a callback; True: it is shown, Streamlit need not."""
    show_error(error)
    return True


def user_error(error: Exception) -> RegpathError:
    """An error with a message that a person can use, whatever went wrong."""
    if isinstance(error, RegpathError):
        return error
    if isinstance(error, MemoryError):
        return RegpathError(
            "This is more than the machine's memory holds.", "Use fewer rows or features."
        )
    # The last line of defence: a person never sees a traceback.
    number = secrets.token_hex(3)
    logger.error("unforeseen error %s in the app", number, exc_info=error)
    return RegpathError(
        f"regpath met an error that it did not foresee ({type(error).__name__}).",
        f"Try other choices or another file; the server's log has the details under {number}.",
    )


def show_notes(notes: Sequence[str]) -> None:
    """List what was done to the data."""
    if not notes:
        return
    label = "1 note" if len(notes) == 1 else f"{len(notes)} notes"
    with st.popover(label, icon=":material/info:"):
        items = "".join(f"<li>{escaped(note)}</li>" for note in notes[:SHOWN_NOTES])
        more = len(notes) - SHOWN_NOTES
        rest = f"<li>and {more} more</li>" if more > 0 else ""
        st.html(f'<ul class="rp-notes">{items}{rest}</ul>')
