"""How well a dialect splits: what quotes, headers, lists and times say."""

import re

import pytest

from regpath.io import read_table
from regpath.io.text.scoring import Sample
from regpath.io.text.splitting import Dialect

N = range(1, 13)


def rows(header, line):
    """Write a table of twelve lines, in which i and j are numbers."""
    return "\n".join([*header, *(line.format(i=i, j=i + 10, k=i % 3) for i in N), ""])


def shape(text):
    table = read_table(text.encode())
    asked = {question.key for question in table.diagnosis.questions}
    return list(table.frame.columns), len(table.frame), asked


@pytest.mark.parametrize(
    ("header", "line", "first"),
    [
        ("id item note", '{i} Lamp "brass, round"', [1, "Lamp", "brass, round"]),
        ("id what size", '{i} "Lamp, old" {k}.5', [1, "Lamp, old", 1.5]),
        ("id note x", '{i} "brass; round" {k}', [1, "brass; round", 1]),
        ("id note x", '{i} "brass | round" {k}', [1, "brass | round", 1]),
        ("id note x", '{i} "brass and round" {k}', [1, "brass and round", 1]),
        ("hour item kind", '02:{j} Lamp "brass"', [pytest.approx(131 / 60), "Lamp", "brass"]),
        (
            "hour item kind",
            '02:{j} Lamp "brass, old"',
            [pytest.approx(131 / 60), "Lamp", "brass, old"],
        ),
        ("who what", '"Ann {i}" "red, or blue"', ["Ann 1", "red, or blue"]),
    ],
)
def test_quotes_between_blanks_say_that_blanks_divide(header, line, first):
    frame = read_table(rows([header], line).encode()).frame
    assert list(frame.columns) == header.split()
    assert frame.iloc[0].tolist() == first
    assert len(frame) == len(N)


@pytest.mark.parametrize("between", [" ", "  ", "\t"])
@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("id item note", ["{i}", "Lamp", "'brass, round {i}'"]),
        ("id what size", ["{i}", "'Lamp; old'", "{k}.5"]),
        ("nr Artikel Art", ["X{i}", "'1,5 m x'", "'1,5 m {k}'"]),
        ("id note day", ["{i}", "'a|b'", "2020-01-{j}"]),
        ("hour note kind", ["02:{j}", "'brass and round'", "{k}"]),
        ("id note more", ["{i}", "'brass, round'", "'brass, old {k}'"]),
        ("day note kind", ["{j}/01/2018", "'x: y'", "z{k}"]),
    ],
)
def test_apostrophes_between_blanks_are_heard_like_quotes(header, cells, between):
    text = rows([between.join(header.split())], between.join(cells))
    names, n, asked = shape(text)
    assert (names, n, "delimiter" in asked) == (header.split(), len(N), False)
    frame = read_table(text.encode()).frame
    for j, cell in enumerate(cells):
        if cell.startswith("'"):
            assert frame.iloc[0, j] == cell.format(k=1, i=1).strip("'")


@pytest.mark.parametrize(
    "line", ["rock 'n' roll", "the '{i}s were old", "it's 'hot' he said", "'t is so"]
)
def test_apostrophes_in_prose_are_no_quotes(line):
    lines = ["text", *(line.format(i=i) for i in N), "a longer line of it", "one more"]
    assert shape("\n".join(lines))[:2] == (["text"], len(N) + 2)


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("mm:ss.S", "02:{j}.143"),
        ("mm:ss", "02:{j}"),
        ("hh:mm", "02:{j}"),
        ("hh:mm:ss", "1:02:{j}"),
        ("time", "02:{j}.5"),
        ("t", "1:02:{j},25"),
        ("when", "2018-01-01 02:{j}"),
    ],
)
def test_times_are_one_column(header, line):
    assert shape(rows([header], line))[:2] == ([header], len(N))


def test_two_times_are_enough():
    assert shape("mm:ss.S\n02:37.143\n03:38.2\n")[:2] == (["mm:ss.S"], 2)


