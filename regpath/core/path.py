"""fit_path: from a Problem to a certified RegPath."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from regpath.core.checks import check_count, check_fraction, check_lambdas, check_positive
from regpath.core.design import Design, design_of
from regpath.core.evidence import Squares
from regpath.core.families import Family
from regpath.core.lambdas import default_min_ratio, lambda_grid, start_of_path
from regpath.core.null import check_factors, solve_null
from regpath.core.objective import CERTIFIED, Certificates, NullModel, certify
from regpath.core.penalty import Penalty
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath, check_match, check_problem
from regpath.core.solvers import polish, solve_path
from regpath.core.threads import team

TOL = 1e-7  # goal for KKT violation and relative gap, if the caller has no other
GOAL = 1e-8  # KKT violation that is aimed at, however loose the caller's tolerance
TIGHTER = (0.1, 1e-3)  # targets of the attempts that follow where the proof misses the goal


@team()
def fit_path(
    problem: Problem,
    *,
    l1_ratio: float = 1.0,
    lambdas: Any = None,
    n_lambdas: int = 100,
    min_ratio: float | None = None,
    standardize: bool = True,
    penalty_factor: Any = None,
    tol: float = TOL,
) -> RegPath:
    """Compute and certify the coefficients along a grid of strengths.

    At each lambda, minimize over (b0, b)

        (1/W) sum_i w_i loss(y_i, b0 + x_i b)
        + lambda sum_j f_j [ l1_ratio |b_j| + (1 - l1_ratio)/2 b_j^2 ]

    with penalty factors f_j = 1 unless you say otherwise, and b per standard deviation when
    `standardize` is true. Every point is certified from the data, independently of the solver: see
    `RegPath.kkt_violation` and `RegPath.dual_gap`.

    Parameters
    ----------
    problem : Problem
    l1_ratio : float in [0, 1], default=1.0
        0 is ridge (L2), 1 is lasso (L1), in between elastic net.
    lambdas : array-like of shape (n_lambdas,), default=None
        Strictly decreasing positive strengths. None makes a geometric grid from `lambda_max`,
        where the model is exactly empty, down to `min_ratio` times that.
    n_lambdas : int, default=100
        Size of that grid.
    min_ratio : float in (0, 1), default=None
        Its last value over its first. None means 1e-4 if n > p, else 1e-2.
    standardize : bool, default=True
        Penalize coefficients per standard deviation (1/n), so that units do not matter.
    penalty_factor : array-like of shape (n_features,) or dict, default=None
        What lambda is multiplied by for each feature; 0 keeps a feature in without a penalty. A
        dict gives it by name of feature or column, and 1 to all others. Factors are used as they
        are (R's glmnet rescales them to sum to n_features first).
    tol : float, default=1e-7
        Goal for KKT violation and relative duality gap. Points that miss 1e-6 are marked in
        `RegPath.converged`, whatever `tol` is.

    Returns
    -------
    RegPath

    Raises
    ------
    ParameterError
        If an argument is outside its range.
    DataError
        If no feature has any linear relation with the target.

    Examples
    --------
    >>> import regpath
    >>> table = regpath.datasets.load("diabetes")
    >>> path = regpath.fit_path(regpath.make_problem(table, "progression"))
    >>> int(path.n_nonzero[0]), bool(path.converged.all())
    (0, True)
    """
    check_problem(problem, "fit_path")
    check_fraction(l1_ratio, "l1_ratio", "fit_path")
    check_positive(tol, "tol", "fit_path")
    check_count(n_lambdas, "n_lambdas", "fit_path")
    if min_ratio is not None:
        check_fraction(min_ratio, "min_ratio", "fit_path", open_ends=True)
    factors = check_factors(penalty_factor, problem, "fit_path")
    design = design_of(problem.X, problem.weights, standardize)
    null = solve_null(problem, design, factors)
    start = start_of_path(null, design, l1_ratio)
    if lambdas is not None:
        grid = check_lambdas(lambdas, "fit_path")
    else:
        ratio = min_ratio or default_min_ratio(problem.n_obs, problem.n_features)
        grid = lambda_grid(start, n_lambdas=n_lambdas, min_ratio=ratio)
    penalty = Penalty(float(l1_ratio), factors)
    intercepts, coefs, proof = _solve_and_certify(problem, design, null, grid, penalty, tol)
    return assembled(problem, design, null, grid, penalty, standardize, intercepts, coefs, proof)


@team()
def check_path(problem: Problem, path: RegPath) -> pd.DataFrame:
    """Certify a path anew, from the data and its coefficients alone.

    Parameters
    ----------
    problem : Problem
        The problem that the path was fit on.
    path : RegPath

    Returns
    -------
    DataFrame
        One row per lambda: `lambda`, `kkt_violation` (relative to the largest null gradient),
        `dual_gap` (relative to the objective) and `ok` (both at most 1e-6).

    Raises
    ------
    DataError
        If the problem has other features, or another family or classes.
    """
    check_match(path, problem, "check_path")
    design = design_of(problem.X, problem.weights, path.standardize)
    penalty = Penalty(path.l1_ratio, path.penalty_factor)
    null = solve_null(problem, design, penalty.factors)
    n_lambdas, p = len(path.lambdas), problem.n_features
    coefs = path.coef_path.reshape(-1, p, n_lambdas).transpose(2, 0, 1)
    with np.errstate(all="ignore"):  # what is not finite is no proof
        given = path.intercept_path.reshape(-1, n_lambdas).T
    intercepts, scaled = design.from_raw_units(given, coefs, problem.origin)
    Y, weights, family = problem.Y, problem.weights, problem.loss
    proof = certify(design, Y, weights, family, intercepts, scaled, path.lambdas, penalty, null)
    return pd.DataFrame(
        {
            "lambda": path.lambdas,
            "kkt_violation": proof.kkt_violation,
            "dual_gap": proof.dual_gap,
            "ok": proof.worst <= CERTIFIED,
        }
    )


def _solve_and_certify(
    problem: Problem,
    design: Design,
    null: NullModel,
    grid: np.ndarray,
    penalty: Penalty,
    tol: float,
) -> tuple[np.ndarray, np.ndarray, Certificates]:
    """Solve, certify, and solve more tightly where the proof misses the goal."""
    Y, weights, family = problem.Y, problem.weights, problem.loss
    intercepts = np.tile(null.intercept, (len(grid), 1))
    coefs = np.tile(null.coefs, (len(grid), 1, 1))
    targets = goals(grid, null, penalty, tol)
    # Empty by the optimality condition, so nothing needs to be solved there.
    first = int(np.sum(grid * penalty.l1_ratio >= null.entry * (1.0 - 1e-14)))
    if first < len(grid):
        intercepts[first:], coefs[first:] = solve_path(
            design, Y, weights, family, grid[first:], penalty, targets[first:], null
        )
    return finished(
        design,
        Y,
        weights,
        family,
        null,
        grid,
        penalty,
        targets,
        intercepts,
        coefs,
        problem.origin,
        tol,
    )


def goals(grid: np.ndarray, null: NullModel, penalty: Penalty, tol: float = TOL) -> np.ndarray:
    """Violation of the optimality conditions that a solver should reach at each lambda."""
    targets = np.full(grid.shape, 0.5 * min(0.1 * tol, GOAL) * null.gradient)
    if penalty.l1_ratio == 1.0:
        # The lasso's gap grows with violation / lambda, since its dual point must be shrunk into
        # the box; with a ridge part it grows with the square of the violation only.
        targets = np.minimum(targets, 0.25 * tol * grid)
    return targets


def finished(
    design: Design,
    Y: np.ndarray,
    weights: np.ndarray,
    family: Family,
    null: NullModel,
    grid: np.ndarray,
    penalty: Penalty,
    targets: np.ndarray,
    intercepts: np.ndarray,
    coefs: np.ndarray,
    origin: float,
    tol: float = TOL,
    squares: Squares | None = None,
) -> tuple[np.ndarray, np.ndarray, Certificates]:
    """Certify a solver's points; polish those that miss the goal, and certify them again.

    Takes points in coordinates of `design`, and returns intercepts (L, K) and coefs (L, K, p) in
    original units, with their certificates. `origin` is what the response is measured from.
    """
    wrong = ~(np.isfinite(coefs).all(axis=(1, 2)) & np.isfinite(intercepts).all(axis=1))
    intercepts[wrong], coefs[wrong] = null.intercept, null.coefs
    given = design.to_raw_units(intercepts, coefs, origin)
    # What is proven is what is returned: rounded to original units, and seen from there.
    intercepts, coefs = design.from_raw_units(*given, origin)
    proof = certify(design, Y, weights, family, intercepts, coefs, grid, penalty, null, squares)
    missed = np.flatnonzero(~(proof.worst <= tol))
    for tighter in TIGHTER:
        if not missed.size:
            break
        some = (grid[missed], penalty, tighter * targets[missed])
        better = polish(design, Y, weights, family, *some, intercepts[missed], coefs[missed])
        found = design.to_raw_units(*better, origin)
        better = design.from_raw_units(*found, origin)
        again = certify(design, Y, weights, family, *better, grid[missed], penalty, null)
        # A point that did not gain stays as it was.
        gained = again.worst < proof.worst[missed]
        where = missed[gained]
        for part, new in zip((*given, intercepts, coefs), (*found, *better), strict=True):
            part[where] = new[gained]
        proof = proof.replaced(where, again.at(gained))
        missed = missed[~(proof.worst[missed] <= tol)]
    return *given, proof


def assembled(
    problem: Problem,
    design: Design,
    null: NullModel,
    grid: np.ndarray,
    penalty: Penalty,
    standardize: bool,
    intercepts: np.ndarray,
    coefs: np.ndarray,
    proof: Certificates,
    *,
    n_obs: int | None = None,
) -> RegPath:
    """The path of `problem`, or of `n_obs` of its rows, from points in original units."""
    many = problem.family == "multinomial"
    explained = 1.0 - proof.loss / null.loss  # a perfect prediction has loss 0 in every family
    return RegPath(
        lambdas=grid,
        coef_path=coefs.transpose(1, 2, 0).copy() if many else coefs[:, 0, :].T.copy(),
        intercept_path=intercepts.T.copy() if many else intercepts[:, 0].copy(),
        dev_ratio=np.where(coefs.any(axis=(1, 2)), explained, 0.0),
        dual_gap=proof.dual_gap,
        kkt_violation=proof.kkt_violation,
        converged=proof.worst <= CERTIFIED,
        feature_names=problem.feature_names,
        groups=problem.groups,
        family=problem.family,
        classes=problem.classes,
        target=problem.target,
        l1_ratio=penalty.l1_ratio,
        standardize=bool(standardize),
        penalty_factor=penalty.factors,
        x_mean=design.mean,
        x_scale=design.scale,
        n_obs=problem.n_obs if n_obs is None else n_obs,
        encoder=problem.encoder,
    )


def path_of_rows(
    path: RegPath,
    problem: Problem,
    Y: np.ndarray,
    design: Design,
    weights: np.ndarray,
    null: NullModel,
    targets: np.ndarray,
    points: tuple[np.ndarray, np.ndarray],
    *,
    goal: float,
    n_obs: int,
    squares: Squares | None = None,
) -> RegPath:
    """The certified path of some rows, solved on the grid of `path` together with others."""
    penalty = Penalty(path.l1_ratio, path.penalty_factor)
    solved = finished(
        design, Y, weights, problem.loss, null, path.lambdas, penalty, targets, *points,
        problem.origin, goal, squares,
    )  # fmt: skip
    made_of = (problem, design, null, path.lambdas, penalty, path.standardize)
    return assembled(*made_of, *solved, n_obs=n_obs)
