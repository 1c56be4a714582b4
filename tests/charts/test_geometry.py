"""A circle looks like one, the touching point is marked, and priors stand beside the data."""

from dataclasses import replace

import numpy as np
import pytest

import regpath
from regpath.charts.geometry import (
    others_beside,
    posterior_figure,
    told_of_touching,
    valley_figure,
)
from regpath.charts.theme import LIGHT
from regpath.core.geometry.pair import FeaturePair
from regpath.core.geometry.picture import picture_of


@pytest.fixture(scope="module")
def diabetes():
    return regpath.make_problem(regpath.datasets.load("diabetes"), "progression")


def picture(problem, l1_ratio, index=6, features=(2, 8), **how):
    path = regpath.fit_path(problem, l1_ratio=l1_ratio, **{"n_lambdas": 12} | how)
    return picture_of(FeaturePair(problem, path, features), index)


def trace(figure, start):
    (found,) = (each for each in figure.data if each.name.startswith(start))
    return found


def test_the_ball_is_drawn_on_equal_axes_and_the_dot_lies_on_it_and_on_the_path(diabetes):
    told = picture(diabetes, 0.0)
    figure = valley_figure(told, look=LIGHT)
    assert figure.layout.yaxis.scaleanchor == "x"
    assert figure.layout.xaxis.range == figure.layout.yaxis.range
    dot, ball, way = (trace(figure, name) for name in ("where", "one price", "the path"))
    radius = np.hypot(dot.x[0], dot.y[0])
    np.testing.assert_allclose(np.hypot(ball.x, ball.y), radius, rtol=1e-6)
    assert np.hypot(np.array(way.x) - dot.x[0], np.array(way.y) - dot.y[0]).min() < 1e-4
    touching = trace(figure, "the line that touches")
    near = np.hypot(np.array(touching.x) - dot.x[0], np.array(touching.y) - dot.y[0])
    assert np.nanmin(near) < 0.05 * radius
    assert np.nanmin(np.hypot(touching.x, touching.y)) > 0.98 * radius  # outside of the ball


def test_what_is_said_of_the_touching_point(diabetes):
    said = told_of_touching(picture(diabetes, 0.5))
    assert "touches the ball at body_mass_index" in said
    assert "This is the penalized solution" in said
    assert "corner" not in said
    assert "In a corner: one coefficient is exactly 0." in told_of_touching(
        picture(diabetes, 1.0, features=(2, 0))
    )
    assert "both coefficients are 0" in told_of_touching(picture(diabetes, 1.0, index=0))


def test_two_that_are_one_column_leave_more_than_one_point_and_that_is_said():
    rng = np.random.default_rng(0)
    z = rng.normal(size=50)
    problem = regpath.Problem.from_arrays(np.column_stack([z, 2.0 * z]), z + rng.normal(size=50))
    path = regpath.fit_path(problem, l1_ratio=1.0, lambdas=[0.2])
    told = picture_of(FeaturePair(problem, path, (0, 1)), 0)
    said = told_of_touching(replace(told, touching=told.solution.sum() * np.array([0.3, 0.7])))
    assert "more than one point is as good, and the path has another" in said
    worse = replace(told, touching=np.array([9.0, 0.0]), level_there=told.level + 0.1)
    assert told_of_touching(worse).endswith(" away.")


def test_the_prior_that_the_penalty_is_stands_beside_the_other_of_its_variance(diabetes):
    told = picture(diabetes, 1.0).posteriors[0]
    assert others_beside(told) == {"Gauss": told.of.laplace}
    figure = posterior_figure(told, "bmi", look=LIGHT)
    assert list(trace(figure, "its top").x) == [told.likeliest]
    assert list(trace(figure, "prior: Laplace, variance").y) == list(told.prior)
    mixed = picture(diabetes, 0.5).posteriors[0]
    assert others_beside(mixed) == {"Gauss": mixed.of.gauss, "Laplace": mixed.of.laplace}
    assert trace(posterior_figure(mixed, "bmi", look=LIGHT), "prior: Gauss times Laplace")


def test_what_the_data_say_is_drawn_as_far_as_its_top(diabetes):
    for l1_ratio in (0.0, 1.0):
        told = picture(diabetes, l1_ratio).posteriors[0]
        assert 0 < np.argmax(told.likelihood) < len(told.b) - 1
