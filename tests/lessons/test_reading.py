"""What is wrong with a lesson's file is said with its place."""

import pytest

from regpath.errors import ParameterError
from regpath.lessons import read_lesson
from tests.lessons.test_catalog import LESSON

FACT = '{ fact = "coefficient", feature = "x", C = 1.0 }'
STEP = '\n[[steps]]\nchart = "{}"\nsee = "a"\ndo = "b"\nnotice = "c"\n'
CHOICE = '\n[[predictions]]\nkind = "choice"\nquestion = "?"\n'


def changed(old: str, new: str) -> str:
    assert old in LESSON
    return LESSON.replace(old, new, 1)


def pictures(*said: str) -> str:
    """A choice between two options, each with something said of its picture."""
    claim = 'claim = "above", fact = { fact = "coefficient", feature = "x", C = 1.0 }'
    options = ", ".join(f'{{ says = "a", {claim}, value = 0.0{each} }}' for each in said)
    return f"{LESSON}{CHOICE}options = [{options}]\n"


def picture(chart: str, more: str = ', see = "a line"') -> str:
    return f', picture = {{ chart = "{chart}"{more} }}'


WRONG = {
    "a field": (changed("goal =", "gaol ="), "mine.toml: A lesson has no field 'gaol'"),
    "a switch": (
        changed("minutes = 5", "minutes = 5\nseeded = 3"),
        "'seeded' must be true or false",
    ),
    "a missing field": (changed('goal = "Something."', ""), "mine.toml: A lesson needs 'goal'"),
    "a type": (changed("minutes = 5", 'minutes = "5"'), "'minutes' must be a whole number"),
    "no toml": ("title = \ngoal = 1", "mine.toml: This is no TOML: .*line 1"),
    "data": (changed("four_points", "five_points"), "no data 'five_points'"),
    "data elsewhere": (changed("four_points", "../secret.csv"), "no data '../secret.csv'"),
    "a choice": (changed("test_size", "test_sise"), "recipe: A recipe has no field 'test_sise'"),
    "a choice's value": (changed("test_size = 0.0", "test_size = 2.0"), "recipe: .*test_size"),
    "a fact": (changed('"coefficient"', '"coeficient"'), "numbers.slope: There is no fact"),
    "a parameter": (changed("feature", "features"), "numbers.slope: .*no field 'features'"),
    "no strength": (changed(", C = 1.0", ""), "numbers.slope: .*needs a strength"),
    "a parameter left out": (changed('feature = "x", ', ""), "numbers.slope: .*needs 'feature'"),
    "a claim": (changed('"above"', '"abuv"'), "claims 1: There is no claim 'abuv'"),
    "a claim's value": (changed("value", "than"), "claims 1: .*no field 'than'"),
    "a number in the text": (changed("{{slope}}", "{{slop}}"), "{{slop}} is no number"),
    "a chart": (LESSON + STEP.format("pathz"), "steps 1: There is no chart 'pathz'"),
    "one option": (LESSON + CHOICE, "predictions 1: A choice needs two options"),
    "one picture": (pictures(picture("paths"), ""), "predictions 1: Either each option has"),
    "words": (pictures(*[picture("paths", "")] * 2), "options 1: A picture needs 'see'"),
    "a table": (pictures(*[picture("rows")] * 2), "options 1: There is no picture of 'rows'"),
    "no place": (pictures(*[picture("geometry")] * 2), "'geometry' is at one strength"),
    "a picture": (pictures(', picture = "x.png"', ""), "options 1: 'picture' must be a table"),
    "its recipe": (
        pictures(*[picture("paths", ', see = "a", recipe = { l2 = 1 }')] * 2),
        "options 1: A recipe has no field 'l2'",
    ),
    "a kind": (LESSON + CHOICE.replace('"choice"', '"guess"'), "predictions 1: There is no kind"),
}


@pytest.mark.parametrize("which", WRONG)
def test_what_is_wrong_is_said_with_its_place(which, tmp_path):
    text, words = WRONG[which]
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError, match=words):
        read_lesson(path)


def test_a_table_beside_the_lesson_is_its_data(tmp_path):
    (tmp_path / "own.csv").write_text("x,y\n-2,0\n-1,0\n1,1\n2,1\n", encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(changed("four_points", "own.csv"), encoding="utf-8")
    lesson = read_lesson(path)
    assert lesson.name == "mine"
    assert lesson.numbers["slope"].of(lesson.material) > 0.0
