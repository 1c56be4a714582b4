"""FileFormat: what the bytes of a format begin with, and who reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from regpath.io.findings import Findings
from regpath.io.grid import RawTable
from regpath.io.limits import Limits

ReadFormat = Callable[[bytes, str, Findings, Limits], RawTable]


@dataclass(frozen=True)
class FileFormat:
    r"""A kind of file that is read, known by its bytes and never by its name.

    Parameters
    ----------
    name : str
    signature : bytes
        What its files begin with.
    read : callable
        `read(data, name, findings, limits)` returns a `RawTable`: cells as they are written. It
        keeps to the limits, notes in the findings what it repaired, and raises `DataError`.
    ending : bytes, default=b""
        What they end with too, for a signature that may begin a text.

    Examples
    --------
    >>> from regpath.io.file_formats import FORMATS
    >>> [format.name for format in FORMATS if format.fits(b"PK\x03\x04...")]
    ['zip']
    """

    name: str
    signature: bytes
    read: ReadFormat
    ending: bytes = b""

    def fits(self, data: bytes) -> bool:
        """Tell whether bytes are of this format."""
        least = len(self.signature) + len(self.ending)
        return len(data) >= least and data.startswith(self.signature) and data.endswith(self.ending)
