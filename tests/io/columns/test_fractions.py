"""Fractions behind numbers are decimals; alone or beside whole numbers they are asked about."""

import pandas as pd
import pytest

import regpath
from regpath.io import read_table


def read(cells, options=None, delimiter=";"):
    rows = [f"x{delimiter}y", *(f"{cell}{delimiter}{k * 7 % 11}.5" for k, cell in enumerate(cells))]
    return read_table("\n".join(rows).encode(), options=options or regpath.ReadOptions())


def keys(table):
    return [each.key for each in table.diagnosis.questions]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["3 1/4", "2", "1/2", "5 3/8"], [3.25, 2, 0.5, 5.375]),
        (["3-1/4", "2", "1/2", "4-1/16"], [3.25, 2, 0.5, 4.0625]),
        (["3¼", "2", "½", "5⅜"], [3.25, 2, 0.5, 5.375]),
        (["3 ¼", "2 ½", "5\u00a0⅜"], [3.25, 2.5, 5.375]),
        (["3 1⁄4", "1⁄2", "7"], [3.25, 0.5, 7]),
        (["3 1/4 in", "2 in", "3/4 in"], [3.25, 2, 0.75]),
        (['5 1/2"', '6"', '3/4"'], [5.5, 6, 0.75]),
        (["3 1/4 h", "2 h", "5 1/2 h"], [3.25, 2, 5.5]),
        (["-3 1/4", "+1/4", "-1/2", "2"], [-3.25, 0.25, -0.5, 2]),
        (["3 1/3", "2 2/3", "6 1/6"], [3 + 1 / 3, 2 + 2 / 3, 6 + 1 / 6]),
        (["3 1/8", "5 3/8", "4 5/8"], [3.125, 5.375, 4.625]),
        (["3 1/8", "5.5", "NA", "7"], [3.125, 5.5, None, 7]),
        (["13 31/32", "9 1/64"], [13.96875, 9.015625]),
        (["1 1/2%", "2%", "3/4%"], [1.5, 2, 0.75]),
        (["$3 1/4", "$2", "$1 1/2"], [3.25, 2, 1.5]),
    ],
)
def test_fractions_behind_numbers_are_decimals(cells, values, delimiter):
    table = read(cells * 6, delimiter=delimiter)
    found = table.frame["x"].tolist()[: len(cells)]
    assert [None if value != value else value for value in found] == values
    assert not keys(table)
    (note,) = [note for note in table.notes if "fractions" in note]
    repair = next(each for each in table.diagnosis.repairs if each.key == "fraction:x")
    assert repair.what == note
    assert read(cells * 6, repair.undo, delimiter).frame["x"].tolist()[0] == cells[0]


def test_a_half_beside_whole_numbers_is_asked_about():
    table = read(["1/2", "1", "2", "1/4"] * 6)
    assert table.frame["x"].tolist()[:4] == [0.5, 1, 2, 0.25]
    (question,) = table.diagnosis.questions
    assert question.key == "fraction:x"
    assert read(["1/2", "1", "2", "1/4"] * 6, question.answers[1].options).frame["x"][2] == "1/2"


@pytest.mark.parametrize("n", [3, 14])
def test_fractions_alone_are_words_and_asked_about(n):
    cells = [f"{k}/16" for k in range(1, n + 1)] * 3
    table = read(cells)
    assert table.frame["x"].tolist() == cells
    (question,) = table.diagnosis.questions
    assert question.key == "fraction:x"
    words, numbers, pair = question.answers
    assert read(cells, words.options).frame["x"].tolist() == cells
    assert read(cells, numbers.options).frame["x"].tolist()[0] == 1 / 16
    assert read(cells, pair.options).frame["x (second)"].tolist()[0] == 16
    assert not keys(read(cells, numbers.options))


@pytest.mark.parametrize(
    "cells",
    [
        ["3/4", "4/4", "2/4"],
        ["3 1/7", "2", "5 3/8"],
        ["3 5/4", "2", "5 3/8"],
        ["3/4/2020", "5/6/2020", "13/6/2020"],
        ["1 1/2 Main St", "2 Elm Rd"],
        ["99-16", "100-08", "98-24"],
        ["km/h", "1/2", "3 1/4"],
        ["1/2/3", "3 1/4", "2"],
    ],
)
def test_other_strokes_are_no_fractions(cells):
    table = read(cells * 6)
    assert table.frame["x"].dtype.kind not in "if"
    assert "fraction:x" not in {each.key for each in table.diagnosis.repairs}


def test_a_model_reads_fractions_that_it_has_not_seen():
    table = read(["3 1/4", "2", "1/2", "5 3/8"] * 8)
    study = regpath.run_study(table, regpath.Recipe("y", n_lambdas=5, test_size=0.0))
    model = regpath.Model.from_study(study, study.path.lambdas[2])
    new = model.read(b"x;y\n7 5/16;1\n3/4;2\n2;3\n")
    assert new.frame["x"].tolist() == [7.3125, 0.75, 2]


def test_what_a_script_replaces_gives_the_same_numbers():
    cells = ["-3 1/4", "2", "1/2", "5-3/8", "7½", "¾", "1 1/3"] * 4
    table = read(cells)
    texts = pd.Series(cells)
    for pattern, replacement in table.reading.columns["x"].rewrites:
        texts = texts.str.replace(pattern, replacement, regex=True)
    assert pd.to_numeric(texts).tolist() == table.frame["x"].tolist()
