"""Rule: one way to choose a strength, with all that pages, shell and docs say about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.selection.choice import Selection
from regpath.core.validation.cv_result import CVResult, check_cv
from regpath.errors import ParameterError

Need = Literal["cv", "problem", "frequencies"]
LACKING = {
    "problem": "The rule {!r} needs the problem of the fit: problem=...",
    "frequencies": "The rule {!r} needs frequencies of half-samples.",
}


@dataclass(frozen=True)
class RuleNumber:
    """The number that a rule takes.

    Parameters
    ----------
    name : str
        What it is, in a word or two: the parameter of the rule's function.
    label : str
        Beside a control.
    usual : str
        What the rule takes if it is not told, in words.
    least, most, step : float
        What a control offers.
    check : callable of (value, name, caller)
        Refuses what the rule cannot take; see `regpath.core.checks`.
    whole : bool, default=False
    """

    name: str
    label: str
    usual: str
    least: float
    most: float
    step: float
    check: Callable[[Any, str, str], None]
    whole: bool = False

    def of(self, value: Any) -> Any:
        """The value as the rule's function takes it: recipes and shells bring 5 as 5.0."""
        if self.whole and isinstance(value, float) and value.is_integer():
            return int(value)
        return value


@dataclass(frozen=True)
class Rule:
    """One way to choose a strength.

    Parameters
    ----------
    name : str
        As `select_lambda` and a recipe take it.
    label : str
        A few characters, beside a line in a chart.
    title : str
        The rule in a few words.
    chooses : str
        What it chooses, with its formula; completes "Chooses ...".
    choose : callable
        Takes the result, then what it needs of problem and frequencies, then its number, if it
        is told one; returns a Selection.
    needs : tuple of {"cv", "problem", "frequencies"}, default=()
        Without "cv", the result may be a path alone.
    number : RuleNumber or None, default=None
    source : str, default=""
        Who proposed it.
    """

    name: str
    label: str
    title: str
    chooses: str
    choose: Callable[..., Selection]
    needs: tuple[Need, ...] = ()
    number: RuleNumber | None = None
    source: str = ""

    @property
    def by_score_alone(self) -> bool:
        """Whether a cross-validation is all that it needs, and nobody has to say a number."""
        return self.needs == ("cv",) and self.number is None

    def check_number(self, value: Any, name: str, caller: str) -> None:
        """Refuse a number that the rule does not take; None leaves it to the rule."""
        if value is None:
            return
        if self.number is None:
            raise ParameterError(
                f"The rule {self.name!r} takes no number. Got {name}={value!r}.",
                "Leave it out, or use a rule that takes one.",
            )
        self.number.check(self.number.of(value), name, caller)

    def select(
        self,
        result: CVResult | RegPath,
        value: float | None = None,
        *,
        problem: Problem | None = None,
        frequencies: Any = None,
    ) -> Selection:
        """Choose; what the rule needs must be there.

        Raises
        ------
        ParameterError
            If it is not, or the number is none for this rule.
        """
        self.check_number(value, "value", "select_lambda")
        if "cv" in self.needs:
            check_cv(result, f"The rule {self.name!r}")
        at_hand = {"problem": problem, "frequencies": frequencies}
        needed = [need for need in self.needs if need != "cv"]
        for need in needed:
            if at_hand[need] is None:
                raise ParameterError(LACKING[need].format(self.name))
        number = () if value is None or self.number is None else (self.number.of(value),)
        return self.choose(result, *(at_hand[need] for need in needed), *number)
