"""StableSet: the features that most halves select, and what that is worth; frozen."""

from __future__ import annotations

from dataclasses import dataclass

from regpath.shown import Shown

THRESHOLD = 0.75  # share of the halves from which a feature counts as stable


@dataclass(frozen=True, eq=False)
class StableSet(Shown):
    """Features that most halves select, and what that is worth.

    Attributes
    ----------
    features : tuple of str
    lam : float
        The path is used down to this strength.
    index : int
        Its position in the grid.
    threshold : float
    expected_false : float
        Upper bound on the expected number of falsely selected features.
    reason : str
        The rule, the bound and its assumption, in a sentence or two.

    References
    ----------
    Meinshausen and Bühlmann (2010), Stability selection, JRSS B 72: 417-473.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem, n_lambdas=20)
    >>> stable = regpath.assess_stability(problem, path, n_pairs=5).stable_set(max_false=2.0)
    >>> stable.expected_false <= 2.0, stable.lam == float(path.lambdas[stable.index])
    (True, True)
    """

    features: tuple[str, ...]
    lam: float
    index: int
    threshold: float
    expected_false: float
    reason: str


def nothing_stable(
    lam: float, q: float, limit: float, threshold: float, max_false: float
) -> StableSet:
    """No feature: at the strongest penalty q are selected, and up to `limit` of them are false."""
    reason = (
        f"Even at the strongest penalty {q:.3g} features are selected on average, and "
        f"more than {max_false:g} false selections may be among them. Begin the grid at a "
        "stronger penalty."
    )
    return StableSet((), lam, 0, threshold, limit, reason)
