"""A binary workbook (.xlsb), written by hand: records of a number, a length and what they hold."""

from __future__ import annotations

import struct

from tests.corpus.containers import LINK, PACKAGE, RELATIONSHIPS, zipped


def binary_workbook(rows: list[list[str | float | bool]], name: str = "s") -> bytes:
    """Write one sheet."""
    book = _record(131) + _record(143)
    book += _record(156, struct.pack("<II", 0, 1) + _text("r1") + _text(name))
    book += _record(144) + _record(132)
    extent = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = _record(129) + _record(148, extent) + _record(145)
    for i, row in enumerate(rows):
        sheet += _record(0, struct.pack("<IIHHHB", i, 0, 300, 0, 0, 0))
        sheet += b"".join(_cell(j, value) for j, value in enumerate(row))
    sheet += _record(146) + _record(130)
    links = (
        f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="r1" Type="{LINK}/worksheet" '
        'Target="worksheets/sheet1.bin"/></Relationships>'
    )
    return zipped(
        {
            "_rels/.rels": PACKAGE.replace("xl/workbook.xml", "xl/workbook.bin").encode(),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": links.encode(),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def _record(number: int, content: bytes = b"") -> bytes:
    kind = bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])
    length, size = b"", len(content)
    while size > 127:
        length, size = length + bytes([size & 127 | 128]), size >> 7
    return kind + length + bytes([size]) + content


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(column: int, value: str | float | bool) -> bytes:
    where = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return _record(6, where + _text(value))
    if isinstance(value, bool):
        return _record(4, where + bytes([value]))
    return _record(5, where + struct.pack("<d", value))
