"""Workbooks of Excel and OpenDocument."""

import contextlib
import io
import random
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from regpath.errors import DataError, ParameterError
from regpath.io import Limits, ReadOptions, read_table
from regpath.io.formats import excel
from regpath.io.formats.excel import read_sheet
from regpath.io.formats.sheet_process import cell_text
from tests.corpus.binary_workbook import binary_workbook
from tests.corpus.containers import OPEN_DOCUMENT, PACKAGE, workbook, zipped

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def rows_of(sheet):
    found = read_sheet(workbook({"s": sheet}), "x.xlsx", Limits())
    return found.rows, found.numbers


def test_cells_are_written_as_people_write_them():
    days = [date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(2026, 11, 25)]
    rows, numbers = rows_of([["a", 1, 2.5, True], [0.1, 1e300, 12345678901234, False], days[2:]])
    assert rows == [
        ["a", "1", "2.5", "true"],
        ["0.1", "1e+300", "12345678901234", "false"],
        ["1900-03-01", "2026-11-25", "", ""],
    ]
    assert numbers == [1, 2, 3]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("007", "007"),
        (-0.1, "-0.1"),
        (1e15, "1000000000000000"),
        (1e16, "1e+16"),
        (datetime(2026, 1, 5, 12, 30, 0, 999_999), "2026-01-05 12:30:01"),
        (time(9, 5), "9:05:00"),
        (timedelta(hours=30, minutes=5), "30:05:00"),
        (-timedelta(minutes=1), "-0:01:00"),
    ],
)
def test_values_of_each_kind_are_written(value, cell):
    assert cell_text(value) == cell


def test_rows_and_cells_that_are_not_there_keep_their_place():
    rows, numbers = rows_of([[], [None, "b"], [], ["c", None, "d"]])
    assert rows == [["", "b", ""], ["c", "", "d"]]
    assert numbers == [2, 4]


def handmade(sheet, sheets='<sheet name="s" sheetId="1" r:id="r1"/>', strings=""):
    """A workbook of one sheet, of which the XML is given."""
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    two = "<row><c><v>8</v></c></row><row><c><v>9</v></c></row>"
    files = {
        "_rels/.rels": PACKAGE,
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{link}"><sheets>{sheets}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
        f'<Relationship Id="r1" Type="{link}/worksheet" Target="/xl/worksheets/one.xml"/>'
        f'<Relationship Id="r2" Type="{link}/worksheet" Target="/xl/worksheets/two.xml"/>'
        f'<Relationship Id="r3" Type="{link}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>",
        "xl/worksheets/one.xml": f"<worksheet {MAIN}>{sheet}</worksheet>",
        "xl/worksheets/two.xml": f"<worksheet {MAIN}><sheetData>{two}</sheetData></worksheet>",
    }
    return zipped({name: content.encode() for name, content in files.items()})


def cells_xml(*rows):
    cells = (
        "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) for row in rows
    )
    return "".join(f"<row>{row}</row>" for row in cells)


def test_texts_in_pieces_and_in_place_are_joined():
    strings = "<si><r><t>bo</t></r><r><t>ld</t></r><rPh><t>no</t></rPh></si>"
    rows = (
        '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>in</t></is></c></row>'
        '<row><c t="str"><f>A1</f><v>came</v></c></row>'
    )
    data = handmade(f"<sheetData>{rows}</sheetData>", strings=strings)
    assert read_sheet(data, "x.xlsx", Limits()).rows == [["bold", "in"], ["came", ""]]


def test_a_cell_that_is_merged_with_those_below_holds_for_them():
    rows = cells_xml("ab", "x1", ("", "2"), ("", "3"), "y4")
    merged = '<mergeCells count="1"><mergeCell ref="A2:A4"/></mergeCells>'
    data = handmade(f"<sheetData>{rows}</sheetData>{merged}")
    table = read_table(data)
    assert table.frame["a"].tolist() == ["x", "x", "x", "y"]
    (repair,) = [each for each in table.diagnosis.repairs if each.key == "merged_cells"]
    assert repair.cells == 2
    assert read_table(data, options=repair.undo).frame["a"].isna().sum() == 2


