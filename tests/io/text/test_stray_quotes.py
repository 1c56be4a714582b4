"""One quote that does not pair costs its own line, and no other."""

import pytest

from regpath.errors import DataError
from regpath.io import read_table
from regpath.io.text.splitting import Dialect
from regpath.io.text.stray_quotes import lost_delimiter, pair_quotes

MARKS = [",", ";", "\t", "|"]


def lines(n=84, delimiter=",", quote='"'):
    """Rows with a quoted text that holds the delimiter."""
    rows = [f"{i},Lamp {i},{i}.5,{quote}brass{delimiter} round{quote},red" for i in range(n)]
    body = [
        row.replace(",", delimiter).replace(f"{delimiter}{delimiter}", delimiter) for row in rows
    ]
    return [delimiter.join(["id", "item", "price", "text", "colour"]), *body]


def read(rows, end="\n"):
    return read_table(end.join([*rows, ""]).encode())


def keys(table):
    return {repair.key: repair for repair in table.diagnosis.repairs}


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("column", [0, 1, 2, 4])
@pytest.mark.parametrize("row", [1, 40, 84])
def test_a_stray_quote_leaves_out_its_line_and_names_it(row, column, delimiter):
    rows = lines(delimiter=delimiter)
    cells = rows[row].split(delimiter)
    if column > 3:
        column += 1  # the quoted text is cut in two
    rows[row] = delimiter.join([*cells[:column], '"' + cells[column], *cells[column + 1 :]])
    table = read(rows)
    assert list(table.frame.columns) == ["id", "item", "price", "text", "colour"]
    assert table.frame["id"].tolist() == [i for i in range(84) if i != row - 1]
    assert table.frame["text"].unique().tolist() == [f"brass{delimiter} round"]
    assert f"line {row + 1}," in keys(table)["unpaired_quotes"].what
    assert table.frame.index.tolist() == [i for i in range(2, 86) if i != row + 1]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("line", ['7,"Lamp,2.5,"brass, round",red', '7,Lamp,2.5,"brass, round,red'])
def test_whatever_ends_lines_only_the_broken_one_goes(line, end):
    rows = lines()
    rows[8] = line
    table = read(rows, end)
    assert 7 not in table.frame["id"].tolist()
    assert len(table.frame) == 83


def test_a_quote_that_swallows_rows_until_another_costs_no_row_but_its_own():
    rows = ["a,b,c", *(f"{i},{i}.5,x" for i in range(60))]
    rows[10], rows[14] = '9,9.5,"x', '13,13.5,w"'
    table = read(rows)
    assert len(table.frame) >= 58
    assert {10, 11, 12} <= set(table.frame["a"])


@pytest.mark.parametrize("text", ['"round 48"" wide"', '"a\nb"', '"x ""y"", z"', '""'])
def test_what_is_quoted_well_is_read_beside_a_broken_line(text):
    rows = lines(40)
    rows[3] = f"2,Lamp,2.5,{text},red"
    rows[20] = rows[20].replace(",Lamp", ',"Lamp')
    table = read(rows)
    inner = text[1:-1].replace('""', '"')
    assert table.frame["text"].fillna("").tolist()[2] == inner
    assert len(table.frame) == 39


@pytest.mark.parametrize(
    "text", ['"round', 'round 48"', 'the 30" leg, and seat', '5"', 'a "b" c, d']
)
def test_inch_marks_within_quotes_are_read_as_text(text):
    rows = lines(40)
    rows[3] = f'2,Lamp,2.5,"{text}",red'
    table = read(rows)
    assert table.frame["text"].tolist()[2] == text
    assert len(table.frame) == 40
    assert "4" in keys(table)["stray_quotes"].what


@pytest.mark.parametrize(
    "line", ['7,Cap 11"warm, and red",http://x', '7,Lamp"big, red",x', '7,x,Lamp"big, red"']
)
def test_a_delimiter_lost_before_a_quote_is_no_cell_cut_in_two(line):
    rows = ["id,item,text,page", *(f'{i},Cap {i},"warm, and red",http://x' for i in range(30))]
    rows[8] = line
    table = read(rows)
    assert 7 not in table.frame["id"].tolist()
    assert "line 9," in keys(table)["unpaired_quotes"].what


@pytest.mark.parametrize("line", ['5" nail,6" nail', 'a,7" lamp,tall 3",x', 'say "hi",there', 'x"'])
def test_inch_marks_lose_no_delimiter(line):
    pattern = lost_delimiter(Dialect())
    assert pattern.search(line.encode()) is None


def test_many_broken_lines_refuse_the_file_with_the_first():
    rows = lines(40)
    for i in range(2, 12):
        rows[i] = rows[i].replace(",Lamp", ',"Lamp')
    with pytest.raises(DataError, match="starts on line 3"):
        read(rows)


def test_lines_keep_their_numbers():
    paired = pair_quotes(b'a,b\n1,"x\n2,y\n3,"p, q"\n', Dialect(), 1)
    assert paired.content == b'a,b\n\n2,y\n3,"p, q"\n'
    assert paired.unread == (2,)


@pytest.mark.parametrize("broken", [5, 255, 256, 257, 700])
def test_the_place_of_a_broken_line_in_a_long_text_does_not_matter(broken):
    rows = lines(900)
    rows[broken] = rows[broken].replace(",Lamp", ',"Lamp')
    table = read(rows)
    assert sorted(set(range(900)) - set(table.frame["id"])) == [broken - 1]


def test_a_text_full_of_open_quotes_is_given_up_at_once():
    content = b'a,b\n1,"x y\n' * 20_000
    assert pair_quotes(content, Dialect(), 100) is None
