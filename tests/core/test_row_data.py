"""Whoever answers as `RowData` does gets paths and validations: here two halves whose sums add."""

from itertools import pairwise

import numpy as np
import pytest

from regpath.core.families import FAMILIES
from regpath.core.fit import Points
from regpath.core.in_memory import in_memory
from regpath.core.objective import CERTIFIED, certify
from regpath.core.penalty import Penalty
from regpath.core.row_path import GridChoice, fit_rows
from regpath.core.validation.row_folds import validate_rows
from regpath.errors import DataError
from tests.core.two_parts import TwoParts

PENALTY_FACTORS = np.linspace(0.5, 2.0, 6)


@pytest.fixture(params=sorted(FAMILIES))
def case(request, make_small):
    problem = make_small(request.param, n=90, p=6, weights=True)
    # A lasso of least squares is strongly convex by its data, the others by their ridge part.
    penalty = Penalty(1.0 if problem.loss.quadratic else 0.5, PENALTY_FACTORS)
    return problem, in_memory(problem, True), TwoParts.cut(problem, 37, True), penalty


def objectives(data, fit):
    """Of proven points: the objective, seen from the coordinates of `data`, and the points."""
    seen = Points(*data.design.from_raw_units(*fit.proven.points, data.origin))
    return fit.proven.proof.loss + fit.goal.penalty.value(seen.coefs, fit.goal.lambdas), seen


def distance(data, one, two):
    """How far coefs of two proven paths can lie from each other, shape (L,), and the points.

    An objective of strong convexity mu that is g above its minimum is at most sqrt(2 g / mu) away.
    """
    penalty, lambdas = one.goal.penalty, one.goal.lambdas
    mu = lambdas * (1.0 - penalty.l1_ratio) * penalty.factors.min()
    if data.family.quadratic:
        Z = data.design.standardized(slice(None))
        mu = mu + np.linalg.eigvalsh(Z.T @ (Z * data.weights[:, None]))[0]
    far, points = 0.0, []
    for fit in (one, two):
        objective, seen = objectives(data, fit)
        rounding = 1e-13  # of the objective itself
        far = far + np.sqrt(2.0 * (fit.proven.proof.dual_gap + rounding) * objective / mu)
        points.append(seen)
    return far, points


def test_a_path_of_two_parts_is_proven_and_the_ordinary_one(case):
    _, whole, parts, penalty = case
    one = fit_rows(whole, penalty, GridChoice(n_lambdas=25))
    two = fit_rows(parts, penalty, GridChoice(n_lambdas=25))
    assert two.goal.lambdas == pytest.approx(one.goal.lambdas, rel=1e-10)
    assert (two.proven.proof.worst <= CERTIFIED).all()
    far, (here, there) = distance(whole, one, two)
    moved = np.sqrt(np.square(here.coefs - there.coefs).sum(axis=(1, 2)))
    assert (moved <= far).all()
    assert there.coefs[-1].any()
    # The ordinary proof says the same of points that the parts found.
    proof = certify(whole, one.goal, one.null, there)
    assert (proof.worst <= CERTIFIED).all()


def test_what_parts_are_asked_adds_up_to_the_answers_of_the_whole(case):
    _, whole, parts, penalty = case
    rng, K = np.random.default_rng(0), whole.n_outputs
    points = Points(0.1 * rng.normal(size=(3, K)), 0.2 * rng.normal(size=(3, K, 6)))
    for one, two in zip(
        whole.certificate_sums(penalty.penalized, points),
        parts.certificate_sums(penalty.penalized, points),
        strict=True,
    ):
        assert two == pytest.approx(one, rel=1e-10, abs=1e-12)
    for one, two in zip(whole.null_sums(), parts.null_sums(), strict=True):
        assert two == pytest.approx(one, rel=1e-10, abs=1e-12)
    mask = rng.random(90) < 0.3
    for one, two in zip(whole.held_out(points, mask), parts.held_out(points, mask), strict=True):
        assert two == pytest.approx(one, rel=1e-10)
    eta = np.einsum("np,ckp->nck", whole.design.standardized(slice(None)), points.coefs)
    eta = whole.with_offset(eta + points.intercepts, slice(None))
    losses = whole.weights[mask] @ whole.family.loss(whole.Y[mask, None], eta[mask])
    assert whole.held_out(points, mask).total == pytest.approx(losses, rel=1e-10)
    pattern = rng.integers(0, 3, 90)
    kinds = ~np.eye(3, dtype=bool)
    folds, added = (rows.for_folds(pattern, kinds, True) for rows in (whole, parts))
    model = np.array([2, 0, 1])
    for question in (
        lambda sums: sums.gradient(*points, model),
        lambda sums: sums.gradients_by_model(*points),
        lambda sums: [sums.curvatures(*points, model)],
        lambda sums: [sums.curvatures_by_model(*points.at(0))],
    ):
        for one, two in zip(question(folds.sums), question(added.sums), strict=True):
            assert two == pytest.approx(one, rel=1e-8, abs=1e-10)


