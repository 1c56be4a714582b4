"""One way of writing a CSV, shared by every script in this folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

FOLDER = Path(__file__).resolve().parents[1]


def shortest(value: float) -> str:
    """Write a number with the fewest digits that read back to the same number."""
    return np.format_float_positional(value, trim="-")


def write(frame: pd.DataFrame, name: str, folder: Path = FOLDER) -> Path:
    """Write `frame` to `<folder>/<name>.csv` and return the path."""
    path = folder / f"{name}.csv"
    # newline="" and lineterminator keep the bytes the same on every system.
    with path.open("w", encoding="utf-8", newline="") as file:
        frame.to_csv(file, index=False, lineterminator="\n", float_format=shortest)
    return path
