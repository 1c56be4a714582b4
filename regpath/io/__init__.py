"""Bytes in, a Table out: `file_formats.py` lists what is read.

Which rooms know which, here and above, is the layer law of docs/architecture.md.
"""

from regpath.io.limits import Limits
from regpath.io.options import ColumnOptions, ReadOptions
from regpath.io.reading import read_table
from regpath.io.table import Table

__all__ = ["ColumnOptions", "Limits", "ReadOptions", "Table", "read_table"]
