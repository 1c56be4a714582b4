"""The certificate against plain numpy: explicit losses, conjugates and feasible dual points."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax, xlogy

import regpath
from regpath.core import objective
from regpath.core.families import FAMILIES
from regpath.core.fit import Goal, Points
from regpath.core.in_memory import in_memory
from regpath.core.null import solve_null
from regpath.core.objective import certify, inverted
from regpath.core.penalty import Penalty
from regpath.core.solvers.kernels import residuals
from tests.responses import response_of

CASES = {
    "lasso": {},
    "lasso, weights": {"weights": True},
    "lasso, centred only": {"standardize": False},
    "elastic net, weights, centred only": {"l1_ratio": 0.4, "weights": True, "standardize": False},
    "ridge": {"l1_ratio": 0.0},
    "nearly the lasso": {"l1_ratio": 0.999},
    "factors, lasso, weights": {"factors": [1, 0, 2, 0.5, 0, 1], "weights": True},
    "factors, elastic net": {"l1_ratio": 0.6, "factors": [0, 1, 3, 1, 1, 0.1]},
    "factors, ridge, centred only": {
        "l1_ratio": 0.0,
        "factors": [0, 1, 3, 1, 1, 0.1],
        "standardize": False,
    },
    "more features than rows, lasso": {"n": 24, "p": 40},
    "more features than rows, elastic net": {"n": 24, "p": 40, "l1_ratio": 0.2},
}


def explicit_loss(name, Y, eta):
    if name == "gaussian":
        return 0.5 * (Y - eta)[:, 0] ** 2
    if name == "binomial":
        return (np.logaddexp(0.0, eta) - Y * eta)[:, 0]
    if name == "poisson":
        return (np.exp(eta) - Y * eta + xlogy(Y, Y) - Y)[:, 0]
    return logsumexp(eta, axis=1) - np.sum(Y * eta, axis=1)


def explicit_mean(name, eta):
    if name == "gaussian":
        return eta
    if name == "poisson":
        return np.exp(eta)
    return 1.0 / (1.0 + np.exp(-eta)) if name == "binomial" else softmax(eta, axis=1)


def explicit_conjugate(name, Y, u):
    """Conjugate of each row's loss at -u; infinite outside its domain."""
    if name == "gaussian":
        return (0.5 * u**2 - u * Y)[:, 0]
    m = Y - u
    assert m.min() >= -1e-14
    m = np.clip(m, 0.0, None)
    if name == "poisson":
        return (xlogy(m, m) - m - xlogy(Y, Y) + Y)[:, 0]
    if name == "binomial":
        assert m.max() <= 1.0 + 1e-14
        return (xlogy(m, m) + xlogy(1.0 - m, np.clip(1.0 - m, 0.0, None)))[:, 0]
    assert m.sum(axis=1) == pytest.approx(1.0, abs=1e-13)
    return xlogy(m, m).sum(axis=1)


