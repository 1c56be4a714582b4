"""Limits: how much a reading may take on, and the refusals that keep to it."""

from __future__ import annotations

from dataclasses import dataclass

from regpath.errors import DataError

_HINT = (
    "Delete the columns or rows that matter least, or compute the path in a shell: "
    "'regpath path FILE --target NAME' has no limit."
)
WIDE = 3  # times the cells, where columns outnumber rows: at 3 million a study of 60 rows takes
# 0.8 GB, one of 150 000 rows 1.3, for its scores at every strength
_HARMLESS = 2**25  # bytes that may come out of anything


@dataclass(frozen=True)
class Limits:
    """The most that a reading takes on; None means that there is no limit.

    Parameters
    ----------
    n_bytes : int or None, default=None
        Bytes of the file.
    n_unpacked : int or None, default=None
        Bytes of what is packed in it.
    n_cells : int or None, default=None
        Three times as many where there are more columns than rows.
    n_columns : int or None, default=None
    expansion : float or None, default=200
        How many bytes may come out of one packed byte, once 32 MB have come out. Text packs
        at 3 to 50; at 1000 somebody has packed nothing but zeros to fill the memory.
    """

    n_bytes: int | None = None
    n_unpacked: int | None = None
    n_cells: int | None = None
    n_columns: int | None = None
    expansion: float | None = 200.0

    def refuse_file(self, n_bytes: int, name: str) -> None:
        """Refuse a file of too many bytes."""
        if self.n_bytes is not None and n_bytes > self.n_bytes:
            raise DataError(
                f"{name!r} has {_megabytes(n_bytes)}; files of up to {_megabytes(self.n_bytes)} "
                "are taken here.",
                _HINT,
            )

    def refuse_unpacked(self, n_bytes: int, n_packed: int, name: str) -> None:
        """Refuse what unpacks to too many bytes, at all or for its size."""
        if self.n_unpacked is not None and n_bytes > self.n_unpacked:
            raise DataError(
                f"{name!r} unpacks to more than {_megabytes(self.n_unpacked)}, "
                "the most that is taken here.",
                _HINT,
            )
        if self.expansion is not None and n_bytes > max(_HARMLESS, self.expansion * n_packed):
            raise DataError(
                f"{name!r} unpacks to over {self.expansion:g} times its size, as no table does.",
                "Unpack it yourself, look at what it holds, and bring the table.",
            )

    def refuse_table(self, n_rows: int, n_columns: int, name: str) -> None:
        """Refuse a table of too many columns or cells."""
        wide = self.n_columns is not None and n_columns > self.n_columns
        n_cells = self.n_cells
        if n_cells is not None and n_columns > n_rows:
            n_cells *= WIDE
        if wide or (n_cells is not None and n_rows * n_columns > n_cells):
            most = [f"{self.n_columns:,} columns"] if self.n_columns is not None else []
            most += [f"{n_cells:,} cells"] if n_cells is not None else []
            raise DataError(
                f"{name!r} has {n_rows:,} rows and {n_columns:,} columns; tables of up to "
                f"{' and '.join(most)} are taken here.",
                _HINT,
            )


def _megabytes(n_bytes: int) -> str:
    return f"{n_bytes / 1e6:,.0f} MB" if n_bytes >= 1e7 else f"{n_bytes / 1e6:.1f} MB"
