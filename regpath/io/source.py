"""Where a file comes from: bytes, a path or an open file; and what it is called."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from regpath.errors import DataError, ParameterError
from regpath.io.limits import Limits

Readable = bytes | bytearray | memoryview | str | PathLike[str] | BinaryIO


def bytes_and_name(source: Readable, name: str | None, limits: Limits) -> tuple[bytes, str]:
    """Return the bytes of a file, if there are not too many, and its name."""
    if isinstance(source, bytes | bytearray | memoryview):
        name = name or "upload.csv"
        limits.refuse_file(memoryview(source).nbytes, name)
        return bytes(source), name
    if isinstance(source, str | PathLike):
        name = name or Path(source).name
        return bytes_of_path(Path(source), partial(limits.refuse_file, name=name)), name
    name = name or Path(str(getattr(source, "name", "upload.csv"))).name
    data = source.read() if limits.n_bytes is None else source.read(limits.n_bytes + 1)
    if not isinstance(data, bytes):
        raise ParameterError(
            "The 'source' parameter of read_table must be bytes, a path or a file opened in "
            f"binary mode. Got a file that reads {type(data).__name__} instead.",
            'Open the file with mode "rb".',
        )
    limits.refuse_file(len(data), name)
    return data, name


def bytes_of_path(path: Path, refuse: Callable[[int], None]) -> bytes:
    """The bytes of a file; `refuse` hears how many they are before they are read.

    Raises
    ------
    DataError
        If there is no file at the path, or none that may be read.
    """
    try:
        if path.is_file():
            refuse(path.stat().st_size)
        return path.read_bytes()
    except DataError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(
            f"{str(path)!r} cannot be read: {reason}.",
            "Check that the path leads to a file that you may open.",
        ) from error