@dataclass
class Case:
    """A small problem, with everything that a certificate needs in plain arrays."""

    problem: regpath.Problem
    l1_ratio: float
    standardize: bool
    factors: np.ndarray

    def __post_init__(self):
        p = self.problem
        self.w, self.Y, self.name = p.sample_weight / p.sample_weight.sum(), p.Y, p.family
        self.mean = self.w @ p.X
        scale = np.sqrt(self.w @ (p.X - self.mean) ** 2)
        self.unit = scale if self.standardize else np.ones_like(scale)
        self.Z = (p.X - self.mean) / self.unit
        self.free = np.flatnonzero(self.factors == 0.0)
        self.A = np.column_stack([np.ones(len(self.Z)), self.Z[:, self.free]])
        self.data = in_memory(p, self.standardize)
        self.penalty = Penalty(self.l1_ratio, self.factors)
        self.null = solve_null(p.feature_names, self.data, self.factors)
        self.offset = 0.0 if p.offset is None else p.offset[:, None]

    def solutions(self, lambdas=None):
        """Strengths (L,), intercepts (L, K) and coefs (L, K, p) of a tight fit."""
        path = regpath.fit_path(
            self.problem,
            l1_ratio=self.l1_ratio,
            standardize=self.standardize,
            penalty_factor=self.factors,
            lambdas=lambdas,
            n_lambdas=4,
            min_ratio=0.02,
            tol=1e-10,
        )
        raw = np.moveaxis(path.coef_path.reshape(-1, len(self.unit), len(path.lambdas)), 2, 0)
        starts = path.intercept_path.reshape(-1, len(path.lambdas)).T + raw @ self.mean
        return path.lambdas, starts - self.problem.origin, raw * self.unit

    def eta(self, intercept, coefs):
        return self.Z @ coefs.T + intercept + self.offset

    def primal(self, intercept, coefs, lam):
        loss = self.w @ explicit_loss(self.name, self.Y, self.eta(intercept, coefs))
        l1, l2 = np.abs(coefs) @ self.factors, coefs**2 @ self.factors
        return loss + lam * (self.l1_ratio * l1 + (1.0 - self.l1_ratio) / 2 * l2).sum()

    def balanced(self, intercept, coefs):
        """The same with intercepts and free coefficients moved until residuals balance."""
        theta = np.column_stack([intercept, coefs[:, self.free]])
        rest = np.where(self.factors == 0.0, 0.0, coefs)
        family = FAMILIES[self.name]
        for _ in range(60):
            mean = explicit_mean(self.name, self.Z @ rest.T + self.A @ theta.T + self.offset)
            slope = (self.A.T @ (self.w[:, None] * (self.Y - mean))).T
            bend = self.w[:, None, None] * family.curvature(mean)
            H = np.einsum("ikl,ia,ib->kalb", bend, self.A, self.A).reshape(slope.size, -1)
            step = (np.linalg.pinv(H, rcond=1e-13) @ slope.ravel()).reshape(slope.shape)
            theta = theta + step / max(1.0, np.abs(step).max())
        coefs = rest.copy()
        coefs[:, self.free] = theta[:, 1:]
        return theta[:, 0], coefs

    def conjugate(self, u):
        """Of each row's loss as a function of what the model adds to the offset, at -u."""
        return explicit_conjugate(self.name, self.Y, u) + (u * self.offset)[:, 0]

    def dual(self, u, lam):
        """Dual value at balanced residuals, shrunk into the box where that is better."""
        assert np.abs((self.w[:, None] * u).T @ self.A).max() < 1e-12

        def value(t):
            size = np.abs(self.Z.T @ (self.w[:, None] * (t * u)))
            size[self.free] = 0.0
            box = lam * self.l1_ratio * self.factors[:, None]
            over = np.maximum(size - box, 0.0)
            over[over < 1e-13 * lam] = 0.0
            ridge = lam * (1.0 - self.l1_ratio) * np.maximum(self.factors, 1e-300)
            if ridge.any():
                cost = (over**2 / (2.0 * ridge[:, None])).sum()
            else:
                cost = np.inf if over.any() else 0.0
            return -self.w @ self.conjugate(t * u) - cost

        size = np.abs(self.Z.T @ (self.w[:, None] * u)).max(axis=1)
        size[self.free] = 0.0
        far = (size / np.maximum(lam * self.l1_ratio * self.factors, 1e-300)).max()
        return max(value(1.0), value(1.0 / max(far, 1.0)), 0.0)

    def proof(self, intercepts, coefs, lambdas):
        goal = Goal.of(np.array(lambdas), self.penalty, self.null)
        return certify(self.data, goal, self.null, Points(np.array(intercepts), np.array(coefs)))


