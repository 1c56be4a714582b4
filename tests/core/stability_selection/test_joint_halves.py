"""Halves in lockstep, against each fit alone."""

import numpy as np
import pytest

import regpath
from regpath.core.stability_selection.complementary_pairs import deal_halves
from regpath.core.stability_selection.joint_halves import fit_together, worth_joining


@pytest.mark.parametrize(("family", "l1_ratio"), [("binomial", 1.0), ("multinomial", 0.6)])
@pytest.mark.parametrize("standardize", [True, False])
def test_each_path_is_the_one_fit_alone(family, l1_ratio, standardize, make_small):
    problem = make_small(family, n=90, weights=True)
    path = regpath.fit_path(problem, n_lambdas=25, l1_ratio=l1_ratio, standardize=standardize)
    assert worth_joining(problem, path)
    halves = [half for pair in deal_halves(problem, 3, 1) for half in pair]
    joint = fit_together(problem, path, halves)
    for half, found in zip(halves, joint, strict=True):
        alone = regpath.fit_path(
            problem.take(half), lambdas=path.lambdas, l1_ratio=l1_ratio, standardize=standardize
        )
        assert found.converged.all()
        assert found.n_obs == len(half)
        np.testing.assert_allclose(found.x_scale, alone.x_scale)
        np.testing.assert_array_equal(found.coef_path != 0.0, alone.coef_path != 0.0)
        size = np.abs(alone.coef_path).max()
        np.testing.assert_allclose(found.coef_path, alone.coef_path, atol=1e-6 * size)
        table = regpath.check_path(problem.take(half), found)
        assert table["ok"].all()


def test_separated_halves_are_certified_too():
    problem = regpath.make_problem(regpath.datasets.load("separable"), "outcome")
    path = regpath.fit_path(problem, n_lambdas=30)
    halves = [half for pair in deal_halves(problem, 2, 0) for half in pair]
    assert all(found.converged.all() for found in fit_together(problem, path, halves))


def test_where_it_saves_nothing(make_small):
    gaussian = make_small("gaussian")
    assert not worth_joining(gaussian, regpath.fit_path(gaussian, n_lambdas=3))
    classes = make_small("binomial")
    always_in = regpath.fit_path(classes, n_lambdas=3, penalty_factor=[0, 1, 1, 1, 1])
    assert not worth_joining(classes, always_in)
