"""Frames as CSV bytes that spreadsheets open without running anything in them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regpath.core.regpath import RegPath

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """Text that a spreadsheet does not take for a formula: an apostrophe before =, +, - or @."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def to_csv(frame: pd.DataFrame, *, index: bool = False) -> bytes:
    """UTF-8 CSV with all digits of every number; names and text in cells are made neutral."""
    safe = frame.rename(columns=lambda name: neutral(str(name)))
    for k, kind in enumerate(safe.dtypes):
        if not pd.api.types.is_numeric_dtype(kind):
            cells = [neutral(cell) if isinstance(cell, str) else cell for cell in safe.iloc[:, k]]
            safe.isetitem(k, np.array(cells, dtype=object))
    if index:
        safe.index = pd.Index([neutral(str(name)) for name in safe.index], name=frame.index.name)
    text: str = safe.to_csv(index=index, lineterminator="\n")
    return text.encode()


def path_csv(path: RegPath, units: str = "original") -> bytes:
    """The whole path, one row per lambda; see `RegPath.to_frame`."""
    return to_csv(path.to_frame(units))


def coefs_csv(path: RegPath, lam: float, units: str = "original") -> bytes:
    """Coefficients at one point of the grid, one row per feature."""
    coefs = path.coef_at(lam, units)
    return to_csv(coefs.to_frame() if isinstance(coefs, pd.Series) else coefs, index=True)
