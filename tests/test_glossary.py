"""The glossary explains every word that lessons use in the issue's list, and finds words whole."""

import pytest

from regpath import lessons
from regpath.glossary import glossary, words_in

NEEDED = ["strength", "lambda", "C", "log-loss", "deviance", "standard error", "separation"]


@pytest.mark.parametrize("word", NEEDED)
def test_the_words_of_the_subject_are_explained(word):
    assert len(glossary()[word]) > 20


def test_words_are_found_whole_and_names_by_their_case():
    assert list(words_in("Penalties cost.")) == ["penalty"]
    assert "C" not in words_in("a, b and c; Cs")
    assert list(words_in("C = 1")) == ["C"]
    assert "fold" not in words_in("manifold")


@pytest.mark.parametrize("lesson", lessons.catalog(), ids=lambda lesson: lesson.name)
def test_every_lesson_uses_words_that_are_explained(lesson):
    assert len(words_in(lesson.text)) > 1
