import numpy as np
import pytest

import regpath


def test_the_last_point_before_more_are_kept(family, make_small):
    problem = make_small(family)
    path = regpath.fit_path(problem, n_lambdas=40, min_ratio=1e-3)
    for k in range(6):
        choice = regpath.select_lambda(path, rule="k_features", value=k)
        assert choice.n_kept <= k
        assert (path.n_nonzero[: choice.index + 1] <= k).all()
        if choice.index < 39:
            assert path.n_nonzero[choice.index + 1] > k
            assert "the next one on the grid keeps more" in choice.reason
    whole = regpath.select_lambda(path, rule="k_features", value=5)
    assert whole.index == 39
    assert whole.at_edge == ""  # weaker penalties cannot keep more than all
    few = regpath.fit_path(problem, lambdas=path.lambdas[:3])
    assert regpath.select_lambda(few, rule="k_features", value=5).at_edge == "weak"
    assert regpath.select_lambda(path, rule="k_features", value=9).at_edge == ""


def test_with_folds_it_says_what_the_choice_costs(make_small):
    problem = make_small("gaussian")
    cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=20), n_folds=4)
    choice = regpath.select_lambda(cv, rule="k_features", value=1)
    assert choice.score_lost == pytest.approx(cv.mean[choice.index] - cv.mean.min())
    assert f"at {choice.score_lost:.3g} mean squared error from the best" in choice.reason
    bare = regpath.select_lambda(cv.path, rule="k_features", value=1)
    assert np.isnan(bare.score)
    assert (bare.index, bare.measure) == (choice.index, "")


def test_what_has_no_answer_is_refused(make_small):
    problem = make_small("gaussian")
    ridge = regpath.fit_path(problem, l1_ratio=0.0, n_lambdas=4)
    with pytest.raises(regpath.ParameterError, match="Ridge keeps every feature"):
        regpath.select_lambda(ridge, rule="k_features", value=2)
    late = regpath.fit_path(problem, lambdas=[1e-6])
    with pytest.raises(regpath.ParameterError, match="Begin the grid at a stronger"):
        regpath.select_lambda(late, rule="k_features", value=2)
    for k in (2.5, np.nan, np.inf, "3"):
        with pytest.raises(regpath.ParameterError, match="'value' parameter of select_lambda"):
            regpath.select_lambda(ridge, rule="k_features", value=k)
