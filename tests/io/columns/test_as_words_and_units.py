"""N and S are directions unless somebody says otherwise; kg and KG are one unit, mW and MW two."""

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.io.columns.infer import TEXT, type_columns
from regpath.io.grid import Grid


def typed(cells, options=None):
    grid = Grid.of_rows(["x"], [[cell] for cell in cells], range(2, 2 + len(cells)))
    return type_columns(grid, options)


@pytest.mark.parametrize(
    "cells",
    [["N", "S"] * 6, ["n", "s", "s"] * 4, ["N", "O"] * 6, ["N", "", "S"] * 4, ["S", "N", "n"] * 4],
)
def test_directions_are_words_and_asked(cells):
    result = typed(cells)
    assert result.values["x"].dtype == TEXT
    (question,) = result.questions
    words, flags = (typed(cells, answer.options) for answer in question.answers)
    assert words.values["x"].dtype == TEXT
    assert flags.values["x"].dtype == "boolean"
    assert not words.questions
    assert not flags.questions


def test_the_feature_of_a_direction_says_which_is_one():
    rng = np.random.default_rng(0)
    rows = [f"{'NS'[k % 2]},{rng.normal():.3f},{rng.normal():.3f}" for k in range(30)]
    table = regpath.read_table("\n".join(["dir,x,y", *rows]).encode())
    problem = regpath.make_problem(table, "y")
    assert problem.feature_names == ("dir=S", "x")
    np.testing.assert_array_equal(problem.X[:, 0], np.arange(30) % 2)


@pytest.mark.parametrize(
    "pair", [("y", "n"), ("t", "f"), ("j", "n"), ("sim", "não"), ("oui", "non")]
)
def test_other_pairs_stay_booleans(pair):
    assert typed([*pair] * 4).values["x"].dtype == "boolean"


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["74kg", "83KG", "91 kg"], [74, 83, 91]),
        (["74 Kg", "83 kg.", "91kg", ""], [74, 83, 91, np.nan]),
        (["1.5 mL", "2 ml", "2.5ml"], [1.5, 2, 2.5]),
        (["10 MM", "20 mm", "30 Mm."], [10, 20, 30]),
        (["5 Hours", "6 hours", "7 HOURS"], [5, 6, 7]),
        (["70 CM", "80 cm", "90 cm"], [70, 80, 90]),
    ],
)
def test_capitals_make_no_other_unit(cells, values):
    result = typed(cells)
    np.testing.assert_array_equal(result.values["x"], values)
    assert not result.questions
    assert {repair.key for repair in result.repairs} == {"unit:x"}


@pytest.mark.parametrize("units", [("mW", "MW"), ("mg", "kg"), ("Mg", "mg"), ("mHz", "MHz")])
def test_prefixes_make_another_unit(units):
    cells = [f"{k} {units[k % 2]}" for k in range(3, 12)]
    result = typed(cells)
    assert result.values["x"].dtype == TEXT
    assert "different units" in result.questions[0].what
    number = typed(cells, result.questions[0].answers[1].options)
    assert pd.api.types.is_numeric_dtype(number.values["x"])
