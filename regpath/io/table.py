"""Table: a frame that has been read, with its name, its digest and the notes of its repairs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import pandas as pd

from regpath.io.diagnosis import Diagnosis
from regpath.io.options import ReadOptions
from regpath.shown import Shown


@dataclass(frozen=True)
class ColumnReading:
    """How a column was read, so that others can read it in the same way.

    Parameters
    ----------
    kind : str
        As in `ColumnReport`.
    missing : tuple of str
        The spellings of a missing value that occur.
    chosen : bool, default=False
        Whether a person said that it is of this kind.
    rewrites : tuple of (str, str)
        Regular expressions and replacements, in order, that make plain numbers of the cells.
    words : (str, str) or None
        The words for false and true of a boolean column, in lower case.
    blank_is_false : bool, default=False
    levels : tuple of str
        The words of an ordinal column, in order; they are 1, 2, 3, ...
    zero : tuple of str
        The spellings of 0 that occur, but for numbers.
    date : str
        Layout and order of dates, and "short" for years of two digits; "" for other columns.
    parts : tuple of (column, part)
        Columns that were made of dates.
    """

    kind: str
    missing: tuple[str, ...] = ()
    chosen: bool = False
    rewrites: tuple[tuple[str, str], ...] = ()
    words: tuple[str, str] | None = None
    blank_is_false: bool = False
    levels: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    date: str = ""
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reading:
    """How a file was read, so that others can read it in the same way.

    Parameters
    ----------
    encoding : str, default="utf-8"
        Python's name of the encoding.
    delimiter : str, default=","
    skipped_lines : int, default=0
        Lines above the header.
    has_header : bool, default=True
    renamed : bool, default=False
        Whether the names in the frame differ from those in the file.
    columns : dict of str to ColumnReading
        How each column was read; empty for frames.
    obstacles : tuple of str
        Why a plain pandas.read_csv with the above would not read the same cells; each completes
        "The file cannot be read plainly: ...".
    options : ReadOptions
        What a person said of the reading; with the bytes, all that the table follows from.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    skipped_lines: int = 0
    has_header: bool = True
    renamed: bool = False
    columns: dict[str, ColumnReading] = field(default_factory=dict)
    obstacles: tuple[str, ...] = ()
    options: ReadOptions = field(default_factory=ReadOptions)


@dataclass(frozen=True, eq=False)
class Table(Shown):
    """A data set as it was read.

    Parameters
    ----------
    frame : DataFrame
        Numeric columns as float64 or int64, booleans as "boolean", everything else as "str",
        which is `pd.StringDtype(na_value=np.nan)` in every pandas: missing text is NaN. The
        index holds the row numbers that a spreadsheet shows (the header is row 1), so that
        messages can name the row the person sees.
    digest : str
        Digest of the bytes that were read and of the options; two tables with the same digest
        are the same.
    name : str
        What the data are called on screen and in exports.
    notes : tuple of str
        One sentence for each repair that was made while reading, and for each question.
    reading : Reading
        How the file was read.
    diagnosis : Diagnosis
        What was found, repaired, dropped and guessed, and how each of it is undone.

    Examples
    --------
    >>> import pandas as pd, regpath
    >>> frame = pd.DataFrame({"x": [1.0, 2.0], "y": [3.0, 4.0]})
    >>> table = regpath.Table.from_frame(frame, name="mine")
    >>> table
    Table('mine', 2 rows x 2 columns, 0 notes)
    >>> table.digest == regpath.Table.from_frame(table.frame, name="other").digest
    True
    """

    frame: pd.DataFrame
    digest: str
    name: str
    notes: tuple[str, ...] = ()
    reading: Reading = field(default_factory=Reading)
    diagnosis: Diagnosis = field(default_factory=Diagnosis)

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, *, name: str = "data frame") -> Table:
        """Wrap a frame that is already in memory.

        Parameters
        ----------
        frame : DataFrame
            Used as it is, not copied; names of columns that are no text become text.
        name : str, default="data frame"
            What the data are called on screen and in exports.

        Returns
        -------
        Table
            Without notes; its digest covers values, names and index.
        """
        frame = named_by_text(frame)
        hasher = hashlib.blake2b(digest_size=16)
        hasher.update(repr(frame.columns.tolist()).encode())
        try:
            hashes = pd.util.hash_pandas_object(frame, index=True)
        except TypeError:  # lists and the like have no hash, but a text
            hashes = pd.util.hash_pandas_object(frame.astype(str), index=True)
        hasher.update(hashes.to_numpy().tobytes())
        return cls(frame=frame, digest=hasher.hexdigest(), name=name)

    def _summary(self) -> str:
        return "\n".join([repr(self), *self.notes])

    def _shown_frame(self) -> pd.DataFrame:
        return self.frame

    def __repr__(self) -> str:
        rows, columns = self.frame.shape
        return f"Table({self.name!r}, {rows} rows x {columns} columns, {len(self.notes)} notes)"


def named_by_text(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with text for the names of its columns: numbers, dates and tuples are spelled.

    >>> named_by_text(pd.DataFrame([[1, 2]], columns=[2020, "y"])).columns.tolist()
    ['2020', 'y']
    """
    names = frame.columns.tolist()
    if frame.columns.name is None and all(type(name) is str for name in names):
        return frame
    return frame.set_axis([str(name) for name in names], axis=1)
