"""A lesson's file (TOML) to a `Lesson`; what is wrong with it is said with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from regpath import datasets
from regpath.errors import ParameterError, RegpathError
from regpath.lessons.languages import OURS, check_language
from regpath.lessons.lesson import (
    Blueprint,
    Claim,
    Fact,
    Lesson,
    OptionPicture,
    Prediction,
    refuse_unknown,
)
from regpath.lessons.material import Material, as_fields
from regpath.lessons.types_in_files import check_type, check_types
from regpath.recipe import FIELDS, Recipe

WORDS = ("title", "goal", "text", "takeaway")  # that every lesson has
PARTS = ("recipe", "predictions", "steps", "claims", "numbers", "teacher")
TEACHER = ("notes", "timing", "answers")
LIVE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def read_lesson(path: str | Path) -> Lesson:
    """Read a lesson's file.

    Parameters
    ----------
    path : path
        Ends with .toml; a number at the beginning of its name orders it and is no part of the
        lesson's name.

    Returns
    -------
    Lesson

    Raises
    ------
    ParameterError
        If it is no lesson; the message says what is wrong, and where in which file.

    Examples
    --------
    >>> from regpath import lessons
    >>> folder = lessons.FOLDER
    >>> lessons.read_lesson(folder / "01_taco_valley.toml").title
    'The taco valley'
    """
    path = Path(path)
    with in_place(path.name):
        return _lesson(path, read_toml(path))


def read_toml(path: Path) -> dict[str, Any]:
    """What a file says."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParameterError(f"This is no TOML: {error}.", "Mend it there.") from error


def _lesson(path: Path, said: dict[str, Any]) -> Lesson:
    refuse_unknown(said, {*WORDS, *PARTS, "minutes", "language", "data", "seeded"}, "A lesson")
    for name in (*WORDS, "minutes", "data", "recipe"):
        if name not in said:
            raise ParameterError(f"A lesson needs {name!r}.")
    for name in (*WORDS, "data"):
        check_type(name, said[name], str)
    check_type("minutes", said["minutes"], int)
    check_types(said, {"seeded": bool, "numbers": dict, "teacher": dict})
    material = read_material(path, said)
    numbers = {}
    for name, fact in said.get("numbers", {}).items():
        with in_place(f"numbers.{name}"):
            numbers[name] = _fact(fact)
    teacher = said.get("teacher", {})
    refuse_unknown(teacher, set(TEACHER), "teacher")
    with in_place("teacher"):
        check_types(teacher, dict.fromkeys(TEACHER, str))
    lesson = Lesson(
        name=re.sub(r"^\d+_", "", path.stem),
        material=material,
        predictions=read_parts(said, "predictions", lambda one: _prediction(one, material)),
        steps=read_parts(said, "steps", lambda one: _step(one, material)),
        claims=read_claims(said, material),
        numbers=numbers,
        language=check_language(said.get("language", OURS)),
        minutes=said["minutes"],
        teacher=teacher,
        seeded=said.get("seeded", False),
        **{name: said[name] for name in WORDS},
    )
    _check_numbers(lesson)
    return lesson


def read_material(path: Path, said: Mapping[str, Any]) -> Material:
    """The data and the recipe that a part of a file says."""
    data = _data(path, said["data"])
    with in_place("recipe"):
        check_type("recipe", said["recipe"], dict)
        return Material(data, _recipe(said["recipe"]))


def read_claims(said: Mapping[str, Any], material: Material) -> tuple[Claim, ...]:
    """The claims that a part of a file says."""
    made: tuple[Claim, ...] = read_parts(said, "claims", lambda one: _claim(one, material))
    return made


def _recipe(said: Mapping[str, Any]) -> Recipe:
    refuse_unknown(said, set(FIELDS), "A recipe")
    if "target" not in said:
        raise ParameterError("A recipe needs 'target', the column to predict.")
    fields: dict[str, Any] = as_fields(said)
    return Recipe(**fields)


