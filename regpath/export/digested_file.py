"""Files of ours that hold JSON alone: with a format, a version and a digest of what they say."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from regpath.errors import DataError, ParameterError
from regpath.io.source import bytes_of_path

# What to do with a file of ours where another kind was asked for.
OPENED_BY = {
    "regpath model": "The Predict page, regpath.load_model and regpath predict take it.",
    "regpath session": "The app, regpath.load_session and regpath open take it.",
}


@dataclass(frozen=True)
class Kind:
    """A kind of file.

    Parameters
    ----------
    format : str
        What the file says it is.
    key : str
        Under which its content stands; also what an error calls it.
    version : int
        Newest that is read.
    max_bytes : int
        What is larger was not written here.
    made_by : str
        Who writes such files, for a person who brought another.
    """

    format: str
    key: str
    version: int
    max_bytes: int
    made_by: str

    def not_ours(self) -> DataError:
        """The refusal of a file that is none of this kind."""
        return DataError(
            f"This is not the file of a {self.format}.", f"Bring one that {self.made_by} written."
        )


def file_text(kind: Kind, body: Any) -> str:
    """The text of a file, the same for the same content."""
    body = json.loads(json.dumps(body, allow_nan=False))  # tuples are lists from here on
    content = {
        "format": kind.format,
        "version": kind.version,
        "digest": digest(body),
        kind.key: body,
    }
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def body_of(kind: Kind, file: str | Path | bytes) -> Any:
    """What a file says.

    Raises
    ------
    DataError
        If it is no such file, was changed, or is from a newer version.
    """
    content = _content(kind, file)
    version = content.get("version")
    if not isinstance(version, int) or version > kind.version:
        raise DataError(
            f"The {kind.key} was written in version {version!r} of the format; this regpath reads "
            f"up to {kind.version}.",
            "Open it with a newer regpath.",
        )
    body: Any = content.get(kind.key)
    if content.get("digest") != digest(body):
        raise DataError(
            f"The file of the {kind.key} was changed after it was written: its digest does not "
            "fit.",
            "Bring it as it was written, or export it again.",
        )
    return body


def digest(body: Any) -> str:
    """Digest of a content, whatever its blanks and order of keys."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def opened(kind: Kind, read: Callable[[Any], Any], body: Any) -> Any:
    """What `read` makes of a body; whatever does not fit in it makes the file none of ours."""
    try:
        return read(body)
    except (
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        ArithmeticError,
        RecursionError,
    ) as error:
        if isinstance(error, DataError):
            raise
        raise kind.not_ours() from error


def _content(kind: Kind, file: str | Path | bytes) -> dict[str, Any]:
    def refuse(size: int) -> None:
        if size > kind.max_bytes:
            raise kind.not_ours()

    if isinstance(file, str | PathLike):
        file = bytes_of_path(Path(file), refuse)
    elif not isinstance(file, bytes | bytearray):
        raise ParameterError(
            f"The file of a {kind.format} is a path or bytes. Got {type(file).__name__} instead."
        )
    refuse(len(file))
    try:
        content = json.loads(file, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise kind.not_ours() from error
    if not isinstance(content, dict) or content.get("format") != kind.format:
        other = content.get("format") if isinstance(content, dict) else None
        if isinstance(other, str) and other in OPENED_BY:
            raise DataError(
                f"This is the file of a {other}, and not of a {kind.format}.", OPENED_BY[other]
            )
        raise kind.not_ours()
    return content


def _refuse_constant(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")
