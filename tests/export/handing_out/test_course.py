"""A course: a folder that says which data ask what becomes a page each."""

import json
import re

import pytest

import regpath
from regpath.export.handing_out import course

COURSE = """
[[handout]]
data = "iris"
n_lambdas = 20
n_folds = 3

[[handout]]
data = "flowers.csv"
file = "two.html"
target = "species"
l1_ratio = 0.5
n_lambdas = 20
n_folds = 3
lambda = 0.0321
title = "Zwei"
text = "words.md"
features = ["petal_length_cm", "petal_width_cm"]
reading = { delimiter = "," }
columns = { petal_width_cm = { kind = "number" } }
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "course.toml").write_text(COURSE, encoding="utf-8")
    (tmp_path / "flowers.csv").write_bytes(regpath.datasets.read_bytes("iris"))
    (tmp_path / "words.md").write_text("Ziehen Sie die Linie.", encoding="utf-8")
    return tmp_path


def test_every_entry_becomes_a_page(folder):
    told = []
    pages = regpath.export.handouts(folder, folder / "out", told=told.append)
    assert [page.name for page in pages] == ["iris.html", "two.html"]
    assert told == pages
    first, second = (page.read_text(encoding="utf-8") for page in pages)
    assert "<h1>Iris</h1>" in first
    assert "Ziehen Sie die Linie." in second
    kept = json.loads(re.search(r'id="payload">(.*?)</script>', second)[1])
    assert len(kept["views"][0]["payload"]["names"]) == 2
    assert "l1_ratio=0.5" in second


def test_lessons_are_entries_of_a_course_or_the_whole_of_it(folder):
    said = """[[handout]]
lesson = "runaway_weights"
answers = true
[[handout]]
lesson = "mine.toml"
file = "own.html"
"""
    (folder / "course.toml").write_text(said, encoding="utf-8")
    text = (regpath.lessons.FOLDER / "02_runaway_weights.toml").read_text(encoding="utf-8")
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    pages = regpath.export.handouts(folder, folder / "out")
    assert [page.name for page in pages] == ["runaway_weights.html", "own.html"]
    first, second = ("The data say" in page.read_text(encoding="utf-8") for page in pages)
    assert (first, second) == (True, False)
    (folder / "course.toml").unlink()
    (page,) = regpath.export.handouts(folder, folder / "all", answers=True)
    assert page.name == "mine.html"
    assert "The data say" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("word", ["lessons", "datasets"])
def test_a_word_stands_for_all_that_come_with_regpath(word, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written = []
    monkeypatch.setattr(course, "handout", lambda study, file, **how: written.append(file.stem))
    monkeypatch.setattr(course, "lesson_handout", lambda one, file, **how: written.append(one.name))
    monkeypatch.setattr(course, "run_study", lambda table, recipe: None)
    regpath.export.handouts(word, tmp_path / "out")
    known = regpath.lessons.catalog() if word == "lessons" else regpath.datasets.catalog()
    assert written == [one.name for one in known]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (None, "no course.toml"),
        ("[[handout]", "no TOML"),
        ("x = 1", "no [[handout]]"),
        ('[[handout]]\ntarget = "y"', "names no data"),
        ('[[handout]]\ndata = "iris"\ncolour = 1', "knows no 'colour'"),
        ('[[handout]]\ndata = "iris"\n[[handout]]\ndata = "iris"', "Two hand-outs"),
        ('[[handout]]\ndata = "iris"\nfile = "../x.html"', "without folders"),
        ('[[handout]]\ndata = "gone.csv"\ntarget = "y"', "gone.csv"),
        ('[[handout]]\ndata = "flowers.csv"\ntarget = "y"', "Hand-out 1 (flowers.csv)"),
        ('[[handout]]\ndata = "flowers.csv"', "target"),
        ('[[handout]]\nlesson = "none_such"', "no lesson 'none_such'"),
        ('[[handout]]\nlesson = "twins"\ntarget = "y"', "'target' beside a lesson"),
    ],
)
def test_a_course_that_cannot_be_is_refused_with_a_sentence(folder, said, told):
    (folder / "course.toml").unlink()
    if said is not None:
        (folder / "course.toml").write_text(said, encoding="utf-8")
    with pytest.raises((regpath.RegpathError, OSError)) as refused:
        regpath.export.handouts(folder, folder / "out")
    assert told in str(refused.value)
