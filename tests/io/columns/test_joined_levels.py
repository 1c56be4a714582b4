"""Levels in several spellings: asked about, and joined if a person says so."""

import pytest

import regpath
from regpath.io import read_table

SEXES = ["male", "Male", "MALE", "female", "Female", "female"] * 6


def read(cells, delimiter=",", options=None):
    rows = [f"x{delimiter}y", *(f"{cell}{delimiter}{k % 7}" for k, cell in enumerate(cells))]
    data = "\n".join(rows).encode()
    return read_table(data, options=options or regpath.ReadOptions())


def asked(table):
    return [each for each in table.diagnosis.questions if each.key == "spellings:x"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("cells", "levels"),
    [
        (SEXES, {"male", "Male", "MALE", "female", "Female"}),
        (["<=50K", ">50K", "<=50K.", ">50K."] * 9, {"<=50K", ">50K", "<=50K.", ">50K."}),
        (["New York", "New  York", "Rome"] * 9, {"New York", "New  York", "Rome"}),
        (["18–25", "18-25", "26-35"] * 9, {"18–25", "18-25", "26-35"}),
        (["Málaga", "Malaga", "Bilbao"] * 9, {"Málaga", "Malaga", "Bilbao"}),
        (["O'Hara", "O’Hara", "Lee"] * 9, {"O'Hara", "O’Hara", "Lee"}),
        (["north", "north\u200b", "south"] * 9, {"north", "north\u200b", "south"}),
        (["St. Louis", "St Louis", "Boston"] * 9, {"St. Louis", "St Louis", "Boston"}),
        (["Saint Paul", "St. Paul", "Minot"] * 9, {"Saint Paul", "St. Paul", "Minot"}),
        (["U.S.A.", "USA", "Peru"] * 9, {"U.S.A.", "USA", "Peru"}),
        (["Washington D.C.", "Washington DC", "Ohio"] * 9, None),
        (["O'Fallon", "OFallon", "Lee"] * 9, None),
        (["Boston (MA)", "Boston MA", "Rome"] * 9, None),
        (["R&D", "R and D", "Sales"] * 9, None),
        (["Research & Sales", "Research and Sales", "Law"] * 9, None),
        (["Oats*", "Oats", "Rye"] * 9, None),
        (["Müller", "Mueller", "Roth"] * 9, None),
        (["Köln", "Koeln", "Bonn"] * 9, None),
    ],
)
def test_they_are_kept_apart_and_asked_about(cells, levels, delimiter):
    table = read(cells, delimiter)
    assert set(table.frame["x"]) == (levels or set(cells))
    (question,) = asked(table)
    apart, joined = question.answers
    assert read(cells, delimiter, apart.options).frame.equals(table.frame)
    one = read(cells, delimiter, joined.options)
    assert one.frame["x"].nunique() == 2
    assert not asked(one)
    assert any("in another spelling" in note for note in one.notes)


def test_the_commonest_spelling_names_the_level():
    cells = ["Male", "Male", "male", "MALE", "female"] * 5
    one = read(cells, options=asked(read(cells))[0].answers[1].options)
    assert one.frame["x"].tolist() == ["Male", "Male", "Male", "Male", "female"] * 5


def test_levels_beside_a_comma_are_one_where_a_name_is_turned():
    rows = [
        "x,y",
        *(f'"{name}",{k % 7}' for k, name in enumerate(["Roe, J.", "Roe J", "Lee K"] * 9)),
    ]
    (question,) = asked(read_table("\n".join(rows).encode()))
    assert "'Roe J" in question.what
    assert "Lee" not in question.what


@pytest.mark.parametrize(
    "cells",
    [
        ["A+", "A-", "A", "B"],
        ["C", "C++", "C#"],
        ["<5", "<=5", ">5"],
        ["A*", "A", "B"],
        ["v1.2", "v12", "v3"],
        ["A/B", "AB", "O"],
        ["I/II", "III", "IV"],
        ["A(-)", "A-", "A"],
        ["D.5", "D5", "E5"],
        ["Goethe", "Gothe", "Roth"],
    ],
)
def test_other_words_are_not_asked_about(cells):
    assert not asked(read(cells * 8))


