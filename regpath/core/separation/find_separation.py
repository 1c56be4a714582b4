"""find_separation: whether the classes can be told apart so well that no finite fit is the best."""

from __future__ import annotations

from contextlib import suppress

import numpy as np

from regpath.core.design import design_of
from regpath.core.problems.problem import Problem
from regpath.core.progress import Progress, part_of, tell
from regpath.core.regpath import check_problem
from regpath.core.separation.recession_cone import Cone, shortest, verified, widest
from regpath.core.separation.result import (
    Direction,
    Search,
    Separation,
    reported,
    without_direction,
)
from regpath.core.separation.single_columns import separating_columns, values_of
from regpath.core.solvers.max_likelihood import maximize
from regpath.core.uniqueness.collinear import MOST_NUMBERS, basis_of
from regpath.errors import ParameterError
from regpath.wording import counted

SINGULAR = 1e-12  # share of the largest singular value below which one counts as none
MET = 1e-6  # distance from goals of size one; the margins are measured afterwards all the same
BASIS_WORK = 6e9  # multiplications, to find independent columns
NEWTON_WORK = 3e9  # multiplications of a step
MOST_ROWS_SQUARED = 3000  # rows by rows are 72 MB then
PROGRAMME_WORK = 3e7  # cube of the number of coefficients of a direction
# Shares of the whole that are done: rough, for what a problem needs is known at its end.
COLUMNS_DONE, BASIS_DONE, STEPS_DONE, WIDEST_DONE = 0.05, 0.15, 0.55, 0.9


def find_separation(problem: Problem, *, progress: Progress | None = None) -> Separation:
    """Find out whether a fit without a penalty would be finite, and prove it.

    In this order, and no further than needed: columns that separate by themselves; more
    independent features than rows, which separate any classes; Newton steps, which end at
    weights that balance (a proof that nothing separates) or at coefficients that put every row
    on its side; linear programmes for what separates some rows only.

    Parameters
    ----------
    problem : Problem
        Of classes or, for completeness, of amounts: least squares is always finite.
    progress : callable, default=None
        Called with the share that is done; whatever it raises ends the call.

    Returns
    -------
    Separation
        True where classes are separated. Whatever direction it holds was checked on the rows:
        `margins`. Gaps below 1e-8 of a row's size are taken for touching.

    Raises
    ------
    ParameterError
        If it is no Problem.

    References
    ----------
    Albert, A. and Anderson, J. A. (1984), On the existence of maximum likelihood estimates in
    logistic regression models, Biometrika 71.
    Konis, K. (2007), Linear programming algorithms for detecting separated data in binary logistic
    regression models, DPhil thesis, Oxford.

    Examples
    --------
    >>> import regpath
    >>> problem = regpath.make_problem(regpath.datasets.load("four_points"), "y")
    >>> found = regpath.find_separation(problem)
    >>> found.kind, found.features
    ('complete', ('x',))
    """
    check_problem(problem, "find_separation")
    if problem.loss.quadratic:
        return without_direction(problem, "none", "Least squares is finite for every response.")
    if not problem.classes:
        raise ParameterError(
            "find_separation asks whether classes come apart, and the response holds "
            f"{problem.loss.responses}.",
            "Whether a fit of them is finite is for relax_path to say.",
        )
    tell(progress, 0.0)
    search = Search(
        problem,
        design_of(problem.X, problem.weights, True),
        rows=np.flatnonzero(problem.sample_weight > 0.0),
        alone=separating_columns(problem),
        progress=progress,
    )
    tell(progress, COLUMNS_DONE)
    found = _when_wide(search)
    if found is None:
        found = _when_narrow(search)
    tell(progress, 1.0)
    return found


def _when_narrow(search: Search) -> Separation:
    n, p = search.problem.X.shape
    if n * p > MOST_NUMBERS or n * p * min(n, p) > BASIS_WORK:
        return _too_large(search)
    Z = search.design.standardized(search.rows)
    kept = np.sort(basis_of(Z).kept)
    tell(search.progress, BASIS_DONE)
    return _by_newton_or_programme(search, kept, _cone_of(search, Z[:, kept]))


def _cone_of(search: Search, Z: np.ndarray) -> Cone:
    """The cone of directions of some columns and the intercept."""
    full = np.hstack([Z, np.ones((len(Z), 1))])
    return Cone(full, search.own, len(search.problem.classes))


def _by_newton_or_programme(search: Search, kept: np.ndarray, cone: Cone) -> Separation:
    problem, rows = search.problem, search.rows
    likely = np.zeros(len(rows) * (cone.n_classes - 1))
    nobody = np.zeros(len(likely), dtype=bool)
    found: tuple[np.ndarray, np.ndarray] | None = None
    if len(rows) * float(cone.size) ** 2 <= NEWTON_WORK:
        weights = problem.sample_weight[rows] / problem.sample_weight[rows].sum()
        steps = part_of(search.progress, BASIS_DONE, STEPS_DONE)
        end = maximize(cone.Z, cone.y, weights, cone.n_classes, progress=steps)
        if end.finite:
            return without_direction(
                problem,
                "none",
                "Every direction loses somewhere: positive weights of all rows balance exactly.",
            )
        likely = cone.margins(end.coefs)
        if end.separates:
            found = end.coefs.ravel(), nobody
    if found is None and float(cone.size) ** 3 <= PROGRAMME_WORK:
        found = widest(cone, likely, part_of(search.progress, STEPS_DONE, WIDEST_DONE))
    if found is None:
        return _too_large(search)
    tell(search.progress, WIDEST_DONE)
    direction, without = found
    if not direction.any():
        return without_direction(
            problem, "none", "Every direction loses somewhere, as linear programmes prove."
        )
    short = shortest(cone, without)
    for candidate in (short, direction):
        if candidate is not None:
            proven = verified(cone, candidate, without)
            if proven is not None:
                found_direction = _direction(search, kept, cone, proven, without)
                return reported(search, found_direction, "")
    return _too_large(search)


