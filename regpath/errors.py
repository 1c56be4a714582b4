"""The errors that regpath raises on purpose. This module imports nothing of ours."""

from __future__ import annotations

from typing import Self


class RegpathError(Exception):
    """Base of every error that regpath raises on purpose.

    Parameters
    ----------
    message : str
        One sentence: what is wrong, and where (column, row, parameter).
    hint : str, default=""
        One sentence: what the person can do next.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.option: str = ""
        self.column: str | None = None

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()

    def answered_by(self, option: str, column: str | None = None) -> Self:
        """Name the option of reading that answers it, perhaps for one column; return the error.

        Python shows it below the message (a note of PEP 678), the shell in words of its own.
        """
        self.option, self.column = option, column
        of = "ReadOptions(" if column is None else f"ReadOptions().saying({column!r}, "
        self.add_note(f"An option answers it: options={of}{option}=...)")
        return self


class DataError(RegpathError, ValueError):
    """The data cannot be used as they stand."""


class NothingToFindError(DataError):
    """The target does not vary, or no feature has any linear relation with it.

    The model without features is then the answer at every strength.
    """


class ParameterError(RegpathError, ValueError):
    """An argument is of the wrong type or outside its range."""
