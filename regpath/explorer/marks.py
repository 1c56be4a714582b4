"""The strengths that a rule would choose, and where the cursor starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from regpath.core.regpath import RegPath
from regpath.core.selection import BY_SCORE_ALONE, RULES, Selection, select_lambda
from regpath.core.validation.cv_result import CVResult
from regpath.number_format import POINT, writing
from regpath.wording import in_symbols, number_text

ENOUGH = 0.9  # of the deviance that the path explains at most


@dataclass(frozen=True)
class Mark:
    """A strength that a rule would choose.

    Attributes
    ----------
    rule : str
    label : str
        A few characters beside the line.
    title : str
        The rule in words.
    index : int
        Position in the path's `lambdas`.
    reason : str
        One sentence: what the rule compared, and what the choice costs and keeps.
    """

    rule: str
    label: str
    title: str
    index: int
    reason: str

    def to_dict(self) -> dict[str, str | int]:
        """Plain values by field name."""
        return asdict(self)


def marks_of(
    path: RegPath, cv: CVResult | None = None, chosen: Sequence[Selection] = ()
) -> tuple[Mark, ...]:
    """The rules that have something to say; the first is where the cursor starts and returns to.

    First those that were `chosen`, then, with cross-validation, one standard error and the best
    mean; without, nine tenths of the fit.
    """
    usual = () if cv is None else tuple(select_lambda(cv, rule=rule) for rule in BY_SCORE_ALONE)
    told = {each.rule: each for each in (*chosen, *usual)}
    with writing(POINT):  # for everybody; who shows them writes them as the visitor does
        marks = tuple(
            Mark(rule, RULES[rule].label, RULES[rule].title, each.index, in_symbols(each.reason))
            for rule, each in told.items()
        )
        return marks if cv is not None else (*marks, _most_of_the_fit(path))


def start_index(path: RegPath) -> int:
    """The strongest penalty that keeps nine tenths of the deviance explained."""
    explained = path.dev_ratio
    return int(np.argmax(explained >= ENOUGH * explained.max()))


def _most_of_the_fit(path: RegPath) -> Mark:
    index = start_index(path)
    reason = (
        f"λ = {number_text(path.lambdas[index])} is the largest that explains at least "
        f"nine tenths of the deviance that the weakest penalty explains on the training rows."
    )
    return Mark("fit90", "90 % of fit", "nine tenths of the fit", index, reason)