def test_formulas_without_a_result_are_counted():
    rows = "<row><c><f>A2</f></c><c><v>5</v></c></row>" * 2
    table = read_table(handmade(f"<sheetData>{cells_xml('ab')}{rows}</sheetData>"))
    (repair,) = [each for each in table.diagnosis.repairs if each.key == "formulas"]
    assert repair.cells == 2
    assert repair.what.startswith("2 formulas were saved without a result")
    came_to_nothing = rows.replace("<c><f>", '<c t="str"><f>')
    data = handmade(f"<sheetData>{cells_xml('ab')}{came_to_nothing}</sheetData>")
    assert not read_table(data).diagnosis.repairs


def test_cells_that_hold_an_error_are_counted():
    rows = '<row><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c><v>5</v></c></row>'
    more = "<row><c><v>4</v></c><c><v>6</v></c></row>"
    table = read_table(handmade(f"<sheetData>{cells_xml('ab')}{rows}{more}</sheetData>"))
    (repair,) = table.diagnosis.repairs
    assert (repair.key, repair.cells) == ("errors", 1)
    assert table.frame["a"].isna().tolist() == [True, False]


def test_hidden_sheets_come_last():
    sheets = (
        '<sheet name="h" sheetId="1" r:id="r2" state="hidden"/>'
        '<sheet name="s" sheetId="2" r:id="r1"/>'
    )
    data = handmade(f"<sheetData>{cells_xml('ab', '12', '34')}</sheetData>", sheets)
    assert read_table(data).frame.to_dict("list") == {"a": [1, 3], "b": [2, 4]}


def test_sheets_are_asked_about_and_chosen():
    data = workbook({"first": [["a", "b"], [1, 2]], "second": [["c", "d"], [3, 4]]})
    (question,) = read_table(data).diagnosis.questions
    assert [answer.label for answer in question.answers] == ["first", "second"]
    other = read_table(data, options=question.answers[1].options)
    assert other.frame.to_dict("list") == {"c": [3], "d": [4]}
    with pytest.raises(ParameterError, match="no sheet called 'third'"):
        read_table(data, options=ReadOptions(sheet="third"))


def open_document(rows):
    """An .ods of one sheet, written by hand."""
    cells = "".join(
        "<table:table-row>" + "".join(_open_cell(value) for value in row) + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="s">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": OPEN_DOCUMENT,
            "META-INF/manifest.xml": b"<x/>",
            "content.xml": content.encode(),
        }
    )


def _open_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return (
            f'<table:table-cell office:value-type="string"><text:p>{value}</text:p>'
            "</table:table-cell>"
        )
    if isinstance(value, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value}">'
            "<text:p>shown</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}">'
        "<text:p>shown</text:p></table:table-cell>"
    )


def test_open_document_sheets_are_read():
    days = [date(2026, 1, 5), date(2026, 2, 7)]
    data = open_document([["day", "x", "g"], [days[0], 1.5, "u"], [days[1], None, "v"]])
    frame = read_table(data).frame
    assert frame["x"].tolist()[0] == 1.5
    assert frame["x"].isna().tolist() == [False, True]
    assert [str(day.date()) for day in frame["day"]] == ["2026-01-05", "2026-02-07"]
    assert frame["g"].tolist() == ["u", "v"]


@pytest.mark.parametrize(
    "files",
    [
        {"xl/workbook.xml": b"<workbook"},
        {"xl/workbook.xml": b"<workbook/>"},
        {"xl/workbook.xml": b"<workbook/>", "xl/_rels/workbook.xml.rels": b"<R/>"},
        {"xl/workbook.bin": b""},
        {"mimetype": OPEN_DOCUMENT, "META-INF/manifest.xml": b"", "content.xml": b"<x"},
    ],
)
def test_broken_workbooks_are_refused(files):
    with pytest.raises(DataError, match="is a workbook that cannot be read"):
        read_table(zipped(files))


def test_what_ends_the_parsers_process_is_a_refusal_and_the_next_file_is_read():
    corners = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v>'
    far = handmade(f"<sheetData>{corners}</c></row></sheetData>")
    with pytest.raises(DataError, match="is a workbook that cannot be read"):
        read_table(far)
    assert read_table(workbook({"s": [["a", "b"], [1, 2]]})).frame.shape == (1, 2)


