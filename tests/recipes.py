"""Recipes of every kind, for properties that all of them have."""

from hypothesis import strategies as st

from regpath import Recipe
from regpath.core.families import FAMILIES
from regpath.core.selection import RULES

names = st.text(min_size=1, max_size=12)


def of_rule(drawn):
    """A recipe whose number is one that its rule takes."""
    rule, share, choices = drawn
    number = RULES[rule].number
    value = None
    if number is not None and share is not None:
        value = number.of(number.least + share * (number.most - number.least))
        value = float(round(value)) if number.whole else value
    return Recipe(**choices, rule=rule, rule_value=value)


CHOICES: dict[str, st.SearchStrategy] = {
    "target": names,
    "features": st.none() | st.lists(names, max_size=3).map(tuple),
    "family": st.sampled_from(["auto", *FAMILIES]),
    "missing": st.sampled_from(["impute", "mean", "indicator", "drop"]),
    "duplicates": st.sampled_from(["keep", "drop"]),
    "l1_ratio": st.floats(0, 1),
    "adaptive": st.none() | st.floats(0.1, 5),
    "standardize": st.booleans(),
    "n_lambdas": st.integers(1, 500),
    "min_ratio": st.none() | st.floats(1e-8, 0.9),
    "lambdas": st.none()
    | st.lists(st.integers(-900, 900), min_size=1, max_size=5, unique=True).map(
        lambda powers: tuple(10.0 ** (k / 100) for k in powers)
    ),
    "extra_lambdas": st.lists(st.floats(1e-9, 1e9), max_size=3).map(tuple),
    "test_size": st.floats(0, 0.9),
    "seed": st.integers(0, 10**6),
    "min_level_count": st.integers(1, 50),
    "coding": st.sampled_from(["all", "reference"]),
    "level_groups": st.lists(
        st.tuples(names, names, st.lists(names, max_size=3).map(tuple)), max_size=2
    ).map(tuple),
    "terms": st.lists(names, max_size=3).map(tuple),
    "classes": st.none() | st.lists(names, min_size=2, max_size=3).map(tuple),
    "weights": st.none() | names,
    "group": st.none() | names,
    "time": st.none() | names,
    "exposure": st.none() | names,
    "folds": st.sampled_from(["auto", "random", "grouped", "ordered", "leave_one_out"]),
    "n_folds": st.integers(2, 50),
    "n_repeats": st.integers(1, 20),
    "measure": st.sampled_from(["auto", "auc", "mae", "deviance_explained"]),
    "class_weight": st.none() | st.just("balanced"),
    "seal": st.booleans(),
}
choices = st.fixed_dictionaries(CHOICES)
recipes = st.tuples(st.sampled_from(list(RULES)), st.none() | st.floats(0, 1), choices).map(of_rule)
