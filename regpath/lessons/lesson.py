"""Lesson: what is read, predicted, shown and claimed, as frozen values."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import inf, log10
from typing import Any

from regpath.errors import DataError, ParameterError
from regpath.lessons.claims import CLAIMS
from regpath.lessons.facts import FACTS
from regpath.lessons.material import PLACES, Material
from regpath.lessons.types_in_files import (
    NEEDED,
    OPTIONS,
    check_gives,
    check_parameters,
    check_type,
    check_types,
)
from regpath.recipe import FIELDS, Recipe

KINDS = ("number", "choice", "order", "marker", "sketch")  # ways to predict
GIVEN = {"number": "a number", "marker": "a number", "order": "names"}  # by the truth of a kind
CHARTS = (  # what a step can show
    *("paths", "scores", "validation", "rows", "geometry", "boundary", "points", "priors"),
    *("descent", "museum", "halves", "peeking", "samples"),
)
PICTURED = ("paths", "scores", "validation", "geometry", "boundary", "priors")  # to choose between


@dataclass(frozen=True)
class Fact:
    """A number (or names, or yes and no) that a lesson's data give.

    Attributes
    ----------
    name : str
        Of a function in `FACTS`.
    parameters : mapping
        What it takes beside the data; `recipe` and `scale` change the data first.
    """

    name: str
    parameters: Mapping[str, Any]

    def __post_init__(self) -> None:
        check_type("fact", self.name, str)
        if self.name not in FACTS:
            raise ParameterError(f"There is no fact {self.name!r}.", _known(FACTS))
        taken = inspect.signature(FACTS[self.name]).parameters
        known = {*taken, *(PLACES if "strength" in taken else ()), "recipe", "scale"} - {"on"}
        refuse_unknown(self.parameters, known, f"The fact {self.name!r}")
        places = [place for place in PLACES if place in self.parameters]
        if "strength" in taken and len(places) != 1:
            raise ParameterError(
                f"The fact {self.name!r} needs a strength.", "Say one of lam, C and at."
            )
        _check_needed(taken, {*self.parameters, "on", "strength"}, f"The fact {self.name!r}")
        check_parameters(FACTS[self.name], self.parameters)
        check_types(
            self.parameters,
            {"lam": float, "C": float, "at": str, "recipe": dict, "scale": dict},
        )
        check_recipe(self.parameters.get("recipe", {}))
        scale = self.parameters.get("scale", {})
        check_types(scale, dict.fromkeys(scale, float))

    def of(self, material: Material) -> Any:
        """Work it out, or remember it."""
        return material.remember(repr(self), lambda: self._worked_out(material))

    def _worked_out(self, material: Material) -> Any:
        own = dict(self.parameters)
        taken = inspect.signature(FACTS[self.name]).parameters
        scale = None if "scale" in taken else own.pop("scale", None)
        on = material.changed(recipe=own.pop("recipe", None), scale=scale)
        if "strength" in taken:
            own["strength"] = {place: own.pop(place) for place in PLACES if place in own}
        return FACTS[self.name](on, **own)


@dataclass(frozen=True)
class Claim:
    """One thing that a lesson says, checked on its data.

    Attributes
    ----------
    says : str
        In words.
    name : str
        Of a function in `CLAIMS`.
    parameters : mapping
        What it takes; facts among them are worked out first.
    """

    says: str
    name: str
    parameters: Mapping[str, Any]
    material: Material = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        check_types({"says": self.says, "claim": self.name}, {"says": str, "claim": str})
        if self.name not in CLAIMS:
            raise ParameterError(f"There is no claim {self.name!r}.", _known(CLAIMS))
        taken = inspect.signature(CLAIMS[self.name]).parameters
        refuse_unknown(self.parameters, set(taken), f"The claim {self.name!r}")
        _check_needed(taken, set(self.parameters), f"The claim {self.name!r}")
        check_parameters(CLAIMS[self.name], self.parameters)

    def verdict(self) -> tuple[bool, str]:
        """Whether it holds, and the numbers."""
        return CLAIMS[self.name](**{k: _worked_out(v, self.material) for k, v in self._given})

    @property
    def _given(self) -> list[tuple[str, Any]]:
        return list(self.parameters.items())

    def check(self) -> bool:
        """Assert it.

        Returns
        -------
        bool
            True.

        Raises
        ------
        DataError
            If it does not hold; the message has the numbers.
        """
        holds, numbers = self.verdict()
        if not holds:
            raise DataError(f"It does not hold that: {self.says} ({self.name}: {numbers})")
        return True


@dataclass(frozen=True)
class OptionPicture:
    """A chart that is chosen by its looks, as an option of a choice.

    Attributes
    ----------
    chart : str
        One of `PICTURED`.
    see : str
        What is to be seen, in words that do not give the answer away: for whoever hears the page,
        or has it on paper.
    recipe, options : mapping
        As of a `Blueprint`.
    """

    chart: str
    see: str
    recipe: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.chart not in PICTURED:
            raise ParameterError(f"There is no picture of {self.chart!r}.", _known(PICTURED))
        check_recipe(self.recipe)
        _check_options(self.chart, self.options)
        if self.chart in ("geometry", "boundary") and "lam" not in self.options:
            raise ParameterError(
                f"A picture of {self.chart!r} is at one strength.", "Say options = { lam = 0.1 }."
            )


@dataclass(frozen=True)
class Prediction:
    """What a student enters before the truth is shown.

    Attributes
    ----------
    question, kind : str
        The kind is one of `KINDS`.
    truth : Fact or None
        Of a number, a marker, an order or a sketch; the truth of a choice are its claims.
    options : tuple of Claim
        What is chosen between; `says` is what a student reads, and one of them holds.
    pictures : tuple of OptionPicture
        Those of the options, if they are chosen by their looks: one for each, or none at all.
    low, high : float
        Ends of the field, for a number.
    within : float
        Distance that counts as right: absolute for a number; decades of lambda for a marker;
        pairs in the wrong order; for a sketch the mean distance in units of the chart's height.
    why, formula : str
        Read after the reveal.
    """

    question: str
    kind: str
    material: Material = field(repr=False, compare=False)
    truth: Fact | None = None
    options: tuple[Claim, ...] = ()
    pictures: tuple[OptionPicture, ...] = ()
    low: float = -inf
    high: float = inf
    within: float = 0.0
    why: str = ""
    formula: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ParameterError(f"There is no kind of prediction {self.kind!r}.", _known(KINDS))
        if self.kind == "choice" and len(self.options) < 2:
            raise ParameterError("A choice needs two options at least.")
        if self.pictures and len(self.pictures) != len(self.options):
            raise ParameterError("Either each option has a picture, or none has.")
        if self.kind in ("number", "order", "marker") and self.truth is None:
            raise ParameterError(f"A prediction of the kind {self.kind!r} needs a truth.")
        if self.low >= self.high:
            raise ParameterError("'low' must be less than 'high'.")
        if self.kind in GIVEN and self.truth is not None:
            check_gives(self.truth.name, GIVEN[self.kind])

    def answer(self) -> Any:
        """The truth: a number, a list of names, or the position of the option that holds."""
        if self.kind == "choice":
            holding = [i for i, option in enumerate(self.options) if option.verdict()[0]]
            if len(holding) != 1:
                those = ", ".join(repr(self.options[i].says) for i in holding) or "none"
                raise ParameterError(
                    f"Of the options of {self.question!r} exactly one must hold on the data. "
                    f"Those that do: {those}."
                )
            return holding[0]
        if self.kind == "sketch":
            study = self.material.study
            scores = study.scores_of("test")[self.measure].to_numpy()
            if not len(scores):
                raise ParameterError(
                    "The curve of the test rows is sketched, and there are none.",
                    "Give the recipe a test_size.",
                )
            return study.path.lambdas, scores
        assert self.truth is not None
        return self.truth.of(self.material)

    @property
    def measure(self) -> str:
        """What a sketched test curve shows."""
        return self.material.study.path.loss.measure

    def distance(self, entered: Any) -> float:
        """How far an answer is from the truth, in the units of `within`."""
        return self.distance_from(entered, self.answer())

    def distance_from(self, entered: Any, truth: Any) -> float:
        """How far an answer is from a truth that is known already."""
        if self.kind == "choice":
            return float(entered != truth)
        if self.kind == "order":
            return float(wrong_pairs(entered, truth))
        if self.kind == "marker":
            return abs(log10(entered / truth))
        if self.kind == "sketch":
            _, scores = truth
            return float(abs(scores - entered).mean() / height_of(scores))
        return float(abs(entered - truth))

    def is_right(self, entered: Any) -> bool:
        """Whether an answer is near enough."""
        return self.distance(entered) <= self.within


@dataclass(frozen=True)
class Blueprint:
    """A chart and the blueprint beside it.

    Attributes
    ----------
    chart : str
        What is drawn; the app knows these by name.
    see, do, notice : str
        What you see, what to do, what to notice.
    recipe, options : mapping
        Choices that the chart is under, in place of the lesson's; what else the chart takes.
    """

    chart: str
    see: str
    do: str
    notice: str
    recipe: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.chart not in CHARTS:
            raise ParameterError(f"There is no chart {self.chart!r}.", _known(CHARTS))
        check_recipe(self.recipe)
        _check_options(self.chart, self.options)


@dataclass(frozen=True)
class Lesson:
    """One lesson.

    Attributes
    ----------
    name, title, goal, takeaway, language : str
    minutes : int
    text : str
        Markdown; {{name}} stands for a number of `numbers`.
    material : Material
        Data under the recipe.
    predictions : tuple of Prediction
    steps : tuple of Blueprint
    claims : tuple of Claim
    numbers : mapping of str to Fact
    teacher : mapping of str to str
        Notes, timing and answers.
    seeded : bool
        Whether it holds by whatever seed its rows are dealt, so that each student can have his own.

    Examples
    --------
    >>> from regpath import lessons
    >>> lesson = lessons.catalog()[1]
    >>> lesson.name, lesson.recipe.target, lesson.claims[0].check()
    ('runaway_weights', 'y', True)
    """

    name: str
    title: str
    goal: str
    minutes: int
    text: str
    takeaway: str
    material: Material
    predictions: tuple[Prediction, ...]
    steps: tuple[Blueprint, ...]
    claims: tuple[Claim, ...]
    numbers: Mapping[str, Fact] = field(default_factory=dict)
    language: str = "en"
    teacher: Mapping[str, str] = field(default_factory=dict)
    seeded: bool = False

    def with_seed(self, seed: int) -> Lesson:
        """The same lesson with rows that are dealt by another seed.

        Parameters
        ----------
        seed : int

        Returns
        -------
        Lesson
            Its predictions and claims are of these rows.
        """
        on = replace(self.material, recipe=replace(self.material.recipe, seed=seed))
        predictions = tuple(
            replace(one, material=on, options=tuple(replace(o, material=on) for o in one.options))
            for one in self.predictions
        )
        claims = tuple(replace(claim, material=on) for claim in self.claims)
        return replace(self, material=on, predictions=predictions, claims=claims)

    @property
    def recipe(self) -> Recipe:
        """Every choice except the data."""
        return self.material.recipe


def refuse_unknown(given: Any, known: set[str], what: str) -> None:
    """Refuse names that mean nothing."""
    unknown = [name for name in given if name not in known]
    if unknown:
        raise ParameterError(f"{what} has no field {unknown[0]!r}.", _known(sorted(known)))


def check_recipe(said: Any) -> None:
    """Refuse choices that there are not; `Recipe` refuses their values."""
    check_type("recipe", said, dict)
    refuse_unknown(said, set(FIELDS), "A recipe")


def _check_options(chart: str, said: Any) -> None:
    check_type("options", said, dict)
    refuse_unknown(said, set(OPTIONS[chart]), f"'options' of the chart {chart!r}")
    check_types(said, OPTIONS[chart])
    missing = [name for name in NEEDED.get(chart, ()) if name not in said]
    if missing:
        raise ParameterError(f"'options' of the chart {chart!r} needs {missing[0]!r}.")


def height_of(scores: Any) -> float:
    """Height of a curve, by which the distance of a sketch from it is measured."""
    return float(max(scores.max() - scores.min(), abs(scores).max() * 1e-3))


def wrong_pairs(entered: list[str], truth: list[str]) -> int:
    """How many pairs of names stand the other way round."""
    rank = {name: i for i, name in enumerate(truth)}
    places = [rank[name] for name in entered if name in rank]
    return sum(a > b for i, a in enumerate(places) for b in places[i + 1 :])


def _worked_out(value: Any, material: Material) -> Any:
    if isinstance(value, Fact):
        return value.of(material)
    if isinstance(value, list):
        return [_worked_out(each, material) for each in value]
    return value


def _known(names: Any) -> str:
    return f"There are: {', '.join(names)}."


def _check_needed(taken: Mapping[str, inspect.Parameter], given: set[str], what: str) -> None:
    needed = {name for name, p in taken.items() if p.default is inspect.Parameter.empty}
    missing = sorted(needed - given)
    if missing:
        raise ParameterError(f"{what} needs {missing[0]!r}.")
