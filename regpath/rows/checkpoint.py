"""Checkpoints: what finished passes said, in a file from which a run that was stopped goes on.

Answers are found by what was asked, to the last bit, so nothing else is ever taken for one. All
strengths step together, so what is finished is a pass, not a strength.
"""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from regpath.errors import DataError
from regpath.rows.queries import Totals

MAGIC = b"regpath checkpoint 1\n"
KEY = 64  # letters of a digest
LENGTH = 8  # bytes that say how long an entry is
BEGIN_ANEW = "Delete it to begin anew, or name another file."


class Checkpoint:
    """Entries of a file by their keys; the file is whole at any moment.

    Parameters
    ----------
    file : Path
        It need not be there yet; its folder must.

    Raises
    ------
    DataError
        If the file is damaged or something else, or none can be written there.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._belongs, self._entries = "", dict[str, bytes]()
        self._told = False
        if file.is_dir() or not os.access(file.parent, os.W_OK):
            raise DataError(f"No checkpoint can be written at {str(file)!r}.", "Choose a place.")
        if file.exists():
            self._read(file.read_bytes())

    def __len__(self) -> int:
        return sum(key != self._belongs for key in self._entries)

    def belong(self, to: str) -> None:
        """Refuse a file of other rows; `to` is the digest of these and of how they are read."""
        if self._belongs not in ("", to):
            raise DataError(
                f"The checkpoint {self.file.name!r} is of other rows, of other choices of what is "
                "read of them (target, features, family, missing values, weights), or of another "
                "version of regpath.",
                BEGIN_ANEW,
            )
        self._belongs = to

    def learned(self) -> Totals | None:
        """What was learned of the rows before the first pass of a fit."""
        return self._answers(self._belongs)[0] if self._belongs in self._entries else None

    def keep_learned(self, known: Totals) -> None:
        """Keep it: in another order, sums would differ in their last digit."""
        self._put(self._belongs, [known])

    def recall(self, asked: object) -> list[Totals] | None:
        """The answers of a pass that was asked the same."""
        key = exact_digest(asked)
        return self._answers(key) if key in self._entries else None

    def keep(self, asked: object, answers: Sequence[Totals]) -> None:
        """Keep the answers of a pass, and write the file."""
        self._put(exact_digest(asked), answers)

    def _put(self, key: str, answers: Sequence[Totals]) -> None:
        arrays = {
            f"{q}.{kind}.{k}": np.asarray(value)
            for q, answer in enumerate(answers)
            for kind, values in (("sums", answer.sums), ("peaks", answer.peaks))
            for k, value in enumerate(values)
        }
        packed = io.BytesIO()
        np.savez(packed, allow_pickle=False, **arrays)
        self._entries[key] = packed.getvalue()
        self._write()

    def _answers(self, key: str) -> list[Totals]:
        found: dict[int, dict[str, list[Any]]] = {}
        with np.load(io.BytesIO(self._entries[key]), allow_pickle=False) as arrays:
            for name in arrays.files:  # in the order in which they were put
                q, kind, _ = name.split(".")
                parts = found.setdefault(int(q), {"sums": [], "peaks": []})
                parts[kind].append(arrays[name][()])
        return [Totals(tuple(each["sums"]), tuple(each["peaks"])) for each in found.values()]

    def _read(self, content: bytes) -> None:
        if not content.startswith(MAGIC):
            raise DataError(
                f"{self.file.name!r} is no checkpoint of this version of regpath.",
                "Name another file; this one stays as it is.",
            )
        start = len(MAGIC) + KEY
        body = content[start:]
        if content[len(MAGIC) : start] != sha256(body).hexdigest().encode():
            raise DataError(f"The checkpoint {self.file.name!r} is damaged.", BEGIN_ANEW)
        self._belongs, at = body[:KEY].decode(), KEY
        while at < len(body):
            key, at = body[at : at + KEY].decode(), at + KEY
            size, at = int.from_bytes(body[at : at + LENGTH]), at + LENGTH
            self._entries[key], at = body[at : at + size], at + size

    def _write(self) -> None:
        """Replace the file by a whole one: who is killed meanwhile leaves the one before."""
        entries = ((k.encode(), len(v).to_bytes(LENGTH), v) for k, v in self._entries.items())
        body = b"".join([self._belongs.encode(), *(part for entry in entries for part in entry)])
        draft = self.file.with_name(f"{self.file.name}.{os.getpid()}.part")
        try:
            with draft.open("wb") as opened:
                opened.write(MAGIC + sha256(body).hexdigest().encode() + body)
                opened.flush()
                os.fsync(opened.fileno())
            draft.replace(self.file)
        except OSError as error:  # a full disk is no reason to lose the run, too
            draft.unlink(missing_ok=True)
            if not self._told:
                self._told = True
                told = f"{self.file.name!r} cannot be written ({error.strerror}); the run goes on."
                warnings.warn(f"The checkpoint {told}", RuntimeWarning, stacklevel=2)


def exact_digest(*values: Any) -> str:
    """What tells values from others, to the last bit."""
    digest = sha256()
    for value in values:
        _into(digest, value)
    return digest.hexdigest()


def _into(digest: Any, value: Any) -> None:
    if isinstance(value, np.ndarray):
        digest.update(f"array {value.dtype} {value.shape};".encode())
        digest.update(np.ascontiguousarray(value).tobytes())
    elif isinstance(value, dict):
        _into(digest, list(value.items()))
    elif isinstance(value, list | tuple):
        digest.update(f"{len(value)} of these;".encode())
        for each in value:
            _into(digest, each)
    elif is_dataclass(value):
        _into(digest, [(each.name, getattr(value, each.name)) for each in fields(value)])
    elif isinstance(value, float):  # those of numpy are floats
        digest.update(f"float {float(value).hex()};".encode())
    else:
        digest.update(f"{type(value).__name__} {value!r};".encode())
