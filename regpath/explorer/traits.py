"""What the explorer asks of a family; a family object that answers this takes its place."""

from __future__ import annotations

from typing import NamedTuple


class Traits(NamedTuple):
    """How a path of some family is shown.

    Attributes
    ----------
    view : {"scatter", "threshold", "confusion"}
        What is drawn of the predictions.
    ratio : str
        What the exponential of a coefficient is called; empty where it means nothing.
    per_class : bool
        Whether every class has coefficients of its own.
    """

    view: str
    ratio: str
    per_class: bool


TRAITS = {
    "gaussian": Traits("scatter", "", False),
    "binomial": Traits("threshold", "odds_ratio", False),
    "multinomial": Traits("confusion", "odds_ratio", True),
}