def test_a_validation_of_two_parts_is_proven_and_the_ordinary_one(case):
    _, whole, _, penalty = case
    grid = GridChoice(n_lambdas=15, min_ratio=1e-2)
    labels = np.arange(90) % 5
    one, two = (validate_rows(rows, fit_rows(rows, penalty, grid), labels) for rows in case[1:3])
    assert one.masses == pytest.approx(two.masses)
    folds = whole.for_folds(labels, ~np.eye(5, dtype=bool), True)
    for m, (rows, first, second) in enumerate(zip(folds.rows, one.fits, two.fits, strict=True)):
        assert (second.proven.proof.worst <= CERTIFIED).all()
        far, points = distance(rows, first, second)
        moved = np.sqrt(np.square(points[0].coefs - points[1].coefs).sum(axis=(1, 2)))
        assert (moved <= far).all()
        # A step in coefs moves predictions by its length times that of a row, and intercepts
        # follow by as much; a loss changes by residuals times that.
        Z = rows.design.standardized(slice(None))
        reach = 2.0 * np.sqrt(np.square(Z).sum(axis=1).max())
        etas = [np.einsum("np,lkp->lnk", Z, each.coefs) for each in points]
        etas = [
            whole.with_offset((eta + each.intercepts[:, None]).transpose(1, 0, 2), slice(None))
            for eta, each in zip(etas, points, strict=True)
        ]
        steepest = max(
            np.abs(whole.family.mean(eta) - whole.Y[:, None]).sum(axis=2).max() for eta in etas
        )
        assert (np.abs(one.losses[m] - two.losses[m]) <= reach * far * steepest).all()


def test_losses_of_folds_are_those_of_predictions(case):
    problem, whole, _, penalty = case
    fit = fit_rows(whole, penalty, GridChoice(n_lambdas=8, min_ratio=1e-2))
    labels = np.arange(90) % 4
    found = validate_rows(whole, fit, labels)
    for m in range(4):
        rows = labels == m
        intercepts, coefs = found.fits[m].proven.points
        eta = np.einsum("np,lkp->nlk", problem.X[rows], coefs) + intercepts - whole.origin
        eta = whole.with_offset(eta, rows)
        losses = problem.loss.loss(problem.Y[rows, None], eta)
        expected = np.average(losses, axis=0, weights=problem.weights[rows])
        assert found.losses[m] == pytest.approx(expected, rel=1e-9)


def test_rows_out_of_reach_say_what_they_cannot_do(case):
    _, _, parts, _ = case
    with pytest.raises(DataError, match="not at hand"):
        fit_rows(parts, Penalty(0.5, np.r_[0.0, np.ones(5)]))


def test_wherever_rows_are_cut_the_path_is_the_same(make_small):
    problem = make_small("binomial", n=60, p=4)
    penalty, grid = Penalty(0.5, np.ones(4)), GridChoice(n_lambdas=10)
    paths = [fit_rows(TwoParts.cut(problem, at, True), penalty, grid) for at in (3, 30, 59)]
    data = in_memory(problem, True)
    for one, two in pairwise(paths):
        far, points = distance(data, one, two)
        assert (np.abs(points[0].coefs - points[1].coefs).max(axis=(1, 2)) <= far).all()
