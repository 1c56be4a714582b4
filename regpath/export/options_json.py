"""Options of reading as JSON and back, each value checked as where a person says it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from regpath.io import ColumnOptions, ReadOptions
from regpath.io.options import COLUMN_FIELDS, READ_FIELDS


def to_json(options: ReadOptions) -> dict[str, Any]:
    """Plain values by field name, without those that have their default.

    >>> to_json(ReadOptions(decimal=",").keeping("totals").saying("x", kind="number"))
    {'decimal': ',', 'kept': ['totals'], 'columns': {'x': {'kind': 'number'}}}
    """
    usual = ReadOptions()
    told = {
        name: _plain(value)
        for name in READ_FIELDS
        if (value := getattr(options, name)) != getattr(usual, name)
    }
    columns = {name: _of_column(said) for name, said in options.columns.items()}
    return told | ({"columns": columns} if columns else {})


def from_json(told: dict[str, Any]) -> ReadOptions:
    """Inverse of `to_json`.

    Raises
    ------
    ParameterError
        If a value is outside its range.
    TypeError, KeyError
        If a name is unknown.
    """
    columns = {
        str(name): ColumnOptions(**_held(said, COLUMN_FIELDS))
        for name, said in told.get("columns", {}).items()
    }
    plain = {name: value for name, value in told.items() if name != "columns"}
    return ReadOptions(columns=columns, **_held(plain, READ_FIELDS))


def _of_column(said: ColumnOptions) -> dict[str, Any]:
    usual = asdict(ColumnOptions())
    return {name: _plain(v) for name, v in asdict(said).items() if v != usual[name]}


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def _held(told: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    held = {name: fields[name].held(value) for name, value in told.items()}
    for name, value in held.items():
        fields[name].check(value, "a session")
    return held
