"""What comes after a path, on sparse features as on the same dense ones."""

import numpy as np
from scipy import sparse

import regpath
from tests.responses import response_of


def test_sparse_is_as_dense(family):
    rng = np.random.default_rng(0)
    dense = rng.normal(size=(90, 6)) * (rng.random((90, 6)) < 0.4)
    dense[:, 5] = np.where(np.arange(90) < 5, 9.0, 0.0)
    signal = dense[:, 0] + 0.5 * rng.normal(size=90)
    response = response_of(family, signal)
    classes = family in ("binomial", "multinomial")
    if classes:
        response[:5] = 1
    one, two = (
        regpath.Problem.from_arrays(X, response, family=family)
        for X in (dense, sparse.csr_array(dense))
    )
    path = regpath.fit_path(one, n_lambdas=8, min_ratio=0.05)
    other = regpath.fit_path(two, lambdas=path.lambdas)
    if classes:
        assert regpath.separating_columns(two).equals(regpath.separating_columns(one))
        assert regpath.find_separation(two).kind == regpath.find_separation(one).kind != "none"
    refits = [regpath.relax_path(p, q) for p, q in ((one, path), (two, other))]
    np.testing.assert_array_equal(refits[0].finite, refits[1].finite)
    np.testing.assert_allclose(refits[0].coef_path, refits[1].coef_path, atol=1e-9)
    halves = [regpath.assess_stability(p, q, n_pairs=2) for p, q in ((one, path), (two, other))]
    np.testing.assert_array_equal(halves[0].selected, halves[1].selected)
    parts = regpath.contributions(other, sparse.csr_array(dense)[[3]])
    np.testing.assert_allclose(parts.total, path.decision_path(dense[[3]])[0], atol=1e-8)
    assert regpath.path_uniqueness(two, other)["unique"].all()