@pytest.fixture(params=CASES)
def case(request, family, make_small):
    options = dict(CASES[request.param])
    p = options.get("p", 6)
    problem = make_small(
        family, n=options.get("n", 50), p=p, seed=3, weights=options.get("weights", False)
    )
    factors = np.array(options.get("factors", np.ones(p)), dtype=float)
    if family == "poisson" and options.get("weights"):  # counted for different times
        exposure = np.exp(np.random.default_rng(5).normal(size=problem.n_obs))
        problem = replace(problem, exposure=exposure, exposure_name="exposure")
    return Case(problem, options.get("l1_ratio", 1.0), options.get("standardize", True), factors)


def test_a_solution_has_an_explicit_dual_point_of_the_same_value(case):
    lambdas, intercepts, coefs = case.solutions()
    proof = case.proof(intercepts, coefs, lambdas)
    for i, lam in enumerate(lambdas):
        primal = case.primal(intercepts[i], coefs[i], lam)
        eta = case.eta(*case.balanced(intercepts[i], coefs[i]))
        dual = case.dual(case.Y - explicit_mean(case.name, eta), lam)
        assert -1e-13 * primal <= primal - dual <= 1e-8 * primal
        assert proof.dual_gap[i] <= 1e-8
        assert proof.kkt_violation[i] <= 1e-8


def test_the_bound_never_exceeds_the_optimum_and_is_tight(case):
    """Points are moved by `size`, intercepts and free coefficients too."""
    lambdas, intercepts, coefs = case.solutions()
    rng = np.random.default_rng(2)
    for i, lam in enumerate(lambdas):
        optimum = case.primal(intercepts[i], coefs[i], lam)
        for size in (1e-8, 1e-6, 1e-4, 1e-2, 0.1, 1.0, 30.0):
            b = coefs[i] + size * rng.normal(size=coefs[i].shape)
            b0 = intercepts[i] + size * rng.normal(size=intercepts[i].shape)
            proof = case.proof([b0], [b], [lam])
            primal = case.primal(b0, b, lam)
            gap = proof.dual_gap[0] * primal
            assert gap >= primal - optimum - 1e-13 * primal
            assert gap <= primal * (1.0 + 1e-12)
            if size > 1e-2:
                continue
            eta = case.eta(*case.balanced(b0, b))
            best = primal - case.dual(case.Y - explicit_mean(case.name, eta), lam)
            # Below a gap that is good enough, balancing is not repeated.
            assert gap <= 40.0 * best + 1e-6 * primal


def test_balanced_points_have_the_gap_of_their_own_residuals(case):
    lambdas, intercepts, coefs = case.solutions()
    rng = np.random.default_rng(3)
    for i, lam in enumerate(lambdas):
        for size in (1e-4, 1e-2, 0.3):
            b0, b = case.balanced(intercepts[i], coefs[i] + size * rng.normal(size=coefs[i].shape))
            primal = case.primal(b0, b, lam)
            u = case.Y - explicit_mean(case.name, case.eta(b0, b))
            z = case.Z.T @ (case.w[:, None] * u)
            z[case.free] = 0.0
            plain = -case.w @ case.conjugate(u)
            options = [primal]  # u = 0 is feasible
            box = lam * case.l1_ratio * case.factors[:, None]
            if case.l1_ratio < 1.0:
                unit = np.where(case.factors > 0.0, case.factors, 1.0)[:, None]
                over = np.maximum(np.abs(z) - box, 0.0) ** 2 / (2 * unit * (1 - case.l1_ratio))
                options.append(primal - plain + over.sum() / lam)
            if case.l1_ratio > 0.0:
                inside = box[:, 0] > 0.0
                t = 1.0 / max((np.abs(z[inside]) / box[inside]).max(), 1.0)
                options.append(primal - t * plain)
            gap = case.proof([b0], [b], [lam]).dual_gap[0] * primal
            assert gap == pytest.approx(min(options), rel=1e-6, abs=1e-11 * primal)
            best = primal - case.dual(u, lam)
            assert best - 1e-13 * primal <= gap <= 40.0 * best + 1e-13 * primal


