import numpy as np
import pytest

from regpath.core.design import design_of
from regpath.core.families import FAMILIES
from regpath.core.fit import Goal
from regpath.core.in_memory import ArrayRows
from regpath.core.objective import null_model
from regpath.core.penalty import Penalty
from regpath.core.solvers import newton, ridge
from regpath.core.solvers.sums import RowSums
from tests.responses import coded_response

SHAPES = [(60, 8), (20, 50), (30, 30)]


def draw(family, n, p, *, weights=True, factors=True, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p)) @ (np.eye(p) + 0.2) + 2.0
    signal = X @ rng.normal(size=p) / np.sqrt(p) + rng.normal(size=n)
    Y = signal[:, None] - signal.mean()
    if family == "binomial":
        Y = (Y > 0).astype(float)
    elif family == "multinomial":
        Y = np.eye(3)[np.digitize(signal, np.quantile(signal, [0.3, 0.6]))]
    elif family == "poisson":
        Y = coded_response(family, n, rng)
    w = rng.uniform(0.2, 2.0, n) if weights else np.ones(n)
    if weights:
        w[::9] = 0.0
    w /= w.sum()
    f = rng.uniform(0.2, 3.0, p) if factors else np.ones(p)
    return X, Y, w, f


def standardized(X, w):
    Z = X - w @ X
    return Z / np.sqrt(w @ Z**2)


def solved(family, X, Y, w, f, lambdas, target=1e-11):
    data = ArrayRows(design_of(X, w, True), Y, w, family)
    goal = Goal(lambdas, Penalty(0.0, f), np.full(len(lambdas), target))
    return ridge.solve(data, goal, null_model(data, f))


@pytest.mark.parametrize(("n", "p"), SHAPES)
@pytest.mark.parametrize("weights", [True, False])
@pytest.mark.parametrize("factors", [True, False])
def test_axes_are_uncorrelated_and_cost_as_much_as_coefficients(n, p, weights, factors):
    X, Y, w, f = draw("gaussian", n, p, weights=weights, factors=factors)
    data = ArrayRows(design_of(X, w, True), Y, w, FAMILIES["gaussian"])
    axes = ridge.principal_axes(data, f)
    Z = standardized(X, w)
    # Coefficients along the axes have the penalty of those of the features ...
    r = len(axes.variances)
    directions = axes.features(np.eye(r)[:, None])[:, 0].T
    cost = directions.T @ (f[:, None] * directions)
    assert cost == pytest.approx(np.eye(r), abs=1e-8)
    # ... and the predictions along them do not overlap.
    scores = Z @ directions
    assert scores.T @ (w[:, None] * scores) == pytest.approx(
        np.diag(axes.variances), abs=1e-8 * axes.variances.max()
    )
    rank = min(p, np.count_nonzero(w) - 1)
    assert r == rank
    total = np.linalg.eigvalsh((Z / np.sqrt(f)).T @ (w[:, None] * Z / np.sqrt(f)))
    assert np.sort(axes.variances) == pytest.approx(total[-rank:], rel=1e-8)


@pytest.mark.parametrize(("n", "p"), SHAPES)
@pytest.mark.parametrize("weights", [True, False])
@pytest.mark.parametrize("factors", [True, False])
def test_least_squares_have_their_closed_form(n, p, weights, factors):
    X, Y, w, f = draw("gaussian", n, p, weights=weights, factors=factors)
    lambdas = np.geomspace(10.0, 1e-3, 7)
    intercepts, coefs = solved(FAMILIES["gaussian"], X, Y, w, f, lambdas)
    Z = standardized(X, w)
    y = Y[:, 0] - w @ Y[:, 0]
    for i, lam in enumerate(lambdas):
        closed = np.linalg.solve(Z.T @ (w[:, None] * Z) + lam * np.diag(f), Z.T @ (w * y))
        assert coefs[i, 0] == pytest.approx(closed, rel=1e-6, abs=1e-8)
        assert intercepts[i] == pytest.approx(w @ Y)


@pytest.mark.parametrize("family", ["binomial", "multinomial", "poisson"])
@pytest.mark.parametrize(("n", "p"), SHAPES)
def test_the_optimality_conditions_hold(family, n, p):
    X, Y, w, f = draw(family, n, p)
    lambdas = np.geomspace(3.0, 1e-3, 30)  # more than are solved at once
    intercepts, coefs = solved(FAMILIES[family], X, Y, w, f, lambdas)
    Z = standardized(X, w)
    for i, lam in enumerate(lambdas):
        u = w[:, None] * (Y - FAMILIES[family].mean(Z @ coefs[i].T + intercepts[i]))
        assert pytest.approx(lam * f * coefs[i], abs=1e-9) == (Z.T @ u).T
        assert u.sum(axis=0) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("family", ["binomial", "multinomial", "poisson"])
@pytest.mark.parametrize(("n", "p"), SHAPES)
def test_newton_on_the_features_finds_the_same(family, n, p):
    X, Y, w, f = draw(family, n, p)
    loss = FAMILIES[family]
    data = ArrayRows(design_of(X, w, True), Y, w, loss)
    lambdas = np.geomspace(3.0, 1e-2, 8)
    one = solved(loss, X, Y, w, f, lambdas)
    goal = Goal(lambdas, Penalty(0.0, f), np.full(8, 1e-11))
    two = newton.solve(RowSums.single(data), goal, null_model(data, f).repeated(1), 30.0)
    assert one[1] == pytest.approx(two[1], abs=1e-7)
    for a, b in zip(one[0], two[0], strict=True):  # softmax does not feel a common shift
        assert a - a.mean() * (a.size > 1) == pytest.approx(b - b.mean() * (b.size > 1), abs=1e-7)


@pytest.mark.parametrize("family", ["binomial", "multinomial", "poisson"])
@pytest.mark.parametrize(("n", "p"), SHAPES)
def test_many_strengths_blocks_and_threads_do_not_matter(family, n, p, cut_up, monkeypatch):
    X, Y, w, f = draw(family, n, p)
    lambdas = np.geomspace(1.0, 1e-2, 5)
    _, together = solved(FAMILIES[family], X, Y, w, f, lambdas)
    monkeypatch.setattr(ridge, "TOGETHER", 1)
    cut_up(rows=7, n=3)
    _, alone = solved(FAMILIES[family], X, Y, w, f, lambdas)
    assert together == pytest.approx(alone, abs=1e-8)


def test_columns_that_repeat_or_do_not_vary_share_the_coefficient():
    X, Y, w, _ = draw("gaussian", 40, 4)
    X = np.column_stack([X, X[:, 0], np.full(40, 2.0)])
    f = np.array([1.0, 1.0, 1.0, 1.0, 2.0, 1.0])
    _, coefs = solved(FAMILIES["gaussian"], X, Y, w, f, np.array([0.1]))
    assert coefs[0, 0, 0] == pytest.approx(2.0 * coefs[0, 0, 4])
    assert coefs[0, 0, 5] == 0.0
