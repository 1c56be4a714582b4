"""Check the options of single columns against the columns that there are."""

from __future__ import annotations

from collections.abc import Collection

from regpath.errors import ParameterError
from regpath.io.options import DATE_ORDERS, KINDS, PARTS, ReadOptions
from regpath.wording import listed


def check_columns(options: ReadOptions, names: Collection[str]) -> None:
    """Refuse columns and choices that do not exist."""
    absent = [name for name in options.columns if name not in names]
    if absent:
        named = (
            f"a column {absent[0]!r}, which is"
            if len(absent) == 1
            else f"columns {listed(absent)}, which are"
        )
        raise ParameterError(f"The options name {named} not in the file.", "Check the spelling.")
    for name, option in options.columns.items():
        for choice, value, choices in (
            ("kind", option.kind, (None, *KINDS)),
            ("decimal", option.decimal, (None, ".", ",")),
            ("date_order", option.date_order, (None, *DATE_ORDERS)),
            *(("parts", part, PARTS) for part in option.parts),
        ):
            if value not in choices:
                known = ", ".join(repr(c) for c in choices if c is not None)
                raise ParameterError(
                    f"The {choice!r} of column {name!r} must be one of {known}. "
                    f"Got {value!r} instead."
                )
