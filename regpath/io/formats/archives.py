"""Gzip and zip archives, unpacked piece by piece: a bomb is refused before it fills the memory."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from regpath.errors import DataError
from regpath.io.limits import Limits
from regpath.wording import listed

_PIECE = 2**20  # bytes that are unpacked before the limits are asked again
_AGAIN = "The file is damaged or cut off: pack or download it again."
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


def unpacked_gzip(data: bytes, name: str, limits: Limits) -> bytes:
    """Unpack gzip, of one or several members."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return b"".join(_pieces(stream, len(data), name, limits))
    except DataError:
        raise
    except _DAMAGE as error:
        raise DataError(f"{name!r} is a gzip archive that cannot be unpacked.", _AGAIN) from error


def opened_zip(data: bytes, name: str) -> zipfile.ZipFile:
    """Open a zip archive."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        raise DataError(f"{name!r} is a zip archive that cannot be opened.", _AGAIN) from error


def files_of(archive: zipfile.ZipFile) -> list[str]:
    """List the files that a person put into an archive, without what a Mac adds."""
    return [
        entry.filename
        for entry in archive.infolist()
        if not entry.is_dir()
        and not entry.filename.startswith("__MACOSX/")
        and not entry.filename.rsplit("/", 1)[-1].startswith(".")
    ]


def unpacked_member(archive: zipfile.ZipFile, member: str, name: str, limits: Limits) -> bytes:
    """Unpack one file of an archive; what its directory says of its size is not believed."""
    return b"".join(pieces_of_member(archive, member, name, limits))


def pieces_of_member(
    archive: zipfile.ZipFile, member: str, name: str, limits: Limits
) -> Iterator[bytes]:
    """Unpack one file of an archive piece by piece, as far as the limits allow."""
    try:
        with archive.open(member) as stream:
            yield from _pieces(stream, archive.getinfo(member).compress_size, name, limits)
    except DataError:
        raise
    except RuntimeError as error:  # NotImplementedError among them
        raise DataError(
            f"{name!r} is a zip archive with a password, or packed in a way that is not known.",
            "Unpack it, and bring the table that is inside.",
        ) from error
    except (KeyError, *_DAMAGE) as error:
        raise DataError(f"{name!r} is a zip archive that cannot be unpacked.", _AGAIN) from error


def chosen_member(files: list[str], wanted: str | None, name: str) -> str:
    """Return the one file of an archive, or the one that a person names."""
    if wanted in files:
        return str(wanted)
    if len(files) == 1:
        return files[0]
    if not files:
        raise DataError(f"{name!r} is a zip archive with no file in it.", _AGAIN)
    raise DataError(
        f"{name!r} is a zip archive with {len(files)} files: {listed(files)}.",
        "Unpack it, and bring the table that you mean.",
    ).answered_by("sheet")


def _pieces(
    stream: IO[bytes] | gzip.GzipFile, packed: int, name: str, limits: Limits
) -> Iterator[bytes]:
    size = 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        limits.refuse_unpacked(size, packed, name)
        yield piece
