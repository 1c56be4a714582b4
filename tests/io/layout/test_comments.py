"""Rows that begin as comments do: left out or kept, and asked about."""

import pytest

from regpath import ReadOptions
from regpath.io import read_table

ROWS = [f"{k},{1.5 * k},{'ab'[k % 2]}" for k in range(1, 13)]
NAMED = [f"n{k},{1.5 * k},{k % 5}" for k in range(1, 13)]


def file_of(rows, where, odd, header="x,y,z", delimiter=","):
    lines = [header, *rows[:where], *odd, *rows[where:], ""]
    return "\n".join(lines).replace(",", delimiter).encode()


def comment_question(table):
    found = [q for q in table.diagnosis.questions if q.key == "comments"]
    return found[0] if found else None


def assert_asked(data, n_comments, n_data, *, are_comments):
    table = read_table(data)
    question = comment_question(table)
    assert question is not None
    labels = [answer.label.split(",")[0] for answer in question.answers]
    assert labels == (["Comments", "Data"] if are_comments else ["Data", "Comments"])
    by_label = {answer.label.split(",")[0]: answer.options for answer in question.answers}
    for label, n in (("Comments", n_comments), ("Data", n_data)):
        again = read_table(data, options=by_label[label])
        assert len(again.frame) == n
        assert comment_question(again) is None
    assert len(table.frame) == (n_comments if are_comments else n_data)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("where", [0, 5, 12])
@pytest.mark.parametrize(
    "odd",
    [["#5,2.5,a"], ["# 5,2.5,a", "#6,2.5,b"], ["# measured again,,"], ["%5,2.5,a"], ["//5,2.5,a"]],
)
def test_a_whole_row_behind_a_sign_is_asked_about(odd, where, delimiter):
    data = file_of(ROWS, where, odd, delimiter=delimiter)
    assert_asked(data, 12, 12 + len(odd), are_comments=True)


@pytest.mark.parametrize("odd", [["#n5,2.5,4"], ["#1 fan,3,1"], ["# x,2,2", "# y,3,3"]])
@pytest.mark.parametrize("where", [0, 5, 12])
def test_among_rows_with_names_it_is_kept_and_asked_about(odd, where):
    assert_asked(file_of(NAMED, where, odd), 12, 12 + len(odd), are_comments=False)


def test_a_row_of_another_length_that_holds_numbers_is_asked_about():
    table = read_table(file_of(ROWS, 5, ["#5,2.5"]))
    question = comment_question(table)
    assert question.answers[0].options.comment == "#"
    assert question.answers[1].options.comment == ""
    data = read_table(file_of(ROWS, 5, ["#5,2.5"]), options=question.answers[1].options)
    assert any("does not have 3 fields" in note for note in data.notes)


@pytest.mark.parametrize("odd", ["# measured again", "% by hand", "// see below"])
def test_a_text_that_stands_alone_is_left_out_with_a_note(odd):
    table = read_table(file_of(ROWS, 5, [odd]))
    assert len(table.frame) == 12
    assert comment_question(table) is None
    assert any("comment between the rows" in note for note in table.notes)


def test_where_all_or_most_rows_begin_so_it_is_how_they_are_written():
    for names in (["#1", "#2", "#3", "#4", "#5", "#6"], ["#1", "#2", "3", "#4", "#5", "#6"]):
        data = "\n".join(["name,y", *(f"{name},{k}.5" for k, name in enumerate(names)), ""])
        table = read_table(data.encode())
        assert len(table.frame) == 6
        assert comment_question(table) is None


def test_a_column_of_numbers_alone_has_comments_too_but_one_of_words_has_none():
    numbers = "\n".join(["y", *map(str, range(1, 12)), "# the end of May", "12", ""])
    assert_asked(numbers.encode(), 12, 13, are_comments=True)
    words = "\n".join(["tag", "#sun", "rain", "snow", "wind", "#sun", "rain", ""])
    table = read_table(words.encode())
    assert len(table.frame) == 6
    assert comment_question(table) is None


def test_a_person_names_the_sign_of_comments():
    data = file_of(NAMED, 5, ["!n5,2.5,4", "!n6,2.5,4"])
    assert len(read_table(data).frame) == 14
    table = read_table(data, options=ReadOptions(comment="!"))
    assert len(table.frame) == 12
    assert "2 comments between the rows" in table.notes[0]


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#WERT!", "#NV", "#NA"])
def test_an_error_of_a_spreadsheet_begins_no_comment(error):
    table = read_table(file_of(ROWS, 5, [f"{error},2.5,a"]))
    assert len(table.frame) == 13
    assert comment_question(table) is None


def test_rows_of_two_lengths_behind_the_same_sign_are_asked_about_once():
    table = read_table(file_of(ROWS, 5, ["#5,2.5", "#6,2.5,a"]))
    assert [q.key for q in table.diagnosis.questions] == ["comments"]
    assert len(table.frame) == 12
