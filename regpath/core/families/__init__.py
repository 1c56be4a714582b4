"""The families: one file each, collected here. Each is one object that knows its own mathematics.

A further family is a class in a file of its own, a line below, and its compiled loops in
`solvers/kernels`: docs/extending/family.md.
"""

from __future__ import annotations

from regpath.core.families.binomial import Binomial
from regpath.core.families.family import Family
from regpath.core.families.gaussian import Gaussian
from regpath.core.families.multinomial import Multinomial
from regpath.core.families.poisson import Poisson
from regpath.errors import ParameterError

__all__ = ["FAMILIES", "Family", "family_of"]

FAMILIES: dict[str, Family] = {
    family.name: family for family in (Gaussian(), Binomial(), Multinomial(), Poisson())
}


def family_of(name: str) -> Family:
    """The family called `name`.

    Raises
    ------
    ParameterError
        If there is none.
    """
    if name not in FAMILIES:
        known = ", ".join(map(repr, FAMILIES))
        raise ParameterError(f"There is no family {name!r}.", f"Choose among {known}.")
    return FAMILIES[name]
