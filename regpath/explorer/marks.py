"""The strengths that a rule would choose, and where the cursor starts."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from regpath.core.regpath import RegPath
from regpath.core.selection import select_lambda
from regpath.core.validation import CVResult

ENOUGH = 0.9  # of the deviance that the path explains at most
LABELS = {"1se": "λ 1se", "min": "λ min"}
TITLES = {"1se": "one standard error", "min": "best mean score of the folds"}


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


def marks_of(path: RegPath, cv: CVResult | None = None) -> tuple[Mark, ...]:
    """The rules that have something to say; the first is where the cursor starts and returns to.

    With cross-validation: one standard error, then the best mean. Without: nine tenths of the fit.
    """
    if cv is None:
        return (_most_of_the_fit(path),)
    chosen = [select_lambda(cv, rule=rule) for rule in LABELS]
    return tuple(
        Mark(each.rule, LABELS[each.rule], TITLES[each.rule], each.index, each.reason)
        for each in chosen
    )


def start_index(path: RegPath) -> int:
    """The strongest penalty that keeps nine tenths of the deviance explained."""
    explained = path.dev_ratio
    return int(np.argmax(explained >= ENOUGH * explained.max()))


def _most_of_the_fit(path: RegPath) -> Mark:
    index = start_index(path)
    reason = (
        f"lambda = {path.lambdas[index]:.4g} is the largest that explains at least nine tenths of "
        f"the deviance that the weakest penalty explains on the training rows."
    )
    return Mark("fit90", "90 % of fit", "nine tenths of the fit", index, reason)
