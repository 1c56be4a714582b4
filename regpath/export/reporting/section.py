"""What a report is made of: sections of blocks, as data; only the template knows HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from regpath.number_format import num


@dataclass(frozen=True)
class Text:
    """A paragraph; `alert` marks one that must not be overlooked."""

    kind: ClassVar[str] = "text"
    words: str
    alert: bool = False


@dataclass(frozen=True)
class Items:
    """A list of sentences."""

    kind: ClassVar[str] = "items"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Cells:
    """A table of words; numbers are written before they come here."""

    kind: ClassVar[str] = "cells"
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, caption: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Cells:
        """Write every cell as text."""
        return cls(caption, tuple(head), tuple(tuple(map(written, row)) for row in rows))


@dataclass(frozen=True)
class Code:
    """Text to be copied."""

    kind: ClassVar[str] = "code"
    words: str


@dataclass(frozen=True)
class Shape:
    """One element of a picture: its tag, attributes and text."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    words: str = ""


@dataclass(frozen=True)
class Picture:
    """A drawing in its own units, and what it shows in words."""

    kind: ClassVar[str] = "picture"
    width: float
    height: float
    says: str
    shapes: tuple[Shape, ...]


Block = Text | Items | Cells | Code | Picture


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it.

    Attributes
    ----------
    key : str
        Its anchor; other sections point to it.
    title : str
    blocks : tuple of Block
    """

    key: str
    title: str
    blocks: tuple[Block, ...]


def written(value: Any) -> str:
    """A cell as text: whole numbers as they are, others with four digits, gaps as a dash.

    >>> written(3), written(0.123456), written(float("nan")), written(None), written("<b>")
    ('3', '0.1235', '—', '—', '<b>')
    """
    if value is None or value != value:
        return "—"
    return f"{num(value):.4g}" if isinstance(value, float) else str(value)