def _when_wide(search: Search) -> Separation | None:
    """A direction that fits every row exactly, where features are at least as many as rows."""
    problem, design, rows = search.problem, search.design, search.rows
    n, p = len(rows), problem.n_features
    if p + 1 < n or n > MOST_ROWS_SQUARED or (design.is_sparse and n * p > MOST_NUMBERS):
        return None
    Z = design.standardized(rows)
    target = np.eye(len(problem.classes))[search.own]
    if problem.loss.two_classes:
        target = 2.0 * target[:, 1:] - 1.0
    middle = target.mean(axis=0)
    centre = Z.mean(axis=0)
    away = Z - centre
    coefs = _interpolating(away, target - middle)
    if coefs is None:
        return None
    how = (
        f"{counted(n, 'row')} with {counted(p, 'feature')}: in general position some direction "
        "fits every row exactly, whatever the classes are, and so it is here."
    )
    cone = _cone_of(search, Z)
    nobody = np.zeros(n * (cone.n_classes - 1), dtype=bool)
    short = shortest(cone, nobody)
    if short is not None and (proven := verified(cone, short, nobody)) is not None:
        return reported(search, _direction(search, np.arange(p), cone, proven, nobody), how)
    start, none = middle - coefs @ centre, np.zeros((n, cone.n_classes), dtype=bool)
    return reported(search, Direction(coefs, start, none), how)


def _interpolating(away: np.ndarray, goal: np.ndarray) -> np.ndarray | None:
    """Coefficients (K, p) of least squares on centred rows, if they meet every row's goal."""
    gram = away @ away.T
    # Centred rows sum to zero, so a constant makes their products regular and changes no answer.
    level = np.trace(gram) / len(gram) ** 2
    for solve in (np.linalg.solve, lambda A, b: np.linalg.lstsq(A, b, rcond=SINGULAR)[0]):
        with suppress(np.linalg.LinAlgError):
            coefs = (away.T @ solve(gram + level, goal)).T
            if np.abs(away @ coefs.T - goal).max() <= MET:
                return np.asarray(coefs)
    return None


def _direction(
    search: Search, kept: np.ndarray, cone: Cone, direction: np.ndarray, without: np.ndarray
) -> Direction:
    """What was found in a cone of the columns `kept`, of all features and of every class."""
    problem = search.problem
    shaped = direction.reshape(cone.n_classes - 1, -1)
    coefs = np.zeros((cone.n_classes, problem.n_features))
    coefs[1:, kept] = shaped[:, :-1]
    start = np.append(0.0, shaped[:, -1])
    if problem.loss.two_classes:
        coefs, start = coefs[1:], start[1:]
    else:
        # The same direction for every class changes nothing: take away the most common one.
        shift, base = np.median(coefs, axis=0), np.median(start)
        coefs, start = coefs - shift, start - base
    table = np.zeros((len(search.rows), cone.n_classes), dtype=bool)
    table[cone.demands] = without
    return Direction(coefs, start, table)


def _too_large(search: Search) -> Separation:
    """What a column that separates alone proves; otherwise nothing is known."""
    problem, design, rows, alone = search.problem, search.design, search.rows, search.alone
    if alone.empty:
        why = "whether several do together would take too long to find out."
        if problem.n_features + 1 >= len(rows):
            why = (
                "but with so many features for so few rows several do together, unless rows of "
                "different classes are alike. That would take too long to verify."
            )
        return without_direction(
            problem, "undecided", f"No single feature separates the classes; {why}"
        )
    first = alone.iloc[0]
    j = problem.feature_names.index(first["feature"])
    sign = 1.0 if first["side"] == "above" else -1.0
    unit = design.scale[j]
    own, k = search.own, problem.classes.index(first["class"])
    at_edge = values_of(problem, rows, j) == first["threshold"]
    edge = (first["threshold"] - design.mean[j]) / unit
    coefs = np.zeros((len(problem.classes), problem.n_features))
    coefs[k, j], start = sign, np.zeros(len(coefs))
    start[k] = -sign * edge
    # No gain on the threshold itself, nor between two of the other classes.
    each = np.arange(len(coefs))
    without = ((own[:, None] != k) & (each != k)) | at_edge[:, None]
    without &= each != own[:, None]
    if problem.loss.two_classes:
        coefs, start = coefs[1:] - coefs[:1], start[1:] - start[:1]
    return reported(
        search,
        Direction(coefs, start, without),
        "Whether several features together tell more rows apart was not looked for.",
    )
