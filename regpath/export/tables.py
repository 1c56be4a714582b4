"""Frames as CSV that spreadsheets open without running anything in it, and as Parquet."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype, is_object_dtype

from regpath.core.leakage.seal import UNSEALED, Seal
from regpath.core.regpath import RegPath
from regpath.core.validation.cv_result import CVResult
from regpath.io import Table
from regpath.io.read_text import FORMULA_SIGNS
from regpath.study import Study


def neutral(text: str) -> str:
    """Text that a spreadsheet does not take for a formula: an apostrophe before =, +, - or @.

    What has apostrophes before such a sign by itself gets one more, so that no two texts become one
    and whoever takes one away has the text again.

    >>> neutral("=1"), neutral("'=1"), neutral("it's")
    ("'=1", "''=1", "it's")
    """
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_SIGNS) else text


def to_csv(frame: pd.DataFrame, *, index: bool = False, decimal: str = ".") -> bytes:
    """UTF-8 CSV with all digits of every number; names and texts are made neutral.

    With decimal commas the cells are parted by semicolons, as spreadsheets expect it then.
    """
    safe = frame.rename(columns=lambda name: neutral(str(name)))
    for j, kind in enumerate(frame.dtypes):
        if not is_numeric_dtype(kind):
            texts = [_cell(cell, decimal) for cell in frame.iloc[:, j]]
            safe.isetitem(j, np.array(texts, dtype=object))
    if index:
        safe.index = pd.Index([neutral(str(name)) for name in safe.index], name=frame.index.name)
    sep = ";" if decimal == "," else ","
    text: str = safe.to_csv(index=index, lineterminator="\n", sep=sep, decimal=decimal)
    if "\r" in text:  # Python's csv puts quotes around a CR only if lines end in one
        text = safe.to_csv(index=index, lineterminator="\r\n", sep=sep, decimal=decimal)
    return text.encode()


def _cell(cell: object, decimal: str) -> object:
    """A cell of a column that is not all numbers."""
    if isinstance(cell, str):
        return neutral(cell)
    return str(cell).replace(".", decimal) if isinstance(cell, float) and decimal != "." else cell


def to_parquet(frame: pd.DataFrame) -> bytes:
    """Parquet with names and texts as they are; cells of several kinds are written as text."""
    plain = frame.rename(columns=str)
    for j in range(plain.shape[1]):
        cells = plain.iloc[:, j]
        if is_object_dtype(cells) and len({type(cell) for cell in cells[cells.notna()]}) > 1:
            plain.isetitem(j, [str(cell) if pd.notna(cell) else None for cell in cells])
    buffer = io.BytesIO()
    plain.to_parquet(buffer, index=False)
    return buffer.getvalue()


def path_csv(path: RegPath, units: str = "original", *, seal: Seal = UNSEALED) -> bytes:
    """The whole path, one row per lambda; see `RegPath.to_frame`.

    With a seal, the column `test_openings` says how often its envelope was opened.
    """
    return to_csv(path_frame(path, units, seal=seal))


def path_frame(path: RegPath, units: str = "original", *, seal: Seal = UNSEALED) -> pd.DataFrame:
    """What `path_csv` writes."""
    return _counted(path.to_frame(units), seal)


def table_csv(table: Table) -> bytes:
    """The table as it was read, repairs made: whoever reads it again reads the same."""
    return to_csv(table.frame)


def coefs_csv(
    path: RegPath, lam: float, units: str = "original", *, seal: Seal = UNSEALED
) -> bytes:
    """Coefficients at one point of the grid, one row per feature; `test_openings` with a seal."""
    coefs = path.coef_at(lam, units)
    frame = coefs.to_frame() if isinstance(coefs, pd.Series) else coefs
    return to_csv(_counted(frame, seal), index=True)


def scores_csv(study: Study) -> bytes:
    """Scores of every part that may be seen, one row per part and lambda."""
    return to_csv(_counted(study.scores, study.seal))


def cv_csv(cv: CVResult, *, seal: Seal = UNSEALED) -> bytes:
    """The validation curve, one row per lambda; see `CVResult.to_frame`."""
    return to_csv(_counted(cv.to_frame(), seal))


def _counted(frame: pd.DataFrame, seal: Seal) -> pd.DataFrame:
    return frame.assign(test_openings=seal.openings) if seal.on else frame
