"""Rules that charge the fit on the training rows for its freedom; they need no folds."""

from __future__ import annotations

import numpy as np

from regpath.core.checks import check_fraction
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.selection.choice import Selection, chosen, first_least, path_of
from regpath.core.selection.criteria import information_criteria
from regpath.core.selection.rule import Rule, RuleNumber
from regpath.core.validation.cv_result import CVResult
from regpath.errors import DataError

LABELS = {"aic": "AIC", "aicc": "AICc", "bic": "BIC", "ebic": "EBIC"}
FORMULAS = {
    "aic": "-2 log-likelihood + 2 k",
    "aicc": "-2 log-likelihood + 2 k n / (n - k - 1)",
    "bic": "-2 log-likelihood + k log(n)",
    "ebic": "-2 log-likelihood + k log(n) + 2 gamma log(choices)",
}

PARTED = 0.99  # of the deviance explained, from which classes are all but separated


def aic_rule(result: CVResult | RegPath, problem: Problem) -> Selection:
    """Choose the smallest AIC; see `information_criteria`. `problem` is that of the fit."""
    return _by_criterion(result, problem, "aic")


def aicc_rule(result: CVResult | RegPath, problem: Problem) -> Selection:
    """Choose the smallest AICc, the AIC for few rows; see `information_criteria`."""
    return _by_criterion(result, problem, "aicc")


def bic_rule(result: CVResult | RegPath, problem: Problem) -> Selection:
    """Choose the smallest BIC; see `information_criteria`."""
    return _by_criterion(result, problem, "bic")


def ebic_rule(result: CVResult | RegPath, problem: Problem, gamma: float = 0.5) -> Selection:
    """Choose the smallest EBIC, the BIC for many features; see `information_criteria`."""
    return _by_criterion(result, problem, "ebic", gamma)


def _by_criterion(
    result: CVResult | RegPath, problem: Problem, name: str, gamma: float = 0.5
) -> Selection:
    path, cv = path_of(result, f"{name}_rule")
    frame = information_criteria(path, problem, gamma=gamma)
    values, n = frame[name].to_numpy(), np.count_nonzero(problem.sample_weight)
    if not np.isfinite(values).any():
        raise DataError(
            f"Every point of the path has as many parameters as there are rows ({n}), so "
            f"{LABELS[name]} is defined nowhere.",
            "Use cross-validation, or a stronger penalty.",
        )
    values = np.where(np.isfinite(values), values, np.nan)
    index = first_least(values)
    k = frame["n_parameters"][index]
    of_gamma = f" with gamma = {gamma:g}" if name == "ebic" else ""
    why = (
        f"lambda = {path.lambdas[index]:.4g} has the smallest {LABELS[name]}{of_gamma}, "
        f"{values[index]:.5g} = {FORMULAS[name]} with k = {k:.4g} and n = {n}"
    )
    return chosen(path, index, name, why, cv, also=_parted(path, index))


def _parted(path: RegPath, index: int) -> str:
    """Say where a likelihood has come to its end."""
    if not path.classes or path.dev_ratio[index] < PARTED:
        return ""
    return (
        f"; there the fit explains {path.dev_ratio[index]:.1%} of the deviance, and of classes "
        "that it parts so well a criterion of likelihood says little"
    )


CRITERION_RULES = (
    Rule(
        name="aic",
        label=LABELS["aic"],
        title="Akaike's criterion",
        chooses="the smallest D + 2k",
        choose=aic_rule,
        needs=("problem",),
        source="Akaike 1974",
    ),
    Rule(
        name="aicc",
        label=LABELS["aicc"],
        title="Akaike's criterion for few rows",
        chooses="the smallest D + 2kn / (n - k - 1)",
        choose=aicc_rule,
        needs=("problem",),
        source="Hurvich and Tsai 1989",
    ),
    Rule(
        name="bic",
        label=LABELS["bic"],
        title="Bayesian information criterion",
        chooses="the smallest D + k log n",
        choose=bic_rule,
        needs=("problem",),
        source="Schwarz 1978",
    ),
    Rule(
        name="ebic",
        label=LABELS["ebic"],
        title="Bayesian criterion for many features",
        chooses="the smallest BIC + 2 gamma log C(p, s), with gamma = `value` and s kept of the p "
        "penalized features",
        choose=ebic_rule,
        needs=("problem",),
        number=RuleNumber("gamma", "Gamma", "0.5", 0.05, 1.0, 0.05, check_fraction),
        source="Chen and Chen 2008",
    ),
)
