"""A lesson as a page: asked before it is shown, no answer in it unless it was asked for."""

import json
import re
from math import log10

import pytest

import regpath
from regpath import lessons
from regpath.lessons.truths import work_out
from tests.export.handing_out.test_handout import HOSTILE, LARGEST, held
from tests.export.reporting.reading import Page

NAMES = [lesson.name for lesson in lessons.catalog()]
OWN = """
title = '{title}'
goal = "See."
minutes = 3
data = "flowers.csv"
text = '**Bold** and {hostile}'
takeaway = "Taken."

[recipe]
target = "species"
n_lambdas = 12
n_folds = 3

[[predictions]]
kind = "order"
question = '{hostile}'
truth = {{ fact = "order_of_entry" }}
why = '{hostile}'

[[steps]]
chart = "rows"
see = '{hostile}'
do = "Look."
notice = "Noticed."

[[steps]]
chart = "paths"
recipe = {{ l1_ratio = 0.5 }}
options = {{ lam = 0.05 }}
see = "Lines."
do = "Drag."
notice = "Noticed."
"""


@pytest.fixture
def own(tmp_path):
    (tmp_path / "flowers.csv").write_bytes(regpath.datasets.read_bytes("iris"))
    text = OWN.format(title=HOSTILE, hostile=HOSTILE)
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    return lessons.read_lesson(tmp_path / "own.toml")


@pytest.mark.parametrize("name", NAMES)
def test_every_lesson_has_a_page_without_its_answers_that_is_small_enough(name):
    lesson = lessons.lesson_called(name)
    text = regpath.export.lesson_handout(lesson)
    page = Page(text)
    assert len(text.encode()) < LARGEST
    assert lesson.goal in page.text
    truths = work_out(lesson)
    for one in lesson.predictions:
        question = re.sub(r"\*", "", truths.filled(one.question))
        assert question in page.text
        assert truths.filled(one.why).replace("*", "") not in page.text
    told = json.loads(held(text, "payload"))
    assert all(one is None or one["truth"] is None for one in told["lesson"]["asked"])
    assert "hidden" in re.search(r'<main[^>]*data-part="main"[^>]*>', text)[0]
    kinds = {trace["type"] for frames in told["lesson"]["figures"] for trace in frames[0]["data"]}
    assert kinds <= {"scatter", "bar"}  # what the library of the page can draw


def test_answers_are_in_the_page_if_they_are_asked_for():
    lesson = lessons.lesson_called("rare_feature")
    text = regpath.export.lesson_handout(lesson, answers=True)
    page, truths = Page(text), work_out(lesson)
    for one in lesson.predictions:
        assert truths.filled(one.why) in page.text
    for claim in lesson.claims:
        assert f"✓ {claim.says}" in page.text
    asked = json.loads(held(text, "payload"))["lesson"]["asked"]
    assert asked[0] is None
    assert asked[1]["truth"] is None
    assert asked[1]["shown"]["truth"] == pytest.approx(log10(truths.answers[1]), rel=1e-12)
    judged = json.loads(held(text, "payload"))["lesson"]["judged"]
    assert [one["truth"] for one in judged] == [truths.answers[0], asked[1]["shown"]["truth"]]
    without = regpath.export.lesson_handout(lesson)
    assert json.loads(held(without, "payload"))["lesson"]["judged"] == []
    assert '<p lang="en" data-judged' not in without


def test_the_explorer_has_a_path_for_every_recipe_that_a_step_looks_at(own):
    told = json.loads(held(regpath.export.lesson_handout(own), "payload"))
    assert [view["label"] for view in told["views"]] == ["L1", "Elastic net, l1_ratio 0.5"]
    text = regpath.export.lesson_handout(own)
    view, index = re.search(r'data-view="(\d)" data-index="(\d+)"', text).groups()
    assert view == "1"
    lambdas = own.material.changed(recipe={"l1_ratio": 0.5}).study.path.lambdas
    assert abs(lambdas[int(index)] / 0.05 - 1) < 0.5


def test_a_map_that_moves_holds_only_what_changes():
    told = json.loads(
        held(regpath.export.lesson_handout(lessons.lesson_called("taco_valley")), "payload")
    )
    ((first, *others),) = told["lesson"]["figures"]
    assert len(first["data"]) == 5
    assert len(others) == 10
    assert all(len(frame["data"]) <= 3 or "layout" in frame for frame in others)


def test_hostile_lessons_stay_text(own):
    text = regpath.export.lesson_handout(own, answers=True)
    page = Page(text)
    assert text.count("<script") == text.count("</script>") == 3
    assert HOSTILE in page.text
    assert "<b>Bold</b>" in text
    assert "Taken." in page.text
