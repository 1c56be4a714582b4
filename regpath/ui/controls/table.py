"""The table of controls: every field of a recipe on screen, once.

Sides and pages draw from it, `read_recipe` adds up what is chosen, and what comes from elsewhere
(an address, a remedy, a cell of the validation map) is written into it. What is written is read
back as it was: a number that no stop of a slider has becomes a stop of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from regpath.errors import ParameterError
from regpath.recipe import Recipe
from regpath.ui.controls.composed import (
    GRID,
    OFF,
    POWER,
    Features,
    ForFamilies,
    PenaltyControl,
    RuleNumberControl,
    left_open,
    list_as_typed,
    penalty_of,
)
from regpath.ui.controls.control import Control, Place
from regpath.ui.controls.widgets import Choice, ColumnBox, Many, NumberField, Stops, Switch
from regpath.ui.session.state import Key

AUTO = "Auto"  # the widget's word for a ratio that is not given
MOST_SEED = 2**32 - 1  # numpy takes no larger one


def percent(share: float) -> str:
    """A share in percent, with all digits that it has."""
    return f"{(100 * Decimal(repr(share))).normalize():f}"


SHARES = {k / 20: percent(k / 20) for k in range(11)}
MIN_RATIOS = tuple(float(f"1e-{k}") for k in range(1, 11))

PROBLEM = (
    Control("target", Key.TARGET, "data", Choice("Target", help="The column to predict.")),
    Features(
        "features",
        Key.ONLY,
        "data",
        Many("Use only", placeholder="All that can serve"),
        to_widget=lambda names: list(names or ()),
        to_recipe=lambda names: tuple(names) or None,
    ),
    Control(
        "family",
        Key.FAMILY,
        "target",
        Choice(
            "Model",
            help="Guessed from the target's values: two values, words or a few whole numbers are "
            "classes; other numbers are amounts.",
        ),
    ),
    Control(
        "missing",
        Key.MISSING,
        "data",
        Choice(
            "Missing values",
            help="What is filled in is learned from the training rows, and anew in each fold.",
            names={
                "impute": "Fill in the median, or the most frequent level",
                "mean": "Fill in the mean, or the most frequent level",
                "indicator": "Fill in, and add a feature that tells where",
                "drop": "Drop rows with a gap",
            },
        ),
    ),
    Control(
        "duplicates",
        Key.DUPLICATES,
        "data",
        Choice(
            "Repeated rows",
            help="A row that stands in training and in test alike makes the test too easy.",
            names={"keep": "Count each", "drop": "Count once"},
            form="radio",
        ),
    ),
    Control(
        "coding",
        Key.CODING,
        "data",
        Choice(
            "Words become",
            help="With every level, the penalty treats all alike. Without the first, the path "
            "depends on which level that is.",
            names={"all": "A feature for every level", "reference": "All levels but the first"},
        ),
    ),
    Control(
        "min_level_count",
        Key.MIN_LEVEL_COUNT,
        "data",
        NumberField(
            "Pool levels in fewer rows than",
            help="Rare levels count together as “other”; 1 pools none.",
            least=1,
            most=100_000,
        ),
    ),
    Control(
        "terms",
        Key.TERMS,
        "data",
        Many(
            "Products and powers",
            help="Adds a feature for each: a product for an interaction, a power for a curve.",
            placeholder="None; choose, or type age^2 or age * dose",
            free=True,
        ),
        to_widget=list,
        to_recipe=tuple,
    ),
    Control("level_groups", Key.LEVEL_GROUPS, "data"),  # what remedies write
    Control("classes", Key.CLASSES, "target"),  # `features` asks for the second of two
    Control(
        "weights",
        Key.WEIGHTS,
        "data",
        ColumnBox("Column of weights", help="How much each row counts; 0 leaves it out."),
    ),
    Control(
        "group",
        Key.GROUP,
        "data",
        ColumnBox(
            "Column of groups",
            help="Rows of one person, place or batch: splits and folds keep them together.",
        ),
    ),
    Control(
        "time",
        Key.TIME,
        "data",
        ColumnBox("Column of times", help="Splits test on the last rows, as the future would."),
    ),
    ForFamilies(
        "exposure",
        Key.EXPOSURE,
        "data",
        ColumnBox(
            "Exposure",
            help="A column of positive numbers that expected counts are proportional to, such as "
            "days at risk: the model is then of counts per unit of it.",
        ),
        has=lambda family: family.has_exposure,
        needs="counts",
    ),
)

FIT = (
    PenaltyControl(
        "l1_ratio",
        Key.PENALTY,
        "app",
        Choice(
            "Penalty",
            help="L1 (lasso) sets coefficients to exactly zero, L2 (ridge) shrinks all of them, "
            "elastic net mixes the two.",
            names={name: name for name in ("L1", "Elastic net", "L2")},
            form="radio",
        ),
        to_widget=penalty_of,
    ),
    Control("adaptive", Key.ADAPTIVE, "app", POWER, **left_open(OFF)),
    Control("n_lambdas", Key.N_LAMBDAS, "app", GRID),
    Control(
        "min_ratio",
        Key.MIN_RATIO,
        "app",
        Stops(
            "Weakest / strongest",
            help="Auto: 0.0001 for L1, or 0.01 where there are no more rows than features; with L2 "
            "as far as it takes until the penalty hardly matters.",
            names={AUTO: AUTO} | {ratio: f"{ratio:g}" for ratio in MIN_RATIOS},
        ),
        **left_open(AUTO),
    ),
    Control("lambdas", Key.LAMBDAS, "target", **list_as_typed()),
    Control("extra_lambdas", Key.EXTRA_LAMBDAS, "target"),  # what the strength strip writes
    Control(
        "standardize",
        Key.STANDARDIZE,
        "app",
        Switch(
            "Standardize",
            help="Penalize coefficients per standard deviation, so that units do not matter.",
        ),
    ),
    Control(
        "test_size",
        Key.TEST_SIZE,
        "data",
        Stops(
            "Test rows, %",
            help="Kept out of the fit; filling, coding and scaling never see them.",
            names=SHARES,
            form="slider",
            called=percent,
        ),
    ),
    Control("seed", Key.SEED, "app", NumberField("Seed of the split", least=0, most=MOST_SEED)),
    ForFamilies(
        "class_weight",
        Key.CLASS_WEIGHT,
        "app",
        Switch(
            "Balance the classes",
            help="Every class weighs the same in all. Weights are rescaled to sum to the number "
            "of rows, so that λ keeps its meaning. Scores are not weighted.",
        ),
        to_widget=lambda weight: weight is not None,
        to_recipe=lambda on: "balanced" if on else None,
        has=lambda family: family.has_classes,
        needs="classes",
    ),
    Control(
        "seal",
        Key.SEAL,
        "app",
        Switch(
            "Seal the scores of the test rows",
            help="Validation chooses; the test score stays in an envelope until you open it, and "
            "openings are counted. Every opening spends some of the test rows' honesty.",
        ),
    ),
)

VALIDATION = (
    Control(
        "folds",
        Key.FOLDS,
        "app",
        Choice(
            "Held out together",
            help="Each fold learns filling, coding, centring and scaling from its own training "
            "rows; λ stays the same. Classes are dealt in equal shares.",
        ),
    ),
    Control("n_folds", Key.N_FOLDS, "app", NumberField("Folds", least=2, most=50)),
    Control(
        "n_repeats",
        Key.N_REPEATS,
        "app",
        NumberField(
            "Repeats",
            help="Deals the rows anew and averages: a steadier curve, but no smaller standard "
            "error.",
            least=1,
            most=20,
        ),
    ),
    Control(
        "measure",
        Key.MEASURE,
        "family",
        Choice("Measure", help="Accuracy is a staircase that hides most; log-loss is not."),
    ),
    Control("rule", Key.RULE, "data", Choice("Rule")),
    RuleNumberControl("rule_value", Key.RULE_VALUE, "rule"),
)

CONTROLS: dict[str, Control] = {control.field: control for control in (*PROBLEM, *FIT, *VALIDATION)}


def place_of(owner: str) -> Place:
    """What choices about some data belong to, as target, family and rule are chosen."""
    place = Place(owner)
    for name in ("target", "family", "rule"):
        place = replace(place, **{name: CONTROLS[name].read(place)})
    return place


def place_for(recipe: Recipe, owner: str) -> Place:
    """What the choices of a recipe about some data belong to."""
    return Place(owner, recipe.target, recipe.family, recipe.rule)


def read_recipe(place: Place) -> Recipe:
    """The recipe that all choices add up to."""
    return Recipe(**{name: control.read(place) for name, control in CONTROLS.items()})


def write_recipe(recipe: Recipe, owner: str) -> None:
    """Choose all that a recipe says.

    Raises
    ------
    ParameterError
        If the app cannot take a choice that Python and the shell can; nothing is chosen then.
    """
    place = place_for(recipe, owner)
    for name, control in CONTROLS.items():
        why = control.refusal(place, getattr(recipe, name))
        if why:
            raise ParameterError(f"{name!r} {why}. Got {getattr(recipe, name)!r} instead.")
    for name, control in CONTROLS.items():
        control.write(place, getattr(recipe, name))


def write_choices(choices: Mapping[str, Any], owner: str) -> None:
    """Choose some of what a recipe says, for the data and the target at hand."""
    place = place_of(owner)
    for name, value in choices.items():
        CONTROLS[name].write(place, value)
