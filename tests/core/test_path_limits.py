"""What a fit may take: memory, threads, time; and where its data may lie."""

import tracemalloc

import numpy as np
import pytest
from scipy import sparse
from threadpoolctl import threadpool_limits

import regpath
from regpath import Problem, cross_validate, fit_path
from regpath.core.fit import Points
from regpath.core.solvers import warm_up
from tests.responses import response_of


def tall(family, n=40_000, p=60, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p))
    signal = X[:, :4].sum(axis=1) + rng.normal(size=n)
    return X, signal if family == "gaussian" else (signal > 0).astype(int)


def peak_of(work):
    """Bytes that were allocated at once, at the most."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("family", ["gaussian", "binomial"])
@pytest.mark.parametrize("l1_ratio", [1.0, 0.0])
def test_a_fit_of_many_rows_takes_at_most_half_of_x_beside_x(family, l1_ratio):
    warm_up()
    X, y = tall(family)
    problem = Problem.from_arrays(X, y, family=family, copy=False)
    fit_path(problem, l1_ratio=l1_ratio, n_lambdas=4)
    peak = peak_of(lambda: fit_path(problem, l1_ratio=l1_ratio, n_lambdas=30))
    assert peak <= 0.5 * X.nbytes


@pytest.mark.parametrize("family", ["gaussian", "binomial"])
def test_features_on_disk_are_read_in_blocks(family, tmp_path):
    X, y = tall(family)
    on_disk = np.memmap(tmp_path / "x.dat", dtype=float, mode="w+", shape=X.shape)
    on_disk[:] = X
    on_disk.flush()
    on_disk = np.memmap(tmp_path / "x.dat", dtype=float, mode="r", shape=X.shape)
    here = fit_path(Problem.from_arrays(X, y, family=family), n_lambdas=20)
    paths = []
    problem = Problem.from_arrays(on_disk, y, family=family, copy=False)
    peak = peak_of(lambda: paths.append(fit_path(problem, n_lambdas=20)))
    assert peak <= 0.5 * X.nbytes
    assert paths[0].coef_path.tolist() == here.coef_path.tolist()


def test_sparse_features_are_never_made_dense():
    rng = np.random.default_rng(0)
    X = sparse.random_array((3000, 4000), density=0.003, rng=rng, format="csr")
    y = (X[:, [0, 1, 2, 3]].sum(axis=1) + 0.1 * rng.normal(size=3000) > 0.05).astype(int)
    problem = Problem.from_arrays(X, y)
    fit_path(problem, n_lambdas=3)
    paths = []
    peak = peak_of(lambda: paths.append(fit_path(problem, n_lambdas=10)))
    assert paths[0].converged.all()
    assert peak <= 0.25 * 8 * 3000 * 4000


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_any_number_of_threads_gives_the_same_path(family, l1_ratio, make_small):
    problem = make_small(family, n=600, p=12)
    with threadpool_limits(1):
        one = fit_path(problem, l1_ratio=l1_ratio, n_lambdas=20)
    two = fit_path(problem, l1_ratio=l1_ratio, n_lambdas=20)
    assert one.dev_ratio == pytest.approx(two.dev_ratio, abs=1e-9)
    if family != "multinomial" or l1_ratio < 1.0:
        assert one.coef_path == pytest.approx(two.coef_path, abs=1e-7)


def test_two_rows(family):
    if family == "multinomial":
        X, y = np.eye(3), [0, 1, 2]
    else:
        X, y = np.array([[0.0, 1.0], [1.0, 5.0]]), [0, 1]
    problem = Problem.from_arrays(X, y, family=family)
    for l1_ratio in (1.0, 0.5, 0.0):
        path = fit_path(problem, l1_ratio=l1_ratio)
        assert np.isfinite(path.coef_path).all()
        assert path.converged.all()


def test_points_that_are_not_proven_are_named(make_small, monkeypatch):
    from regpath.core import row_path as module

    def lazy(data, goal, null, told=None):
        return Points(np.zeros((len(goal.lambdas), 1)), np.ones((len(goal.lambdas), 1, data.p)))

    monkeypatch.setattr(module, "solve_path", lazy)
    monkeypatch.setattr(module, "polish", lambda data, goal, points: points)
    path = fit_path(make_small("gaussian"), lambdas=[0.5, 0.25, 0.125])
    missed = [f"{lam:.4g}" for lam in path.lambdas[~path.converged]]
    assert missed
    assert f"not certified: lambda = {', '.join(missed)}" in repr(path)


def test_what_the_caller_brought_is_neither_changed_nor_frozen():
    X, y = tall("binomial", n=50)
    before = X.copy()
    cross_validate(problem := Problem.from_arrays(X, y, copy=False), fit_path(problem), n_folds=3)
    assert X.flags.writeable
    assert X.tolist() == before.tolist()
    assert np.shares_memory(problem.X, X)
    assert not np.shares_memory(Problem.from_arrays(X, y).X, X)
    assert regpath.check_path(problem, fit_path(problem, n_lambdas=3))["ok"].all()


def test_threads_that_come_and_go_lose_no_rows(monkeypatch):
    """Somebody else's fit may change how many threads there are between two questions."""
    from regpath.core import design, threads

    X, _ = tall("gaussian", n=5000)
    weights = np.full(len(X), 1.0 / len(X))
    for pattern in ([1, 2, 2, 1], [2, 1, 1, 2], [2, 2, 1, 1]):
        answers = iter(pattern * 50)
        with monkeypatch.context() as patched:
            patched.setattr(threads, "n_threads", lambda answers=answers: next(answers))
            mean, scale = design.moments(X, weights)
        assert mean == pytest.approx(X.mean(axis=0), abs=1e-12)
        assert scale == pytest.approx(X.std(axis=0), rel=1e-12)


