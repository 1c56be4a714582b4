"""Cells to typed columns: what they are taken for, and what is said about it."""

import numpy as np
import pandas as pd
import pytest

from regpath.errors import DataError, ParameterError
from regpath.io import read_table
from regpath.io.columns.infer import TEXT, type_columns
from regpath.io.grid import Grid
from regpath.io.options import ColumnOptions, ReadOptions


def typed(*cells, delimiter=",", options=None, **others):
    """Type a column x, beside others of the same length."""
    columns = {"x": cells, **others}
    rows = list(zip(*columns.values(), strict=True))
    grid = Grid.of_rows(list(columns), rows, range(2, 2 + len(rows)))
    return type_columns(grid, options, delimiter=delimiter)


def options_of(**choices):
    return ReadOptions(columns={"x": ColumnOptions(**choices)})


def sentences(result):
    return [entry.what for entry in (*result.repairs, *result.questions)]


@pytest.mark.parametrize(
    ("column", "values", "dtype"),
    [
        (("1", " -2\t", "+3"), [1, -2, 3], "int64"),
        (("0", "1", "1"), [0, 1, 1], "int64"),
        (("9007199254740992", "1152921504606846976"), [2**53, 2**60], "int64"),
        (("100000000000000000000",), [1e20], "float64"),
        (("1", "2.5", "1e3", ".5", "5."), [1, 2.5, 1000, 0.5, 5], "float64"),
        (("10e3", "1e-3", "12"), [10000, 0.001, 12], "float64"),
        (("1", "NA", "3"), [1, np.nan, 3], "float64"),
        (("0.5", "00.5"), [0.5, 0.5], "float64"),
        (("1,5", "2"), [1.5, 2], "float64"),
        (("1,234,567", "8"), [1234567, 8], "int64"),
        (("1.234.567,8", ""), [1234567.8, np.nan], "float64"),
        (("", "NA", "NaN"), [np.nan] * 3, "float64"),
    ],
)
def test_numbers(column, values, dtype):
    result = typed(*column)
    assert result.values["x"].dtype == dtype
    np.testing.assert_array_equal(result.values["x"], values)
    assert not result.questions


SPELLINGS = [
    "",
    "NA",
    "N/A",
    "n/a",
    "NaN",
    "null",
    "NULL",
    "None",
    "-",
    "?",
    ".",
    "#N/A",
    "missing",
]


@pytest.mark.parametrize("spelling", [*SPELLINGS, "  ", "#DIV/0!", "<NA>", "--", "\\N"])
def test_every_spelling_of_a_missing_value(spelling):
    np.testing.assert_array_equal(typed("1.5", spelling).values["x"], [1.5, np.nan])
    is_level = spelling == "None"  # test_doubtful_levels.py says when
    assert pd.isna(typed("a", spelling).values["x"][1]) != is_level


def test_a_spelling_that_is_kept_as_a_word_leaves_the_others_missing():
    cells = ("a", "null", "-", "NA", "None", "b")
    options = ReadOptions()
    for spelling in ("null", "-"):
        repairs = {repair.before: repair for repair in typed(*cells, options=options).repairs}
        options = repairs[spelling].undo
    kept = typed(*cells, options=options)
    assert kept.values["x"].isna().tolist() == [False, False, False, True, True, False]
    assert [repair.before for repair in kept.repairs] == ["None"]
    said_too = options.saying("x", missing=("null", "b"))
    assert typed(*cells, options=said_too).values["x"].isna().tolist()[1::4] == [True, True]


def test_words_beside_numbers_are_missing_and_counted_and_kept_on_request():
    result = typed("1", "n.a.", "3", "4", "N.A.")
    np.testing.assert_array_equal(result.values["x"], [1, np.nan, 3, 4, np.nan])
    assert sentences(result) == [
        "In 'x', 'n.a.' (1 cell) is read as missing.",
        "In 'x', 'N.A.' (1 cell) is read as missing.",
    ]
    undone = typed("1", "n.a.", "3", "4", options=result.repairs[0].undo)
    assert undone.values["x"].tolist() == ["1", "n.a.", "3", "4"]
    assert typed("n.a.", "low", "high").values["x"].tolist() == ["n.a.", "low", "high"]


@pytest.mark.parametrize(
    ("cells", "dtype"),
    [((".A", "5", "3.2", ".z"), "float64"), (("0000-00-00", "2024-01-31", "2024-02-29"), "M")],
)
def test_what_other_programs_write_for_a_missing_value(cells, dtype):
    values = typed(*cells).values["x"]
    assert values.dtype == dtype or values.dtype.kind == dtype
    assert pd.isna(values[0])
    assert not pd.isna(values[1])


