"""What is wrong with a lesson's file is said with its place."""

import pytest

from regpath.errors import ParameterError
from regpath.lessons import read_lesson
from regpath.lessons.figures import DRAWN
from regpath.lessons.truths import work_out
from regpath.lessons.types_in_files import OPTIONS
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


def said(**parts: str) -> str:
    """A number to predict, with something else in place of some of its parts."""
    usual = {
        **{"kind": '"number"', "question": '"?"', "why": '"w"', "formula": '"f"'},
        **{"truth": FACT, "low": "0.0", "high": "999.0", "within": "5.0"},
    }
    lines = "\n".join(f"{name} = {value}" for name, value in (usual | parts).items())
    return f"{LESSON}\n[[predictions]]\n{lines}\n"


def step(chart: str, more: str) -> str:
    return LESSON + STEP.format(chart) + more


NAMES = '{ fact = "order_of_entry" }'
WRONG |= {
    **{
        f"no text: {name}": (said(**{name: value}), f"predictions 1: '{name}' must be text")
        for name, value in (("question", "5"), ("why", '["a"]'), ("formula", "3"))
    },
    **{
        f"no number: {name}": (said(**{name: value}), f"predictions 1: '{name}' must be a number")
        for name, value in (("low", '"0"'), ("high", "true"), ("within", '"0,5"'))
    },
    "ends": (said(low="9.0", high="1.0"), "predictions 1: 'low' must be less than 'high'"),
    "names for a number": (said(truth=NAMES), "predictions 1: .*gives names; a number is wanted"),
    "a number for names": (said(kind='"order"'), "predictions 1: .*gives a number; names"),
    "a fact's name": (changed('"coefficient"', '["coefficient"]'), "numbers.slope: 'fact' must be"),
    "a feature": (changed('feature = "x"', "feature = 3"), "numbers.slope: 'feature' must be text"),
    "a strength": (changed("C = 1.0", 'lam = "small"'), "numbers.slope: 'lam' must be a number"),
    "a strength below": (changed("C = 1.0", "lam = -1"), "numbers.slope: 'lam' must be more than"),
    "a rule": (changed("C = 1.0", "at = 3"), "numbers.slope: 'at' must be text"),
    "units": (changed("C = 1.0", "C = 1.0, scale = 3"), "'scale' must be a table"),
    "a unit": (changed("C = 1.0", 'C = 1.0, scale = { x = "mm" }'), "'x' must be a number"),
    "other choices": (changed("C = 1.0", 'C = 1.0, recipe = "ridge"'), "'recipe' must be a table"),
    "another choice": (changed("C = 1.0", "C = 1.0, recipe = { l = 1 }"), "no field 'l'"),
    "numbers": (changed("[numbers]", "[[numbers]]"), "'numbers' must be a table"),
    "what a claim says": (
        changed('says = "The slope is above 100."', "says = 3"),
        "claims 1: 'says' must be text",
    ),
    "a claim's name": (changed('"above"', '["above"]'), "claims 1: 'claim' must be text"),
    "a claim's number": (changed("100.0", '"100"'), "claims 1: 'value' must be a number"),
    "a claim's fact": (
        changed(f"fact = {FACT}", f"fact = {NAMES}"),
        "claims 1: The fact 'order_of_entry' gives names; a number is wanted",
    ),
    "one bracket": (changed("[[claims]]", "[claims]"), "two brackets"),
    "no data": (changed("four_points", "no_points"), "^mine.toml: There are no data"),
    "notes": (LESSON + "\n[teacher]\nnotes = 3\n", "teacher: 'notes' must be text"),
    "no words": (step("paths", "").replace('"a"', "4"), "steps 1: 'see' must be text"),
    "options": (step("paths", 'options = "lam"'), "steps 1: 'options' must be a table"),
    "an option": (step("paths", "options = { lama = 1 }"), "steps 1: .*no field 'lama'"),
    "an option's type": (
        step("samples", 'options = { noise = "much" }'),
        "steps 1: 'noise' must be a number",
    ),
    "a missing option": (step("descent", ""), "steps 1: .*'descent' needs 'lam'"),
    "a step's choice": (step("paths", 'recipe = { l1_ratio = "x" }'), "steps 1: .*'l1_ratio'"),
    "a picture's option": (
        pictures(*[picture("paths", ', see = "a", options = { lam = "x" }')] * 2),
        "options 1: 'lam' must be a number",
    ),
    "a picture's choice": (
        pictures(*[picture("paths", ', see = "a", recipe = { l1_ratio = 3 }')] * 2),
        "options 1: .*'l1_ratio'",
    ),
    **{
        f"a number in {name}": (said(**{name: '"{{slop}}"'}), "{{slop}} is no number")
        for name in ("question", "why", "formula")
    },
    "a number in a step": (step("paths", "").replace('"a"', '"{{slop}}"'), "{{slop}} is no number"),
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


def test_every_chart_says_which_options_it_takes():
    assert set(OPTIONS) == set(DRAWN)


def options_that_hold(*values: float) -> str:
    """A choice between options of which those hold that are below the slope."""
    held = [f'{{ says = "{v}", claim = "above", fact = {FACT}, value = {v} }}' for v in values]
    return f"{LESSON}{CHOICE}options = [{', '.join(held)}]\n"


ON_DATA = {
    "no option": (options_that_hold(1e9, 2e9), "predictions 1: .*exactly one must hold.*none"),
    "both": (options_that_hold(-1e9, -2e9), "predictions 1: .*Those that do: '-1000000000.0', '-2"),
    "a feature": (said(truth=FACT.replace('"x"', '"X"')), "predictions 1: There is no feature 'X'"),
    "a number": (changed('"x"', '"X"'), "numbers.slope: There is no feature 'X'"),
    "no test rows": (LESSON + CHOICE.replace("choice", "sketch"), "predictions 1: .*test rows"),
}


@pytest.mark.parametrize("which", ON_DATA)
def test_what_only_the_data_tell_is_said_with_its_place(which, tmp_path):
    text, words = ON_DATA[which]
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    lesson = read_lesson(path)
    with pytest.raises(ParameterError, match=words):
        work_out(lesson)


def test_a_live_number_may_have_blanks_beside_its_name(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(changed("{{slope}}", "{{ slope }}"), encoding="utf-8")
    lesson = read_lesson(path)
    assert "{" not in work_out(lesson).filled(lesson.text)
