from dataclasses import replace
from html.parser import HTMLParser

import pytest

from regpath import lessons
from regpath.export import lesson_handout
from regpath.lessons.worksheet import worksheet

OURS = ("Predict first", "Then look", "Why?", "Name:")
EMPTY = {"meta", "link", "input", "br", "path", "img"}


class Spoken(HTMLParser):
    """Each text of a page with the language that a screen reader reads it in."""

    def __init__(self, page):
        super().__init__()
        self.open, self.texts = [("", None)], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag not in EMPTY:
            self.open.append((tag, dict(attrs).get("lang") or self.open[-1][1]))

    def handle_endtag(self, tag):
        while tag not in EMPTY and len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.open[-1][0] not in ("script", "style"):
            self.texts.append((data, self.open[-1][1]))

    def of(self, words):
        return {language for text, language in self.texts if words in text}


@pytest.mark.parametrize("write", [worksheet, lesson_handout])
def test_a_lesson_and_the_words_around_it_say_their_language(write):
    lesson = lessons.lesson_called("runaway_weights")
    page = Spoken(write(replace(lesson, language="de")))
    assert page.of(lesson.title) == {"de"}
    assert page.of(lesson.goal) == {"de"}
    for one in lesson.predictions:
        start = one.question.split("*")[0][:25]
        assert page.of(start) == {"de"}
    for words in OURS:
        assert page.of(words) <= {"en"}
    assert page.of("Predict first") == {"en"}


def test_a_worksheet_in_the_page_s_own_language_marks_nothing():
    page = worksheet(lessons.lesson_called("runaway_weights"))
    assert page.count("lang=") == 1
