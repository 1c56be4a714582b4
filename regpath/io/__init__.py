"""Bytes in, a Table out: `file_formats.py` lists what is read.

Which rooms know which, here and above, is the layer law of docs/architecture.md.
"""

from typing import TYPE_CHECKING

from regpath.io.limits import Limits
from regpath.io.options import ColumnOptions, ReadOptions
from regpath.io.table import Table

if TYPE_CHECKING:
    from regpath.io.reading import read_table

__all__ = ["ColumnOptions", "Limits", "ReadOptions", "Table", "read_table"]


def __getattr__(name: str) -> object:
    """Load the readers when they are asked for: whoever fits needs the Table alone."""
    if name != "read_table":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from regpath.io.reading import read_table

    globals()[name] = read_table  # asked once
    return read_table
