"""Words that differ in a Roman numeral are offered as its steps."""

import pytest

import regpath
from regpath.io import read_table


def read(cells, options=None):
    rows = ["x;y", *(f"{cell};{k * 7 % 11}.5" for k, cell in enumerate(cells * 8))]
    return read_table("\n".join(rows).encode(), options=options or regpath.ReadOptions())


def asked(table):
    return [each for each in table.diagnosis.questions if each.key == "numerals:x"]


@pytest.mark.parametrize(
    ("cells", "steps"),
    [
        (["XIX", "XX", "XVIII", "XVII"], [3, 4, 2, 1]),
        (["I", "II", "III", "IV"], [1, 2, 3, 4]),
        (["XV", "XIX", "XX"], [1, 5, 6]),
        (["XIXe", "XXe", "XVIIIe"], [2, 3, 1]),
        (["XIXe siècle", "XXe siècle", "XVIIIe siècle"], [2, 3, 1]),
        (["siglo XIX", "siglo XX", "siglo XVIII"], [2, 3, 1]),
        (["XIX. Jh.", "XX. Jh.", "XXI. Jh."], [1, 2, 3]),
        (["Stage I", "Stage II", "Stage IV"], [1, 2, 4]),
        (["XIX w.", "XX w.", "XVI w.", "?"], [4, 5, 1, None]),
    ],
)
def test_they_are_words_and_the_other_answer_makes_steps(cells, steps):
    table = read(cells)
    known = [cell for cell in cells if cell != "?"]
    assert table.frame["x"].dropna().unique().tolist() == known
    (question,) = asked(table)
    kept, stepped = question.answers
    assert read(cells, kept.options).frame.equals(table.frame)
    one = read(cells, stepped.options)
    found = one.frame["x"].tolist()[: len(cells)]
    assert [None if step != step else step for step in found] == steps
    assert not asked(one)


@pytest.mark.parametrize(
    "cells",
    [
        ["MD", "IL", "VA", "MI"],
        ["I", "V"],
        ["IIX", "IX", "X"],
        ["Stage I", "Phase II", "Stage III"],
        ["IIA", "IIB", "IIIA"],
        ["mix", "civil", "vivid"],
        ["C", "C", "D", "A"],
        ["I", "M", "MM"],
    ],
)
def test_other_words_are_not_asked_about(cells):
    assert not asked(read(cells))