def test_colons_that_a_header_has_too_divide():
    assert shape(rows(["a:b:c"], "{i}:{j}:{k}"))[:2] == (["a", "b", "c"], len(N))


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("id,tags", "{i},red;blue;green"),
        ("id,tags", "{i},red|blue|green"),
        ("id;xs", "{i};1,2,3"),
        ("id\txs", "{i}\t1,2,3"),
        ("xs,ys", "{i};{j};{k},4;5;6"),
        ("xs\tys", "{i},{j}\t4,5,6"),
        ("id,text", """{i},"'red';'blue'\""""),
        ("id,text", """{i},"'red'|'blue'\""""),
        ("id;text", """{i};"'red','blue'\""""),
        ("id,text", """{i},"['red', 'blue']\""""),
        ("id,text", '{i},"a;b;c"'),
        ("id,text", '{i},"{{""a"": 1; ""b"": 2}}"'),
        ('"id","text"', '"{i}","a;b;c"'),
        ("xs,ys,kind", "x;y;;z,x;y;;z,{k}"),
        ("xs;ys;kind", "[x,y,,z];[x,y,,z];{k}"),
        ("kind\txs", "{k}\tx|y||z"),
        ("id,text", "{i},'red';'blue'"),
        ("id;text;kind", "{i};'red','blue','old';{k}"),
        ("id|text", "{i}|'red','blue'"),
        ("id\ttext", "{i}\t'red' 'blue'"),
    ],
)
def test_lists_in_cells_do_not_divide_a_table_whose_header_is_whole(header, line):
    names = [name.strip('"') for name in re.split(r"[,;\t|]", header)]
    assert shape(rows([header], line))[:2] == (names, len(N))
    if line.endswith("'"):
        assert "'red'" in read_table(rows([header], line).encode()).frame[names[1]].iloc[0]


def test_lists_under_few_rows_are_lists_too():
    names, n, _ = shape("col1,col2\n1;2;3,4;5;6\n7;8;9,1;2;3\n2;3;4,5;6;1\n")
    assert (names, n) == (["col1", "col2"], 3)


def test_two_delimiters_that_both_fit_the_header_are_asked_about():
    names, n, asked = shape(rows(["a,b"], "{i};{j},25"))
    assert (names, n) == (["a", "b"], len(N))
    assert "delimiter" in asked


@pytest.mark.parametrize(
    ("name", "line", "certain"),
    [
        ('"x"', '"{j}" {k}.5', True),
        ('"x"', '"{j}",{k}.5', True),
        ('"x"', '"{j}",{k}', True),
        ('"x"', '"{j}"\t{k}', True),
        ('"x"', '"s{i}" {k}.5', False),
        ('"grp"', '"{j}" "A{k}"', False),
        ("x", "{j} {k}.5", False),
        ("x", "{j} {k}", False),
    ],
)
def test_one_column_as_r_writes_it_has_names_of_rows(name, line, certain):
    names, n, asked = shape(rows([name], line))
    assert (names, n) == (["row names", name.strip('"')], len(N))
    assert ("row_names" in asked) != certain


@pytest.mark.parametrize("line", ["{i} 2{j}", "Lamp {i}", "{k}", "He said no, {i} times", "1{j},5"])
def test_one_column_stays_one(line):
    lines = ["item", *(line.format(i=i, j=i + 10, k=i % 3) for i in N)]
    assert shape("\n".join(lines))[:2] == (["item"], len(N))


def test_a_sentence_with_quotes_and_commas_is_no_table():
    assert shape(rows(["text"], 'He said "no, {i}" again'))[:2] == (["text"], len(N))


def test_inch_marks_do_not_speak_against_a_delimiter():
    sample = Sample(rows(["id,size"], '{i},{j}"'))
    assert sample.score(Dialect(",")) > 0.4


@pytest.mark.parametrize("header", [[], ["  a  b  c"], ["Days      Duration Weight"]])
@pytest.mark.parametrize("late", ["17.5  2.0", "-1.5 3.0", "1e5 NA"])
def test_numbers_that_are_one_blank_apart_further_down_are_two_cells(header, late):
    lines = [*header, *(f" {i % 9}.25  {i % 7}.5  0.125" for i in range(250)), f"{late}  9.5"]
    frame = read_table("\n".join([*lines, ""]).encode()).frame
    assert frame.shape == (251, 3)
    assert not header or list(frame.columns) == header[0].split()
    assert frame.iloc[-1, 2] == 9.5


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line", [0, 1, 7, 11])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_quote_that_nothing_closes_hides_no_delimiter(line, place, mark):
    cells = [["kind", "size", "note"], *([f"k{i}", str(i), f"n{i}"] for i in N)]
    whole = [list(row) for row in cells]
    cells[line][place] = '"' + cells[line][place]
    frame = read_table("".join(mark.join(row) + "\n" for row in cells).encode()).frame
    assert [name.strip('"') for name in frame.columns] == whole[0]
    assert len(frame) >= len(N) - 1


@pytest.mark.parametrize("cell", ["Ann Smith", "3 hrs 20 min", "a b c d e", "12 Main St."])
@pytest.mark.parametrize("names", ["who\tn", '"who"\t"n"'])
def test_blanks_within_cells_do_not_divide_what_tabs_divide(cell, names):
    rows = "".join(f"{cell}\t{k}\n" for k in range(12))
    assert read_table(f"{names}\n{rows}".encode()).frame.shape == (12, 2)


def test_addresses_are_not_cut_at_their_colons():
    rows = "".join(f"https://a.example/{k}\n" for k in range(12))
    table = read_table(f"url\n{rows}".encode())
    assert table.frame.shape == (12, 1)
    assert table.frame.columns.tolist() == ["url"]
