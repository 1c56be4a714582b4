"""select_lambda: a rule by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from regpath.core.checks import check_choice
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.selection.by_criterion import aic_rule, aicc_rule, bic_rule, ebic_rule
from regpath.core.selection.by_score import min_rule, one_se_rule, tolerance_rule, within_rule
from regpath.core.selection.by_size import k_features_rule
from regpath.core.selection.by_stability import stability_rule
from regpath.core.selection.choice import Selection, path_of
from regpath.core.validation.cv_result import CVResult, check_cv
from regpath.errors import ParameterError

BY_SCORE: dict[str, Callable[..., Selection]] = {
    "1se": one_se_rule,
    "min": min_rule,
    "within": within_rule,
    "tolerance": tolerance_rule,
}
BY_CRITERION: dict[str, Callable[..., Selection]] = {
    "aic": aic_rule,
    "aicc": aicc_rule,
    "bic": bic_rule,
    "ebic": ebic_rule,
}
WITH_NUMBER = ("within", "tolerance", "ebic", "k_features", "stability")
SCORE_RULES = tuple(BY_SCORE)
RULE_NAMES = (*BY_SCORE, *BY_CRITERION, "k_features", "stability")


def select_lambda(
    result: CVResult | RegPath,
    *,
    rule: str = "1se",
    value: float | None = None,
    problem: Problem | None = None,
    frequencies: Any = None,
) -> Selection:
    """Choose a strength by a rule.

    Parameters
    ----------
    result : CVResult or RegPath
        Rules by score need a cross-validation; the others take a path too, and tell the score
        that a choice costs if there is a cross-validation.
    rule : str, default="1se"
        "min" takes the best mean score (of several, the largest lambda). "1se" takes the largest
        lambda whose mean is within one standard error of that best: the simplest model that the
        folds cannot tell from it. It is never the weaker penalty of the two. "within" takes the
        largest within `value` percent of the best (5), "tolerance" within `value` of it in units
        of the score (see `tolerance_rule`). "aic", "aicc", "bic" and "ebic" (gamma = `value`,
        0.5) take the smallest criterion; they need `problem`. "k_features" takes the weakest
        penalty that keeps at most `value` features (5). "stability" takes the weakest at which
        at most one false selection is to be expected; it needs `frequencies`, and `value` is the
        threshold (0.6).
    value : float, default=None
        The number that the rule takes; None means the one in brackets.
    problem : Problem, default=None
        The problem of the fit.
    frequencies : array-like of shape (n_features, n_lambdas), default=None
        How often half-samples keep each feature.

    Returns
    -------
    Selection

    Raises
    ------
    ParameterError
        If there is no such rule, or it lacks something.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> cv = regpath.cross_validate(problem, regpath.fit_path(problem))
    >>> selection = regpath.select_lambda(cv, rule="1se")
    >>> selection.lam == cv.lambda_1se
    True
    >>> regpath.select_lambda(cv.path, rule="bic", problem=problem).n_kept
    7
    """
    path_of(result, "select_lambda")
    check_choice(rule, "rule", "select_lambda", RULE_NAMES)
    if value is not None and rule not in WITH_NUMBER:
        raise ParameterError(
            f"The rule {rule!r} takes no number. Got value={value!r}.",
            f"Leave it out, or use one of {', '.join(map(repr, WITH_NUMBER))}.",
        )
    number: tuple[Any, ...] = () if value is None else (value,)
    if rule in BY_SCORE:
        return BY_SCORE[rule](check_cv(result, f"The rule {rule!r}"), *number)
    if rule in BY_CRITERION:
        if problem is None:
            raise ParameterError(f"The rule {rule!r} needs the problem of the fit: problem=...")
        return BY_CRITERION[rule](result, problem, *number)
    if rule == "k_features":
        return k_features_rule(result, *map(_whole, number))
    if frequencies is None:
        raise ParameterError("The rule 'stability' needs frequencies of half-samples.")
    return stability_rule(result, frequencies, *number)


def _whole(value: Any) -> Any:
    """A float that is a whole number as an int, as shells and recipes bring it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