def test_many_points_at_once_equal_one_at_a_time(case):
    lambdas, intercepts, coefs = case.solutions()
    rng = np.random.default_rng(4)
    coefs = coefs + 0.01 * rng.normal(size=coefs.shape)
    together = case.proof(intercepts, coefs, lambdas)
    for i in range(len(lambdas)):
        alone = case.proof(intercepts[[i]], coefs[[i]], lambdas[[i]])
        for one, all_ in zip(alone, together, strict=True):
            assert one[0] == pytest.approx(all_[i], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("rows", "threads"), [(256, 1), (7, 1), (7, 3), (1, 2)])
def test_blocks_of_rows_and_threads_do_not_matter(case, cut_up, rows, threads, monkeypatch):
    lambdas, intercepts, coefs = case.solutions()
    coefs = coefs + 0.01 * np.random.default_rng(4).normal(size=coefs.shape)
    whole = case.proof(intercepts, coefs, lambdas)
    cut_up(rows, threads)
    monkeypatch.setattr(regpath.core.evidence, "COLUMNS", 4)
    monkeypatch.setattr(regpath.core.objective, "CACHED", 1)
    pieces = case.proof(intercepts, coefs, lambdas)
    for one, other in zip(whole, pieces, strict=True):
        assert one == pytest.approx(other, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_the_optimum_is_the_one_that_scipy_finds(family, l1_ratio, make_small):
    """Positive and negative parts make the penalty smooth; bounds keep them so."""
    case = Case(make_small(family, n=40, p=3, weights=True), l1_ratio, True, np.array([1, 2, 0.5]))
    lambdas, intercepts, coefs = case.solutions()
    K, p = coefs.shape[1:]

    def value(theta, lam):
        b0, plus, minus = theta[:K], theta[K : K + K * p], theta[K + K * p :]
        b = (plus - minus).reshape(K, p)
        eta = case.eta(b0, b)
        loss = case.w @ explicit_loss(family, case.Y, eta)
        u = case.w[:, None] * (explicit_mean(family, eta) - case.Y)
        slope = (u.T @ case.Z + lam * (1 - l1_ratio) * case.factors * b).ravel()
        l1 = lam * l1_ratio * np.tile(case.factors, K)
        total = loss + l1 @ (plus + minus)
        total += lam * (1 - l1_ratio) / 2 * (case.factors * b**2).sum()
        return total, np.concatenate([u.sum(axis=0), slope + l1, l1 - slope])

    bounds = [(None, None)] * K + [(0.0, None)] * (2 * K * p)
    for i in (1, 3):
        found = minimize(
            value,
            np.zeros(K + 2 * K * p),
            args=(lambdas[i],),
            jac=True,
            bounds=bounds,
            method="L-BFGS-B",
            options={"maxiter": 5000, "ftol": 1e-16, "gtol": 1e-11},
        )
        primal = case.primal(intercepts[i], coefs[i], lambdas[i])
        assert primal == pytest.approx(found.fun, rel=1e-9)
        gap = case.proof(intercepts[[i]], coefs[[i]], lambdas[[i]]).dual_gap[0]
        assert primal * (1.0 - gap) <= found.fun * (1.0 + 1e-13)


@pytest.mark.parametrize("l1_ratio", [0.0, 0.3, 0.9])
def test_penalty_conjugate_is_the_largest_difference(l1_ratio):
    z, lam, factors = np.random.default_rng(0).normal(size=(1, 2, 3)), 0.4, np.array([1, 2, 0.5])
    grid = np.linspace(-40, 40, 400_001)
    best = sum(
        np.max(
            z[0, k, j] * grid - lam * f * (l1_ratio * np.abs(grid) + (1 - l1_ratio) / 2 * grid**2)
        )
        for k in range(2)
        for j, f in enumerate(factors)
    )
    value = Penalty(l1_ratio, factors).conjugate(np.abs(z), np.array([lam]))
    assert value == pytest.approx(best, abs=1e-6)


def test_penalty_conjugate_of_the_lasso_is_a_box():
    penalty, lam = Penalty(1.0, np.array([1.0, 2.0])), np.array([0.5, 0.5])
    size = np.array([[[0.5, 1.0]], [[0.5, 1.0 + 1e-15]]])
    assert penalty.conjugate(size, lam).tolist() == [0.0, np.inf]


def test_penalty_value_and_shrinkage_by_hand():
    penalty = Penalty(0.25, np.array([1.0, 2.0, 0.0]))
    coefs = np.array([[[1.0, -2.0, 100.0]], [[0.0, 0.0, 3.0]]])
    lam = np.array([0.4, 1.0])
    by_hand = 0.4 * (0.25 * (1 + 2 * 2) + 0.375 * (1 + 2 * 4))
    assert penalty.value(coefs, lam) == pytest.approx([by_hand, 0.0])
    size = np.array([[[0.1, 0.4, 0.0]], [[0.1, 0.4, 0.0]]])
    assert penalty.shrinkage(size, lam) == pytest.approx([0.1 / 0.2, 1.0])
    assert Penalty(0.0, np.ones(3)).shrinkage(size, lam).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("l1_ratio", [0.0, 0.5, 1.0])
def test_soft_threshold_of_an_orthogonal_design_has_no_violation(l1_ratio):
    rng = np.random.default_rng(1)
    n, p, lam, f = 40, 4, 0.3, np.array([1.0, 0.5, 2.0, 0.0])
    Z = np.sqrt(n) * np.linalg.qr(rng.normal(size=(n, p)))[0]
    y = Z @ rng.normal(size=p) + rng.normal(size=n)
    z = Z.T @ y / n
    b = np.sign(z) * np.maximum(np.abs(z) - lam * l1_ratio * f, 0) / (1 + lam * (1 - l1_ratio) * f)
    penalty = Penalty(l1_ratio, f)
    assert penalty.violation((z - b)[None, None], b[None, None], np.array([lam])) < 1e-14
    for j in range(p):
        moved = b.copy()
        moved[j] += 0.01
        wrong = penalty.violation((z - moved)[None, None], moved[None, None], np.array([lam]))
        assert wrong > 0.005


def test_pseudo_inverses_of_singular_and_broken_matrices():
    stack = np.array([[[2.0, 0.0], [0.0, 0.0]], [[np.nan, 0.0], [0.0, 1.0]]])
    assert inverted(stack).tolist() == [[[0.5, 0.0], [0.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]]]
    assert inverted(np.array([[[4.0]], [[0.0]]])).ravel().tolist() == [0.25, 0.0]


def test_a_corrupted_coefficient_turns_its_point_not_ok(family, make_small):
    problem = make_small(family)
    path = regpath.fit_path(problem, n_lambdas=20)
    assert regpath.check_path(problem, path)["ok"].all()
    coefs = path.coef_path.copy()
    coefs[..., 0, 9] += 1e-3
    report = regpath.check_path(problem, replace(path, coef_path=coefs))
    assert report.index[~report["ok"]].tolist() == [9]


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf, 1e200, 1e308])
def test_what_is_not_finite_is_no_proof(family, wrong, make_small):
    problem = make_small(family, p=3)
    path = regpath.fit_path(problem, n_lambdas=6, l1_ratio=0.5)
    for name in ("coef_path", "intercept_path"):
        broken = getattr(path, name).copy()
        broken[..., 4].flat[0] = wrong
        if name == "coef_path" and broken.ndim == 2:
            broken[0, 4] = wrong
        report = regpath.check_path(problem, replace(path, **{name: broken}))
        assert report.index[~report["ok"]].tolist() == [4]


