"""Lessons: predict, lock it in, see, explain. One file each; what they claim is checked.

`catalog` gives them in order. See docs/extending/lesson.md for how to write one.
"""

from regpath.lessons.catalog import FOLDER as FOLDER
from regpath.lessons.catalog import lesson_called as lesson_called
from regpath.lessons.catalog import lesson_catalog as catalog
from regpath.lessons.lesson import Claim as Claim
from regpath.lessons.lesson import Lesson as Lesson
from regpath.lessons.lesson import Prediction as Prediction
from regpath.lessons.reading import read_lesson as read_lesson

__all__ = ["FOLDER", "Claim", "Lesson", "Prediction", "catalog", "lesson_called", "read_lesson"]