def test_infinities_stay_and_are_asked_about():
    result = typed("1", "-inf", "Inf", "Infinity")
    np.testing.assert_array_equal(result.values["x"], [1, -np.inf, np.inf, np.inf])
    (question,) = result.questions
    assert question.what == "Column 'x' holds 3 infinite values (first: '-inf', row 3)."
    missing = typed("1", "-inf", "Inf", "Infinity", options=question.answers[1].options)
    np.testing.assert_array_equal(missing.values["x"], [1, np.nan, np.nan, np.nan])


@pytest.mark.parametrize(
    ("column", "what"),
    [
        (("12345", "00501"), "integers with leading zeros (first: '00501', row 3)"),
        (("1.5", "-007"), "integers with leading zeros (first: '-007', row 3)"),
        (
            ("1", "", "9007199254740993"),
            "integers with more digits than a number can keep (first: '9007199254740993', row 4)",
        ),
        (
            ("7" * 5000,),
            f"integers with more digits than a number can keep (first: '{'7' * 37}...', row 2)",
        ),
        (
            (*map(str, range(30)), "abc", "n.d."),
            "2 values that are not numbers (first: 'abc', row 32)",
        ),
        (
            ("NA", "low", *map(str, range(9))),
            "1 value that is not a number (first: 'low', row 3)",
        ),
        (("00e12345", "7"), "integers with leading zeros (first: '00e12345', row 2)"),
        (("7", "123e4567"), "values that are too large for a number (first: '123e4567', row 3)"),
        (
            ("7E1", "", "12E4"),
            "whole numbers with exponents, as codes may be (first: '12E4', row 4)",
        ),
        (("€1", "$2"), "amounts in different currencies ('$', '€')"),
    ],
)
def test_what_no_number_can_keep_stays_text_and_is_asked_about(column, what):
    result = typed(*column)
    assert result.values["x"].dtype == TEXT
    expected = [np.nan if cell in ("", "NA") else cell for cell in column]
    pd.testing.assert_extension_array_equal(result.values["x"], pd.array(expected, dtype=TEXT))
    (question,) = result.questions
    assert question.what == f"Column 'x' holds {what}, so it is read as text."
    assert result.reports[0].reason == question.what
    for answer, dtype in zip(question.answers, ("text", "number"), strict=True):
        answered = typed(*column, options=answer.options)
        assert pd.api.types.is_numeric_dtype(answered.values["x"]) == (dtype == "number")
        assert question.key not in {each.key for each in answered.questions}


def test_others_as_missing_are_counted_and_can_be_undone():
    cells = (*map(str, range(30)), "abc", "abc")
    result = typed(*cells, options=options_of(kind="number"))
    assert np.isnan(result.values["x"]).sum() == 2
    (repair,) = result.repairs
    assert repair.what == "In 'x', 2 cells that are not numbers are missing (first: 'abc', row 32)."
    assert (repair.cells, repair.before) == (2, "abc")
    assert typed(*cells, options=repair.undo).values["x"].dtype == TEXT


@pytest.mark.parametrize("column", [("low", *map(str, range(4))), ("1.5", "2,5"), ("1_000", "2")])
def test_a_mixture_is_text(column):
    result = typed(*column)
    assert result.values["x"].tolist() == list(column)
    assert not sentences(result)
    assert "cells are numbers" in result.reports[0].reason


def test_every_repair_counts_its_cells_shows_one_and_can_be_undone():
    cells = ("$1,234.50", "($20.00)", "$3", "$3", "")
    result = typed(*cells)
    np.testing.assert_array_equal(result.values["x"], [1234.5, -20, 3, 3, np.nan])
    found = {repair.key: repair for repair in result.repairs}
    counts = {key: repair.cells for key, repair in found.items()}
    assert counts == {"currency:x": 4, "brackets:x": 1, "thousands:x": 1}
    assert (found["brackets:x"].before, found["brackets:x"].after) == ("($20.00)", "-20.00")
    for repair in result.repairs:
        undone = typed(*cells, options=repair.undo)
        assert repair.key not in {each.key for each in undone.repairs}
        assert undone.values["x"].dtype == TEXT