def test_a_corrupted_intercept_is_found_too(family, make_small):
    problem = make_small(family)
    path = regpath.fit_path(problem, n_lambdas=20)
    intercepts = path.intercept_path.copy()
    intercepts[..., 4] += 0.01 * np.arange(1, 1 + intercepts[..., 4].size).reshape(
        intercepts[..., 4].shape
    )
    report = regpath.check_path(problem, replace(path, intercept_path=intercepts))
    assert report.index[~report["ok"]].tolist() == [4]


@pytest.mark.parametrize(
    "intercept", [-1000.0, -745.0, -40.0, 5.0, 30.0, 37.0, 40.0, 720.0, 1000.0]
)
def test_an_intercept_that_settles_every_row_proves_nothing(intercept, make_small):
    """Every expected response is 0 or 1, so nothing can bring the residuals into balance."""
    case = Case(make_small("binomial"), 1.0, True, np.ones(5))
    proof = case.proof([[intercept]], np.zeros((1, 1, 5)), [10.0])
    optimum = case.primal(case.null.intercept, case.null.coefs, 10.0)
    primal = case.primal(np.array([intercept]), np.zeros((1, 5)), 10.0)
    assert proof.dual_gap[0] * primal >= primal - optimum
    assert proof.kkt_violation[0] > 0.5


