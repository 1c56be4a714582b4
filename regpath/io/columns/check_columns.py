"""Check the options of single columns against the columns that there are."""

from __future__ import annotations

from collections.abc import Collection

from regpath.errors import ParameterError
from regpath.io.options import DATE_ORDERS, KINDS, PARTS, ReadOptions


def check_columns(options: ReadOptions, names: Collection[str]) -> None:
    """Refuse columns and choices that do not exist."""
    for name, option in options.columns.items():
        if name not in names:
            raise ParameterError(
                f"The options name a column {name!r}, which is not in the file.",
                "Check its spelling.",
            )
        for choice, value, choices in (
            ("kind", option.kind, (None, *KINDS)),
            ("decimal", option.decimal, (None, ".", ",")),
            ("date_order", option.date_order, (None, *DATE_ORDERS)),
            *(("parts", part, PARTS) for part in option.parts),
        ):
            if value not in choices:
                listed = ", ".join(repr(c) for c in choices if c is not None)
                raise ParameterError(
                    f"The {choice!r} of column {name!r} must be one of {listed}. "
                    f"Got {value!r} instead."
                )