@pytest.mark.parametrize(
    ("cells", "other", "delimiter", "values", "evidence"),
    [
        (("1,234", "20"), ("0.5", "2"), ",", [1234, 20], "Other columns have a decimal point."),
        (("1,234", "20"), ("0,5", "2"), ",", [1.234, 20], "Other columns have a decimal comma."),
        (("1.234", "20"), ("0,5", "2"), ";", [1234, 20], "Other columns have a decimal comma."),
        (("1,234", "20"), ("a", "b"), ";", [1.234, 20], "files with semicolons"),
        (("1,234", "20"), ("a", "b"), ",", [1234, 20], "mostly marks thousands"),
        (("1.234", "20"), ("a", "b"), ",", [1.234, 20], "No other column tells"),
        (("€1.234", "20"), ("a", "b"), ",", [1234, 20], "Amounts of money have two decimals."),
        (("1,234", "1001"), ("a", "b"), ",", [1234, 1001], "mostly marks thousands"),
        (("1,234", "1001"), ("a", "b"), ";", [1.234, 1001], "1001 in the same column has no mark"),
        (("12,345", "1001"), ("0.5", "2"), ",", [12345, 1001], "Other columns have a decimal"),
        (("12.345", "10001"), ("a", "b"), ";", [12.345, 10001], "10001 in the same column"),
        (("1,234", "1001"), ("0.5", "2"), ",", [1234, 1001], "Other columns have a decimal point."),
        (("1.234", "1001"), ("a", "b"), ";", [1.234, 1001], "1001 in the same column has no mark"),
    ],
)
def test_a_doubtful_mark_is_asked_about_with_evidence(cells, other, delimiter, values, evidence):
    result = typed(*cells, y=other, delimiter=delimiter)
    np.testing.assert_array_equal(result.values["x"], values)
    (question,) = result.questions
    assert question.column == "x"
    assert evidence in question.evidence
    taken, not_taken = (typed(*cells, y=other, options=a.options) for a in question.answers)
    np.testing.assert_array_equal(taken.values["x"], values)
    assert not_taken.values["x"][0] == values[0] * (1000 if values[0] < 100 else 0.001)
    assert not taken.questions
    assert not not_taken.questions


@pytest.mark.parametrize("other", ["2.5", "0.1234"])
def test_a_decimal_point_among_others_is_no_question(other):
    result = typed("1.234", "20", y=(other, "3"))
    assert result.values["x"].tolist() == [1.234, 20]
    assert not sentences(result)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (("true", "FALSE", "True"), [True, False, True]),
        (("no", "Yes", ""), [False, True, None]),
        (("t", "f"), [True, False]),
        (("N", "Y"), [False, True]),
        (("Ja", "nein", "JA"), [True, False, True]),
        (("oui", "non"), [True, False]),
        (("sí", "no"), [True, False]),
        (("да", "Нет"), [True, False]),
        (("wahr", "falsch"), [True, False]),
        (("vrai", "faux"), [True, False]),
        (("on", "off"), [True, False]),
        (("はい", "いいえ"), [True, False]),
    ],
)
def test_booleans(column, values):
    result = typed(*column).values["x"]
    assert result.dtype == "boolean"
    assert [None if pd.isna(value) else value for value in result] == values


@pytest.mark.parametrize(
    "column", [("true", "true"), ("yes", "f"), ("yes", "no", "maybe"), ("t", "true"), ("ja", "no")]
)
def test_half_a_pair_or_a_mixture_is_text(column):
    assert typed(*column).values["x"].dtype == TEXT


def test_ticks_are_true_with_a_doubt_and_other_words_are_asked_about():
    result = typed("x", "", "X", "")
    assert result.values["x"].tolist() == [True, False, True, False]
    assert result.repairs[0].cells == 2
    assert "a blank is read as false" in result.questions[0].what
    missing = typed("x", "", "X", "", options=result.questions[0].answers[1].options)
    assert missing.values["x"].dtype == TEXT
    undone = typed("x", "", "X", "", options=result.repairs[0].undo)
    assert undone.values["x"].dtype == TEXT
    result = typed("yes", "", "yes")
    assert result.values["x"].dtype == TEXT
    answered = typed("yes", "", "yes", options=result.questions[0].answers[1].options)
    assert answered.values["x"].tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1.5", "2.5", "1"], "number"),
        (["1", "2", "3"] * 4, "ordinal"),
        (["0", "1"] * 4, "number"),
        (["1", "2", "3", "4"], "id"),
        (["5"] * 4, "constant"),
        (["a"] * 4, "constant"),
        ([""] * 4, "empty"),
        (["a", "b"] * 3, "category"),
        (["a7", "b8", "c9", "d1"], "id"),
        (["it was a dark night", "it was a bright day", "so it goes on"], "text"),
        (["2024-01-31", "2024-02-01"], "date"),
        (["yes", "no"], "boolean"),
    ],
)
def test_every_column_is_reported_with_kind_reason_and_counts(cells, kind):
    result = typed(*cells)
    (report,) = result.reports
    assert report.kind == kind
    assert report.reason
    assert 0 <= report.confidence <= 1
    assert report.n_missing == cells.count("")
    assert report.n_distinct == len(set(cells) - {""})
    assert result.readings["x"].kind == kind


