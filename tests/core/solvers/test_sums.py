import numpy as np
import pytest
from scipy import sparse

from regpath.core import design as design_module
from regpath.core.design import design_of, moments
from regpath.core.families import FAMILIES
from regpath.core.fit import FitData
from regpath.core.in_memory import in_memory
from regpath.core.solvers import sums as module
from regpath.core.solvers.sums import RowSums
from regpath.core.solvers.weighting import Weighting
from tests.responses import coded_response


def draw(name, *, n=90, p=4, M=3, shift=0.0, form=np.array, seed=0):
    """M models on overlapping rows of four patterns, one of which is in no model."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p)) * rng.uniform(0.3, 3.0, p) + rng.normal(size=p)
    if form is sparse.csr_array:
        X[rng.random((n, p)) < 0.5] = 0.0
    X[:, 0] += shift
    K = 3 if name == "multinomial" else 1
    Y = coded_response(name, n, rng)
    weights, pattern = rng.uniform(0.2, 2.0, n), rng.integers(0, 4, n)
    weights /= weights.sum()
    member = np.array([[1, 0, 1], [1, 1, 0], [0, 1, 1], [0, 0, 0]], dtype=float)[:, :M]
    shares = member / (weights @ member[pattern])
    known = [moments(X, weights * shares[pattern, m]) for m in range(M)]
    mean = np.stack([pair[0] for pair in known])
    inverse = 1.0 / np.stack([pair[1] for pair in known])
    models = Weighting(pattern, shares, mean, inverse)
    design = design_of(form(X), weights, True)
    return X, Y, K, RowSums(FitData(design, Y, weights, FAMILIES[name]), models), rng


def reference(X, Y, sums, m):
    """Weights and features of a model, in plain numpy."""
    models = sums.models
    return (
        sums.data.weights * models.shares[models.pattern, m],
        (X - models.mean[m]) * models.inverse[m],
    )


@pytest.fixture(params=["gaussian", "binomial", "multinomial"])
def name(request):
    return request.param


@pytest.mark.parametrize("shift", [0.0, 1e5])
@pytest.mark.parametrize("form", [np.array, np.asfortranarray, sparse.csr_array])
def test_gradients_of_several_models_are_those_of_numpy(name, form, shift):
    if form is sparse.csr_array and shift:
        pytest.skip("sparse rows are not shifted")
    X, Y, K, sums, rng = draw(name, form=form, shift=shift)
    model = np.array([0, 2, 1, 1, 0])
    b0, b = rng.normal(size=(5, K)), rng.normal(size=(5, K, 4))
    z, slope = sums.gradient(b0, b, model)
    for c, m in enumerate(model):
        w, Z = reference(X, Y, sums, m)
        assert w.sum() == pytest.approx(1.0)
        u = w[:, None] * (Y - FAMILIES[name].mean(Z @ b[c].T + b0[c]))
        digits = 1e-13 if shift == 0.0 else 1e-10
        assert z[c] == pytest.approx((Z.T @ u).T, rel=1e-11, abs=digits)
        assert slope[c] == pytest.approx(u.sum(axis=0), rel=1e-11, abs=digits)


@pytest.mark.parametrize("shift", [0.0, 1e5])
@pytest.mark.parametrize("form", [np.array, sparse.csr_array])
def test_second_derivatives_of_a_model_are_those_of_numpy(name, form, shift):
    if form is sparse.csr_array and shift:
        pytest.skip("sparse rows are not shifted")
    X, Y, K, sums, rng = draw(name, form=form, shift=shift)
    for m in (0, 1, 2):
        b0, b = rng.normal(size=K), rng.normal(size=(K, 4))
        w, Z = reference(X, Y, sums, m)
        A = np.column_stack([Z, np.ones(len(Z))])
        bend = FAMILIES[name].curvature(FAMILIES[name].mean(Z @ b.T + b0))
        expected = np.einsum("i,ikl,ia,ib->kalb", w, bend, A, A)
        digits = 1e-13 if shift == 0.0 else 1e-10
        assert sums.curvature(b0, b, m) == pytest.approx(expected, rel=1e-10, abs=digits)


def test_gradients_and_second_derivatives_are_differences(name):
    X, Y, K, sums, rng = draw(name)
    m, step = 1, 1e-5
    w, Z = reference(X, Y, sums, m)
    b0, b = rng.normal(size=K), rng.normal(size=(K, 4))

    def loss(intercept, coefs):
        return w @ FAMILIES[name].loss(Y, Z @ coefs.T + intercept)

    def gradient(intercept, coefs):
        z, slope = sums.gradient(intercept[None], coefs[None], np.array([m]))
        return np.append(z[0], slope[0][:, None], axis=1)

    here, bend = gradient(b0, b), sums.curvature(b0, b, m)
    for k in range(K):
        for j in range(5):
            move = np.zeros((K, 5))
            move[k, j] = step
            up = (b0 + move[:, -1], b + move[:, :-1])
            down = (b0 - move[:, -1], b - move[:, :-1])
            assert here[k, j] == pytest.approx((loss(*down) - loss(*up)) / (2 * step), abs=1e-8)
            change = (gradient(*down) - gradient(*up)) / (2 * step)
            assert bend[:, :, k, j] == pytest.approx(change, abs=1e-8)


@pytest.mark.parametrize(("rows", "threads"), [(7, 1), (7, 3), (1, 2)])
@pytest.mark.parametrize("form", [np.array, sparse.csr_array])
def test_blocks_threads_and_chunks_do_not_matter(name, form, rows, threads, cut_up, monkeypatch):
    _, _, K, sums, rng = draw(name, form=form)
    model = rng.integers(0, 3, 20)
    b0, b = rng.normal(size=(20, K)), rng.normal(size=(20, K, 4))
    whole = [*sums.gradient(b0, b, model), sums.curvature(b0[0], b[0], 1)]
    cut_up(rows, threads)
    monkeypatch.setattr(module, "COLUMNS", 3)
    assert len(sums.design.row_blocks(1)) > 1
    pieces = [*sums.gradient(b0, b, model), sums.curvature(b0[0], b[0], 1)]
    for one, other in zip(whole, pieces, strict=True):
        assert one == pytest.approx(other, rel=1e-12, abs=1e-14)
    for c in (0, 7, 19):
        z, slope = sums.gradient(b0[[c]], b[[c]], model[[c]])
        assert z[0] == pytest.approx(whole[0][c], rel=1e-12, abs=1e-14)
        assert slope[0] == pytest.approx(whole[1][c], rel=1e-12, abs=1e-14)


def test_second_derivatives_of_all_models_at_once_are_those_of_each(name):
    _, _, K, sums, rng = draw(name)
    intercept, beta = rng.normal(size=K), rng.normal(size=(K, 4))
    together = sums.curvatures_by_model(intercept, beta)
    for m in range(3):
        coefs = beta / sums.models.inverse[m]
        start = intercept + beta @ sums.models.mean[m]
        alone = sums.curvature(start, coefs, m)
        assert together[m] == pytest.approx(alone, rel=1e-10, abs=1e-13)


def test_a_rough_answer_is_near_and_has_the_right_weight(name, monkeypatch):
    _, _, K, sums, rng = draw(name, n=4000)
    monkeypatch.setattr(module, "ROWS_PER_FEATURE", 20)
    monkeypatch.setattr(design_module, "BLOCK_BYTES", 1)
    monkeypatch.setattr(design_module, "LEAST_ROWS", 32)
    b0, b = 0.3 * rng.normal(size=K), 0.3 * rng.normal(size=(K, 4))
    exact, rough = sums.curvature(b0, b, 0), sums.curvature(b0, b, 0, rough=True)
    assert not np.array_equal(exact, rough)
    assert rough == pytest.approx(exact, abs=0.25)
    if name == "gaussian":
        assert rough[0, -1, 0, -1] == pytest.approx(1.0, rel=1e-12)


def test_one_model_on_all_rows_has_the_coordinates_of_the_design(make_small):
    problem = make_small("binomial", weights=True)
    data = in_memory(problem, True)
    single = RowSums.single(data).models
    assert single.mean[0].tolist() == data.design.mean.tolist()
    assert single.inverse[0].tolist() == data.design.inverse.tolist()
    assert (data.weights * single.shares[single.pattern, 0]).sum() == pytest.approx(1.0)
