"""Lines of a script in which features pay by factors, as those of an adaptive lasso do.

scikit-learn has one penalty for all features. A feature that is divided by a number has a
coefficient that is as many times larger and pays as many times more, so a script divides by the
factors; L2, which pays for squares, by their roots. In an elastic net no division does both.
"""

from __future__ import annotations

from collections.abc import Sequence
from pprint import pformat

from regpath.core.regpath import RegPath
from regpath.export.estimators import needs_own

_FACTORS = """
# What each feature pays of the penalty{learned}.
FACTORS = np.array(
{numbers}
)
"""
_DIVIDED = """\
{divisors}

def divided(X):
    return X / DIVISORS

"""


def factor_parts(path: RegPath, order: Sequence[int]) -> dict[str, str]:
    """The tool, constant and step that divide features, and what undoes it; "" without factors.

    Where no division says the factors the constant alone: an estimator of our own takes it.
    """
    factors = path.penalty_factor[list(order)]
    if bool((factors == 1.0).all()):
        return {"tool": "", "factors": "", "payer": "", "rescale": ""}
    lasso = path.l1_ratio == 1.0
    numbers = pformat([float(f"{factor:.12g}") for factor in factors], width=92, compact=True)
    numbers = "\n".join(f"    {line}" for line in numbers.splitlines())
    learned = ", learned by regpath from the training rows" if path.learned_factors else ""
    if needs_own(path):
        said = _FACTORS.format(learned=learned, numbers=numbers)
        return {"tool": "", "factors": f"{said}\n", "payer": "", "rescale": ""}
    norm = "an L1 penalty" if lasso else "the root of an L2 penalty"
    divided = f".\n# A feature divided by a number pays that many times more of {norm}"
    said = _FACTORS.format(learned=f"{learned}{divided}", numbers=numbers)
    divisors = f"DIVISORS = {'FACTORS' if lasso else 'np.sqrt(FACTORS)'}\n"
    return {
        "tool": "FunctionTransformer",
        "factors": said + _DIVIDED.format(divisors=divisors),
        "payer": "\n    FunctionTransformer(divided),",
        "rescale": " / DIVISORS",
    }