@pytest.mark.parametrize("odd", ["-999", "-999.00", "(999)"])
def test_a_sentinel_is_asked_about_and_not_replaced(odd):
    cells = (odd, "1.5", "2", "3", odd, "2.5")
    result = typed(*cells)
    assert result.values["x"].tolist() == [-999, 1.5, 2, 3, -999, 2.5]
    (question,) = result.questions
    assert "holds -999 in 2 cells" in question.what
    assert question.evidence == "All other values lie between 1.5 and 3."
    kept, missing = (typed(*cells, options=answer.options) for answer in question.answers)
    assert kept.values["x"].tolist() == result.values["x"].tolist()
    assert not kept.questions
    assert np.isnan(missing.values["x"]).tolist() == [True, False, False, False, True, False]


@pytest.mark.parametrize("cells", [("98", "99", "97"), ("999", "1000", "2"), ("1", "2", "9")])
def test_ordinary_numbers_are_no_sentinels(cells):
    assert not typed(*cells).questions


def test_a_person_may_choose_the_kind():
    zip_codes = typed("01234", "00501", options=options_of(kind="number"))
    assert zip_codes.values["x"].tolist() == [1234, 501]
    codes = typed("1", "2", "2", options=options_of(kind="category"))
    assert codes.values["x"].tolist() == ["1", "2", "2"]
    assert codes.reports[0].confidence == 1.0
    assert codes.readings["x"].chosen
    flags = typed("1", "2", "2", options=options_of(kind="boolean"))
    assert flags.values["x"].tolist() == [False, True, True]
    assert typed("a", "b", options=options_of(kind="ignore")).values == {}
    own = typed("1", "miss", "-", options=options_of(missing=("miss", "-")))
    np.testing.assert_array_equal(own.values["x"], [1, np.nan, np.nan])


def test_words_become_steps_only_on_request():
    cells = ("low", "High", "medium", "", "low")
    assert typed(*cells).values["x"].dtype == TEXT
    steps = typed(*cells, options=options_of(kind="ordinal"))
    np.testing.assert_array_equal(steps.values["x"], [1, 3, 2, np.nan, 1])
    own = typed("b", "a", "c", options=options_of(kind="ordinal", levels=("b", "a")))
    np.testing.assert_array_equal(own.values["x"], [1, 2, np.nan])
    assert own.repairs[0].cells == 1
    with pytest.raises(DataError, match="The order of the words in column 'x' is not known"):
        typed("b", "a", options=options_of(kind="ordinal"))


@pytest.mark.parametrize(
    ("cells", "choices", "message"),
    [
        (("a", "b"), {"kind": "number"}, "Column 'x' holds no numbers"),
        (("a", "b"), {"kind": "date"}, "Column 'x' holds no dates"),
        (("a", "b", "c"), {"kind": "boolean"}, "holds 3 different values"),
    ],
)
def test_a_kind_that_cannot_be_is_refused(cells, choices, message):
    with pytest.raises(DataError, match=message):
        typed(*cells, options=options_of(**choices))


@pytest.mark.parametrize(
    "choices", [{"kind": "float"}, {"decimal": ";"}, {"date_order": "ydm"}, {"parts": ("minute",)}]
)
def test_unknown_choices_are_refused(choices):
    with pytest.raises(ParameterError, match="of column 'x' must be one of"):
        typed("1", options=options_of(**choices))
    with pytest.raises(ParameterError, match="a column 'z', which is not in the file"):
        typed("1", options=ReadOptions(columns={"z": ColumnOptions()}))


def chosen(text, **how):
    options = ReadOptions(columns={"a": ColumnOptions(kind="boolean", **how)})
    return read_table(text.encode(), options=options)


@pytest.mark.parametrize(
    ("word", "truth"), [("yes", True), ("no", False), ("NEIN", False), ("ja", True), ("off", False)]
)
def test_a_lone_word_said_to_be_boolean_means_what_it_says(word, truth):
    table = chosen(f"a,b\n{word},1\n{word},2\n,3\n")
    assert table.frame["a"].tolist()[:2] == [truth, truth]


def test_a_blank_beside_a_lone_word_for_false_is_no_true():
    assert pd.isna(chosen("a,b\nno,1\nno,2\n,3\n").frame["a"].iloc[2])


@pytest.mark.parametrize(("false", "true"), [("n", "s"), ("s", "n"), ("Left", "Right")])
def test_the_words_of_a_boolean_column_can_be_said(false, true):
    table = chosen(f"a,b\n{true},1\n{false.upper()},2\n?,3\nnever,4\n", levels=(false, true))
    values = table.frame["a"]
    assert values.tolist()[:2] == [True, False]
    assert values.isna().tolist() == [False, False, True, True]


def test_a_blank_can_be_said_to_be_false():
    assert chosen("a,b\nx,1\n,2\n", levels=("", "x")).frame["a"].tolist() == [True, False]


def test_words_of_a_boolean_column_are_two():
    with pytest.raises(ParameterError, match="two words"):
        chosen("a,b\nx,1\n,2\n", levels=("x",))
