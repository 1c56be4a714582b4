"""The errors that regpath raises on purpose. This module imports nothing of ours."""


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

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class DataError(RegpathError, ValueError):
    """The data cannot be used as they stand."""


class NothingToFindError(DataError):
    """The target does not vary, or no feature has any linear relation with it.

    The model without features is then the answer at every strength.
    """


class ParameterError(RegpathError, ValueError):
    """An argument is of the wrong type or outside its range."""
