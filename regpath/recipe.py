"""Recipe: every choice except the data, as one frozen value."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from regpath.core.checks import (
    check_choice,
    check_count,
    check_fraction,
    check_seed,
)
from regpath.core.metrics.measures import MEASURES
from regpath.core.problems.coding import CODING_CHOICES, MISSING_CHOICES, LevelGroups
from regpath.core.problems.repeats import DUPLICATES_CHOICES
from regpath.core.problems.response import FAMILY_CHOICES
from regpath.core.selection import RULES
from regpath.core.validation.fold_kinds import FOLD_KINDS
from regpath.errors import ParameterError

_MANY = ("features", "level_groups", "terms", "classes")  # choices of several values
_OF_PROBLEM = (
    "features", "family", "missing", "duplicates", "min_level_count", "coding", "level_groups",
    "terms", "classes", "weights", "group", "time",
)  # fmt: skip
_OF_CHOICE = ("folds", "n_folds", "n_repeats", "measure", "rule", "rule_value")
WHOLE = ("n_lambdas", "seed", "n_folds", "n_repeats", "min_level_count")
NUMBERS = ("l1_ratio", "min_ratio", "test_size", "rule_value")
SWITCHES = ("standardize", "seal")


@dataclass(frozen=True)
class Recipe:
    """Every choice except the data.

    Parameters
    ----------
    target : str
    features : tuple of str or None, default=None
        None means every column that can serve.
    family : {"auto", "gaussian", "binomial", "multinomial"}, default="auto"
    missing : {"impute", "mean", "indicator", "drop"}, default="impute"
    duplicates : {"keep", "drop"}, default="keep"
    l1_ratio : float in [0, 1], default=1.0
    standardize : bool, default=True
    n_lambdas : int, default=100
    min_ratio : float in (0, 1) or None, default=None
    test_size : float in [0, 1), default=0.25
        0 fits on all rows and tests on none.
    seed : int, default=0
    min_level_count : int, default=1
    coding : {"all", "reference"}, default="all"
    level_groups : tuple of (column, new level, levels), default=()
    terms : tuple of str, default=()
    classes : tuple of str or None, default=None
        In the order to use.
    weights, group, time : str or None, default=None
        Columns with the weights, the groups and the times of rows.
    folds : {"auto", "random", "grouped", "ordered", "leave_one_out"}, default="auto"
    n_folds : int, default=10
    n_repeats : int, default=1
    measure : str, default="auto"
        What folds are scored by; see `cross_validate`.
    rule : str, default="1se"
        How a strength is chosen; see `select_lambda`.
    rule_value : float or None, default=None
        The number that the rule takes.
    class_weight : {"balanced"} or None, default=None
    seal : bool, default=False
        Keep test scores in an envelope until it is opened.

    Raises
    ------
    ParameterError
        If a choice is outside its range.
    """

    target: str
    features: tuple[str, ...] | None = None
    family: str = "auto"
    missing: str = "impute"
    duplicates: str = "keep"
    l1_ratio: float = 1.0
    standardize: bool = True
    n_lambdas: int = 100
    min_ratio: float | None = None
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
        check_choice(self.family, "family", "Recipe", FAMILY_CHOICES)
        check_choice(self.missing, "missing", "Recipe", MISSING_CHOICES)
        check_choice(self.duplicates, "duplicates", "Recipe", DUPLICATES_CHOICES)
        check_fraction(self.l1_ratio, "l1_ratio", "Recipe")
        check_choice(self.coding, "coding", "Recipe", CODING_CHOICES)
        check_count(self.n_lambdas, "n_lambdas", "Recipe")
        check_count(self.min_level_count, "min_level_count", "Recipe")
        check_seed(self.seed, "seed", "Recipe")
        if self.min_ratio is not None:
            check_fraction(self.min_ratio, "min_ratio", "Recipe", open_ends=True)
        if self.test_size != 0.0:
            check_fraction(self.test_size, "test_size", "Recipe", open_ends=True)
        self._check_choosing()

    def _check_choosing(self) -> None:
        check_choice(self.folds, "folds", "Recipe", FOLD_KINDS)
        check_count(self.n_folds, "n_folds", "Recipe", least=2)
        check_count(self.n_repeats, "n_repeats", "Recipe")
        check_choice(self.measure, "measure", "Recipe", ("auto", *MEASURES))
        check_choice(self.rule, "rule", "Recipe", tuple(RULES))
        RULES[self.rule].check_number(self.rule_value, "rule_value", "Recipe")
        if self.class_weight is not None:
            check_choice(self.class_weight, "class_weight", "Recipe", ("balanced",))

    def to_dict(self) -> dict[str, Any]:
        """Plain values by field name."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Recipe:
        """Inverse of `to_dict`.

        Raises
        ------
        ParameterError
            If a name is unknown, or the target is missing.
        """
        unknown = set(values) - {field.name for field in fields(cls)}
        if unknown:
            raise ParameterError(f"A recipe has no choice called {sorted(unknown)[0]!r}.")
        if "target" not in values:
            raise ParameterError("A recipe needs a target.", "Name the column to predict.")
        values = dict(values)
        for name in _MANY:
            if values.get(name) is not None:
                values[name] = tuple(values[name])
        groups = values.get("level_groups", ())
        values["level_groups"] = tuple((column, new, tuple(of)) for column, new, of in groups)
        return cls(**values)

    @property
    def of_problem(self) -> dict[str, Any]:
        """The choices that `make_problem` makes, by the names of its parameters."""
        return {name: getattr(self, name) for name in _OF_PROBLEM}

    @property
    def of_fit(self) -> Recipe:
        """The same without how a strength is validated and chosen, which no fit depends on."""
        usual = {field.name: field.default for field in fields(self) if field.name in _OF_CHOICE}
        return replace(self, **usual)  # type: ignore[arg-type]

    def to_query(self) -> str:
        """URL query of the choices that differ from their defaults."""
        pairs: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name != "target" and value == field.default:
                continue
            many = value if field.name in _MANY else (value,)
            pairs += [(field.name, _written(item)) for item in many] or [(field.name, "")]
        return urlencode(pairs)

    @classmethod
    def from_query(cls, query: str) -> Recipe:
        """Inverse of `to_query`."""
        values: dict[str, Any] = {}
        for name, text in parse_qsl(query, keep_blank_values=True):
            if name in _MANY:
                values[name] = (*values.get(name, ()), *((_parsed(name, text),) if text else ()))
            else:
                values[name] = _parsed(name, text)
        return cls.from_dict(values)


def _parsed(name: str, text: str) -> Any:
    try:
        if name in WHOLE:
            return int(text)
        if name in NUMBERS:
            return float(text)
    except ValueError as error:
        raise ParameterError(f"{name!r} must be a number. Got {text!r} instead.") from error
    if name == "level_groups":
        return _group_of_levels(text)
    if name in SWITCHES:
        if text not in ("True", "False"):
            raise ParameterError(f"{name!r} must be True or False. Got {text!r} instead.")
        return text == "True"
    return text


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else str(value)


def _group_of_levels(text: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        column, new, levels = json.loads(text)
        return str(column), str(new), tuple(map(str, levels))
    except (ValueError, TypeError) as error:
        raise ParameterError(
            f"'level_groups' must be [column, new level, [levels]]. Got {text!r} instead."
        ) from error
