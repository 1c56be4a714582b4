"""Columns of numbers with a mark in some cells, or a flag beside some numbers."""

import numpy as np
import pandas as pd
import pytest

from regpath.io import read_table
from regpath.io.columns.infer import TEXT, type_columns
from regpath.io.grid import Grid

NUMBERS = [f"{value:.1f}" for value in np.linspace(3.2, 57.9, 23)]


def typed(cells, options=None):
    grid = Grid.of_rows(["x"], [[cell] for cell in cells], range(2, 2 + len(cells)))
    return type_columns(grid, options)


def mixed(marks, share=0.4):
    """Numbers among which a share of the cells holds marks, and what they are worth."""
    n_marks = max(1, round(share * len(NUMBERS) / (1 - share)))
    cells = list(NUMBERS)
    for k in range(n_marks):
        cells.insert((7 * k) % (len(cells) + 1), marks[k % len(marks)])
    return cells, [np.nan if cell in marks else float(cell) for cell in cells]


@pytest.mark.parametrize("share", [0.03, 0.2, 0.5, 0.8])
@pytest.mark.parametrize(
    "marks", [(":",), ("*",), ("c",), ("(D)",), ("BDL",), ("<LOD",), ("**", "†"), ("x", ":", "[z]")]
)
def test_a_mark_among_numbers_is_missing_and_asked_about_at_any_share(marks, share):
    cells, values = mixed(marks, share)
    result = typed(cells)
    np.testing.assert_array_equal(result.values["x"], values)
    (question,) = result.questions
    assert repr(marks[0]) in question.what
    assert "read as missing" in question.what
    text, number = typed(cells, question.answers[1].options), question.answers[0].options
    assert text.values["x"].dtype == TEXT
    again = typed(cells, number)
    np.testing.assert_array_equal(again.values["x"], values)
    assert not again.questions
    assert not text.questions


@pytest.mark.parametrize("share", [0.05, 0.4, 0.7])
def test_words_among_numbers_stay_text_but_are_asked_about_at_any_share(share):
    cells, values = mixed(("abc", "def"), share)
    result = typed(cells)
    assert result.values["x"].dtype == TEXT
    (question,) = result.questions
    assert "cells are numbers" in question.evidence
    assert result.reports[0].reason == question.what
    np.testing.assert_array_equal(typed(cells, question.answers[1].options).values["x"], values)


@pytest.mark.parametrize(
    "flag",
    [
        *("{} b", "{}*", "~{}", ">{}", "< {}", "≤{}", "{}†", "{} (p)", "{}[1]", "{} e", "{}?"),
        *("ca. {}", "{} **", "{}e", "{} est.", "*{}", "{}#"),
    ],
)
@pytest.mark.parametrize("every", [2, 9])
def test_a_flag_is_left_out_the_number_kept_and_it_is_asked(flag, every):
    cells = [flag.format(x) if k % every == 1 else x for k, x in enumerate(NUMBERS)]
    result = typed(cells)
    np.testing.assert_array_equal(result.values["x"], [float(x) for x in NUMBERS])
    (question,) = result.questions
    assert f"(first: {flag.format(NUMBERS[1])!r}, row 3)" in question.what
    flagged = np.array([k % every == 1 for k in range(len(cells))])
    taken, missing, indicator, text = (typed(cells, a.options) for a in question.answers)
    np.testing.assert_array_equal(taken.values["x"], result.values["x"])
    np.testing.assert_array_equal(np.isnan(missing.values["x"]), flagged)
    np.testing.assert_array_equal(indicator.values["x (flag)"], flagged)
    np.testing.assert_array_equal(indicator.values["x"], result.values["x"])
    assert text.values["x"].tolist() == cells
    assert not any(each.questions for each in (taken, missing, indicator, text))


def test_flags_and_marks_together():
    cells = [f"{x} b" if k % 4 == 0 else x for k, x in enumerate(NUMBERS)]
    cells[1:1] = [":", ":", ": c"]
    values = typed(cells).values["x"]
    np.testing.assert_array_equal(np.isnan(values), [k in (1, 2, 3) for k in range(len(cells))])
    assert values[0] == 3.2


def test_each_repair_of_it_can_be_undone():
    cells, _ = mixed((":",))
    (question,) = typed(cells).questions  # says it for itself, and its other answer undoes it
    assert typed(cells, question.answers[-1].options).values["x"].tolist() == cells
    cells = [f"{x}*" if k % 4 == 0 else x for k, x in enumerate(NUMBERS)]
    (repair,) = typed(cells).repairs
    assert (repair.cells, repair.before, repair.after) == (6, "3.2*", "3.2")
    assert "flag:x" not in {each.key for each in typed(cells, repair.undo).repairs}


@pytest.mark.parametrize(
    "cells",
    [
        [*"12345" * 4, *["K"] * 6],  # grades of a school
        [*"1234" * 5, *["5+"] * 4],
        [f"{k}{'' if k % 3 else 'A'}" for k in range(101, 125)],  # doors
    ],
)
def test_levels_and_codes_stay_words_and_are_asked_about(cells):
    result = typed(cells)
    assert result.values["x"].tolist() == cells
    assert len(result.questions) == 1


