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

    Examples
    --------
    >>> import regpath
    >>> try:
    ...     regpath.make_problem(regpath.datasets.load("iris"), "colour")
    ... except regpath.RegpathError as error:
    ...     print(error.message)
    There is no column 'colour' to predict.
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
        """Name the option of reading that answers it, perhaps for one column.

        Python shows it below the message (a note of PEP 678), the shell in words of its own.

        Parameters
        ----------
        option : str
            A field of `ReadOptions`, or of `ColumnOptions` if there is a column.
        column : str, default=None
            Name of the column.

        Returns
        -------
        RegpathError
            Itself.

        Examples
        --------
        >>> from regpath import DataError
        >>> DataError("Is 1,234 a thousand?").answered_by("decimal").__notes__
        ['An option answers it: options=ReadOptions(decimal=...)']
        """
        self.option, self.column = option, column
        of = "ReadOptions(" if column is None else f"ReadOptions().saying({column!r}, "
        self.add_note(f"An option answers it: options={of}{option}=...)")
        return self


class DataError(RegpathError, ValueError):
    """The data cannot be used as they stand; it is a ValueError.

    Examples
    --------
    >>> import regpath
    >>> try:
    ...     regpath.Problem.from_arrays([[1.0], [float("nan")]], [0.0, 1.0])
    ... except regpath.DataError as error:
    ...     print(error.message)
    X is nan at row 1, column 0 (counted from 0).
    """


class NothingToFindError(DataError):
    """The target does not vary, or no feature has any linear relation with it.

    The model without features is then the answer at every strength.

    Examples
    --------
    >>> import regpath
    >>> try:
    ...     regpath.Problem.from_arrays([[1.0], [2.0]], [5.0, 5.0], family="gaussian")
    ... except regpath.NothingToFindError as error:
    ...     print(error)
    Target 'y' is 5 in every row: there is nothing to predict. Choose another target.
    """


class ParameterError(RegpathError, ValueError):
    """An argument is of the wrong type or outside its range; it is a ValueError.

    Examples
    --------
    >>> import regpath
    >>> try:
    ...     regpath.lambda_grid(1.0, n_lambdas=0)
    ... except regpath.ParameterError as error:
    ...     print(error)
    The 'n_lambdas' parameter of lambda_grid must be a whole number of at least 1. Got 0 instead.
    """
