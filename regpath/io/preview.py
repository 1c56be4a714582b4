"""The first lines of a file as they are written, for a person to look at."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib

from regpath.io.formats.archives import files_of

_START_BYTES = 2**16  # bytes to look at
_LONGEST = 300  # characters of a line
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_BINARY = (b"PAR1", b"ARROW1", b"PK\x03\x04", b"\x1f\x8b")


def first_lines(data: bytes, *, encoding: str | None = None, n: int = 10) -> tuple[str, ...] | None:
    r"""Return the first lines of a text, or of the one that is packed; None if it is no text.

    Parameters
    ----------
    data : bytes
    encoding : str, default=None
        By default, what its first bytes say, or UTF-8; bytes that do not fit show as "\ufffd".
    n : int, default=10

    Examples
    --------
    >>> first_lines(b"a;b\r\n1;2\r\n")
    ('a;b', '1;2')
    """
    try:
        start = _unpacked_start(data)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, KeyError):
        return None
    marked = next(
        (name for mark, name in _BYTE_ORDER_MARKS.items() if start.startswith(mark)), None
    )
    encoding = marked or encoding or "utf-8"
    try:
        text = start.decode(encoding, errors="replace")
    except LookupError:
        text = start.decode("utf-8", errors="replace")
    if start.startswith(_BINARY) or text.count("\0") + text.count("\ufffd") > len(text) / 10:
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = [_visible(line) for line in lines[:n]]
    return tuple(shown[:-1] if shown and not shown[-1] else shown)


def _unpacked_start(data: bytes) -> bytes:
    """The first bytes, unpacked no further than they are looked at."""
    if data.startswith(b"\x1f\x8b"):
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return stream.read(_START_BYTES)
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = files_of(archive)
            if len(files) == 1:
                with archive.open(files[0]) as member:
                    return member.read(_START_BYTES)
    return data[:_START_BYTES]


def _visible(line: str) -> str:
    shown = "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in line[:_LONGEST])
    return shown + ("…" if len(line) > _LONGEST else "")
