"""U+0080 to U+009F in a text: what somebody made of other letters by a wrong encoding."""

from __future__ import annotations

import re

CONTROL_LETTER = re.compile("[\u0080-\u009f]")
_BYTES_OF = {chr(code): bytes([code]) for code in range(0x80, 0x100)}
for _code in range(0x80, 0xA0):
    try:
        _BYTES_OF[bytes([_code]).decode("cp1252")] = bytes([_code])
    except UnicodeDecodeError:  # five of them stand for nothing
        continue
_FOLLOWING = "".join(letter for letter, code in _BYTES_OF.items() if code < b"\xc0")
# A letter of UTF-8, each byte of which became a letter of Latin-1 or Windows-1252.
_CODED_TWICE = re.compile(f"[\u00c2-\u00f4][{re.escape(_FOLLOWING)}]{{1,3}}")


def without_control_letters(text: str) -> str:
    r"""Read what no text means as the letters that stood there before it was coded wrongly.

    Where bytes of UTF-8 were taken for letters they are put together again. Other control letters
    are Windows-1252 that was taken for Latin-1. The five that are in neither show as "\ufffd".

    >>> without_control_letters("Queen\u0092s")
    'Queen’s'
    >>> without_control_letters("\u00c3\u0089vry, caf\u00c3\u00a9")
    'Évry, café'
    """
    once = _CODED_TWICE.sub(_decoded, text) if _is_coded_twice(text) else text
    return CONTROL_LETTER.sub(_letter_of_windows, once)


def _is_coded_twice(text: str) -> bool:
    """Tell by a control letter within what is a letter of UTF-8 as a whole."""
    return any(
        CONTROL_LETTER.search(found[0]) and _decoded(found) != found[0]
        for found in _CODED_TWICE.finditer(text)
    )


def _decoded(found: re.Match[str]) -> str:
    """Put together the letter that begins here, and leave what follows it."""
    letters = found[0]
    for n in range(len(letters), 1, -1):
        try:
            return b"".join(map(_BYTES_OF.__getitem__, letters[:n])).decode() + letters[n:]
        except (UnicodeDecodeError, KeyError):
            continue
    return letters


def _letter_of_windows(found: re.Match[str]) -> str:
    return found[0].encode("latin-1").decode("cp1252", errors="replace")
