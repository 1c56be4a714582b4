from dataclasses import MISSING, dataclass, field

import pytest

from regpath.errors import ParameterError
from regpath.fields import Option, fields_of


def check_small(value, name, caller):
    if value > 9:
        raise ParameterError(f"The {name!r} parameter of {caller} must be small. Got {value!r}.")


@dataclass(frozen=True)
class Order:
    what: str
    count: int = 1
    weight: float | None = None
    sizes: tuple[int, ...] = (1,)
    tags: frozenset[str] = frozenset()
    wrapped: bool = False
    notes: dict[str, str] = field(default_factory=dict)


OPTIONS = {
    "what": Option("a", "what it is"),
    "count": Option("a", "how many", check_small),
    "weight": Option("b", "in kilograms", check_small),
    "sizes": Option("b", "one for each", check_small),
    "tags": Option("b", "words"),
    "wrapped": Option("b", "in paper"),
}


@pytest.fixture
def fields():
    return fields_of(Order, OPTIONS)


def test_types_and_defaults_are_those_of_the_class(fields):
    assert list(fields) == ["what", "count", "weight", "sizes", "tags", "wrapped"]
    shapes = {name: (f.type, f.many, f.optional, f.default) for name, f in fields.items()}
    assert shapes == {
        "what": (str, None, False, MISSING),
        "count": (int, None, False, 1),
        "weight": (float, None, True, None),
        "sizes": (int, tuple, False, (1,)),
        "tags": (str, frozenset, False, frozenset()),
        "wrapped": (bool, None, False, False),
    }


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("what", "a = b", ["a = b"]),
        ("what", "", [""]),
        ("count", 3, ["3"]),
        ("weight", 0.1 + 0.2, ["0.30000000000000004"]),
        ("sizes", (2, 3), ["2", "3"]),
        ("sizes", (), [""]),
        ("tags", frozenset("ba"), ["a", "b"]),
        ("wrapped", True, ["True"]),
    ],
)
def test_words_and_values_are_each_others_inverse(fields, name, value, words):
    assert fields[name].written(value) == words
    assert fields[name].read(words) == value
    assert type(fields[name].read(words)) is type(value)


@pytest.mark.parametrize(
    ("name", "word", "message"),
    [
        ("count", "1.5", "'count' must be a whole number. Got '1.5' instead."),
        ("weight", "heavy", "'weight' must be a number. Got 'heavy' instead."),
        ("sizes", "S", "'sizes' must be a whole number. Got 'S' instead."),
        ("wrapped", "true", "'wrapped' must be True or False. Got 'true' instead."),
    ],
)
def test_words_that_say_no_value_are_refused(fields, name, word, message):
    with pytest.raises(ParameterError) as refused:
        fields[name].read([word])
    assert str(refused.value) == message


def test_each_of_several_values_is_checked_and_none_where_none_is_open(fields):
    fields["sizes"].check((1, 2), "order")
    fields["weight"].check(None, "order")
    fields["what"].check("anything", "order")
    with pytest.raises(ParameterError, match=r"'sizes' parameter of order must be small\. Got 10"):
        fields["sizes"].check((1, 10), "order")


def test_lists_of_json_become_what_the_field_holds(fields):
    assert fields["sizes"].held([2, 3]) == (2, 3)
    assert fields["tags"].held(["a"]) == frozenset({"a"})
    assert fields["weight"].held(None) is None
    assert fields["what"].held("ab") == "ab"


def test_a_field_without_an_option_is_missed_and_so_is_an_option_without_a_field():
    without = {name: option for name, option in OPTIONS.items() if name != "count"}
    with pytest.raises(TypeError, match="of Order differ in count"):
        fields_of(Order, without)
    with pytest.raises(TypeError, match="of Order differ in colour"):
        fields_of(Order, {**OPTIONS, "colour": Option("a", "red")})
