"""None, NA and - among words: levels where they may be, and asked about."""

import numpy as np
import pandas as pd
import pytest

from regpath.io import ReadOptions, read_table

UNSAID = ReadOptions()


def column(cells, options=UNSAID, delimiter=","):
    lines = [f"x{delimiter}y"]
    for k, cell in enumerate(cells):
        lines.append(f'"{cell}"{delimiter}{k}' if delimiter in cell else f"{cell}{delimiter}{k}")
    table = read_table("\n".join(lines).encode(), options=options)
    return table.frame["x"], [q for q in table.diagnosis.questions if q.column == "x"]


HOUSES = ["None", "Brick", "None", "Stone", "None", "None", "NA", "Brick", "None"]
COUNTRIES = ["NA", "ZA", "BW", "ZM", "NA", "ZW", "ZA", "BW", "ZM", "ZW"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_none_is_a_level_among_words_and_na_beside_it_is_missing(delimiter):
    values, questions = column(HOUSES, delimiter=delimiter)
    assert values[2] == "None"
    assert (values == "None").sum() == 5
    assert values.isna().sum() == 1
    (question,) = questions
    assert (
        question.what == "Column 'x' holds 'None' in 5 cells among words: they are read as a level."
    )
    kept, same = column(HOUSES, question.answers[0].options)
    pd.testing.assert_series_equal(kept, values)
    assert not same
    missing, none = column(HOUSES, question.answers[1].options)
    assert missing.isna().sum() == 6
    assert not none


def test_na_among_codes_of_two_letters_is_a_level_and_asked():
    values, (question,) = column(COUNTRIES)
    assert (values == "NA").sum() == 2
    assert "codes of two letters, such as 'ZA'" in question.evidence
    missing, questions = column(COUNTRIES, question.answers[1].options)
    assert missing.isna().sum() == 2
    assert not questions


@pytest.mark.parametrize(
    ("cells", "word", "is_level"),
    [
        (["NA", "ZA", "BW", "", "ZM", "ZA", "BW", "ZM"], "NA", True),
        (["Gd", "TA", "Ex", "NA", "Gd", "TA", "Ex", "NA"], "NA", False),
        (["Gd", "TA", "Ex", "NA", "Gd", "TA", "Ex", "", "Gd"], "NA", True),
        (["None", "Grvl", "Pave", "None", "Grvl", "Pave"], "None", True),
        (["None", "low", "high", "None", "low", "high"], "None", True),
        (["None", "", "Fish, raw", "Meat", "Fish, raw", "Meat"], "None", True),
        (["+", "-", "+", "+", "-", "+"], "-", True),
    ],
)
def test_what_is_taken(cells, word, is_level):
    values, (question,) = column(cells)
    assert (values == word).sum() == (cells.count(word) if is_level else 0)
    assert question.answers[0].label == ("a level" if is_level else "missing")
    other, questions = column(cells, question.answers[1].options)
    assert (other == word).sum() == (0 if is_level else cells.count(word))
    assert not questions


@pytest.mark.parametrize(
    "cells",
    [
        ["1.5", "None", "2.5", "3"],
        ["yes", "no", "None", "yes"],
        ["2024-01-31", "None", "2024-02-29"],
        ["red", "blue", "NA", "red", "blue", "NA"],
        ["TV", "PC", "NA", "TV", "PC", "NA"],
        ["red", "blue", "?", "red", "blue", "-"],
        ["it was a dark night", "None", "so it goes on for ever", "a stormy night it was"],
    ],
)
def test_elsewhere_they_are_missing_without_a_question(cells):
    values, questions = column(cells)
    marks = [cell in ("None", "NA", "?", "-") for cell in cells]
    np.testing.assert_array_equal(values.isna(), marks)
    assert not questions


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        (["missing", "found", "lost"] * 4, "missing"),
        (["null", "positive", "negative"] * 4, "null"),
        (["NA", "EU", "JP"] * 4, "NA"),
        (["NA", "EU"] * 4, "NA"),
        (["NA", "NA", "NA", "hotel", "flat"] * 4, "NA"),
        (["N/A", "N/A", "hotel", "flat"] * 4, "N/A"),
        (["?", "?", "yes", "maybe"] * 4, "?"),
        (["?", "", "red", "blue", "red", "blue"] * 4, "?"),
    ],
)
def test_what_may_be_a_level_is_taken_for_missing_and_asked_about(cells, word):
    values, questions = column(cells)
    (question,) = [q for q in questions if q.key == f"level:{word}:x"]
    assert values.isna().sum() == cells.count(word) + cells.count("")
    same, none = column(cells, question.answers[0].options)
    pd.testing.assert_series_equal(same, values)
    assert not none
    level, _ = column(cells, question.answers[1].options)
    assert (level == word).sum() == cells.count(word)
