"""A recipe as words of the shell and back."""

from shlex import split

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regpath import Recipe
from regpath.cli import COMMANDS, main
from regpath.cli.arguments import Groups, Parser, flag
from regpath.cli.recipes import (
    CHECKED,
    COMPARED,
    EVERYTHING,
    PATH,
    add_recipe,
    recipe_of,
    words_of_recipe,
)
from regpath.core.selection import RULES
from regpath.recipe import FIELDS

texts = st.text(min_size=1, max_size=8) | st.sampled_from(
    ["-x", "--target", "a=b", " ", "-1", "@f", "--"]
)
values = {
    str: texts,
    int: st.integers(2, 10**6),
    float: st.floats(0.01, 0.99),
    bool: st.booleans(),
}


def value(field):
    """A value that the field takes, or none where it may be open."""
    if field.option.choices is not None:
        one = st.sampled_from(field.option.choices())
    elif field.name == "level_groups":
        one = st.tuples(texts, texts, st.lists(texts, max_size=2).map(tuple))
    else:
        one = values[field.type]
    if field.name == "lambdas":
        one = st.lists(st.integers(1, 99).map(lambda k: k / 100), min_size=1, unique=True)
        one = one.map(tuple)
    elif field.many:
        one = st.lists(one, max_size=3).map(tuple)
    return (st.none() | one) if field.optional else one


@st.composite
def recipes(draw, takes):
    told = [field for field in FIELDS.values() if takes.has(field) and field.name != "rule_value"]
    said = {**takes.usual, **{field.name: draw(value(field)) for field in told}}
    if takes.has(FIELDS["rule_value"]) and (number := RULES[said["rule"]].number) is not None:
        said["rule_value"] = draw(st.none() | st.just(number.of(float(number.most))))
    return Recipe(**said)


def parsed(words, takes):
    parser = Parser()
    add_recipe(parser, Groups(parser), takes)
    return recipe_of(parser.parse_args(words), takes)


@pytest.mark.parametrize("takes", [PATH, EVERYTHING, CHECKED, COMPARED])
def test_a_recipe_is_told_in_words_and_heard_as_it_was(takes):
    @given(recipes(takes))
    def holds(recipe):
        assert parsed(words_of_recipe(recipe, takes), takes) == recipe

    holds()


def test_words_say_what_differs_from_the_default_of_the_command():
    assert words_of_recipe(Recipe("y", test_size=0.0), PATH) == ["--target=y"]
    assert words_of_recipe(Recipe("y"), PATH) == ["--target=y", "--test-size=0.25"]
    assert words_of_recipe(Recipe("y"), CHECKED) == ["--target=y"]
    recipe = Recipe("y", features=("a", "-b"), standardize=False, terms=(), test_size=0.0)
    words = ["--target=y", "--features=a", "--features=-b", "--no-standardize"]
    assert words_of_recipe(recipe, PATH) == words


def test_the_last_word_wins_and_lists_grow():
    heard = parsed(
        split("--target a --target y --terms a:b c^2 --terms d:e --seed 1 --seed 2"), PATH
    )
    assert (heard.target, heard.terms, heard.seed) == ("y", ("a:b", "c^2", "d:e"), 2)


@pytest.mark.parametrize("command", ["path", "cv", "stability", "compare", "check", "export"])
def test_every_command_knows_every_choice_or_says_that_it_decides_nothing(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    for field in FIELDS.values():
        if f"  {flag(field)} " in shown or f"  {flag(field)}," in shown:
            continue
        with pytest.raises(SystemExit) as ended:
            main([command, "d.csv", "--target", "y", flag(field), "x"])
        assert ended.value.code == 2
        told = f"{flag(field)} decides nothing in 'regpath {command}'; leave it out"
        assert told in capsys.readouterr().err


def test_what_each_command_leaves_out():
    left_out = {
        name: [field.name for field in FIELDS.values() if not takes.has(field)]
        for name, takes in (("path", PATH), ("cv", EVERYTHING), ("check", CHECKED))
    }
    later = ["folds", "n_folds", "n_repeats", "measure", "rule", "rule_value", "seal"]
    assert left_out == {"path": later, "cv": [], "check": []}
    assert [f.name for f in FIELDS.values() if not COMPARED.has(f)] == [
        "l1_ratio",
        "rule",
        "rule_value",
        "seal",
    ]


def test_help_is_in_groups_and_fits_a_line(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    for command in COMMANDS:
        with pytest.raises(SystemExit):
            main([command, "--help"])
        shown = capsys.readouterr().out
        assert max(map(len, shown.splitlines())) <= 100
        if command == "cv":
            titles = [
                line[:-1] for line in shown.splitlines() if line.endswith(":") and line[0] != " "
            ]
            assert titles == [
                "options",
                "data",
                "reading",
                "columns",
                "fit",
                "validation",
                "choice",
                "output",
            ]
            assert "[COLUMN" not in shown


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--seed", "x"], "--seed must be a whole number. Got 'x' instead."),
        (["--l1-ratio", "2"], "--l1-ratio must be a number in [0, 1]. Got 2.0 instead."),
        (["--family", "cox"], "--family must be one of 'auto', "),
        (["--level-groups", "a"], "--level-groups must be [column, new level, [levels]]."),
        (["--rule", "2se"], "--rule must be one of '1se', "),
        (["--rule", "within", "--rule-value", "-1"], "--rule-value must be"),
    ],
)
def test_a_word_that_does_not_serve_is_refused_by_the_name_of_its_option(words, message, capsys):
    assert main(["cv", "nowhere.csv", "--target", "y", *words]) == 2
    assert message in capsys.readouterr().err
