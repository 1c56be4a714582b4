"""The lessons in order: those that come with regpath, then those of a teacher's folder."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from regpath.errors import ParameterError
from regpath.lessons.lesson import Lesson
from regpath.lessons.reading import read_lesson

FOLDER = Path(__file__).with_name("files")
PRESETS = "presets.toml"  # in a folder of lessons, what is none; see `presets`
OWN = "REGPATH_LESSONS"  # a teacher's folder; `regpath app --lessons` sets it


def lesson_catalog(folder: str | Path | None = None) -> tuple[Lesson, ...]:
    """The lessons in order.

    Parameters
    ----------
    folder : path, default=None
        A teacher's lessons, which come after those of regpath; None means the folder that
        `regpath app --lessons` was given, if it was.

    Returns
    -------
    tuple of Lesson

    Raises
    ------
    ParameterError
        If a file is no lesson, or two lessons have one name.

    Examples
    --------
    >>> from regpath import lessons
    >>> [lesson.name for lesson in lessons.catalog()][:2]
    ['taco_valley', 'runaway_weights']
    """
    own = str(folder or os.environ.get(OWN, ""))
    found = (*_in(str(FOLDER)), *(_in(own) if own else ()))
    names = [lesson.name for lesson in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ParameterError(f"Two lessons are called {twice!r}.", "Rename one of the files.")
    return found


def lesson_called(name: str, folder: str | Path | None = None) -> Lesson:
    """One lesson by its name.

    Parameters
    ----------
    name : str
    folder : path, default=None
        See `catalog`.

    Returns
    -------
    Lesson

    Raises
    ------
    ParameterError
        If there is none.

    Examples
    --------
    >>> from regpath import lessons
    >>> lessons.lesson_called("twins").recipe.target
    'response'
    """
    lessons = {lesson.name: lesson for lesson in lesson_catalog(folder)}
    if name not in lessons:
        raise ParameterError(f"There is no lesson {name!r}.", f"There are {', '.join(lessons)}.")
    return lessons[name]


@cache
def _in(folder: str) -> tuple[Lesson, ...]:
    """Read once: what lessons work out is kept with them."""
    if not Path(folder).is_dir():
        raise ParameterError(f"There is no folder {folder!r} of lessons.")
    files = sorted(Path(folder).glob("*.toml"))
    return tuple(read_lesson(path) for path in files if path.name != PRESETS)


def clear() -> None:
    """Forget what was read: files may have changed."""
    _in.cache_clear()
