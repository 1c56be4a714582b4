"""select_lambda: a rule by its name."""

from __future__ import annotations

from typing import Any

from regpath.core.checks import check_choice
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.selection.choice import Selection, path_of
from regpath.core.selection.rules import RULES
from regpath.core.validation.cv_result import CVResult


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
        Its name, which is one of

        - "1se": the largest lambda with a mean within one standard error of the best (the standard
          error there): the simplest model that the folds cannot tell from it. It is never a
          weaker penalty than "min".
        - "min": the best mean score; of several, the largest lambda.
        - "within": the largest lambda with a mean within `value` percent of the best.
        - "tolerance": the largest lambda with a mean within `value` of the best, in units of the
          score.
        - "aic": the smallest D + 2k.
        - "aicc": the smallest D + 2kn / (n - k - 1).
        - "bic": the smallest D + k log n.
        - "ebic": the smallest BIC + 2 gamma log C(p, s), with gamma = `value` and s kept of the p
          penalized features.
        - "k_features": the smallest lambda before more than `value` features are kept.
        - "stability": the smallest lambda with q² / ((2t - 1) p) <= 1: at most one false selection
          to be expected among features that a share t = `value` of half-samples keeps, where they
          keep q of the p penalized features on average.
    value : float, default=None
        The number that the rule takes; None means its usual one, which `RULES[rule].number` of
        `regpath.core.selection` names, with its range.
    problem : Problem, default=None
        The problem of the fit, which the information criteria need (D is -2 log-likelihood, and k
        counts parameters; see `information_criteria`).
    frequencies : array-like of shape (n_features, n_lambdas), default=None
        How often half-samples keep each feature, which "stability" needs.

    Returns
    -------
    Selection
        The point, and in a sentence why it is the one.

    Raises
    ------
    ParameterError
        If there is no such rule, it lacks something, or the number is none for it.

    References
    ----------
    Breiman, L., Friedman, J., Olshen, R. and Stone, C. (1984), Classification and regression trees
    ("1se").
    Akaike, H. (1974), IEEE Trans. Automat. Control 19; Hurvich, C. M. and Tsai, C.-L. (1989),
    Biometrika 76; Schwarz, G. (1978), Ann. Statist. 6 ("aic", "aicc", "bic").
    Chen, J. and Chen, Z. (2008), Extended Bayesian information criteria, Biometrika 95 ("ebic").
    Meinshausen, N. and Bühlmann, P. (2010), Stability selection, JRSS B 72 ("stability").

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
    check_choice(rule, "rule", "select_lambda", tuple(RULES))
    return RULES[rule].select(result, value, problem=problem, frequencies=frequencies)