def _data(path: Path, name: str) -> str:
    """A bundled set by its name, or a file that lies beside the lesson."""
    if name in {entry.name for entry in datasets.catalog()}:
        return name
    beside = path.parent / name
    if Path(name).name != name or not beside.is_file():
        raise ParameterError(
            f"There are no data {name!r}.",
            "Name a bundled data set, or a file that lies beside the lesson.",
        )
    return str(beside)


def read_parts(said: Mapping[str, Any], part: str, make: Callable[[dict[str, Any]], Any]) -> Any:
    """What is made of each table of one name; what is wrong is said with its number."""
    made = []
    if isinstance(said.get(part), dict):
        raise ParameterError(f"Write [[{part}]] with two brackets: there may be several.")
    check_types(said, {part: list})
    for number, one in enumerate(said.get(part, ()), 1):
        with in_place(f"{part} {number}"):
            check_type(part, one, dict)
            made.append(make(dict(one)))
    return tuple(made)


def _fact(said: Any) -> Fact:
    if not isinstance(said, dict) or "fact" not in said:
        raise ParameterError("A fact is written { fact = NAME, ... }.")
    return Fact(said["fact"], {name: v for name, v in said.items() if name != "fact"})


def _value(said: Any) -> Any:
    """A parameter of a claim: a fact, several, or what it is."""
    if isinstance(said, dict) and "fact" in said:
        return _fact(said)
    return [_value(each) for each in said] if isinstance(said, list) else said


def _claim(said: dict[str, Any], material: Material) -> Claim:
    for name in ("says", "claim"):
        if name not in said:
            raise ParameterError(f"A claim needs {name!r}.")
    says, name = said.pop("says"), said.pop("claim")
    return Claim(says, name, {key: _value(each) for key, each in said.items()}, material)


def _prediction(said: dict[str, Any], material: Material) -> Prediction:
    known = {"question", "kind", "truth", "options", "low", "high", "within", "why", "formula"}
    refuse_unknown(said, known, "A prediction")
    for name in ("question", "kind"):
        if name not in said:
            raise ParameterError(f"A prediction needs {name!r}.")
    check_types(said, dict.fromkeys(("question", "why", "formula"), str))
    check_types(said, dict.fromkeys(("low", "high", "within"), float))
    if "truth" in said:
        said["truth"] = _fact(said["truth"])
    found = read_parts(
        said, "options", lambda one: (_picture(one.pop("picture", None), material), one)
    )
    said["pictures"] = tuple(picture for picture, _ in found if picture is not None)
    options = {"options": [claim for _, claim in found]}
    said["options"] = read_parts(options, "options", lambda one: _claim(one, material))
    return Prediction(material=material, **said)


def _picture(said: Any, material: Material) -> OptionPicture | None:
    if said is None:
        return None
    check_type("picture", said, dict)
    refuse_unknown(said, {"chart", "see", "recipe", "options"}, "A picture")
    for name in ("chart", "see"):
        if name not in said:
            raise ParameterError(f"A picture needs {name!r}.")
        check_type(name, said[name], str)
    picture = OptionPicture(**said)
    material.changed(recipe=picture.recipe)
    return picture


def _step(said: dict[str, Any], material: Material) -> Blueprint:
    refuse_unknown(said, {"chart", "see", "do", "notice", "recipe", "options"}, "A step")
    for name in ("chart", "see", "do", "notice"):
        if name not in said:
            raise ParameterError(f"A step needs {name!r}.")
    check_types(said, dict.fromkeys(("see", "do", "notice"), str))
    step = Blueprint(**said)
    material.changed(recipe=step.recipe)  # says which value is none
    return step


def _check_numbers(lesson: Lesson) -> None:
    texts = [lesson.text, lesson.takeaway]
    for one in lesson.predictions:
        texts += [one.question, one.why, one.formula]
    for step in lesson.steps:
        texts += [step.see, step.do, step.notice]
    for text in texts:
        for name in LIVE.findall(text):
            if name not in lesson.numbers:
                raise ParameterError(f"{{{{{name}}}}} is no number of this lesson.")


@contextmanager
def in_place(where: str) -> Any:
    """Say where it is, in front of what is wrong."""
    try:
        yield
    except RegpathError as error:
        raise ParameterError(f"{where}: {error.message}", error.hint) from error
