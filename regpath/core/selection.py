"""Which point of a cross-validated path to take: one rule, one function."""

from __future__ import annotations

from dataclasses import dataclass

from regpath.core.checks import check_choice
from regpath.core.validation import CVResult
from regpath.errors import ParameterError
from regpath.io.wording import counted


@dataclass(frozen=True)
class Selection:
    """One point of a path, and why it is the one.

    Attributes
    ----------
    lam : float
    index : int
        Its position in `CVResult.lambdas`.
    rule : {"min", "1se"}
    reason : str
        One sentence: what the rule compared, and what the choice costs and keeps.
    """

    lam: float
    index: int
    rule: str
    reason: str


def select_lambda(cv: CVResult, *, rule: str = "1se") -> Selection:
    """Choose a strength by its scores on held-out rows.

    Parameters
    ----------
    cv : CVResult
    rule : {"1se", "min"}, default="1se"
        "min" takes the best mean score (of several, the largest lambda). "1se" takes the largest
        lambda whose mean is within one standard error of that best: the simplest model that the
        folds cannot tell from it. It is never the weaker penalty of the two.

    Returns
    -------
    Selection

    Raises
    ------
    ParameterError
        If there is no such rule.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> cv = regpath.cross_validate(problem, regpath.fit_path(problem))
    >>> selection = regpath.select_lambda(cv, rule="1se")
    >>> selection.lam == cv.lambda_1se
    True
    """
    if not isinstance(cv, CVResult):
        raise ParameterError(
            f"select_lambda takes a CVResult. Got {type(cv).__name__} instead.",
            "cross_validate makes one.",
        )
    check_choice(rule, "rule", "select_lambda", tuple(RULES))
    index, why = RULES[rule](cv)
    reason = f"{why}, and keeps {_kept(cv, index)}{_remark(cv, index)}."
    return Selection(float(cv.lambdas[index]), index, rule, reason)


def _within_one_se(cv: CVResult) -> tuple[int, str]:
    best, se = cv.mean[cv.index_min], cv.se[cv.index_min]
    sign, word = ("-", "least") if cv.larger_is_better else ("+", "most")
    limit = best - se if cv.larger_is_better else best + se
    return cv.index_1se, (
        f"lambda = {cv.lambda_1se:.4g} is the largest with mean {cv.measure} at {word} "
        f"{limit:.4g} = {best:.4g} {sign} {se:.2g}, the best mean {sign} its standard error: it "
        f"has {cv.mean[cv.index_1se]:.4g}"
    )


def _best_mean(cv: CVResult) -> tuple[int, str]:
    order = "largest" if cv.larger_is_better else "smallest"
    return cv.index_min, (
        f"lambda = {cv.lambda_min:.4g} has the {order} mean {cv.measure} over the folds, "
        f"{cv.mean[cv.index_min]:.4g}"
    )


RULES = {"1se": _within_one_se, "min": _best_mean}


def _kept(cv: CVResult, index: int) -> str:
    kept, n_features = int(cv.path.n_nonzero[index]), len(cv.path.feature_names)
    return f"{kept} of {counted(n_features, 'feature')}" if kept else "no feature"


def _remark(cv: CVResult, index: int) -> str:
    """What a choice at an end of the grid leaves open; "" elsewhere."""
    if index == 0 and cv.path.n_nonzero[0] == 0:
        return "; the folds give no ground to prefer any feature to none"
    if index == 0:
        return "; it is the strongest of the grid, and a stronger one may do as well"
    if index == len(cv.lambdas) - 1:
        return "; it is the weakest of the grid, and a weaker one may do better"
    return ""
