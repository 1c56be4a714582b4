"""A completion code says who did what; what was changed or made with another key is found."""

import csv
import io

import pytest

from regpath import cli
from regpath.errors import ParameterError
from regpath.lessons import FOLDER
from regpath.lessons.codes import KEY, completion_code, read_code


def test_a_code_says_what_it_was_made_of():
    code = completion_code("twins", [0.8, 1], 2, "Zoë 47")
    found = read_code(f"  handed in: {code}  ")
    assert (found.lesson, found.student, found.answers, found.n_right) == (
        "twins",
        "Zoë 47",
        (0.8, 1),
        2,
    )


def test_a_changed_letter_is_found():
    code = completion_code("twins", [0.8, 1], 2, "47")
    for place in range(4, len(code) - 13):
        other = "A" if code[place] != "A" else "B"
        with pytest.raises(ParameterError, match="was changed"):
            read_code(code[:place] + other + code[place + 1 :])


def test_another_key_is_found(monkeypatch):
    monkeypatch.setenv(KEY, "class 4b")
    code = completion_code("twins", [0.8, 1], 2, "47")
    assert read_code(code).student == "47"
    monkeypatch.setenv(KEY, "class 4c")
    with pytest.raises(ParameterError, match="another key"):
        read_code(code)


def test_a_file_of_codes_is_told_line_by_line(tmp_path, capsys):
    good = completion_code("twins", [0.8, 1], 2, "47")
    none = completion_code("nothing", [], 0, "48")
    short = completion_code("twins", [0.8], 1, "49")
    file = tmp_path / "codes.txt"
    file.write_text(f"{good}\n\nhello\n{none}\n{short}\n", encoding="utf-8")
    assert cli.main(["check-codes", str(file)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "1,47,twins,2,2,"
    assert "no completion code" in lines[2]
    assert "no lesson 'nothing'" in lines[3]
    assert "answers 1 questions" in lines[4]
    file.write_text(good, encoding="utf-8")
    assert cli.main(["check-codes", str(file)]) == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_codes_are_found_in_whatever_an_editor_saves(encoding, tmp_path, capsys):
    file = tmp_path / "codes.txt"
    code = completion_code("twins", [0.8, 1], 2, "47")
    file.write_text(f"Jürgen: {code}\n", encoding=encoding)
    assert cli.main(["check-codes", str(file)]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "1,47,twins,2,2,"


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "-2", "＝1", "\n=1"])
def test_what_a_student_calls_himself_runs_in_no_spreadsheet(name, tmp_path, capsys):
    file = tmp_path / "codes.txt"
    file.write_text(completion_code("twins", [0.8, 1], 2, name), encoding="utf-8")
    assert cli.main(["check-codes", str(file)]) == 0
    _, row = csv.reader(io.StringIO(capsys.readouterr().out))
    assert row[1] == f"'{name}"


def test_codes_of_a_teachers_own_lessons_are_read_with_their_folder(tmp_path, capsys):
    text = (FOLDER / "10_twins.toml").read_text(encoding="utf-8")
    (tmp_path / "zwillinge.toml").write_text(text, encoding="utf-8")
    file = tmp_path / "codes.txt"
    file.write_text(completion_code("zwillinge", [0.8, 1], 2, "47"), encoding="utf-8")
    assert cli.main(["check-codes", str(file)]) == 1
    assert "no lesson 'zwillinge'" in capsys.readouterr().out
    assert cli.main(["check-codes", str(file), "--lessons", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "1,47,zwillinge,2,2,"
