"""Values as source text of R: whatever stands in a name stays text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

from regpath.errors import ParameterError

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def r_text(text: str) -> str:
    r"""A quoted string in ASCII, so that no locale of R reads it otherwise.

    >>> print(r_text('say "ö"\\'))
    "say \"\u00f6\"\\"
    """
    if "\0" in text:
        raise ParameterError(
            f"R cannot hold the text {text!r}, which has a sign of code zero in it.",
            "Rename it in the data.",
        )
    return '"' + "".join(_ESCAPES.get(sign) or _sign(sign) for sign in text) + '"'


def r_value(value: Any) -> str:
    """A number, a truth value or a string."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return repr(value) if isinstance(value, (int, float)) else r_text(str(value))


def r_vector(values: Iterable[Any]) -> str:
    """A vector of numbers or of strings, broken where a line of 96 ends.

    >>> r_vector([1.0, 2.5]), r_vector(["a b"])
    ('c(1.0, 2.5)', 'c("a b")')
    """
    parts = [r_value(value) for value in values]
    line = f"c({', '.join(parts)})"
    if len(line) <= 80:
        return line
    lines, width = [""], 0
    for part in parts:
        if width + len(part) > 92:
            lines.append("")
            width = 0
        lines[-1] += f"{part}, "
        width += len(part) + 2
    body = "\n".join(f"  {line.rstrip()}" for line in lines).removesuffix(",")
    return f"c(\n{body}\n)"


def r_flags(flags: Iterable[bool]) -> str:
    """Truth values as one string of hexadecimal digits, the first in the lowest bit.

    A row of a file costs a quarter of a byte so, where positions would cost seven.

    >>> r_flags([True, False, False, False, True])
    '"11"'
    """
    bits = [bool(flag) for flag in flags]
    bits += [False] * (-len(bits) % 4)
    fours = (bits[i : i + 4] for i in range(0, len(bits), 4))
    digits = "".join(f"{sum(bit << k for k, bit in enumerate(four)):x}" for four in fours)
    if len(digits) <= 80:
        return f'"{digits}"'
    return "paste0(\n" + ",\n".join(f'  "{line}"' for line in textwrap.wrap(digits, 90)) + "\n)"


def r_comment(text: str) -> str:
    """Text that cannot end the line of a comment, in ASCII."""
    return "".join(sign if sign.isascii() and sign.isprintable() else "_" for sign in text)


def _sign(sign: str) -> str:
    code = ord(sign)
    if sign.isascii() and sign.isprintable():
        return sign
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
