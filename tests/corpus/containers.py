"""Archives, workbooks, Parquet and Arrow, called by any name."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet

from regpath.io import ReadOptions
from tests.corpus.case import AGES, BASE, GROUPS, NAMES, SIZES, Case, csv

_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
PACKAGE = (
    f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="r" Type="{LINK}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_STYLES = (
    f'<styleSheet {_MAIN}><numFmts count="1"><numFmt numFmtId="164" '
    'formatCode="&quot;days&quot; 0.0"/></numFmts><cellXfs count="3"><xf numFmtId="0"/>'
    '<xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)


def zipped(files: dict[str, bytes]) -> bytes:
    """Pack files into a zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def letters(j: int) -> str:
    """Return what a spreadsheet calls a column."""
    return (letters(j // 26 - 1) if j >= 26 else "") + chr(65 + j % 26)


def sheet_xml(rows: list[list[Any]], strings: dict[str, int]) -> str:
    """Write the rows of a sheet; None leaves a cell out."""
    lines = []
    for i, row in enumerate(rows, start=1):
        cells = "".join(
            _cell(f"{letters(j)}{i}", value, strings)
            for j, value in enumerate(row)
            if value is not None
        )
        if cells:
            lines.append(f'<row r="{i}">{cells}</row>')
    return f"<worksheet {_MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>"


def _cell(where: str, value: Any, strings: dict[str, int]) -> str:
    if isinstance(value, bool):
        return f'<c r="{where}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f'<c r="{where}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{where}"><v>{value!r}</v></c>'
    index = strings.setdefault(value, len(strings))
    return f'<c r="{where}" t="s"><v>{index}</v></c>'


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    """Write an Excel workbook by hand."""
    strings: dict[str, int] = {}
    files = {
        f"xl/worksheets/sheet{k}.xml": sheet_xml(rows, strings)
        for k, rows in enumerate(sheets.values(), start=1)
    }
    entries = "".join(
        f'<sheet name="{escape(name)}" sheetId="{k}" r:id="rId{k}"/>'
        for k, name in enumerate(sheets, start=1)
    )
    links = "".join(
        f'<Relationship Id="rId{k}" Target="worksheets/sheet{k}.xml" Type="{LINK}/worksheet"/>'
        for k in range(1, len(sheets) + 1)
    )
    texts = "".join(f"<si><t>{escape(string)}</t></si>" for string in strings)
    files |= {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": PACKAGE,
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{LINK}"><sheets>{entries}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONSHIPS}">'
        f"{links}</Relationships>",
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{texts}</sst>",
        "xl/styles.xml": _STYLES,
    }
    return zipped({name: content.encode() for name, content in files.items()})


def parquet(columns: dict[str, Any]) -> bytes:
    """Write a Parquet file."""
    sink = io.BytesIO()
    pyarrow.parquet.write_table(pa.table(columns), sink)
    return sink.getvalue()


def arrow(columns: dict[str, Any]) -> bytes:
    """Write an Arrow file."""
    sink, table = io.BytesIO(), pa.table(columns)
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


ROWS: list[list[Any]] = [list(BASE), *(list(row) for row in zip(*BASE.values(), strict=True))]
TYPED = {
    "name": NAMES,
    "age": AGES,
    "size": [*SIZES[:-1], None],
    "group": GROUPS,
    "well": [i % 3 == 0 for i in range(12)],
}
OTHER = [["drug", "dose"], ["a", 1], ["b", 2], ["c", 5]]
DATES = [date(2026, 1, 5), date(2026, 2, 7), date(2026, 11, 25), date(1999, 12, 31)]

CASES = [
    Case("packed.csv", "a gzip archive called .csv", lambda: gzip.compress(csv(), mtime=0), BASE),
    Case(
        "two members.csv.gz",
        "gzip of two members",
        lambda: gzip.compress(csv()[:50], mtime=0) + gzip.compress(csv()[50:], mtime=0),
        BASE,
    ),
    Case(
        "packed latin.csv.gz",
        "gzip of semicolons in cp1252",
        lambda: gzip.compress("a;b\n1,5;é\n2,5;ü\n".encode("cp1252"), mtime=0),
        {"a": [1.5, 2.5], "b": ["é", "ü"]},
    ),
    Case("zipped.csv", "a zip archive called .csv", lambda: zipped({"data.csv": csv()}), BASE),
    Case(
        "zip of a mac.zip",
        "a zip archive with what a Mac adds",
        lambda: zipped(
            {"data.csv": csv(), "__MACOSX/._data.csv": b"\0\5\26\7", ".DS_Store": b"\0"}
        ),
        BASE,
    ),
    Case(
        "zip of two.zip",
        "a zip archive of two tables",
        lambda: zipped({"a.csv": csv(), "b.csv": csv(";")}),
        None,
        message="2 files: 'a.csv'",
    ),
    Case(
        "zip of two, chosen.zip",
        "the one of two that a person named",
        lambda: zipped({"a.csv": csv(), "b.csv": csv(";")}),
        BASE,
        options=ReadOptions(sheet="b.csv"),
    ),
    Case(
        "zip of a workbook.zip",
        "a workbook in a zip archive",
        lambda: zipped({"book.xlsx": workbook({"s": ROWS})}),
        BASE,
    ),
    Case("empty.zip", "a zip archive of nothing", lambda: zipped({}), None, message="empty zip"),
    Case(
        "zip in zip.zip",
        "a zip archive in a zip archive",
        lambda: zipped({"a.zip": zipped({"a.csv": csv()})}),
        None,
        message="within the archive",
    ),
    Case("workbook.xlsx", "an Excel workbook", lambda: workbook({"Sheet1": ROWS}), BASE),
    Case("workbook.csv", "an Excel workbook called .csv", lambda: workbook({"Sheet1": ROWS}), BASE),
    Case(
        "title.xlsx",
        "a workbook with a title, a blank row and totals",
        lambda: workbook({"s": [["Patients"], [], *ROWS, ["Total", sum(AGES), sum(SIZES)]]}),
        BASE,
        keys=("notes_above", "footer"),
    ),
    Case(
        "offset.xlsx",
        "a table that begins in cell C4",
        lambda: workbook({"s": [[], [], [], *([None, None, *row] for row in ROWS)]}),
        BASE,
        keys=("blank_columns",),
    ),
    Case(
        "second sheet.xlsx",
        "a workbook whose first sheet is empty",
        lambda: workbook({"empty": [[]], "data": ROWS}),
        BASE,
        keys=("sheet",),
    ),
    Case(
        "two sheets.xlsx",
        "a workbook of two tables",
        lambda: workbook({"a & b": ROWS, "data": OTHER}),
        BASE,
        keys=("sheet",),
    ),
    Case(
        "chosen sheet.xlsx",
        "the sheet that a person named",
        lambda: workbook({"a": ROWS, "b": OTHER}),
        {"drug": ["a", "b", "c"], "dose": [1, 2, 5]},
        options=ReadOptions(sheet="b"),
    ),
    Case(
        "gaps.xlsx",
        "a workbook with gaps and truth values",
        lambda: workbook(
            {"s": [["a", "b", "c"], [1, None, True], [None, 2.5, False], [4, 0.1, True]]}
        ),
        {"a": [1, None, 4], "b": [None, 2.5, 0.1], "c": [True, False, True]},
    ),
    Case(
        "text numbers.xlsx",
        "numbers stored as text, with leading zeros in IDs",
        lambda: workbook({"s": [["id", "x"], ["007", "1.5"], ["012", "2.5"], ["100", "4"]]}),
        {"id": ["007", "012", "100"], "x": [1.5, 2.5, 4]},
    ),
    Case(
        "workbook, cut off.xlsx",
        "a workbook that is cut off",
        lambda: workbook({"s": ROWS})[:-200],
        None,
        message="cannot be opened",
    ),
    Case("data.parquet", "a Parquet file", lambda: parquet(TYPED), TYPED),
    Case("parquet.csv", "a Parquet file called .csv", lambda: parquet(TYPED), TYPED),
    Case(
        "lists.parquet",
        "a Parquet file with a column of lists",
        lambda: parquet({"a": [1, 2], "b": [[1], [2, 3]]}),
        {"a": [1, 2]},
        keys=("nested_columns",),
    ),
    Case("data.arrow", "an Arrow file", lambda: arrow(TYPED), TYPED),
    Case(
        "categories.arrow",
        "an Arrow file with categories and small floats",
        lambda: arrow(
            {"g": pa.array(GROUPS).dictionary_encode(), "x": pa.array(range(12), pa.float32())}
        ),
        {"g": GROUPS, "x": [float(i) for i in range(12)]},
    ),
    Case(
        "parquet, cut off.parquet",
        "a Parquet file with a broken middle",
        lambda: b"PAR1" + bytes(200) + b"PAR1",
        None,
        message="Parquet file that cannot be read",
    ),
    Case(
        "gzip, cut off.gz",
        "a gzip archive that is cut off",
        lambda: gzip.compress(csv(), mtime=0)[:-20],
        None,
        message="cannot be unpacked",
    ),
    Case(
        "gzip bomb.csv.gz",
        "100 MB of zeros in 100 kB",
        lambda: gzip.compress(b"0" * 100_000_000, mtime=0),
        None,
        message="times its size",
    ),
    Case(
        "zip bomb.zip",
        "100 MB of commas in 100 kB",
        lambda: zipped({"a.csv": b"," * 100_000_000}),
        None,
        message="times its size",
    ),
]
