"""Durations, pairs of numbers, and codes that look like numbers: asked, with the true reason."""

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.io import read_table
from regpath.io.columns.infer import TEXT, type_columns
from regpath.io.grid import Grid


def typed(cells, options=None):
    grid = Grid.of_rows(["x"], [[cell] for cell in cells], range(2, 2 + len(cells)))
    return type_columns(grid, options)


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["4:06", "5:30", "12:45", "4:07", "3:59"], [4.1, 5.5, 12.75, 4 + 7 / 60, 3 + 59 / 60]),
        (["1:02:30", "0:59:00", "2:00:15"], [62.5, 59, 120.25]),
        (["59:30", "1:00:00", "58:15"], [59.5, 60, 58.25]),
        (["4:06.5", "5:30.25", "4:00.0"], [4 + 6.5 / 60, 5 + 30.25 / 60, 4]),
        (["02:37,143", "02:36,000", ""], [2 + 37.143 / 60, 2.6, np.nan]),
        (["-0:30", "0:45", "+1:00"], [-0.5, 0.75, 1]),
        (["08:30", "14:15", "23:59"], [8.5, 14.25, 23 + 59 / 60]),
        (["100:30", "99:00", "NA"], [100.5, 99, np.nan]),
    ],
)
def test_durations_are_numbers_and_asked(cells, values):
    result = typed(cells)
    np.testing.assert_allclose(result.values["x"], values)
    (question,) = result.questions
    assert f"holds durations or times (first: {cells[0]!r}, row 2)" in question.what
    for answer in question.answers:
        again = typed(cells, answer.options)
        assert not [q for q in again.questions if q.key == question.key]
    np.testing.assert_allclose(typed(cells, question.answers[0].options).values["x"], values)
    assert typed(cells, question.answers[1].options).values["x"].dtype == TEXT


@pytest.mark.parametrize("sign", ["/", " / ", "x", "×", "±", "-", " – ", "|"])
def test_two_numbers_in_a_cell_are_offered_as_two_columns(sign):
    first, second = np.arange(110, 134), np.arange(60, 84) + 0.5
    cells = [f"{a}{sign}{b}" for a, b in zip(first, second, strict=True)]
    result = typed(cells)
    assert result.values["x"].tolist() == cells
    (question,) = result.questions
    assert result.reports[0].reason == question.what
    assert "two numbers in each cell" in question.what
    text, two = (typed(cells, answer.options) for answer in question.answers)
    assert list(text.values) == ["x"]
    np.testing.assert_array_equal(two.values["x (first)"], first)
    np.testing.assert_array_equal(two.values["x (second)"], second)
    assert not text.questions
    assert not two.questions


def test_a_mean_with_its_deviation_is_two_numbers():
    cells = [f"{k}.5 ({k / 10:.2f})" for k in range(12)]
    two = typed(cells, typed(cells).questions[0].answers[1].options)
    np.testing.assert_allclose(two.values["x (second)"], np.arange(12) / 10)


@pytest.mark.parametrize(
    "cells",
    [
        ["20-29", "30-39", "40-49"] * 8,
        ["2024-01-31", "2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01"],
        ["03/04/2021", "13/04/2021", "14/04/2021", "15/04/2021", "16/04/2021"],
        ["12:75", "13:80", "14:90"] * 3,
        ["a/b", "c/d", "e/f", "g/h", "i/j"],
    ],
)
def test_bands_dates_and_words_are_neither(cells):
    assert not {q.key for q in typed(cells).questions} & {"pair:x", "duration:x"}


@pytest.mark.parametrize(
    "cells",
    [
        ["7E1", "2E3", "2E3", "1E5"],
        ["2e3", "7e1", "", "2e3"],
        ["10E2", "12E4", "7E1"],
        ["1E5", "2E5"],
        ["3E1", "NA", "4E2"],
        ["0E1", "9E9"],
    ],
)
def test_codes_with_an_e_are_asked(cells):
    result = typed(cells)
    assert result.values["x"].dtype == TEXT
    (question,) = result.questions
    assert "whole numbers with exponents, as codes may be" in question.what
    number = typed(cells, question.answers[1].options)
    assert pd.api.types.is_numeric_dtype(number.values["x"])


@pytest.mark.parametrize(
    "cells", [["1e5", "1e-5", "2e3"], ["1.5e3", "2e3"], ["1e3", "2.5", "4"], ["1e+5", "2e+3"]]
)
def test_numbers_with_an_e_are_numbers(cells):
    result = typed(cells)
    assert result.values["x"].tolist() == [float(cell) for cell in cells]
    assert not result.questions


def test_a_file_of_runs_gives_features():
    rows = [f"{4 + k % 3}:{k + 10:02d},{110 + k}/{70 + k},{k / 7:.3f}" for k in range(30)]
    table = read_table("\n".join(["pace,bp,y", *rows]).encode())
    assert {q.key for q in table.diagnosis.questions} == {"duration:pace", "pair:bp"}
    (pair,) = [q for q in table.diagnosis.questions if q.key == "pair:bp"]
    again = read_table("\n".join(["pace,bp,y", *rows]).encode(), options=pair.answers[1].options)
    names = regpath.make_problem(again, "y").feature_names
    assert names == ("pace", "bp (first)", "bp (second)")


@pytest.mark.parametrize("n", [6, 40])
@pytest.mark.parametrize(
    "form", ["{},{}", "({},{})", "POINT({} {})", "{} {}", "{}..{}", "{} & {}", "{}; {}"]
)
def test_points_of_two_numbers_are_offered_as_two_columns(form, n):
    pairs = [(f"{40 + k / 7:.3f}", f"{9 + k * k % 11 / 3:.2f}") for k in range(n)]
    result = typed([form.format(*pair) for pair in pairs])
    (question,) = result.questions
    again = typed([form.format(*pair) for pair in pairs], question.answers[1].options)
    assert again.values["x (first)"].tolist() == [float(a) for a, _ in pairs]
    assert again.values["x (second)"].tolist() == [float(b) for _, b in pairs]
