"""Signs among numbers that may mean 0: missing or 0, and asked about."""

import numpy as np
import pytest

from regpath import ReadOptions
from regpath.cli import main
from regpath.io import read_table

NUMBERS = [30.5, 12.0, 18.25, 7.0, 44.0, 25.5, 61.0, 3.5, 19.0, 28.0]


def file_of(cells, delimiter=",", name="rent"):
    lines = [f"k{delimiter}{name}"]
    lines += [f"{k % 3}{delimiter}{cell}" for k, cell in enumerate(cells)]
    return "\n".join([*lines, ""]).encode()


def with_marks(mark, numbers=NUMBERS, every=4):
    cells = [mark if k % every == 1 else f"{x:g}" for k, x in enumerate(numbers)]
    return cells, np.array([k % every == 1 for k in range(len(numbers))])


def read(data, options=None):
    table = read_table(data, options=options or ReadOptions())
    return table, [q for q in table.diagnosis.questions if q.key.startswith("zero:")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "mark", ["-", "--", "\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}", "\N{HORIZONTAL BAR}", "."]
)
def test_a_sign_among_numbers_is_asked_about_and_both_answers_hold_for_good(mark, delimiter):
    cells, marked = with_marks(mark)
    data = file_of(cells, delimiter)
    table, (question,) = read(data)
    np.testing.assert_array_equal(table.frame["rent"].isna(), marked)
    assert "are they missing, or 0? They are read as missing." in question.what
    assert repr(mark) in question.what
    assert [answer.label for answer in question.answers] == ["missing", "0"]
    missing, none = read(data, question.answers[0].options)
    np.testing.assert_array_equal(missing.frame["rent"].isna(), marked)
    zero, nothing = read(data, question.answers[1].options)
    np.testing.assert_array_equal(zero.frame["rent"], np.where(marked, 0.0, NUMBERS))
    assert not none
    assert not nothing


def test_where_a_person_says_what_is_missing_or_zero_nothing_is_asked():
    data = file_of(with_marks("-")[0])
    for said in ({"missing": ("-",)}, {"zero": ("-",)}):
        assert not read(data, ReadOptions().saying("rent", **said))[1]


def test_one_question_is_asked_of_all_columns_that_are_alike():
    rows = [f"{a},{a},{b},red" for a, b in zip(with_marks("-")[0], range(10), strict=True)]
    data = "\n".join(["rent,heat,n,colour", *rows, ""]).encode()
    table, (question,) = read(data)
    assert "Columns 'rent', 'heat' hold '-' in 6 cells" in question.what
    zero, none = read(data, question.answers[1].options)
    assert not none
    assert (zero.frame[["rent", "heat"]] == 0).sum().tolist() == [3, 3]
    assert not read(data, question.answers[0].options)[1]
    assert read(data, table.diagnosis.options.saying("rent", zero=("-",)))[1][0].column == "heat"


@pytest.mark.parametrize(
    ("cells", "delimiter"),
    [
        (["$30.00", "-", "$1,200.00", "$12.50", "-", "$7.00"], ";"),
        (["30,00 €", "-", "12,50 €", "1.200,00 €", "–", "7,00 €"], ";"),
        (["(30.00)", "-", "12.50", "(7.00)", "15.25", "-"], ","),
        (["£30", "—", "£12", "£7", "£115", "£25"], "\t"),
    ],
)
def test_the_dash_of_an_account_is_0_and_asked_about(cells, delimiter):
    data = file_of(cells, delimiter)
    table, (question,) = read(data)
    dashes = np.array([cell in "-–—" for cell in cells])
    np.testing.assert_array_equal(table.frame["rent"] == 0.0, dashes)
    assert "Accounts write 0 so" in question.evidence
    missing, none = read(data, question.answers[1].options)
    np.testing.assert_array_equal(missing.frame["rent"].isna(), dashes)
    assert not none


@pytest.mark.parametrize(
    "cells",
    [
        ["150", "-", "182.5", "171", "-", "166"],  # 0 lies further from all than they from others
        ["1.5", ".", "0", "3", ".", "4"],  # 0 is written as such, and the point is SAS's
        ["1.5", "..", "8", "3", "...", "4"],
        ["1.5", "?", "8", "3", "?", "4"],
        ["1.5", "None", "8", "3", "None", "4"],
        ["red", "-", "blue", "red", "-", "blue"],
        ["2024-01-31", "-", "2024-02-29", "2024-03-31", "-", "2024-04-30"],
    ],
)
def test_signs_that_cannot_mean_0_are_not_asked_about(cells):
    assert not read(file_of(cells))[1]


def test_one_or_two_numbers_do_not_tell_what_is_far_from_them():
    for cells in (["5", "-", "5", "5"], ["5", "-", "6", "-"], ["5", "-"]):
        _, (question,) = read(file_of(cells))
        assert question.answers[0].label == "missing"


def test_none_among_counts_is_asked_about_and_a_dash_beside_zeros_too():
    for cells in (["3", "None", "1", "2", "None", "4"], ["3", "-", "0", "2", "-", "4"]):
        _, (question,) = read(file_of(cells))
        assert question.answers[0].label == "missing"


@pytest.mark.parametrize("mark", ["none", "nil", "BDL", "$ -", "/", "keine", "aucun", "нет", "無"])
def test_marks_for_nothing_can_be_answered_by_0(mark):
    numbers = [1.5 * k + 2 for k in range(20)]
    cells, marked = with_marks(mark, numbers)
    (question,) = read_table(file_of(cells, ";")).diagnosis.questions
    answer = question.answers[2]
    assert answer.label == "numbers, and 5 cells 0"
    table = read_table(file_of(cells, ";"), options=answer.options)
    np.testing.assert_array_equal(table.frame["rent"], np.where(marked, 0.0, numbers))
    assert not table.diagnosis.questions


def test_the_shell_names_both_answers(tmp_path, capsys):
    path = tmp_path / "rents.csv"
    path.write_bytes(file_of(with_marks("-", NUMBERS * 4)[0]))
    assert main(["check", str(path), "--target", "k", "--n-lambdas", "3"]) in (0, 1)
    told = capsys.readouterr().err
    assert "--column-zero rent=-" in told
    assert "--accepted zero:-:rent" in told
    main(["check", str(path), "--target", "k", "--n-lambdas", "3", "--column-zero", "rent=-"])
    assert "question: " not in capsys.readouterr().err
