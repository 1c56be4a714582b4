"""Lines of a script in which features pay by factors, as those of an adaptive lasso do.

scikit-learn has one penalty for all features. A feature that is divided by a number has a
coefficient that is as many times larger and pays as many times more, so a script divides by the
factors; L2, which pays for squares, by their roots.
"""

from __future__ import annotations

from collections.abc import Sequence
from pprint import pformat

from regpath.core.regpath import RegPath
from regpath.errors import ParameterError

_CONSTANT = """
# What each feature pays of the penalty{learned}.
# A feature divided by a number pays that many times more of {norm}.
FACTORS = np.array(
{numbers}
)
{divisors}

def divided(X):
    return X / DIVISORS

"""


def refuse_factors(path: RegPath) -> None:
    """Refuse penalty factors that no division of the features says.

    Raises
    ------
    ParameterError
        In an elastic net, or where a feature pays nothing.
    """
    factors = path.penalty_factor
    usual = bool((factors == 1.0).all())
    if not usual and (path.l1_ratio not in (0.0, 1.0) or bool((factors == 0.0).any())):
        raise ParameterError(
            "scikit-learn's elastic net has one penalty for all features.",
            "Choose L1 or L2, or no adaptive factors.",
        )


def factor_parts(path: RegPath, order: Sequence[int]) -> dict[str, str]:
    """The tool, constant and step that divide features, and what undoes it; "" without factors.

    Raises
    ------
    ParameterError
        If no division says the factors: in an elastic net, or where a feature pays nothing.
    """
    factors = path.penalty_factor[list(order)]
    if bool((factors == 1.0).all()):
        return {"tool": "", "factors": "", "payer": "", "rescale": ""}
    refuse_factors(path)
    lasso = path.l1_ratio == 1.0
    numbers = pformat([float(f"{factor:.12g}") for factor in factors], width=92, compact=True)
    learned = ", learned by regpath from the training rows" if path.learned_factors else ""
    return {
        "tool": "FunctionTransformer",
        "factors": _CONSTANT.format(
            learned=learned,
            norm="an L1 penalty" if lasso else "the root of an L2 penalty",
            numbers="\n".join(f"    {line}" for line in numbers.splitlines()),
            divisors=f"DIVISORS = {'FACTORS' if lasso else 'np.sqrt(FACTORS)'}\n",
        ),
        "payer": "\n    FunctionTransformer(divided),",
        "rescale": " / DIVISORS",
    }
