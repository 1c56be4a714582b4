"""Every claim of every lesson, on the lesson's own data; every prediction has its truth."""

import math
from pathlib import Path

import pytest

from regpath import lessons
from regpath.errors import DataError, ParameterError
from regpath.lessons.lesson import KINDS
from regpath.lessons.seeds import SEEDS, seed_of

CATALOG = lessons.catalog()
NAMES = [lesson.name for lesson in CATALOG]
CLAIMS = [(lesson, claim) for lesson in CATALOG for claim in lesson.claims]
PREDICTIONS = [(lesson, one) for lesson in CATALOG for one in lesson.predictions]


def test_there_are_fourteen_lessons_in_order_with_names_of_their_own():
    assert len(CATALOG) == 14
    assert NAMES[0] == "taco_valley"
    assert NAMES[-1] == "no_help_needed"
    assert len(set(NAMES)) == 14


@pytest.mark.parametrize(
    ("lesson", "claim"), CLAIMS, ids=[f"{one.name}: {claim.says[:60]}" for one, claim in CLAIMS]
)
def test_what_a_lesson_claims_holds_on_its_data(lesson, claim):
    assert claim.check() is True


@pytest.mark.parametrize(
    ("lesson", "one"), PREDICTIONS, ids=[f"{a.name}: {b.question[:60]}" for a, b in PREDICTIONS]
)
def test_the_truth_of_a_prediction_counts_as_right_and_something_else_does_not(lesson, one):
    truth = one.answer()
    if one.kind == "sketch":
        _, scores = truth
        assert one.is_right(scores)
        assert not one.is_right(scores[::-1] + 10.0)
        return
    assert one.is_right(truth)
    wrong = {
        "number": lambda: one.low if abs(truth - one.low) > one.within else one.high,
        "choice": lambda: (truth + 1) % len(one.options),
        "order": lambda: truth[::-1],
        "marker": lambda: truth * 10.0,
    }[one.kind]()
    assert not one.is_right(wrong)
    if one.kind == "number":
        assert one.low <= truth <= one.high


@pytest.mark.parametrize("lesson", CATALOG, ids=NAMES)
def test_a_lesson_is_complete(lesson):
    assert lesson.predictions
    assert lesson.steps
    assert len(lesson.claims) > 1
    assert 5 <= lesson.minutes <= 10
    assert lesson.language == "en"
    assert {"notes", "timing", "answers"} == set(lesson.teacher)
    assert all(one.why and one.formula for one in lesson.predictions)
    for fact in lesson.numbers.values():
        assert math.isfinite(fact.of(lesson.material))


SEEDED = [lesson for lesson in CATALOG if lesson.seeded]


@pytest.mark.parametrize("lesson", SEEDED, ids=[lesson.name for lesson in SEEDED])
@pytest.mark.parametrize("number", ["1", "2024-31415", "Ada", "9999"])
def test_what_a_lesson_claims_holds_for_every_students_rows(lesson, number):
    dealt = lesson.with_seed(seed_of(number))
    assert dealt.recipe.seed == seed_of(number)
    for claim in dealt.claims:
        assert claim.check() is True
    for one in dealt.predictions:
        assert one.kind == "sketch" or one.is_right(one.answer())


def test_numbers_deal_rows_of_their_own():
    assert [lesson.name for lesson in SEEDED] == ["simple_enough", "more_columns", "peeking"]
    lesson = lessons.lesson_called("more_columns")
    truths = {lesson.with_seed(seed).predictions[1].answer() for seed in range(6)}
    assert len(truths) > 2
    assert lesson.with_seed(0).predictions[1].answer() == lesson.predictions[1].answer()
    names = ("Ada", "ada", "Grace", "Ñandú", "")
    assert len({seed_of(name) for name in names}) == len(names)
    assert all(0 <= seed_of(name) < SEEDS for name in names)
    assert seed_of("2023-41234") == seed_of("٢٠٢٣٤١٢٣٤") == 1234


def test_every_kind_of_prediction_is_met():
    assert {one.kind for _, one in PREDICTIONS} == set(KINDS)


def test_a_lesson_is_found_by_its_name():
    assert lessons.lesson_called("peeking").title == "Peeking"
    with pytest.raises(ParameterError, match=r"no lesson 'peking'.*peeking"):
        lessons.lesson_called("peking")


LESSON = """
title = "Mine"
goal = "Something."
minutes = 5
data = "four_points"
text = "The slope is {{slope}}."
takeaway = "That."
[recipe]
target = "y"
test_size = 0.0
[numbers]
slope = { fact = "coefficient", feature = "x", C = 1.0 }
[[claims]]
says = "The slope is above 100."
claim = "above"
fact = { fact = "coefficient", feature = "x", C = 1.0 }
value = 100.0
"""


def test_a_teachers_folder_comes_after_and_a_false_claim_says_its_numbers(tmp_path):
    (tmp_path / "1_mine.toml").write_text(LESSON, encoding="utf-8")
    found = lessons.catalog(tmp_path)
    assert [lesson.name for lesson in found] == [*NAMES, "mine"]
    with pytest.raises(DataError, match=r"above 100.*is not more than 100"):
        found[-1].claims[0].check()


def test_two_lessons_of_one_name_are_refused(tmp_path):
    (tmp_path / "twins.toml").write_text(LESSON, encoding="utf-8")
    with pytest.raises(ParameterError, match="Two lessons are called 'twins'"):
        lessons.catalog(tmp_path)


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(ParameterError, match="no folder"):
        lessons.catalog(tmp_path / "nowhere")


def test_the_page_of_the_docs_lists_what_there_is():
    page = (Path(__file__).parents[2] / "docs" / "lessons.md").read_text(encoding="utf-8")
    assert [f"| {lesson.title} | {lesson.goal} |" for lesson in CATALOG] == [
        line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| le")
    ][1:]
    (own,) = (line for line in page.splitlines() if "Rows of one's own" in line)
    assert {lesson.title for lesson in CATALOG if f"*{lesson.title}*" in own} == {
        lesson.title for lesson in CATALOG if lesson.seeded
    }
