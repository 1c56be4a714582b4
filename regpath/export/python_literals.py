"""Values and calls as source text of Python: whatever stands in a name stays text."""

from __future__ import annotations

import re
import textwrap
from dataclasses import fields
from typing import Any

from regpath.io import ColumnOptions

WIDTH = 100  # letters of a line of a script, as of our own


def given(value: Any) -> dict[str, Any]:
    """The fields of a frozen value that differ from their defaults."""
    plain_one = type(value)(value.target) if hasattr(value, "target") else type(value)()
    return {
        field.name: getattr(value, field.name)
        for field in fields(value)
        if field.name == "target" or getattr(value, field.name) != getattr(plain_one, field.name)
    }


def call(function: str, arguments: dict[str, Any], *, raw: bool = False) -> str:
    """Source of a call, on one line or one argument a line; `raw` arguments are source already.

    >>> print(call("f", {"a": 1, "b": "x"}))
    f(a=1, b='x')
    """
    parts = [
        f"{name}={value if raw else code(value)}" if name else str(value)
        for name, value in arguments.items()
    ]
    line = f"{function}({', '.join(parts)})"
    if len(line) <= WIDTH - len("recipe = ") and "\n" not in line:
        return line
    # No literal has a line end of its own: repr escapes every one that Python knows.
    return f"{function}(\n" + "".join(f"{textwrap.indent(each, '    ')},\n" for each in parts) + ")"


def code(value: Any) -> str:
    """Source of a value of a recipe or of options."""
    if isinstance(value, ColumnOptions):
        inner = ", ".join(f"{name}={code(part)}" for name, part in given(value).items())
        return f"regpath.ColumnOptions({inner})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {code(part)}" for key, part in value.items()) + "}"
    if isinstance(value, frozenset):
        return f"frozenset({sorted(value)!r})"
    return repr(value)


def plain(text: str) -> str:
    """Text that cannot end the string or the comment it stands in."""
    return re.sub(r"[^\w .()+-]", "_", text)
