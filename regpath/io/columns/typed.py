"""TypedColumns: what type_columns finds, and the frame that it makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from numpy.typing import NDArray

from regpath.io.diagnosis import ColumnReport, Question, Repair
from regpath.io.table import ColumnReading


@dataclass(frozen=True, eq=False)
class TypedColumns:
    """The columns of a frame, and what there is to say about them.

    Attributes
    ----------
    values : dict of str to array
        In the order of the grid; parts of dates follow their date.
    readings : dict of str to ColumnReading
    reports : tuple of ColumnReport
        One for each column of the grid.
    repairs : tuple of Repair
    questions : tuple of Question
    matrices : tuple of (names, ndarray)
        Ordinary numbers of a wide table in one piece; `values` holds views of them.
    """

    values: dict[str, Any]
    readings: dict[str, ColumnReading]
    reports: tuple[ColumnReport, ...]
    repairs: tuple[Repair, ...]
    questions: tuple[Question, ...]
    matrices: tuple[tuple[tuple[str, ...], NDArray[Any]], ...] = ()

    def frame(self, index: pd.Index) -> pd.DataFrame:
        """The frame of the values; a wide one keeps its numbers in two pieces."""
        if not self.matrices:
            return pd.DataFrame(self.values, index=index)
        together = {name for names, _ in self.matrices for name in names}
        others = {name: cells for name, cells in self.values.items() if name not in together}
        parts = [pd.DataFrame(others, index=index)] if others else []
        parts += [pd.DataFrame(m, index=index, columns=list(names)) for names, m in self.matrices]
        return pd.concat(parts, axis=1)[list(self.values)]
