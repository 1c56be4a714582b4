"""Bytes in, a Table out. Imports `regpath.errors` only."""

from regpath.io.limits import Limits
from regpath.io.options import ColumnOptions, ReadOptions
from regpath.io.reading import read_table
from regpath.io.table import Table

__all__ = ["ColumnOptions", "Limits", "ReadOptions", "Table", "read_table"]
