"""The rule that asks half-samples which features they would choose again."""

from __future__ import annotations

from typing import Any

import numpy as np

from regpath.core.checks import check_positive
from regpath.core.regpath import RegPath
from regpath.core.selection.choice import Selection, chosen, path_of
from regpath.core.selection.rule import Rule, RuleNumber
from regpath.core.validation.cv_result import CVResult
from regpath.errors import ParameterError
from regpath.wording import counted


def stability_rule(
    result: CVResult | RegPath,
    frequencies: Any,
    threshold: float = 0.6,
    max_false: float = 1.0,
) -> Selection:
    """Choose the weakest penalty at which few false selections are to be expected.

    A half-sample keeps q = sum of the frequencies features at a lambda on average. Of those that
    at least a share `threshold` of the half-samples keep, at most

        q^2 / ((2 threshold - 1) p)

    are false in expectation (Meinshausen and Buehlmann, 2010; Shah and Samworth, 2013, for
    complementary pairs), if noise features are exchangeable. The rule goes down the path as long
    as this bound is at most `max_false`. Features without a penalty are in every model: they count
    neither for q nor among the p.

    Parameters
    ----------
    result : CVResult or RegPath
        Where a strength is to be chosen.
    frequencies : array-like of shape (n_features, n_lambdas)
        Share of the half-samples that keep each feature at each lambda of the path.
    threshold : float in (0.5, 1], default=0.6
        Share of the half-samples from which a feature counts as stable.
    max_false : float, default=1.0
        False selections that are accepted, in expectation.

    Returns
    -------
    Selection
        See `select_lambda`.

    Raises
    ------
    ParameterError
        If an argument is outside its range, or the frequencies are not those of the path.

    References
    ----------
    Meinshausen and Bühlmann (2010), Stability selection, JRSS B 72: 417-473.

    Shah and Samworth (2013), Variable selection with error control: another look at stability
    selection, JRSS B 75: 55-80.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem, n_lambdas=20)
    >>> halves = regpath.assess_stability(problem, path, n_pairs=5)
    >>> strict = regpath.stability_rule(path, halves.frequency_so_far, max_false=1.0)
    >>> loose = regpath.stability_rule(path, halves.frequency_so_far, max_false=5.0)
    >>> loose.lam <= strict.lam
    True
    """
    path, cv = path_of(result, "stability_rule")
    check_positive(max_false, "max_false", "stability_rule")
    shares = _checked(frequencies, threshold, path)
    penalized = path.penalty_factor > 0.0
    q, p = shares[penalized].sum(axis=0), int(penalized.sum())
    bound = np.square(q) / ((2.0 * threshold - 1.0) * p)
    fine = bound <= max_false
    if not fine[0]:
        raise ParameterError(
            f"Even at the strongest penalty half-samples keep {q[0]:.3g} features on average, and "
            f"{bound[0]:.3g} false ones are to be expected.",
            "Begin the grid at a stronger penalty, or accept more false selections.",
        )
    index = len(fine) - 1 if fine.all() else int(np.argmin(fine)) - 1
    alive = path.coef_path[..., index] != 0.0
    kept = alive if alive.ndim == 1 else alive.any(axis=0)
    stable = int(np.count_nonzero(shares[kept, index] >= threshold))
    why = (
        f"lambda = {path.lambdas[index]:.4g} is the smallest at which at most {max_false:g} false "
        f"selections are to be expected: q^2 / ((2 x {threshold:g} - 1) x {p}) = "
        f"{bound[index]:.3g}, where half-samples keep q = {q[index]:.3g} features on average"
    )
    also = ""
    if kept.any():
        also = f", {stable} of which at least {threshold:.0%} of the half-samples keep too"
    return chosen(path, index, "stability", why, cv, also=also)


def check_frequency_threshold(value: Any, name: str, caller: str) -> None:
    """A share of half-samples for which the number of false selections has a bound."""
    check_positive(value, name, caller)
    if not 0.5 < value <= 1.0:
        raise ParameterError(
            f"The {name!r} parameter of {caller} must be a number above 0.5, at most 1. "
            f"Got {value!r} instead.",
            "At a half or less, the expected number of false selections has no bound.",
        )


def _checked(frequencies: Any, threshold: float, path: RegPath) -> np.ndarray:
    check_frequency_threshold(threshold, "threshold", "stability_rule")
    shares = np.asarray(frequencies, dtype=float)
    shape = (len(path.feature_names), len(path.lambdas))
    if shares.shape != shape or not ((shares >= 0.0) & (shares <= 1.0)).all():
        raise ParameterError(
            f"The 'frequencies' parameter of stability_rule must hold shares from 0 to 1 for "
            f"{counted(shape[0], 'feature')} at {counted(shape[1], 'lambda')}. Got an array of "
            f"shape {shares.shape} instead."
        )
    return shares


STABILITY = Rule(
    name="stability",
    label="stability",
    title="few false selections in half-samples",
    chooses="the smallest lambda with q² / ((2t - 1) p) <= 1: at most one false selection to be "
    "expected among features that a share t = `value` of half-samples keeps, where they keep q of "
    "the p penalized features on average",
    choose=stability_rule,
    needs=("frequencies",),
    number=RuleNumber(
        "threshold", "Share of the halves", "0.6", 0.51, 1.0, 0.05, check_frequency_threshold
    ),
    source="Meinshausen and Bühlmann 2010, Shah and Samworth 2013",
)