@pytest.mark.parametrize("shift", [1e8, 1e10])
def test_what_is_proven_is_what_is_returned(family, shift):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 5))
    signal = X[:, 0] + X[:, 1] + 0.1 * rng.normal(size=200)
    X[:, 0] += shift
    y = response_of(family, signal)
    problem = Problem.from_arrays(X, y, family=family)
    path = fit_path(problem, n_lambdas=15)
    proof = regpath.check_path(problem, path)
    assert proof["ok"].tolist() == path.converged.tolist()


def test_wild_weights_end_in_finite_numbers():
    for seed in range(12):
        rng = np.random.default_rng(seed)
        X = np.round(rng.normal(size=(10, 5)))
        weight = 10.0 ** rng.integers(-8, 8, 10)
        problem = Problem.from_arrays(X, np.arange(10) % 3, sample_weight=weight)
        for l1_ratio in (1.0, 0.0):
            path = fit_path(problem, l1_ratio=l1_ratio, n_lambdas=15)
            assert np.isfinite(path.coef_path).all()
            assert np.isfinite(path.intercept_path).all()


@pytest.mark.parametrize("seed", [4, 33])
def test_polynomials_that_all_but_part_three_classes_are_proven_to_their_weak_end(seed):
    rng = np.random.default_rng(seed)
    t = rng.uniform(0.0, 20.0, 33)
    y = response_of("multinomial", np.sin(t) + 0.3 * rng.normal(size=33), cuts=(-0.4, 0.4))
    problem = Problem.from_arrays(t[:, None] ** np.arange(1, 6), y)
    assert fit_path(problem, n_lambdas=20, min_ratio=1e-6).converged.all()


@pytest.mark.parametrize("limit", [150, 0])
def test_polishing_has_a_budget(limit, make_small, monkeypatch):
    """A solver that finds nothing leaves all to polishing: within its budget, all is proven."""
    from regpath.core import row_path, solvers

    monkeypatch.setattr(solvers, "ALL_FEATURES", limit)
    monkeypatch.setattr(
        row_path, "solve_path", lambda data, goal, null, told: null.repeated(len(goal.lambdas))
    )
    problem = make_small("binomial", n=60, p=8)
    assert fit_path(problem, n_lambdas=40).converged.all()
    monkeypatch.setattr(solvers, "BUDGET", 0.0)
    path = fit_path(problem, n_lambdas=40)
    # The empty point is proven as it is. An attempt spends its budget on a few points at once or
    # on one; the others stay what they were, and are named.
    each = 8 if limit else 1
    assert 1 < path.converged.sum() <= 1 + each * len(row_path.TIGHTER)
    assert "not certified" in repr(path)