@pytest.mark.parametrize(
    "cells",
    [
        [f"{k} Main St" if k % 2 else f"{k} Elm Rd" for k in range(20)],
        [f"PC {k}" if k % 3 else str(k) for k in range(11000, 11030)],
        ["S", "M", "L", "38", "40"] * 5,
        [*map(str, range(4)), "1e"],
        ["a", "b"] * 8 + ["1", "2"],
    ],
)
def test_what_is_not_nearly_numbers_is_not_asked_about(cells):
    result = typed(cells)
    assert result.values["x"].tolist() == cells
    assert not result.questions


def test_factors_are_never_dropped():
    cells = [f"{x}k" if k % 3 == 1 else x for k, x in enumerate(NUMBERS)]
    assert typed(cells).values["x"].tolist() == cells


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_with_flags_of_the_statistics_office(delimiter):
    rows = [delimiter.join(("geo", "rate", "y"))]
    for k, x in enumerate(NUMBERS):
        cell = [":", f"{x} b", x, f"{x} e"][k % 4]
        rows.append(delimiter.join((f"R{k}", cell, str(k % 5 / 4))))
    table = read_table("\n".join(rows).encode())
    expected = [np.nan if k % 4 == 0 else float(x) for k, x in enumerate(NUMBERS)]
    np.testing.assert_array_equal(table.frame["rate"], expected)
    assert pd.api.types.is_float_dtype(table.frame["rate"])


@pytest.mark.parametrize("flag", ["≤{}", "{} b", "{}†", "±{}"])
def test_many_different_numbers_are_read_as_few_are(flag):
    numbers = [f"{k}.5" for k in range(3000)]  # more than Python's own regular expressions get
    cells = [flag.format(x) if k % 3 == 1 else x for k, x in enumerate(numbers)]
    np.testing.assert_array_equal(typed(cells).values["x"], [float(x) for x in numbers])


@pytest.mark.parametrize("flag", ["{} (2)", "{}^", "{}'", "{}_a", "e {}", "{} c,d", "{};", "≈{}"])
@pytest.mark.parametrize("every", [2, 9])
def test_flags_of_other_hands_are_known_too(flag, every):
    cells = [flag.format(x) if k % every == 1 else x for k, x in enumerate(NUMBERS)]
    result = typed(cells)
    np.testing.assert_array_equal(result.values["x"], [float(x) for x in NUMBERS])
    assert len(result.questions) == 1


def test_many_different_words_among_numbers_are_asked_about_at_any_share():
    cells, values = mixed(tuple(f"PC {k}-{k}" for k in range(9)), 0.3)
    result = typed(cells)
    assert result.values["x"].dtype == TEXT
    (question,) = result.questions
    np.testing.assert_array_equal(typed(cells, question.answers[1].options).values["x"], values)


@pytest.mark.parametrize("unit", ["kg", "Stück", "€", "mmHg", "км"])
def test_numbers_without_the_unit_of_the_others_are_asked_about(unit):
    cells = [f"{x}{unit}" if k % 2 else x for k, x in enumerate(NUMBERS)]
    result = typed(cells)
    np.testing.assert_array_equal(result.values["x"], [float(x) for x in NUMBERS])
    (question,) = result.questions
    assert "read as in the same" in question.what
    same, missing, text = (typed(cells, answer.options) for answer in question.answers)
    np.testing.assert_array_equal(same.values["x"], result.values["x"])
    np.testing.assert_array_equal(np.isnan(missing.values["x"]), np.arange(len(cells)) % 2 == 1)
    assert text.values["x"].tolist() == cells


@pytest.mark.parametrize(("form", "key"), [("({})", "brackets"), ("{}-", "trailing")])
def test_signs_that_make_numbers_negative_are_asked_about_but_not_of_money(form, key):
    cells = [form.format(x) if k % 5 == 1 else x for k, x in enumerate(NUMBERS)]
    result = typed(cells)
    assert (result.values["x"] < 0).sum() == 5
    (question,) = result.questions
    assert question.key == f"{key}:x"
    missing = typed(cells, question.answers[1].options)
    assert np.isnan(missing.values["x"]).sum() == 5
    money = typed([form.format(f"1,{k}00") if k % 2 else f"2,{k}00" for k in range(1, 9)])
    assert not [q for q in money.questions if q.key == question.key]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([f"{k} kg" for k in range(1, 30)], ["small", "medium", "large"]),
        ([f"{k} months" for k in (12, 24, 36, 48, 60)], ["none", "open"]),
        ([str(k) for k in range(1, 40)], ["low", "high"]),
        ([f"{k}.5 cm" for k in range(1, 60)], ["short", "tall", "normal"]),
        (["5 mg", "10 mg", "20 mg"], ["placebo"]),
        (["74kg", "83KG", "59kg"], ["featherweight", "open"]),
        ([f"{k},5 mm" for k in range(1, 60)], ["klein", "groß", "mittel"]),
    ],
)
@pytest.mark.parametrize("n_numbers", [89, 300])
def test_words_that_are_levels_are_named_where_they_may_be_missing(numbers, words, n_numbers):
    cells = [numbers[k % len(numbers)] for k in range(n_numbers)]
    for k in range(211):
        cells.insert(2 * k % (len(cells) + 1), words[k % len(words)])
    result = typed(cells)
    (question,) = result.questions
    levels, missing = question.answers[:2]
    assert all(repr(word) in question.what for word in words)
    assert "in 211 cells beside" in question.what
    assert levels.label == "levels, numbers and words alike"
    assert all(repr(word) in missing.label for word in words)
    assert missing.label.endswith("missing (211 cells)")
    known = ~np.isnan(typed(cells, missing.options).values["x"])
    np.testing.assert_array_equal(known, [cell not in words for cell in cells])