@pytest.mark.parametrize("distance", [1e-3, 1e-5, 1e-6, 1e-7, 1e-9])
def test_nearly_collinear_free_features_are_not_proven_too_good(family, distance):
    """Their difference explains what chance lets it, however small it is."""
    rng = np.random.default_rng(0)
    x, other, signal = rng.normal(size=(3, 200))
    X = np.column_stack([x, x + distance * other, signal])
    eta = x + signal + other / 3 + rng.normal(size=200)
    y = response_of(family, eta)
    problem = regpath.Problem.from_arrays(X, y, family=family)
    # The same question, asked so that it is easy.
    easy = regpath.Problem.from_arrays(np.column_stack([x, other, signal]), y, family=family)
    factors = [0.0, 0.0, 1.0]
    lambdas = regpath.lambda_max(easy, penalty_factor=factors) * np.array([0.5, 0.1])
    good = regpath.fit_path(easy, penalty_factor=factors, lambdas=lambdas)
    assert good.converged.all()
    try:
        path = regpath.fit_path(problem, penalty_factor=factors, lambdas=lambdas)
    except regpath.DataError:  # refused: no proof, so none that is wrong
        return
    for i, lam in enumerate(lambdas):
        values = []
        for fit, asked in ((path, problem), (good, easy)):
            eta = fit.decision_path(asked.X)[..., i].reshape(200, -1)
            Y = asked.Y + asked.origin if family == "gaussian" else asked.Y
            size = np.abs(fit.coefs("standardized").reshape(-1, 3, 2)[:, 2, i]).sum()
            values.append(explicit_loss(family, Y, eta).mean() + lam * size)
        # The scale of the third feature is the same, that of the others does not count.
        assert values[0] * (1.0 - path.dual_gap[i]) <= values[1] * (1.0 + 1e-12)


def test_check_path_agrees_with_what_the_path_says_of_itself(family, make_small):
    problem = make_small(family, weights=True)
    path = regpath.fit_path(problem, l1_ratio=0.7, standardize=False)
    report = regpath.check_path(problem, path)
    assert report["kkt_violation"].to_numpy() == pytest.approx(path.kkt_violation, abs=1e-9)
    assert report["dual_gap"].to_numpy() == pytest.approx(path.dual_gap, abs=1e-9)


def test_check_path_refuses_another_problem(make_small):
    path = regpath.fit_path(make_small("gaussian"), n_lambdas=3)
    with pytest.raises(regpath.DataError, match="another target"):
        regpath.check_path(make_small("binomial"), path)
    with pytest.raises(regpath.DataError, match="other features"):
        regpath.check_path(make_small("gaussian", p=4), path)


