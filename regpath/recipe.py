"""Recipe: every choice except the data, as one frozen value."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode

from regpath.core.checks import (
    check_count,
    check_fraction,
    check_positive,
    check_seed,
    same_strength,
)
from regpath.core.metrics.measures import MEASURES
from regpath.core.problems.coding import CODING_CHOICES, MISSING_CHOICES, LevelGroups
from regpath.core.problems.inputs import spelled
from regpath.core.problems.repeats import DUPLICATES_CHOICES
from regpath.core.problems.response import family_choices
from regpath.core.selection import RULES
from regpath.core.validation.fold_kinds import FOLD_KINDS
from regpath.errors import ParameterError
from regpath.fields import Field, Option, fields_of, refuse

Stage = Literal["problem", "split", "test", "fit", "validation", "choice"]


def _column(help: str) -> Option:
    return Option("problem", help, metavar="COLUMN", columns=True)


def _check_share(value: Any, name: str, caller: str) -> None:
    if value != 0.0:
        check_fraction(value, name, caller, open_ends=True)


def _check_strengths(values: Any, name: str, caller: str) -> None:
    if not values:
        refuse(name, caller, "at least one positive number", values)
    for one, other in pairwise(sorted(values)):
        if same_strength(one, other):
            refuse(name, caller, "different numbers", [one, other])


def _group_of_levels(text: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        column, new, levels = json.loads(text)
        return str(column), str(new), tuple(map(str, levels))
    except (ValueError, TypeError) as error:
        raise ParameterError(
            f"'level_groups' must be [column, new level, [levels]]. Got {text!r} instead."
        ) from error


OPTIONS = {
    "target": _column("the column to predict"),
    "features": _column("what to predict it from (default: all that can serve)"),
    "family": Option.among("problem", "kind of model; auto goes by the target", family_choices),
    "missing": Option.among(
        "problem", "what is done about gaps in features", lambda: MISSING_CHOICES
    ),
    "duplicates": Option.among(
        "problem", "whether repeated rows count", lambda: DUPLICATES_CHOICES
    ),
    "l1_ratio": Option("fit", "1 lasso, 0 ridge, between them a mix", check_fraction),
    "adaptive": Option(
        "fit", "power by which an adaptive lasso weighs features (default: none)", check_positive
    ),
    "standardize": Option("fit", "penalize coefficients per standard deviation"),
    "n_lambdas": Option("fit", "strengths on the grid", check_count),
    "min_ratio": Option(
        "fit",
        "weakest strength over the strongest (default: by the penalty and the shape of the data)",
        partial(check_fraction, open_ends=True),
    ),
    "lambdas": Option(
        "fit",
        "exactly these strengths in place of the grid's, in any order",
        check_positive,
        metavar="LAMBDA",
        together=_check_strengths,
    ),
    "extra_lambdas": Option(
        "fit",
        "more strengths to fit and prove, beside these or the grid's",
        check_positive,
        metavar="LAMBDA",
    ),
    "test_size": Option("split", "share of the rows to test on, 0 for none", _check_share),
    "seed": Option("split", "of all that is dealt at random", check_seed),
    "min_level_count": Option("problem", "pool levels in fewer rows", check_count, metavar="ROWS"),
    "coding": Option.among("problem", "which levels have a feature", lambda: CODING_CHOICES),
    "level_groups": Option(
        "problem",
        'levels that count as one: ["COLUMN", "NEW LEVEL", ["LEVEL", ...]]',
        metavar="GROUP",
        read=_group_of_levels,
        write=partial(json.dumps, ensure_ascii=False),
    ),
    "terms": Option("problem", 'products and powers: "age:dose" or "age^2"', metavar="TERM"),
    "classes": Option("problem", "the classes in order", metavar="CLASS"),
    "weights": _column("how much each row counts"),
    "group": _column("which rows belong together"),
    "time": _column("in which order rows came"),
    "exposure": _column("how long or how much of each row was watched, for counts"),
    "folds": Option.among("validation", "who is held out together", lambda: FOLD_KINDS),
    "n_folds": Option("validation", "how many folds", partial(check_count, least=2)),
    "n_repeats": Option("validation", "how often rows are dealt anew", check_count),
    "measure": Option.among("validation", "what folds are scored by", lambda: ("auto", *MEASURES)),
    "rule": Option.among("choice", "what chooses the strength", lambda: tuple(RULES)),
    "rule_value": Option("choice", "the number that the rule takes"),
    "class_weight": Option.among(
        "fit", "weigh classes in fits, not in scores", lambda: ("balanced",)
    ),
    "seal": Option("test", "keep test scores in an envelope"),
}


@dataclass(frozen=True)
class Recipe:
    """Every choice except the data.

    Parameters
    ----------
    target : str
        Column to predict.
    features : tuple of str or None, default=None
        Columns to predict it from; None means every column that can serve.
    family : {"auto", "gaussian", "binomial", "multinomial", "poisson"}, default="auto"
        Kind of model; "auto" guesses from the target's values. Counts are never guessed.
    missing : {"impute", "mean", "indicator", "drop"}, default="impute"
        What is done about gaps in features; see `make_problem`.
    duplicates : {"keep", "drop"}, default="keep"
        Whether rows that repeat an earlier one count.
    l1_ratio : float in [0, 1], default=1.0
        1 is lasso, 0 is ridge, in between elastic net.
    adaptive : float or None, default=None
        A positive number learns penalty factors from a first fit; see `adaptive_factors`.
    standardize : bool, default=True
        Penalize coefficients per standard deviation.
    n_lambdas : int, default=100
        Strengths on the grid.
    min_ratio : float in (0, 1) or None, default=None
        Weakest strength over the strongest; None means what `lambda_range` gives.
    lambdas : tuple of float or None, default=None
        The path is fit and certified at exactly these strengths in place of a grid, whose size and
        ratio decide nothing then. They are held from the strongest to the weakest.
    extra_lambdas : tuple of float, default=()
        More strengths, beside those of the grid: the path is fit and certified there, too.
    test_size : float in [0, 1), default=0.25
        Share of the rows to test on; 0 fits on all rows and tests on none.
    seed : int, default=0
        Of all that is dealt at random: test rows and folds.
    min_level_count : int, default=1
        Levels in fewer rows than this count together as "other".
    coding : {"all", "reference"}, default="all"
        Which levels have a feature; see `make_problem`.
    level_groups : tuple of (column, new level, levels), default=()
        Levels that count as one.
    terms : tuple of str, default=()
        Products and powers of columns to add, such as "age:dose" or "age^2".
    classes : tuple of str or None, default=None
        All classes in the order to use; None means the usual one of `make_problem`.
    weights, group, time : str or None, default=None
        Columns with the weights, the groups and the times of rows.
    exposure : str or None, default=None
        For counts: column of positive numbers that expected counts are proportional to.
    folds : {"auto", "random", "grouped", "ordered", "leave_one_out"}, default="auto"
        Who is held out together; see `plan_folds`.
    n_folds : int, default=10
        How many folds, two at least.
    n_repeats : int, default=1
        How often rows are dealt anew.
    measure : str, default="auto"
        What folds are scored by; see `cross_validate`.
    rule : str, default="1se"
        How a strength is chosen; see `select_lambda`.
    rule_value : float or None, default=None
        The number that the rule takes; None means its usual one.
    class_weight : {"balanced"} or None, default=None
        Weigh classes in fits, not in scores; see `weigh_classes`.
    seal : bool, default=False
        Keep test scores in an envelope until it is opened.

    Raises
    ------
    ParameterError
        If a choice is outside its range.

    Examples
    --------
    >>> from regpath import Recipe
    >>> recipe = Recipe("progression", l1_ratio=0.5, terms=("age^2",), rule="min")
    >>> recipe.to_query()
    'target=progression&l1_ratio=0.5&terms=age%5E2&rule=min'
    >>> Recipe.from_query(recipe.to_query()) == recipe
    True
    >>> Recipe.from_words(recipe.to_words()) == Recipe.from_dict(recipe.to_dict()) == recipe
    True
    >>> recipe.of_fit.rule, recipe.of_problem["terms"]
    ('1se', ('age^2',))
    >>> Recipe("progression", lambdas=(0.1, 10, 1)).lambdas
    (10.0, 1.0, 0.1)
    """

    target: str
    features: tuple[str, ...] | None = None
    family: str = "auto"
    missing: str = "impute"
    duplicates: str = "keep"
    l1_ratio: float = 1.0
    adaptive: float | None = None
    standardize: bool = True
    n_lambdas: int = 100
    min_ratio: float | None = None
    lambdas: tuple[float, ...] | None = None
    extra_lambdas: tuple[float, ...] = ()
    test_size: float = 0.25
    seed: int = 0
    min_level_count: int = 1
    coding: str = "all"
    level_groups: LevelGroups = ()
    terms: tuple[str, ...] = ()
    classes: tuple[str, ...] | None = None
    weights: str | None = None
    group: str | None = None
    time: str | None = None
    exposure: str | None = None
    # How a strength is validated and chosen.
    folds: str = "auto"
    n_folds: int = 10
    n_repeats: int = 1
    measure: str = "auto"
    rule: str = "1se"
    rule_value: float | None = None
    class_weight: str | None = None
    seal: bool = False

    def __post_init__(self) -> None:
        for name in (name for name, field in FIELDS.items() if field.option.columns):
            said = getattr(self, name)
            names = tuple(map(spelled, said)) if isinstance(said, tuple) else spelled(said)
            object.__setattr__(self, name, names)
        for name, field in FIELDS.items():
            field.check(getattr(self, name), "Recipe")
        if self.lambdas is not None:
            strongest_first = tuple(sorted(map(float, self.lambdas), reverse=True))
            object.__setattr__(self, "lambdas", strongest_first)
        RULES[self.rule].check_number(self.rule_value, "rule_value", "Recipe")

    def to_dict(self) -> dict[str, Any]:
        """Plain values by field name.

        Returns
        -------
        dict of str to object
            Every field, as it is held.
        """
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Recipe:
        """Inverse of `to_dict`.

        Parameters
        ----------
        values : dict of str to object
            By field name; what is left out has its default. Lists are taken for tuples.

        Returns
        -------
        Recipe
            With these choices.

        Raises
        ------
        ParameterError
            If a name is unknown, the target is missing, or a choice is outside its range.
        """
        unknown = set(values) - set(FIELDS)
        if unknown:
            raise ParameterError(f"A recipe has no choice called {sorted(unknown)[0]!r}.")
        if "target" not in values:
            raise ParameterError("A recipe needs a target.", "Name the column to predict.")
        return cls(**{name: FIELDS[name].held(value) for name, value in values.items()})

    @property
    def of_problem(self) -> dict[str, Any]:
        """The choices that `make_problem` makes, by the names of its parameters."""
        return {name: getattr(self, name) for name in names_of("problem") if name != "target"}

    @property
    def n_strengths(self) -> int:
        """How many strengths are asked for.

        Examples
        --------
        >>> from regpath import Recipe
        >>> Recipe("y", lambdas=(0.1, 0.01), extra_lambdas=(0.05,)).n_strengths
        3
        """
        grid = self.n_lambdas if self.lambdas is None else len(self.lambdas)
        return grid + len(self.extra_lambdas)

    @property
    def of_fit(self) -> Recipe:
        """The same without how a strength is validated and chosen, which no fit depends on."""
        usual = {name: FIELDS[name].default for name in names_of("validation", "choice")}
        return replace(self, **usual)

    def to_words(self, usual: Recipe | None = None) -> dict[str, list[str]]:
        """What differs from the usual, as words.

        Parameters
        ----------
        usual : Recipe or None, default=None
            What goes without saying; None means the defaults, so that the target is always said.

        Returns
        -------
        dict of str to list of str
            By field name, the words that say its value, as a shell or an address would.
        """
        return {
            name: field.written(value)
            for name, field in FIELDS.items()
            if (value := getattr(self, name))
            != (field.default if usual is None else getattr(usual, name))
        }

    @classmethod
    def from_words(cls, words: Mapping[str, Sequence[str]]) -> Recipe:
        """Inverse of `to_words`.

        Parameters
        ----------
        words : mapping of str to sequence of str
            By field name.

        Returns
        -------
        Recipe
            With these choices.

        Raises
        ------
        ParameterError
            If a name is unknown, words say no value, or the target is missing.
        """
        values = {n: FIELDS[n].read(said) if n in FIELDS else said for n, said in words.items()}
        return cls.from_dict(values)

    def to_query(self) -> str:
        """URL query of the choices that differ from their defaults.

        Returns
        -------
        str
            Without a question mark.
        """
        return urlencode(self.to_words(), doseq=True)

    @classmethod
    def from_query(cls, query: str) -> Recipe:
        """Inverse of `to_query`.

        Parameters
        ----------
        query : str
            Without a question mark.

        Returns
        -------
        Recipe
            With these choices.

        Raises
        ------
        ParameterError
            If a name is unknown, words say no value, or the target is missing.
        """
        return cls.from_words(parse_qs(query, keep_blank_values=True))


FIELDS: dict[str, Field] = fields_of(Recipe, OPTIONS)


def names_of(*stages: Stage) -> tuple[str, ...]:
    """The names of the fields that decide some steps of the line."""
    return tuple(name for name, field in FIELDS.items() if field.option.stage in stages)
