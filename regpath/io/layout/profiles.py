"""What stands in each column, and where the cells of a row that is too short or long belong."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice

from regpath.io.shapes import is_absent, is_date, is_number

_ADDRESS = re.compile(r"(?:[a-z]+://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)
_CODE = re.compile(r"(?=\S*[0-9])\S*[^\W\d_]\S*")
VALUES = ("number", "date")
_N_KINDS = 6  # that `kind_of` tells apart
_SAMPLE_ROWS = 1000  # that columns are described by
# Ways of placing blanks that are compared: as many as cost these cells, but some.
_MOST_CELLS = 20_000
_FEWEST_WAYS = 4  # to put a short row that are tried, however wide it is
_MOST_JUDGED = 500  # patterns of kinds; later rows of a known pattern are judged like it
# Nats by which another place must be likelier before the usual one is doubted: 2.7 to 1.
_DOUBT = 1.0


@dataclass(frozen=True)
class ColumnProfile:
    """How often kinds of cells, and cells themselves, stand in a column."""

    kinds: Counter[str]
    cells: Counter[str]

    def fit(self, cell: str) -> float:
        """Return the log-likelihood of a cell; what was seen before is likelier."""
        n = self.kinds.total()
        kind = math.log((self.kinds[kind_of(cell)] + 0.5) / (n + 0.5 * _N_KINDS))
        seen = self.cells[cell.strip()] / max(n, 1)
        return kind + math.log1p(seen * len(self.cells)) if cell.strip() else kind

    def takes(self, cell: str) -> bool:
        """Tell whether values, or words, stand in the column as one does in this cell."""
        kinds = self.kinds
        if is_absent(cell):
            return True
        values = kinds["number"] + kinds["date"]
        others = kinds.total() - values - kinds["blank"]
        return values + others == 0 or (values if kind_of(cell) in VALUES else others) > 0


def kind_of(cell: str) -> str:
    """Name what a cell looks like.

    >>> [kind_of(cell) for cell in ["", "1,5", "2020-01-02", "X-12", "red", "an old lamp"]]
    ['blank', 'number', 'date', 'code', 'word', 'text']
    """
    cell = cell.strip()
    if is_absent(cell):
        return "blank"
    if is_number(cell):
        return "number"
    if is_date(cell):
        return "date"
    if _ADDRESS.fullmatch(cell) or _CODE.fullmatch(cell):
        return "code"
    return "text" if " " in cell else "word"


@dataclass(frozen=True)
class Profiles:
    """The columns of a table, and what they say of a row that is too short or too long.

    Parameters
    ----------
    columns : tuple of ColumnProfile
    """

    columns: tuple[ColumnProfile, ...]
    _known: dict[tuple[str, ...], bool] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]], width: int) -> Profiles:
        """Describe the columns of the rows that have a width."""
        full = list(islice((row for row in rows if len(row) == width), _SAMPLE_ROWS))
        columns = list(zip(*full, strict=True)) or [()] * width
        return cls(
            tuple(
                ColumnProfile(Counter(map(kind_of, column)), Counter(map(str.strip, column)))
                for column in columns
            )
        )

    @property
    def is_known(self) -> bool:
        """Whether there was any row to learn from."""
        return any(column.kinds for column in self.columns)

    def is_full(self, j: int) -> bool:
        """Whether no row has a blank in a column."""
        return not self.columns[j].cells[""]

    def take(self, row: Sequence[str]) -> bool:
        """Tell whether each cell, from the first on, is such as stand in its column."""
        return all(column.takes(cell) for column, cell in zip(self.columns, row, strict=False))

    def place(self, row: Sequence[str]) -> bool:
        """Tell whether the cells of a short or long row stand where they are, counted from left.

        What is too few or too many is blank, and the last; unless the row fits clearly better if
        other blank cells are put in or taken out.
        """
        key = tuple(map(kind_of, row))
        if len(self._known) > _MOST_JUDGED and key in self._known:
            return self._known[key]
        self._known[key] = self._stands_left(row)
        return self._known[key]

    def _stands_left(self, row: Sequence[str]) -> bool:
        width = len(self.columns)
        usual = [*row[:width], *[""] * (width - len(row))]
        if not self.take(usual):
            return False
        most = max(_FEWEST_WAYS, _MOST_CELLS // width)
        least = self._fit(usual) + _DOUBT
        return all(self._fit(other) <= least for other in islice(_ways(row, width), most))

    def _fit(self, row: Sequence[str]) -> float:
        return sum(column.fit(cell) for column, cell in zip(self.columns, row, strict=True))


def _ways(row: Sequence[str], width: int) -> Iterator[list[str]]:
    """Put blank cells into a short row in one place; take some out of a long one, or join cells."""
    if len(row) < width:
        for i in range(len(row) - 1, -1, -1):
            yield [*row[:i], *[""] * (width - len(row)), *row[i:]]
        return
    blanks = [j for j, cell in enumerate(row) if not cell.strip()]
    surplus = len(row) - width
    for left_out in combinations(blanks, surplus):
        yield [cell for j, cell in enumerate(row) if j not in left_out]
    if len(blanks) < surplus:  # a delimiter within a text
        for i in range(width):
            yield [*row[:i], " ".join(row[i : i + surplus + 1]), *row[i + surplus + 1 :]]
