"""Selection: one point of a path, why it is the one, and what that costs and keeps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regpath.core.metrics.measures import MEASURES
from regpath.core.regpath import RegPath
from regpath.core.validation.cv_result import TIE, CVResult
from regpath.errors import ParameterError
from regpath.shown import Shown
from regpath.wording import counted

FURTHER = 0.1  # of the weakest lambda: where a grid that ends too early might go on to
LEAST_RATIO = 1e-10  # the usual grid of ridge ends at 1e-7: some decades below that, rounding


@dataclass(frozen=True)
class Selection(Shown):
    """One point of a path, and why it is the one.

    Attributes
    ----------
    lam : float
        The strength that was chosen.
    index : int
        Its position in `lambdas`.
    rule : str
        Name of the rule, as `select_lambda` takes it.
    reason : str
        One sentence: what the rule compared, and what the choice costs and keeps.
    n_kept, n_features : int
        Features that the choice keeps, and those there are.
    measure : str
        Name of the score on held-out rows; "" if there was no cross-validation.
    score, score_lost : float
        Mean score of the choice, and how much worse that is than the best mean (never negative);
        NaN without cross-validation.
    at_edge : {"", "strong", "weak"}
        The end of the grid that the choice stands at, where a longer grid might choose otherwise.
    suggestion : str
        What to do about that; "" elsewhere.
    min_ratio : float or None
        Last lambda over first that a longer grid would have; None where none is suggested.

    References
    ----------
    Breiman, L., Friedman, J., Olshen, R. and Stone, C. (1984), Classification and regression trees,
    section 3.4.3 (the rule of one standard error).

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> path = regpath.fit_path(problem)
    >>> choice = regpath.select_lambda(path, rule="k_features", value=3)
    >>> choice.n_kept, choice.n_features, path.index_of(choice.lam) == choice.index
    (3, 10, True)
    >>> choice.measure, choice.at_edge  # nothing was validated; not at an end of the grid
    ('', '')
    """

    lam: float
    index: int
    rule: str
    reason: str
    n_kept: int = 0
    n_features: int = 0
    measure: str = ""
    score: float = np.nan
    score_lost: float = np.nan
    at_edge: str = ""
    suggestion: str = ""
    min_ratio: float | None = None


def chosen(
    path: RegPath,
    index: int,
    rule: str,
    why: str,
    cv: CVResult | None = None,
    *,
    may_extend: bool = True,
    also: str = "",
) -> Selection:
    """The selection at `index`, its sentence completed with the consequence.

    `may_extend` says whether the rule would look further down a longer grid; `also` is what else
    there is to say.
    """
    edge = _edge(path, index, may_extend)
    suggestion, min_ratio = _longer(path, edge)
    score = lost = np.nan
    if cv is not None:
        best = cv.mean[cv.index_min]
        score = float(cv.mean[index])
        lost = float(max(best - score if cv.larger_is_better else score - best, 0.0))
    reason = f"{why}, and keeps {_kept(path, index)}{_cost(cv, lost, rule)}{also}"
    return Selection(
        lam=float(path.lambdas[index]),
        index=int(index),
        rule=rule,
        reason=f"{reason}{_remark(path, index, edge)}.",
        n_kept=int(path.n_nonzero[index]),
        n_features=len(path.feature_names),
        measure="" if cv is None else cv.measure,
        score=score,
        score_lost=lost,
        at_edge=edge,
        suggestion=suggestion,
        min_ratio=min_ratio,
    )


def path_of(result: CVResult | RegPath, caller: str) -> tuple[RegPath, CVResult | None]:
    """The path that is chosen from, and its cross-validation if that came with it."""
    if isinstance(result, CVResult):
        return result.path, result
    if isinstance(result, RegPath):
        return result, None
    raise ParameterError(
        f"{caller} takes a CVResult or a RegPath. Got {type(result).__name__} instead.",
        "cross_validate and fit_path make them.",
    )


def mean_of(cv: CVResult) -> str:
    """What the folds were compared by, in words."""
    name = _measured(cv)
    return name if name.startswith("mean ") else f"mean {name}"


def first_least(values: np.ndarray) -> int:
    """Position of the smallest value; of equals but for rounding, the first. NaN never wins."""
    least = np.nanmin(values)
    return int(np.argmax(values <= least + TIE * abs(least)))


def _edge(path: RegPath, index: int, may_extend: bool) -> str:
    last = len(path.lambdas) - 1
    if index == 0 and (path.n_nonzero[0] > 0 or last == 0):
        return "strong"
    return "weak" if index == last and may_extend else ""


def _longer(path: RegPath, edge: str) -> tuple[str, float | None]:
    if edge == "strong":
        return "Begin the grid at a stronger penalty, with lambdas of your own.", None
    further = FURTHER * float(path.lambdas[-1] / path.lambdas[0])
    ratio = max(float(f"{further:.2g}"), LEAST_RATIO)  # what is said is what is meant
    if edge == "" or ratio >= path.lambdas[-1] / path.lambdas[0]:
        return "", None
    return (
        f"Extend the grid to weaker penalties: min_ratio={ratio:.2g}, or smaller lambdas where "
        "they are your own."
    ), ratio


def _measured(cv: CVResult) -> str:
    known = MEASURES.get(cv.measure)
    return known.label if known else cv.measure


def _kept(path: RegPath, index: int) -> str:
    kept, n_features = int(path.n_nonzero[index]), len(path.feature_names)
    return f"{kept} of {counted(n_features, 'feature')}" if kept else "no feature"


def _cost(cv: CVResult | None, lost: float, rule: str) -> str:
    if cv is None or rule == "min":
        return ""
    cost = f"{lost:.3g} {_measured(cv)} from the best" if lost > 0.0 else "no loss of score"
    return f", at {cost}"


def _remark(path: RegPath, index: int, edge: str) -> str:
    """What a choice at an end of the grid leaves open; "" elsewhere."""
    if edge == "strong":
        return "; it is the strongest of the grid, and a stronger one may do as well"
    if edge == "weak":
        return "; it is the weakest of the grid, and a weaker one may do better"
    if index == 0:
        return "; there is no ground to prefer any feature to none"
    return ""