def test_what_takes_too_long_is_a_refusal(monkeypatch):
    monkeypatch.setattr(excel, "_SECONDS", 0.0)
    monkeypatch.setattr(excel, "_SECONDS_PER_BYTE", 0.0)
    with pytest.raises(DataError, match="cannot be read"):
        read_table(workbook({"s": [["a", "b"], [1, 2]]}))


def test_a_text_that_is_repeated_until_it_fills_the_memory_is_refused():
    rows = '<row><c t="s"><v>0</v></c></row>' * 2000
    text = "".join(map(chr, range(200, 700))) * 100
    data = handmade(f"<sheetData>{rows}</sheetData>", strings=f"<si><t>{text}</t></si>")
    with pytest.raises(DataError, match="unpacks to more than"):
        read_table(data, limits=Limits(n_unpacked=60_000_000))


def test_cells_merged_without_end_are_left_alone():
    merged = '<mergeCell ref="A2:A400"/>' * 40_000
    rows = cells_xml("ab", "x1", *[("", "2")] * 400)
    data = handmade(f"<sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells>")
    assert read_table(data).frame.shape == (401, 2)


def test_entities_do_not_explode():
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    files = {"xl/workbook.xml": f"{lol}]><workbook>&i;</workbook>".encode()}
    with pytest.raises(DataError, match="cannot be read"):
        read_table(zipped(files))


def test_a_workbook_with_a_member_that_is_cut_off_is_refused():
    data = bytearray(workbook({"s": [["a", "b"], [1, 2]]}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        offset = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    data[offset + 80 : offset + 90] = b"\xff" * 10
    with pytest.raises(DataError):
        read_table(bytes(data))


def test_an_old_workbook_that_another_program_wrote_is_read():
    path = Path(__file__).parents[2] / "reference" / "old_workbook.xls"
    frame = read_table(path).frame
    assert frame["ward"].tolist() == ["w1", "w1", "w3", "w3", "w5", "w5"]
    assert frame["size"].tolist() == [1.25, 2.25, 3.25, 4.25, 5.25, 6.25]
    assert frame["day"].dt.day.tolist() == [1, 2, 3, 4, 5, 6]
    assert frame["well"].tolist() == [False, False, True, False, False, True]
    assert frame["code"].tolist() == ["001", "002", "003", "004", "005", "006"]
    assert frame.index.tolist() == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("seed", range(12))
def test_an_old_workbook_that_is_damaged_is_read_or_refused(seed):
    rng = random.Random(seed)
    data = bytearray((Path(__file__).parents[2] / "reference" / "old_workbook.xls").read_bytes())
    for _ in range(5):
        place = rng.randrange(len(data) - 4)
        data[place : place + 4] = rng.choice([b"\xff\xff\xff\xff", rng.randbytes(4)])
    with contextlib.suppress(DataError):
        read_table(bytes(data))


def test_a_binary_workbook_is_read():
    frame = read_table(
        binary_workbook([["a", "b", "c"], [1.5, "u", True], [2.0, "v", False]])
    ).frame
    assert frame.to_dict("list") == {"a": [1.5, 2.0], "b": ["u", "v"], "c": [True, False]}
    packed = zipped({"book.xlsb": binary_workbook([["a", "b"], [1.0, 2.0]])})
    assert read_table(packed).frame.to_dict("list") == {"a": [1], "b": [2]}


def test_an_old_office_file_that_is_no_workbook_is_refused():
    with pytest.raises(DataError, match="is a workbook that cannot be read"):
        read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))


def test_a_number_that_is_merged_with_cells_below_is_asked_about():
    rows = cells_xml("ab", "15", ("", "2"), ("", "3"), "94", ("x", "5"))
    merged = '<mergeCells count="2"><mergeCell ref="A2:A4"/><mergeCell ref="B5:B6"/></mergeCells>'
    data = handmade(f"<sheetData>{rows}</sheetData>{merged}")
    table = read_table(data)
    assert table.frame["a"].tolist()[:3] == ["1", "1", "1"]
    (question,) = [each for each in table.diagnosis.questions if each.key == "merged_numbers"]
    assert question.what.startswith("2 cells are merged with a cell above that holds a number")
    each, alone = question.answers
    assert read_table(data, options=each.options).frame.equals(table.frame)
    assert read_table(data, options=alone.options).frame["a"].isna().tolist()[:3] == [
        False,
        True,
        True,
    ]
