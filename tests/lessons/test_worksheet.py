"""A worksheet asks every question, leaves room, and gives nothing away."""

import pytest

from regpath import lessons
from regpath.lessons.worksheet import AXES, worksheet


@pytest.mark.parametrize("lesson", lessons.catalog(), ids=lambda lesson: lesson.name)
def test_a_worksheet_asks_all_and_tells_no_truth(lesson):
    page = worksheet(lesson)
    assert page.count("Why?") == len(lesson.predictions)
    assert "{{" not in page
    assert "**" not in page
    assert not [one.why for one in lesson.predictions if one.why in page]
    assert "http" not in page
    drawn = sum(one.kind in ("marker", "sketch") for one in lesson.predictions)
    assert page.count(AXES) == drawn
