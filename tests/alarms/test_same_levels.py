import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.alarms.alarm import Change
from regpath.export import sklearn_script
from regpath.io.columns.spellings import same_words

KIND = "same_levels"
RNG = np.random.default_rng(0)
N = 120


def frame_of(levels, *, target=False):
    words = [levels[k % len(levels)] for k in range(N)]
    frame = pd.DataFrame({"x0": RNG.normal(size=N), "w": words})
    return frame.rename(columns={"w": "y"}) if target else frame.assign(y=RNG.normal(size=N))


@pytest.mark.parametrize(
    ("levels", "n_left"),
    [
        (["<=50K", ">50K", "<=50K.", ">50K."], 2),
        (["male", "Male", "MALE", "female"], 2),
        (["yes", "no", "Yes ", "no"], 2),
        (["non-smoker", "Non smoker", "smoker", "nonsmoker"], 2),
        (["New York", "new  york", "NEW_YORK", "Boston"], 2),
        (["Straße", "STRASSE", "Weg", "weg"], 2),
        (["< 5 mg", "<5 mg", "<5mg.", "> 5 mg"], 3),
        (["good", "bad", "ugly", "Ugly"], 3),
    ],
)
@pytest.mark.parametrize("target", [True, False])
def test_spellings_of_one_word_are_found_and_joined(levels, n_left, target, alarms_of):
    frame = frame_of(levels, target=target)
    (alarm,) = alarms_of(frame, KIND)
    assert alarm.severity == ("severe" if target else "warning")
    assert alarm.columns == (() if target else ("w",))
    recipe = alarm.change.apply(regpath.Recipe("y"))
    assert not alarms_of(frame, KIND, recipe)
    problem = regpath.make_problem(frame, "y", **recipe.of_problem)
    if target:
        assert len(problem.classes) == n_left
        assert len(problem.y) == N
        assert set(problem.classes) <= set(levels)
    else:
        assert len(problem.encoder.levels["w"]) == n_left


@pytest.mark.parametrize(
    "levels",
    [
        ["A+", "A-", "A", "B"],
        ["<=50K", ">50K", "<50K"],
        ["1-2", "12", "1", "2"],
        ["low", "high", "middle"],
        ["-1", "1", "x"],
        ["C", "C++", "C#"],
    ],
)
@pytest.mark.parametrize("target", [True, False])
def test_words_that_differ_in_a_sign_are_not_one(levels, target, alarms_of):
    assert not alarms_of(frame_of(levels, target=target), KIND)


def test_one_letter_in_two_sizes_may_be_two_symbols(alarms_of):
    (alarm,) = alarms_of(frame_of(["a", "A", "b"], target=True), KIND)
    assert alarm.severity == "warning"


def test_a_remedy_joins_a_level_to_what_was_joined_before():
    recipe = regpath.Recipe("y", level_groups=(("w", "north", ("Oslo", "Bergen")),))
    change = Change(level_groups=(("w", "paris", ("Paris", "paris")),))
    again = Change(level_groups=(("v", "a", ("A", "a")),))
    assert len(again.apply(change.apply(recipe)).level_groups) == 3


def test_classes_in_an_order_stay_in_that_order():
    recipe = regpath.Recipe("y", classes=("no", "No", "yes", "YES"))
    change = Change(level_groups=(("y", "no", ("No", "no")), ("y", "YES", ("YES", "yes"))))
    assert change.apply(recipe).classes == ("no", "YES")


def test_whoever_does_not_ask_for_alarms_reads_a_note():
    notes = regpath.make_problem(frame_of(["male", "Male", "MALE", "female"]), "y").notes
    assert any("'MALE', 'Male', 'male'" in note and "level_groups" in note for note in notes)
    notes = regpath.make_problem(frame_of(["yes", "no", "Yes"], target=True), "y").notes
    assert any("Levels of 'y' that may mean the same" in note for note in notes)


def test_the_most_frequent_spelling_names_the_word():
    assert same_words({"b": 1, "a": 2, "A": 3}) == (("A", ("A", "a")),)
    assert same_words({"a": 2, "A": 2})[0][0] == "A"
    assert same_words({}) == ()


def test_the_script_joins_the_classes_too():
    frame = frame_of(["<=50K", ">50K", "<=50K.", ">50K."], target=True)
    data = frame.to_csv(index=False).encode()
    groups = (("y", "<=50K", ("<=50K", "<=50K.")), ("y", ">50K", (">50K", ">50K.")))
    recipe = regpath.Recipe("y", level_groups=groups, test_size=0.0, l1_ratio=0.0)
    study = regpath.run_study(regpath.read_table(data, name="data.csv"), recipe)
    assert study.path.classes == ("<=50K", ">50K")
    script = sklearn_script(study, float(study.path.lambdas[-1]))
    assert "'<=50K.': '<=50K'" in script
