"""Pictures that are chosen between differ, and say nothing of what they are of."""

import pytest

from regpath import lessons
from regpath.charts.theme import LIGHT
from regpath.lessons.option_figure import option_figure

ASKED = [
    (lesson, one) for lesson in lessons.catalog() for one in lesson.predictions if one.pictures
]
TELLING = ("l1", "l2", "lasso", "ridge", "elastic", "l1_ratio", "gauss", "laplace")


def words_of(figure):
    names = [str(trace.name) + str(trace.hovertemplate) for trace in figure.data]
    layout = figure.layout
    titles = [layout.title.text, layout.xaxis.title.text, layout.yaxis.title.text]
    return " ".join(map(str, [*names, *titles, *(note.text for note in layout.annotations)]))


@pytest.mark.parametrize(("lesson", "one"), ASKED, ids=[lesson.name for lesson, _ in ASKED])
def test_pictures_differ_and_do_not_say_what_they_are_of(lesson, one):
    figures = [option_figure(lesson.material, picture, LIGHT) for picture in one.pictures]
    assert len({figure.to_json() for figure in figures}) == len(figures)
    assert len({picture.see for picture in one.pictures}) == len(figures)
    for figure, picture in zip(figures, one.pictures, strict=True):
        said = f"{words_of(figure)} {picture.see}".lower()
        assert not [word for word in TELLING if word in said]


def test_one_lesson_lets_pictures_be_chosen_between():
    assert ASKED
