"""Frames as CSV bytes that spreadsheets open without running anything in them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from regpath.core.regpath import RegPath
from regpath.io import Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """Text that a spreadsheet does not take for a formula: an apostrophe before =, +, - or @."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def to_csv(frame: pd.DataFrame, *, index: bool = False) -> bytes:
    """UTF-8 CSV with all digits of every number; names and texts are made neutral."""
    safe = frame.rename(columns=lambda name: neutral(str(name)))
    for j, kind in enumerate(frame.dtypes):
        if not is_numeric_dtype(kind):
            texts = [neutral(cell) if isinstance(cell, str) else cell for cell in frame.iloc[:, j]]
            safe.isetitem(j, np.array(texts, dtype=object))
    if index:
        safe.index = pd.Index([neutral(str(name)) for name in safe.index], name=frame.index.name)
    text: str = safe.to_csv(index=index, lineterminator="\n")
    if "\r" in text:  # Python's csv puts quotes around a CR only if lines end in one
        text = safe.to_csv(index=index, lineterminator="\r\n")
    return text.encode()


def table_csv(table: Table) -> bytes:
    """The table as it was read, repairs made: whoever reads it again reads the same."""
    return to_csv(table.frame)


def path_csv(path: RegPath, units: str = "original") -> bytes:
    """The whole path, one row per lambda; see `RegPath.to_frame`."""
    return to_csv(path.to_frame(units))


def coefs_csv(path: RegPath, lam: float, units: str = "original") -> bytes:
    """Coefficients at one point of the grid, one row per feature."""
    coefs = path.coef_at(lam, units)
    return to_csv(coefs.to_frame() if isinstance(coefs, pd.Series) else coefs, index=True)