WORDED = [
    "over {}",
    "Under {}",
    "mehr als {}",
    "environ {}",
    "etwa {}",
    "{} or more",
    "{} und mehr",
]
WORDED += ["at least {}", "más de {}", "{} and over", "{} a)", "{} 1)", "{}ᵃ", "{}⁴", "{};e"]


@pytest.mark.parametrize("flag", WORDED)
@pytest.mark.parametrize("every", [2, 9])
def test_flags_in_words_and_signs_of_notes_are_left_out_and_asked_about(flag, every):
    cells = [flag.format(x) if k % every == 1 else x for k, x in enumerate(NUMBERS)]
    result = typed(cells)
    np.testing.assert_array_equal(result.values["x"], [float(x) for x in NUMBERS])
    (question,) = result.questions
    assert typed(cells, question.answers[-1].options).values["x"].tolist() == cells


@pytest.mark.parametrize("mark", ["n.n.", "hemolyzed", "pending", "keine Angabe", "not done"])
@pytest.mark.parametrize("flag", ["<{}", ">{}", "{} H", "{}*", "over {}", "{} b"])
@pytest.mark.parametrize("every", [4, 7])
def test_flags_beside_words_are_asked_about_and_an_answer_reads_the_numbers(mark, flag, every):
    cells = [flag.format(x) if k % every == 1 else x for k, x in enumerate(NUMBERS)]
    values = [float(x) for x in NUMBERS]
    for k in range(0, 23, every):
        cells[k], values[k] = mark, np.nan
    result = typed(cells)
    question = next(q for q in result.questions if "flag" in q.what or "not" in q.what)
    ways = [typed(cells, answer.options).values["x"] for answer in question.answers]
    assert any(way.dtype != TEXT and np.array_equal(way, values, equal_nan=True) for way in ways)


@pytest.mark.parametrize(
    "cells",
    [
        [*(f"{k} b" for k in range(1, 12)), "Old Mill", "Rectory", "7", "9"],  # houses
        [f"over {k}" for k in range(20)],
        ["E849.0", "V45.8", "250.00", "401.9", "E10"] * 5,  # codes of diagnoses
        [f"{k} oder {k + 1}" for k in range(20)],
    ],
)
def test_words_around_numbers_that_are_few_do_not_make_numbers(cells):
    assert typed(cells).values["x"].dtype == TEXT


@pytest.mark.parametrize("n", [5, 6, 7, 8])
@pytest.mark.parametrize("odd", [":", "(D)", "absent", "<4", "5.1*", "k.A", "over 7", "n.n."])
def test_tables_of_few_rows_are_asked_about_as_long_ones_are(odd, n):
    cells = [*NUMBERS[:n], odd]
    result = typed(cells)
    (question,) = result.questions
    ways = [typed(cells, answer.options).values["x"] for answer in question.answers]
    numbers = [way[:n].tolist() for way in ways if way.dtype != TEXT]
    assert [float(x) for x in NUMBERS[:n]] in numbers


@pytest.mark.parametrize("mark", ["*", ":", "BDL", "(X)"])
def test_what_a_question_says_is_missing_is_told_once(mark):
    result = typed([mark if k % 4 == 1 else f"{k * 7 % 31}.5" for k in range(32)])
    assert [question.key for question in result.questions] == ["mixed:x"]
    assert not result.repairs
    others = typed(["NA", *(mark if k % 4 == 1 else f"{k * 7 % 31}.5" for k in range(32))])
    assert [repair.key for repair in others.repairs] in ([], ["missing:NA:x"])


@pytest.mark.parametrize(
    "flag",
    [
        "[{}]",
        "{{{}}}",
        "[ {} ]",
        "bis {}",
        "bis zu {}",
        "max. {}",
        "ab {}",
        "hasta {}",
        "{}^a",
        "{}_",
        "{}*a",
        "{}^",
        "tot {}",
    ],
)
def test_estimates_and_limits_in_other_words_are_flags(flag):
    plain = [f"{10 + k * 7 % 31}.25" for k in range(40)]
    cells = [flag.format(cell) if k % 4 == 1 else cell for k, cell in enumerate(plain)]
    result = typed(cells)
    (question,) = result.questions
    assert question.key == "flag:x"
    np.testing.assert_allclose(result.values["x"], list(map(float, plain)))
