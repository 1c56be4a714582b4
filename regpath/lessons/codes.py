"""Completion codes: which lesson, what was predicted, and the number that a student typed.

A code is its own record, so that no account is needed. Its digest finds slips of the pen; with a
teacher's key (`REGPATH_CODE_KEY`, the same for the app and for the check) it also finds codes that
the app did not make.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regpath.errors import ParameterError
from regpath.lessons.catalog import lesson_called

KEY = "REGPATH_CODE_KEY"
CODE = re.compile(r"RP1\.([\w-]+)\.([0-9a-f]{12})")
DIGEST = 6  # bytes: a slip goes unnoticed once in 2**48


@dataclass(frozen=True)
class Completed:
    """What a code says.

    Attributes
    ----------
    lesson : str
    student : str
        The number that was typed.
    answers : tuple
    n_right : int
        Predictions that were near enough.
    """

    lesson: str
    student: str
    answers: tuple[Any, ...]
    n_right: int


def completion_code(lesson: str, answers: list[Any], n_right: int, student: str) -> str:
    """The code of a completed lesson.

    Parameters
    ----------
    lesson : str
        Its name.
    answers : list
        What was locked in.
    n_right : int
        Predictions that were near enough.
    student : str
        The number that was typed.

    Returns
    -------
    str

    Examples
    --------
    >>> from regpath.lessons.codes import completion_code, read_code
    >>> code = completion_code("twins", [0.8, 1], 2, "4711")
    >>> read_code(f"my code: {code}").student
    '4711'
    """
    told = json.dumps([lesson, student, answers, n_right], separators=(",", ":"))
    body = urlsafe_b64encode(told.encode()).decode().rstrip("=")
    return f"RP1.{body}.{_digest(body)}"


def read_code(text: str, folder: str | Path | None = None) -> Completed:
    """What a code says.

    Parameters
    ----------
    text : str
        A line with a code anywhere in it.
    folder : path, default=None
        A teacher's own lessons; see `regpath.lessons.catalog`.

    Returns
    -------
    Completed

    Raises
    ------
    ParameterError
        If there is no code in it, it was changed, or the lesson is unknown.
    """
    found = CODE.search(text)
    if found is None:
        raise ParameterError("There is no completion code here.", "A code begins with RP1.")
    body, digest = found.groups()
    if not hmac.compare_digest(digest, _digest(body)):
        raise ParameterError("The code was changed, or made with another key.")
    try:
        padded = body + "=" * (-len(body) % 4)
        name, student, answers, n_right = json.loads(urlsafe_b64decode(padded))
    except ValueError as error:
        raise ParameterError("The code cannot be read.") from error
    lesson = lesson_called(name, folder)
    if len(answers) != len(lesson.predictions):
        raise ParameterError(f"The code answers {len(answers)} questions of {name!r}.")
    return Completed(name, str(student), tuple(answers), int(n_right))


def _digest(body: str) -> str:
    key = os.environ.get(KEY, "").encode()
    return hmac.new(key, body.encode(), hashlib.sha256).digest()[:DIGEST].hex()
