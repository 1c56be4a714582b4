"""3rd and 1e3 beside other numbers: read, and asked about."""

import pytest

import regpath
from regpath.io import read_table
from regpath.io.columns.blocks import WIDE


def read(cells, options=None, name="x"):
    rows = [f"{name};y", *(f"{cell};{k * 7 % 11}.5" for k, cell in enumerate(cells * 8))]
    return read_table("\n".join(rows).encode(), options=options or regpath.ReadOptions())


def keys(table):
    return [each.key for each in table.diagnosis.questions]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1st", "2nd", "3rd", "4th"], [1, 2, 3, 4]),
        (["19th", "20th", "21st"], [19, 20, 21]),
        (["9th", "10TH", "11th", "12th"], [9, 10, 11, 12]),
        (["19th century", "20th century", "21st century"], [19, 20, 21]),
        (["19th c.", "18th c.", "17th c."], [19, 18, 17]),
        (["1er", "2e", "3e"], [1, 2, 3]),
        (["1ère", "2ème", "3ème"], [1, 2, 3]),
        (["1ste", "2de", "3de"], [1, 2, 3]),
        (["1:a", "2:a", "3:e"], [1, 2, 3]),
    ],
)
def test_few_ordinal_numbers_are_numbers_or_words_as_a_person_says(cells, values):
    table = read(cells)
    assert table.frame["x"].tolist()[: len(cells)] == values
    (question,) = table.diagnosis.questions
    numbers, words = question.answers
    assert question.key == "ordinal:x"
    assert read(cells, numbers.options).frame.equals(table.frame)
    assert read(cells, words.options).frame["x"].tolist()[: len(cells)] == cells
    assert not keys(read(cells, words.options))


@pytest.mark.parametrize(
    ("sign", "cells"), [("º", ["19º", "20 º", "18º"]), ("ª", ["1ª", "2ª", "3ª"])]
)
def test_raised_letters_behind_all_numbers_are_left_out(sign, cells):
    table = read(cells)
    assert table.frame["x"].tolist()[:3] == [int(cell.rstrip(sign)) for cell in cells]


def test_many_ordinal_numbers_are_numbers_without_a_question():
    cells = ["1st", "2nd", "3rd", *(f"{k}th" for k in range(4, 21)), "21st", "22nd", "23rd", "24th"]
    table = read(cells)
    assert table.frame["x"].tolist()[:24] == list(range(1, 25))
    assert not keys(table)
    assert any("endings of ordinal numbers" in note for note in table.notes)


@pytest.mark.parametrize("cells", [["1st", "2st", "3st", "4th"], ["11st", "12nd", "3rd"]])
def test_numbers_with_the_wrong_ending_stay_words(cells):
    assert read(cells).frame["x"].tolist()[: len(cells)] == cells


@pytest.mark.parametrize(
    "cells",
    [
        ["1E3", "12", "15", "18"],
        ["2E3", "100", "200", "7E1"],
        ["101", "1E2", "103", ""],
        ["3E1", "31", "NA"],
    ],
)
def test_codes_among_whole_numbers_stay_text_and_are_asked_about(cells):
    table = read(cells)
    assert table.frame["x"].dropna().unique().tolist() == [c for c in cells if c not in ("", "NA")]
    (question,) = table.diagnosis.questions
    assert question.key == "digits:x"
    numbers = read(cells, question.answers[1].options).frame["x"].dropna()
    assert numbers.tolist()[0] == float(cells[0])


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "10", "100", "1e3"],
        ["120000", "1E5", "95000"],
        ["5", "2e1", "", "7"],
        ["1E12", "7", "81"],
    ],
)
def test_exponents_of_large_or_small_letters_are_numbers_and_asked_about(cells):
    table = read(cells)
    known = [float(cell) for cell in cells if cell]
    assert table.frame["x"].dropna().tolist()[: len(known)] == known
    assert keys(table) == ["exponent:x"]
    words = read(cells, table.diagnosis.questions[0].answers[1].options)
    assert words.frame["x"].dropna().tolist()[: len(known)] == [c for c in cells if c]


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "2.5", "1e3"],
        ["1e+03", "12", "15"],
        ["-3", "1e3", "4"],
        ["1E-3", "2E-3", "1"],
        ["1.5e3", "20"],
    ],
)
def test_exponents_beside_decimals_or_signs_are_numbers(cells):
    table = read(cells)
    assert table.frame["x"].tolist()[: len(cells)] == [float(cell) for cell in cells]
    assert not keys(table)


@pytest.mark.parametrize(
    ("cells", "text"),
    [(["2E3", "100", "200", "7E1"], True), (["1e+03", "12", "15", "2.5"], False)],
)
def test_a_wide_table_reads_codes_as_a_narrow_one_does(cells, text):
    width = WIDE + 20
    rows = [";".join(f"c{j}" for j in range(width))]
    rows += [
        ";".join([cell, *(f"{k + j}.5" for j in range(width - 1))])
        for k, cell in enumerate(cells * 5)
    ]
    table = read_table("\n".join(rows).encode())
    assert (table.frame["c0"].dtype.kind not in "if") == text
    assert keys(table) == (["digits:c0"] if text else [])


@pytest.mark.parametrize(
    "cells", [["1D5", "2D3", "4D2"], ["3H1", "2H2", "1H75"], ["E817", "E818", "E819"]]
)
def test_codes_of_a_letter_and_digits_are_no_durations(cells):
    assert not keys(read(cells * 2))
