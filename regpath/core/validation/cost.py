"""What a cross-validation costs, roughly, before it is begun."""

from __future__ import annotations

from dataclasses import replace

from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.validation.fold_kinds import FoldPlan
from regpath.core.validation.leave_one_out import has_closed_form
from regpath.errors import DataError

# Seconds on one core of a common machine of 2024, measured on fits of 200 to 50 000 rows.
START = 4e-3  # of a fit, however small
GRAM = 2e-9  # for each row and pair of features, least squares
PASSING = 3e-9  # for each number of X and each lambda, other losses
SOLVING = 6e-8  # for each lambda and pair of coefficients in play
CODING = 5e-6  # for each feature that is coded anew from its column: 0.2 s for 50 000
DECOMPOSING = 2e-9  # for each row and cubed feature, in closed form
MOST_SECONDS = 120.0  # that leave-one-out may take


def cv_seconds(problem: Problem, path: RegPath, plan: FoldPlan) -> float:
    """Estimate how long `cross_validate` takes; right within a factor of about five.

    Parameters
    ----------
    problem : Problem
        What would be validated.
    path : RegPath
        Its path on all rows.
    plan : FoldPlan
        What `plan_folds` gives.

    Returns
    -------
    float
        Seconds on one core of a common machine of 2024.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("diabetes"), "progression")
    >>> plan = regpath.plan_folds(problem, n_folds=5)
    >>> regpath.cv_seconds(problem, regpath.fit_path(problem), plan) < 2.0
    True
    """
    if plan.kind == "leave_one_out" and has_closed_form(problem, path):
        return START + DECOMPOSING * problem.n_obs * float(problem.n_features) ** 3
    rows = sum(len(fold.train) for fold in plan.folds) / len(plan.folds)
    coding = CODING * problem.n_features if problem.encoder is not None else 0.0
    return len(plan.folds) * (fit_seconds(rows, path) + learning_seconds(rows, path) + coding)


def fit_seconds(rows: float, path: RegPath) -> float:
    """Estimate how long one path like `path` takes on so many rows."""
    p, n_lambdas = len(path.feature_names), len(path.lambdas)
    n_outputs = path.loss.n_outputs(len(path.classes))
    if path.loss.quadratic:
        return START + GRAM * rows * p * min(p, rows)
    passing = PASSING * rows * min(p, rows) * n_outputs**2 * n_lambdas
    if path.l1_ratio == 0.0:
        return START + passing
    alive = min(float(path.n_nonzero.mean()), rows)
    return START + passing + SOLVING * n_lambdas * (n_outputs * alive) ** 2


def learning_seconds(rows: float, path: RegPath) -> float:
    """Estimate how long the penalty factors of `path` take to be learned on so many rows."""
    if path.learned_factors is None:
        return 0.0
    return path.learned_factors.n_fits * fit_seconds(rows, replace(path, l1_ratio=0.0))


def check_affordable(problem: Problem, path: RegPath, plan: FoldPlan) -> None:
    """Refuse to leave out every row by itself where that would take long."""
    seconds = cv_seconds(problem, path, plan)
    if seconds > MOST_SECONDS:
        raise DataError(
            f"Leave-one-out would fit {len(plan.folds)} paths, which takes about "
            f"{seconds / 60.0:.0f} minutes.",
            "Use 10 folds, or a shorter grid of strengths.",
        )
