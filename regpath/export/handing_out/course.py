"""handouts: the pages of a course, from a folder that says which data and lessons, or of all."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from regpath import datasets
from regpath.errors import DataError, ParameterError
from regpath.export.handing_out.handout import handout
from regpath.export.handing_out.lesson_page import lesson_handout
from regpath.io import ColumnOptions, ReadOptions, Table, read_table
from regpath.lessons import FOLDER, Lesson, lesson_called, read_lesson
from regpath.lessons.catalog import PRESETS
from regpath.recipe import FIELDS, Recipe
from regpath.study import run_study

COURSE = "course.toml"
WORDS = ("data", "file", "title", "text", "lambda", "reading", "columns")  # beside a recipe's
OF_LESSON = ("lesson", "answers", "file")
LESSONS, DATASETS = "lessons", "datasets"  # all that come with regpath


@dataclass(frozen=True)
class Asked:
    """One page of a course.

    Parameters
    ----------
    data : str
        A file in the folder, or the name of a bundled data set.
    recipe : Recipe
    file : str
        Name of the page.
    title, text : str
    lam : float or None
        Where the cursor starts; fit exactly there.
    reading : ReadOptions
    """

    data: str
    recipe: Recipe
    file: str
    title: str = ""
    text: str = ""
    lam: float | None = None
    reading: ReadOptions = field(default_factory=ReadOptions)

    @property
    def name(self) -> str:
        """What a message calls it."""
        return self.data

    def write(self, folder: Path, file: Path) -> None:
        """Write the page; `folder` has the data."""
        study = run_study(_table(folder, self), self.recipe)
        if self.lam is not None:
            study = study.with_strength(self.lam)
        handout(study, file, title=self.title, text=self.text, lam=self.lam)


@dataclass(frozen=True)
class AskedLesson:
    """One page of a course that is a lesson."""

    lesson: Lesson
    file: str
    answers: bool = False

    @property
    def name(self) -> str:
        """What a message calls it."""
        return self.lesson.name

    def write(self, folder: Path, file: Path) -> None:
        """Write the page."""
        lesson_handout(self.lesson, file, answers=self.answers)


def handouts(
    course: str | Path,
    out: str | Path,
    *,
    answers: bool = False,
    told: Callable[[Path], object] | None = None,
) -> list[Path]:
    r"""Write a hand-out for each entry of a course.

    Parameters
    ----------
    course : str or Path
        A folder with ``course.toml`` and the data. Each ``[[handout]]`` there names its ``data``
        (a file in the folder, or a bundled data set), and what a `Recipe` takes (``target``,
        ``l1_ratio``, ...); beside these ``title``, ``text`` (or the name of a text file in the
        folder), ``file``, ``lambda``, ``reading`` and ``columns`` (fields of `ReadOptions` and
        `ColumnOptions`). Or it names a ``lesson`` (one of regpath, or a file in the folder), with
        ``answers`` and ``file``. A folder without ``course.toml`` has its lessons written; where
        there is no such folder, "lessons" and "datasets" stand for all that come with regpath.
    out : str or Path
        Folder for the pages; it is made if it is not there.
    answers : bool, default=False
        Whether pages of lessons hold what the data say, unless the course says so itself.
    told : callable, default=None
        Called with each page when it is written.

    Returns
    -------
    list of Path
        The pages, in the order of the course.

    Raises
    ------
    DataError
        If there is no course, or data cannot be read or fit; the message names the entry.
    ParameterError
        If an entry says what nobody knows.

    Examples
    --------
    >>> import tempfile, pathlib, regpath
    >>> with tempfile.TemporaryDirectory() as name:
    ...     folder = pathlib.Path(name)
    ...     course = '[[handout]]\ndata = "iris"\nn_lambdas = 20\ntext = "Drag the line."\n'
    ...     course += '[[handout]]\nlesson = "runaway_weights"\n'
    ...     _ = (folder / "course.toml").write_text(course, encoding="utf-8")
    ...     [page.name for page in regpath.export.handouts(folder, folder / "pages")]
    ['iris.html', 'runaway_weights.html']
    """
    folder, out = Path(course), Path(out)
    asked = _bundled_course(folder, answers) or course_of(folder, answers=answers)
    out.mkdir(parents=True, exist_ok=True)
    pages = []
    for number, each in enumerate(asked, 1):
        try:
            each.write(folder, out / each.file)
        except (DataError, ParameterError) as error:
            raise type(error)(
                f"Hand-out {number} ({each.name}): {error.message}", error.hint
            ) from error
        pages.append(out / each.file)
        if told is not None:
            told(out / each.file)
    return pages


def _bundled_course(folder: Path, answers: bool) -> tuple[Asked | AskedLesson, ...]:
    """All lessons or data sets that come with regpath; nothing where a folder is meant."""
    if folder.exists():
        return ()
    if str(folder) == LESSONS:
        return _lessons_in(FOLDER, answers)
    if str(folder) == DATASETS:
        return tuple(
            _asked(folder, number, {"data": entry.name})
            for number, entry in enumerate(datasets.catalog(), 1)
        )
    return ()


def _lessons_in(folder: Path, answers: bool) -> tuple[AskedLesson, ...]:
    """Every lesson of a folder, each under the name of its file, so that they stay in order."""
    others = (COURSE, PRESETS)
    files = sorted(each for each in folder.glob("*.toml") if each.name not in others)
    return tuple(AskedLesson(read_lesson(each), f"{each.stem}.html", answers) for each in files)


def course_of(folder: Path, *, answers: bool = False) -> tuple[Asked | AskedLesson, ...]:
    """What a folder asks for.

    Raises
    ------
    DataError
        If there is no course in it.
    ParameterError
        If an entry says what nobody knows, or two have one file.
    """
    place = folder / COURSE
    if not place.is_file():
        lessons = _lessons_in(folder, answers)
        if lessons:
            return lessons
        raise DataError(
            f"There is no {COURSE} in {str(folder)!r}, nor a lesson.",
            'Write one with [[handout]], data = "FILE.csv" and target = "COLUMN" for each page.',
        )
    try:
        entries = tomllib.loads(place.read_text(encoding="utf-8")).get("handout", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{COURSE} is no TOML: {error}.") from error
    if not entries or not isinstance(entries, list):
        raise DataError(f"{COURSE} has no [[handout]].", "Write one for each page.")
    asked = tuple(
        _asked_lesson(folder, number, entry, answers)
        if "lesson" in entry
        else _asked(folder, number, entry)
        for number, entry in enumerate(entries, 1)
    )
    files = [each.file for each in asked]
    twice = sorted({name for name in files if files.count(name) > 1})
    if twice:
        raise ParameterError(
            f"Two hand-outs are called {twice[0]!r}.", "Give one another name: file = ..."
        )
    return asked


def _asked(folder: Path, number: int, entry: dict[str, Any]) -> Asked:
    unknown = set(entry) - set(WORDS) - set(FIELDS)
    if unknown or not isinstance(entry.get("data"), str):
        what = f"knows no {sorted(unknown)[0]!r}" if unknown else "names no data"
        raise ParameterError(f"Hand-out {number} of {COURSE} {what}.", f"It takes {_known()}.")
    data = entry["data"]
    bundled = _bundled(folder, data)
    chosen = {name: value for name, value in entry.items() if name in FIELDS}
    usual = dict(bundled.choices) | {"target": bundled.target} if bundled is not None else {}
    text = str(entry.get("text", bundled.teaches if bundled is not None else ""))
    named = folder / text if "\n" not in text and text.endswith((".txt", ".md")) else None
    return Asked(
        data,
        Recipe.from_dict(usual | chosen),
        _file_name(str(entry.get("file", f"{Path(data).stem}.html"))),
        str(entry.get("title", bundled.title if bundled is not None else "")),
        text if named is None or not named.is_file() else named.read_text(encoding="utf-8"),
        entry.get("lambda"),
        _reading(entry),
    )


def _asked_lesson(folder: Path, number: int, entry: dict[str, Any], answers: bool) -> AskedLesson:
    unknown = set(entry) - set(OF_LESSON)
    if unknown:
        raise ParameterError(
            f"Hand-out {number} of {COURSE} knows no {sorted(unknown)[0]!r} beside a lesson.",
            f"It takes {', '.join(OF_LESSON)}.",
        )
    name = str(entry["lesson"])
    beside = folder / name
    is_file = name.endswith(".toml") and beside.is_file()
    lesson = read_lesson(beside) if is_file else lesson_called(name)
    file = _file_name(str(entry.get("file", f"{lesson.name}.html")))
    return AskedLesson(lesson, file, bool(entry.get("answers", answers)))


def _bundled(folder: Path, data: str) -> datasets.DatasetEntry | None:
    """The catalog's entry; a file of the folder comes first."""
    if (folder / data).is_file():
        return None
    return next((entry for entry in datasets.catalog() if entry.name == data), None)


def _table(folder: Path, each: Asked) -> Table:
    if _bundled(folder, each.data) is not None:
        return datasets.load(each.data)
    return read_table(folder / each.data, options=each.reading)


def _reading(entry: dict[str, Any]) -> ReadOptions:
    columns = {
        name: ColumnOptions(**{key: _held(value) for key, value in said.items()})
        for name, said in entry.get("columns", {}).items()
    }
    return ReadOptions(columns=columns, **entry.get("reading", {}))


def _held(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _file_name(name: str) -> str:
    if Path(name).name != name or name in ("", ".", ".."):
        raise ParameterError(f"A page is called by a name without folders. Got {name!r}.")
    return name


def _known() -> str:
    return ", ".join((*WORDS, "and every choice of a recipe"))
