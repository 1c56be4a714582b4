"""Many samples of one truth: the error is its bias and its variance, and both are what they say."""

import numpy as np
import pytest

from regpath.charts.theme import DARK, LIGHT
from regpath.errors import ParameterError
from regpath.lessons import lesson_called
from regpath.lessons.facts import FACTS
from regpath.lessons.figures import DRAWN
from regpath.lessons.samples import N_SAMPLES, STRENGTHS, TWIN, Story, draw_samples


@pytest.fixture(scope="module")
def lasso():
    return draw_samples(Story(1.0))


def test_squared_bias_and_variance_add_up_to_the_error_at_every_strength(lasso):
    np.testing.assert_allclose(lasso.total, (lasso.errors**2).mean(axis=(0, 1)), rtol=1e-12)
    bias, variance = lasso.of_chosen
    own = lasso.errors[np.arange(N_SAMPLES), :, lasso.chosen]
    assert bias + variance == pytest.approx((own**2).mean(), rel=1e-12)


def test_without_a_penalty_the_variance_is_that_of_least_squares():
    samples = draw_samples(Story(0.0, n_rows=100, noise=1.0))
    # E tr((X'X)^-1) of p normal features is p / (n - p - 1), with the intercept 1 / n beside.
    n, p = 100, 6
    assert samples.variance[-1] == pytest.approx(p / (n - p - 2) + 1 / n, rel=0.1)
    assert samples.bias[-1] < 0.1 * samples.variance[-1]


def test_the_strongest_penalty_of_l1_predicts_the_mean_and_misses_the_whole_effect(lasso):
    assert not lasso.coefs[..., 0].any()
    assert lasso.bias[0] == pytest.approx(2.0**2 + 1.0**2 + 0.5**2, rel=0.1)


def test_another_seed_draws_other_samples_and_the_same_one_the_same():
    first, again, other = (Story(1.0, seed=seed).sample(3).y for seed in (0, 0, 1))
    np.testing.assert_array_equal(first, again)
    assert not np.any(first == other)


@pytest.mark.parametrize("wrong", [{"n_rows": 3}, {"noise": 0.0}])
def test_a_story_that_cannot_be_drawn_is_refused(wrong):
    with pytest.raises(ParameterError, match="A sample needs"):
        Story(1.0, **wrong)


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_the_chart_shows_the_sample_that_is_asked_for_and_says_its_choice(lasso, look):
    material = lesson_called("simple_enough").material
    shown = DRAWN["samples"](material, {"sample": 7}, look)
    paths, parts = shown.figures
    drawn_a = next(trace for trace in paths.data if trace.name == "a (truth 2)")
    np.testing.assert_array_equal(drawn_a.y, lasso.coefs[6, 0])
    assert f"Sample 7 chooses λ = {STRENGTHS[lasso.chosen[6]]:.3g}" in shown.alt
    assert [trace.name for trace in parts.data][:3] == ["bias squared", "variance", "both together"]


def test_a_twin_is_told_apart_from_what_has_no_effect():
    material = lesson_called("twins").material
    paths = DRAWN["samples"](material, {"twin": True}, LIGHT).figures[0]
    names = [trace.name for trace in paths.data]
    assert f"{TWIN} (truth 0)" in names
    assert names.count("no effect") == 3


def test_a_place_or_feature_that_is_none_is_refused():
    material = lesson_called("twins").material
    with pytest.raises(ParameterError, match="no place 'middle'"):
        FACTS["samples_bias"](material, "middle")
    with pytest.raises(ParameterError, match="no feature 'z'"):
        FACTS["samples_spread"](material, "z", "weak")
