"""Excel workbooks."""

from datetime import date

import pytest

from regpath.errors import DataError, ParameterError
from regpath.io import Limits, ReadOptions, read_table
from regpath.io.formats.archives import opened_zip
from regpath.io.formats.excel import Workbook
from tests.corpus.containers import workbook, zipped


def rows_of(sheet):
    with opened_zip(workbook({"s": sheet}), "x.xlsx") as archive:
        return Workbook(archive, "x.xlsx", Limits()).rows("s")[:2]


def test_cells_are_written_as_people_write_them():
    days = [date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(2026, 11, 25)]
    rows, numbers = rows_of([["a", 1, 2.5, True], [0.1, 1e300, 12345678901234, False], days[2:]])
    assert rows == [
        ["a", "1", "2.5", "true"],
        ["0.1", "1e+300", "12345678901234", "false"],
        ["1900-03-01", "2026-11-25", "", ""],
    ]
    assert numbers == [1, 2, 3]


def test_rows_and_cells_that_are_not_there_keep_their_place():
    rows, numbers = rows_of([[], [None, "b"], [], ["c", None, "d"]])
    assert rows == [["", "b", ""], ["c", "", "d"]]
    assert numbers == [2, 4]


def test_texts_in_pieces_and_in_place_are_joined():
    files = {
        "xl/workbook.xml": '<workbook xmlns:r="x"><sheets><sheet name="s" r:id="r1"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": '<R><R Id="r1" Target="/xl/worksheets/one.xml"/></R>',
        "xl/sharedStrings.xml": "<sst><si><r><t>bo</t></r><r><t>ld</t></r><rPh><t>no</t></rPh>"
        "</si></sst>",
        "xl/worksheets/one.xml": '<worksheet><row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>in'
        '</t></is></c></row><row><c t="str"><f>A1</f><v>came</v></c><c t="e"><v>#N/A</v></c></row>'
        "</worksheet>",
    }
    data = zipped({name: content.encode() for name, content in files.items()})
    with opened_zip(data, "x.xlsx") as archive:
        book = Workbook(archive, "x.xlsx", Limits())
        assert book.rows("s")[0] == [["bold", "in"], ["came", "#N/A"]]


def handmade(sheet, sheets='<sheet name="s" r:id="r1"/>'):
    """A workbook of one sheet, of which the XML is given."""
    files = {
        "xl/workbook.xml": f'<workbook xmlns:r="x"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<R><R Id="r1" Target="/xl/worksheets/one.xml"/>'
        '<R Id="r2" Target="/xl/worksheets/two.xml"/></R>',
        "xl/worksheets/one.xml": f"<worksheet>{sheet}</worksheet>",
        "xl/worksheets/two.xml": "<worksheet><row><c><v>8</v></c></row><row><c><v>9</v></c></row>"
        "</worksheet>",
    }
    return zipped({name: content.encode() for name, content in files.items()})


def written(*rows):
    cells = (
        "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) for row in rows
    )
    return "".join(f"<row>{row}</row>" for row in cells)


def test_a_cell_that_is_merged_with_those_below_holds_for_them():
    rows = written("ab", "x1", ("", "2"), ("", "3"), "y4")
    data = handmade(f'{rows}<mergeCells><mergeCell ref="A2:A4"/></mergeCells>')
    table = read_table(data)
    assert table.frame["a"].tolist() == ["x", "x", "x", "y"]
    (repair,) = [each for each in table.diagnosis.repairs if each.key == "merged_cells"]
    assert repair.cells == 2
    assert read_table(data, options=repair.undo).frame["a"].isna().sum() == 2


def test_formulas_without_a_result_are_counted():
    rows = "<row><c><f>A2</f></c><c><v>5</v></c></row>" * 2
    table = read_table(handmade(written("ab") + rows))
    (repair,) = [each for each in table.diagnosis.repairs if each.key == "formulas"]
    assert repair.cells == 2
    assert repair.what.startswith("2 formulas were saved without a result")
    came_to_nothing = rows.replace("<c><f>", '<c t="str"><f>')
    assert not read_table(handmade(written("ab") + came_to_nothing)).diagnosis.repairs


def test_hidden_sheets_come_last():
    sheets = '<sheet name="h" r:id="r2" state="hidden"/><sheet name="s" r:id="r1"/>'
    table = read_table(handmade(written("ab", "12", "34"), sheets))
    assert table.frame.to_dict("list") == {"a": [1, 3], "b": [2, 4]}


def test_sheets_are_asked_about_and_chosen():
    data = workbook({"first": [["a", "b"], [1, 2]], "second": [["c", "d"], [3, 4]]})
    (question,) = read_table(data).diagnosis.questions
    assert [answer.label for answer in question.answers] == ["first", "second"]
    other = read_table(data, options=question.answers[1].options)
    assert other.frame.to_dict("list") == {"c": [3], "d": [4]}
    with pytest.raises(ParameterError, match="no sheet called 'third'"):
        read_table(data, options=ReadOptions(sheet="third"))


@pytest.mark.parametrize(
    "files",
    [
        {"xl/workbook.xml": b"<workbook"},
        {"xl/workbook.xml": b"<workbook/>"},
        {"xl/workbook.xml": b"<workbook/>", "xl/_rels/workbook.xml.rels": b"<R/>"},
    ],
)
def test_broken_workbooks_are_refused(files):
    with pytest.raises(DataError, match="is an Excel workbook that cannot be read"):
        read_table(zipped(files))


def test_entities_do_not_explode():
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    files = {"xl/workbook.xml": f"{lol}]><workbook>&i;</workbook>".encode()}
    with pytest.raises(DataError, match="cannot be read"):
        read_table(zipped(files))
