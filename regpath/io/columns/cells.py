"""A column of cells: what stands there, how often, where, and what of it is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from regpath.wording import shown

TEXT = pd.StringDtype(na_value=np.nan)
_FEW = 2000  # cells, up to which Python's re, which remembers patterns, is as fast as RE2


@dataclass(frozen=True, eq=False)
class DistinctCells:
    """The different cells of a column, without surrounding blanks.

    Attributes
    ----------
    name : str
    texts : StringArray
        Those that are not missing, in order of first appearance.
    counts : ndarray of int
        How many cells hold each.
    codes : ndarray of int
        `codes[i]` is the position in `texts` of the cell in row i; -1 where it is missing.
    rows : ndarray of int
        The spreadsheet's row numbers.
    missing : dict of str to int
        How often each spelling of a missing value occurs.
    """

    name: str
    texts: pa.StringArray
    counts: NDArray[np.int64]
    codes: NDArray[np.int64]
    rows: NDArray[np.int64]
    missing: dict[str, int]

    @classmethod
    def of(
        cls, name: str, column: pa.Array, rows: NDArray[np.int64], missing: frozenset[str]
    ) -> DistinctCells:
        """Find the different cells of a column, and set missing ones apart."""
        found = column.dictionary_encode()
        codes = found.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        texts = pc.utf8_trim_whitespace(found.dictionary)
        if not texts.equals(found.dictionary):
            stripped = texts.dictionary_encode()
            codes = stripped.indices.to_numpy(zero_copy_only=False).astype(np.int64)[codes]
            texts = stripped.dictionary
        counts = np.bincount(codes, minlength=len(texts))
        return cls(name, texts, counts, codes, rows, {}).without(missing)

    def without(self, spellings: frozenset[str]) -> DistinctCells:
        """The same cells, with some spellings taken for missing values."""
        absent = _is_in(self.texts, spellings)
        if not absent.any():
            return self
        found = dict(
            zip(
                self.texts.filter(pa.array(absent)).to_pylist(),
                self.counts[absent].tolist(),
                strict=True,
            )
        )
        return self._only(~absent, {**self.missing, **found})

    def joined(self, names: dict[str, str]) -> DistinctCells:
        """The same cells, some of them by another name."""
        if not names:
            return self
        texts = [names.get(text, text) for text in self.texts.to_pylist()]
        found = pa.array(texts, pa.string()).dictionary_encode()
        new = found.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        codes = np.append(new, -1)[self.codes]
        counts = np.bincount(new, weights=self.counts).astype(np.int64)
        return DistinctCells(self.name, found.dictionary, counts, codes, self.rows, self.missing)

    def where(self, keep: NDArray[np.bool_]) -> DistinctCells:
        """The same cells; those that are not kept are missing, but not counted as spelled so."""
        return self._only(keep, self.missing)

    def _only(self, keep: NDArray[np.bool_], missing: dict[str, int]) -> DistinctCells:
        place = np.full(len(keep) + 1, -1)
        place[:-1][keep] = np.arange(keep.sum())
        texts = self.texts.filter(pa.array(keep))
        codes = place[self.codes]
        return DistinctCells(self.name, texts, self.counts[keep], codes, self.rows, missing)

    @property
    def n_known(self) -> int:
        """How many cells are not missing."""
        return int(self.counts.sum())

    def expanded(self, values: NDArray[Any], absent: object) -> NDArray[Any]:
        """One value for each row, from one for each different cell."""
        full = np.append(values, np.array([absent], dtype=values.dtype))
        return full[self.codes]

    def row_of(self, k: int) -> int:
        """The row in which `texts[k]` stands first."""
        return int(self.rows[int(np.argmax(self.codes == k))])

    def quoted(self, k: int) -> str:
        """Name a cell for a note: what it holds and in which row."""
        return f"{shown(self.texts[k].as_py())}, row {self.row_of(k)}"

    def examples(self, number: int = 3) -> tuple[str, ...]:
        """The first few different cells."""
        return tuple(self.texts[:number].to_pylist())


def _is_in(texts: pa.StringArray, spellings: frozenset[str]) -> NDArray[np.bool_]:
    values = pa.array(sorted(spellings), pa.string())
    return mask_of(pc.is_in(texts, value_set=values))


def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for Python, which remembers it."""
    return re.compile(pattern.replace(r"\pL", r"[^\W\d_]"))


def matches(texts: pa.StringArray, pattern: str) -> NDArray[np.bool_]:
    """Tell which cells match a pattern (RE2's syntax) from their start to their end.

    RE2 compiles a pattern anew each time, which takes longer than a few cells do in Python.
    """
    if len(texts) <= _FEW:
        match = _compiled(pattern).fullmatch
        found = [match(text) is not None for text in texts.to_pylist()]
        return np.array(found, dtype=bool)
    return mask_of(pc.match_substring_regex(texts, rf"^(?:{pattern})$"))


def mask_of(found: pa.BooleanArray) -> NDArray[np.bool_]:
    """Arrow's booleans as numpy's."""
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def rewritten(texts: pa.StringArray, pattern: str, replacement: str) -> pa.StringArray:
    """Replace every match of a pattern."""
    if len(texts) <= _FEW:
        substitute = _compiled(pattern).sub
        return pa.array([substitute(replacement, text) for text in texts.to_pylist()], pa.string())
    return pc.replace_substring_regex(texts, pattern=pattern, replacement=replacement)


def whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """A column in one piece."""
    if isinstance(column, pa.ChunkedArray):
        return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    return column