def test_a_model_reads_the_spellings_of_new_rows_as_one():
    cells = ["male", "Male", "female", "Female"] * 10
    options = regpath.ReadOptions().saying("x", kind="category", levels=("male", "female"))
    table = read(cells, options=options)
    study = regpath.run_study(table, regpath.Recipe("y", n_lambdas=5, test_size=0.0))
    model = regpath.Model.from_study(study, study.path.lambdas[2])
    new = model.read(b"x,y\nMALE,1\nfemale.,2\nmale,3\n")
    assert new.frame["x"].tolist() == ["male", "female", "male"]


def test_a_script_joins_them_too():
    options = regpath.ReadOptions().saying("x", kind="category", levels=("male", "female"))
    table = read(SEXES, options=options)
    study = regpath.run_study(table, regpath.Recipe("y", n_lambdas=5, test_size=0.0))
    script = regpath.export.sklearn_script(study, study.path.lambdas[2])
    assert "'^(?:Male|MALE)$', 'male', regex=True" in script


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        (["male", "M", "female", "F", "female"], {"male": "M", "female": "F"}),
        (["Male", "M", "m", "Female", "f"], {"Male": "M", "Female": "f"}),
        (["North", "S", "South", "N", "South"], {"North": "N", "South": "S"}),
        (["female", "male", "F", "female"], {"female": "F"}),
        (["Cherbourg", "S", "Southampton", "C", "Q", "Queenstown"], {"Queenstown": "Q"}),
        (["weiblich", "w", "männlich", "m", "weiblich"], {"männlich": "m"}),
    ],
)
def test_a_letter_that_begins_one_word_alone_may_mean_it(cells, names):
    table = read(cells * 8)
    (question,) = asked(table)
    apart, one = (read(cells * 8, options=answer.options) for answer in question.answers)
    assert set(apart.frame["x"]) == set(cells)
    for word, letter in names.items():
        assert letter not in set(one.frame["x"])
        assert (one.frame["x"] == word).sum() >= 8 * (cells.count(word) + cells.count(letter))
    assert not asked(one)


@pytest.mark.parametrize(
    "cells",
    [
        ["A", "B", "AB", "O"],
        ["C", "Python", "Julia", "Clojure"],
        ["M", "mild", "moderate", "S", "severe"],
        ["S", "M", "L", "Large"],
        ["A", "B", "C", "D", "F", "absent"],
    ],
)
def test_letters_that_are_levels_of_their_own_are_not_asked_about(cells):
    assert not asked(read(cells * 8))


def test_a_model_reads_the_initials_of_new_rows_as_words():
    cells = ["male", "M", "female", "F"] * 10
    options = regpath.ReadOptions().saying("x", kind="category", levels=("male", "female"))
    table = read(cells, options=options)
    study = regpath.run_study(table, regpath.Recipe("y", n_lambdas=5, test_size=0.0))
    new = regpath.Model.from_study(study, study.path.lambdas[2]).read(b"x,y\nM,1\nF,2\nmale,3\n")
    assert new.frame["x"].tolist() == ["male", "female", "male"]


@pytest.mark.parametrize(
    ("cells", "n"),
    [
        (["≥50", ">=50", "<50"], 2),
        (["≤ 5", "<=5", ">5"], 2),
        (["Grade-1", "Grade 1", "grade_1", "Grade 2"], 2),
        (["stage 2", "Stage-2", "stage-3"], 2),
    ],
)
def test_signs_of_order_and_hyphens_before_numbers_are_one(cells, n):
    (question,) = asked(read(cells * 10))
    one = read(cells * 10, options=question.answers[1].options)
    assert one.frame["x"].nunique() == n


@pytest.mark.parametrize("cells", [["A-1", "A 1", "A1"], ["-1", "1"], ["x -1", "x 1"]])
def test_a_minus_before_a_number_is_none_of_them(cells):
    assert not asked(read([*cells, "none"] * 10))
