"""Feet and inches: offered as inches and centimetres, beside minutes where signs leave it open."""

import numpy as np
import pytest

import regpath
from regpath.io import read_table
from regpath.io.columns.feet_and_inches import length_of

FEET, INCHES = np.arange(24) // 12 + 5, np.arange(24) % 12
SIGNS = [
    "{a}'{b}\"",
    "{a}' {b}\"",
    "{a}'{b}",
    "{a}' {b}''",
    "{a}\u2032{b}\u2033",
    "{a}\u2019{b}\u201d",
    "{a}'-{b}\"",
    "{a}'{b:02d}\"",
]
WORDS = [
    "{a} ft {b} in",
    "{a}ft{b}in",
    "{a} ft. {b} in.",
    "{a} feet, {b} inches",
    "{a} foot {b}",
    "{a} Fu\u00df {b} Zoll",
    "{a} pieds {b} pouces",
    "{a} pies y {b} pulgadas",
    "{a}' {b} in",
    '{a}ft {b}"',
]


def written(form):
    return [form.format(a=a, b=b) for a, b in zip(FEET, INCHES, strict=True)]


def read(cells, **options):
    rows = ["x\ty", *(f"{cell}\t{k % 7}" for k, cell in enumerate(cells))]
    return read_table("\n".join(rows).encode(), **options)


def asked(table):
    return [each for each in table.diagnosis.questions if each.column == "x"]


@pytest.mark.parametrize("form", [*SIGNS, *WORDS])
def test_they_are_asked_about_and_offered_as_lengths(form):
    cells = written(form)
    (question,) = asked(read(cells))
    assert question.key == "length:x"
    assert f"which is {12 * FEET[0] + INCHES[0]:g} inches" in question.what
    text, inches, centimetres, *others = question.answers
    found = read(cells, options=inches.options)
    np.testing.assert_allclose(found.frame["x (inches)"], 12 * FEET + INCHES)
    metric = read(cells, options=centimetres.options)
    np.testing.assert_allclose(metric.frame["x (cm)"], 2.54 * (12 * FEET + INCHES))
    assert read(cells, options=text.options).frame["x"].tolist() == cells
    for answer in question.answers:
        assert not asked(read(cells, options=answer.options))
    offers_minutes = any("minutes" in each.label for each in others)
    assert not offers_minutes or form in SIGNS
    assert offers_minutes == ("or minutes and seconds" in question.what)


@pytest.mark.parametrize("form", ["{a}'{b}\"", "{a}'{b}", "{a}'{b:02d}\"", "{a}\u2032{b}\u2033"])
def test_signs_may_be_minutes_and_are_not_guessed(form):
    cells = written(form)
    table = read(cells)
    assert table.frame["x"].tolist() == cells
    (question,) = asked(table)
    (minutes,) = [each for each in question.answers if each.label.startswith("minutes")]
    found = read(cells, options=minutes.options)
    np.testing.assert_allclose(found.frame["x (minutes)"], FEET + INCHES / 60)


def test_more_inches_than_make_a_foot_are_minutes():
    cells = [f"4'{k:02d}\"" for k in range(5, 55, 2)]
    (question,) = asked(read(cells))
    assert question.key == "minutes:x"
    assert not any("inches" in each.label for each in question.answers)


@pytest.mark.parametrize("odd", ["5'12\"", "not measured", "6", "DNF"])
def test_what_is_no_length_is_missing_and_counted(odd):
    cells = written("{a}'{b}\"")
    cells[7] = odd
    (question,) = asked(read(cells))
    assert question.key == "length:x"
    assert "1 cell missing" in question.answers[1].label
    found = read(cells, options=question.answers[1].options)
    expected = np.where(np.arange(24) == 7, np.nan, 12 * FEET + INCHES)
    np.testing.assert_allclose(found.frame["x (inches)"], expected)
    assert any("no length is missing" in note for note in found.notes)


@pytest.mark.parametrize(
    ("text", "inches"),
    [
        ("6' 2 1/2\"", 74.5),
        ("6'2\u00bd\"", 74.5),
        ("6' 3/4\"", 72.75),
        ("5'11.5\"", 71.5),
        ("5 ft 11,5 in", 71.5),
        ("6'", 72),
        ("6 ft", 72),
        ("5.5 ft", 66),
        ('72"', 72),
        ("72 in", 72),
        ("-1'6\"", -18),
    ],
)
def test_parts_of_an_inch_and_one_unit_alone(text, inches):
    assert length_of(text).inches == inches


@pytest.mark.parametrize(
    "text",
    ["", "6", "6-2", "6'2'3", "4'45\"", "5 ft 14 in", "40\u00b0 26' 46\"", "6 kg 2 g", "red"],
)
def test_what_is_no_length_is_none(text):
    assert np.isnan(length_of(text).inches)


@pytest.mark.parametrize("cells", [["1'005", "2'010", "1'250"] * 8, ['5 3/8"', '6"', '7 1/4"'] * 8])
def test_numbers_stay_numbers(cells):
    assert read(cells).frame["x"].dtype.kind in "if"
    assert not [each for each in asked(read(cells)) if each.key == "length:x"]


def test_new_rows_are_read_as_the_rows_of_the_fit_were(tmp_path):
    rows = [
        f"{cell}\t{12 * a + b + k % 3}"
        for k, (cell, a, b) in enumerate(zip(written("{a}'{b}\""), FEET, INCHES, strict=True))
    ]
    data = "\n".join(["height\tweight", *rows]).encode()
    (question,) = read_table(data).diagnosis.questions
    table = read_table(data, options=question.answers[1].options)
    study = regpath.run_study(table, regpath.Recipe("weight", n_lambdas=5, test_size=0.0))
    assert study.path.feature_names == ("height (inches)",)
    model = regpath.export.model(study, study.path.lambdas[3], tmp_path / "m.json")
    again = regpath.load_model(tmp_path / "m.json")
    new = again.read(b"height\tweight\n6'1\"\t1\n5'2\"\t2\n")
    np.testing.assert_allclose(new.frame["height (inches)"], [73, 62])
    np.testing.assert_allclose(again.predict(new), model.predict(table.frame.iloc[[13, 2]]))