@pytest.mark.parametrize("offset", [0.0, 1e4, 1e6, 1e8])
def test_the_certificate_does_not_feel_where_zero_is(offset, make_small):
    base = make_small("gaussian")
    problem = regpath.Problem.from_arrays(base.X, base.y + offset, family="gaussian")
    path = regpath.fit_path(problem, n_lambdas=20)
    assert path.converged.all()
    assert regpath.check_path(problem, path)["ok"].all()
    coefs = path.coef_path.copy()
    coefs[:, 12] *= 1.01
    intercepts = problem.y.mean() - problem.X.mean(axis=0) @ coefs
    report = regpath.check_path(problem, replace(path, coef_path=coefs, intercept_path=intercepts))
    plain = regpath.fit_path(base, n_lambdas=20)
    expected = regpath.check_path(
        base,
        replace(plain, coef_path=coefs, intercept_path=intercepts - offset),
    )
    assert report["dual_gap"][12] == pytest.approx(expected["dual_gap"][12], rel=1e-3)
    assert report["dual_gap"][12] > 1e-6


@pytest.mark.parametrize("unit", [1e-60, 1e-20, 1e20, 1e60])
def test_the_certificate_does_not_feel_the_unit_of_the_response(unit, make_small):
    base = make_small("gaussian")
    problem = regpath.Problem.from_arrays(base.X, base.y * unit, family="gaussian")
    path = regpath.fit_path(problem, n_lambdas=8, l1_ratio=0.5)
    assert path.converged.all()
    assert regpath.check_path(problem, path)["ok"].all()


def test_a_wrong_gradient_is_no_proof(family, make_small, monkeypatch):
    """The gradient of the certificate is off in the fourth digit."""
    case = Case(make_small(family), 1.0, True, np.ones(5))
    lambdas, intercepts, coefs = case.solutions()
    right = objective.sums_over_rows

    def wrong(*args):
        sums = right(*args)
        return sums._replace(z=sums.z * (1.0 + 5e-4 * np.arange(sums.z.shape[2])))

    monkeypatch.setattr(objective, "sums_over_rows", wrong)
    assert (case.proof(intercepts, coefs, lambdas).worst[1:] > 1e-6).all()


def test_a_loss_below_zero_is_no_proof(family, make_small, monkeypatch):
    case = Case(make_small(family), 0.5, True, np.ones(5))
    lambdas, intercepts, coefs = case.solutions()
    right = objective.sums_over_rows

    def wrong(*args):
        sums = right(*args)
        return sums._replace(loss=sums.loss - 1e6)

    monkeypatch.setattr(objective, "sums_over_rows", wrong)
    assert np.isinf(case.proof(intercepts, coefs, lambdas).worst).all()


def test_a_gap_below_zero_is_no_proof(make_small, monkeypatch):
    case = Case(make_small("gaussian"), 0.5, True, np.ones(5))
    lambdas, intercepts, coefs = case.solutions()
    right = Penalty.conjugate
    monkeypatch.setattr(Penalty, "conjugate", lambda *args: right(*args) - 1.0)
    assert np.isinf(case.proof(intercepts, coefs, lambdas).worst).all()


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_a_solver_with_a_wrong_gradient_is_found_out(family, l1_ratio, make_small, monkeypatch):
    kernels = FAMILIES[family].kernels
    right = residuals.RESIDUALS[kernels]

    def wrong(eta, offset, shares, pattern, Y, weights):
        right(eta, offset, shares, pattern, Y, weights)
        eta *= 1.0 + 1e-3 * np.arange(len(eta))[:, None] / len(eta)

    monkeypatch.setitem(residuals.RESIDUALS, kernels, wrong)
    path = regpath.fit_path(make_small(family), l1_ratio=l1_ratio, n_lambdas=6)
    assert not path.converged[1:].any()
