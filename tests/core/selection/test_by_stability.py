import numpy as np
import pytest

import regpath
from regpath.core.selection import stability_rule


@pytest.fixture
def path(make_small):
    return regpath.fit_path(make_small("gaussian", p=6), n_lambdas=8, min_ratio=0.01)


def test_the_bound_on_false_selections_decides(path):
    # Half-samples keep 0, 1, 2, ... features on average: at 0.75 of 6, q^2 / (0.5 x 6).
    q = np.arange(8) * 0.7
    frequencies = np.tile(q / 6, (6, 1))
    choice = regpath.select_lambda(path, rule="stability", value=0.75, frequencies=frequencies)
    assert choice.index == int(np.flatnonzero(q**2 / 3.0 <= 1.0)[-1]) == 2
    assert "q^2 / ((2 x 0.75 - 1) x 6) = 0.653" in choice.reason
    more = stability_rule(path, frequencies, 0.75, max_false=3.0)
    assert more.index == int(np.flatnonzero(q**2 / 3.0 <= 3.0)[-1])


def test_it_says_how_many_of_the_kept_are_stable(path):
    frequencies = np.zeros((6, 8))
    frequencies[np.argmax(np.abs(path.coefs("standardized"))[:, 3])] = 0.9
    choice = regpath.select_lambda(path, rule="stability", frequencies=frequencies)
    assert choice.index == 7
    assert choice.at_edge == "weak"
    assert f"keeps {choice.n_kept} of 6 features, 1 of which at least 60% of the" in choice.reason


@pytest.mark.parametrize(
    ("frequencies", "value", "message"),
    [
        (np.zeros((5, 8)), 0.6, r"6 features at 8 lambdas\. Got an array of shape \(5, 8\)"),
        (np.full((6, 8), 1.5), 0.6, "must hold shares from 0 to 1"),
        (np.full((6, 8), np.nan), 0.6, "must hold shares from 0 to 1"),
        (np.zeros((6, 8)), 0.5, "'value' parameter of select_lambda .* above 0.5"),
        (np.ones((6, 8)), 0.6, "Even at the strongest penalty half-samples keep 6 features"),
    ],
)
def test_what_does_not_fit_is_refused(path, frequencies, value, message):
    with pytest.raises(regpath.ParameterError, match=message):
        regpath.select_lambda(path, rule="stability", value=value, frequencies=frequencies)


def test_features_without_a_penalty_do_not_count(make_small):
    problem = make_small("gaussian")
    path = regpath.fit_path(problem, n_lambdas=10, penalty_factor=[0.0, 0.0, 1.0, 1.0, 1.0])
    shares = np.vstack([np.ones((2, 10)), np.tile(np.linspace(0.0, 0.9, 10), (3, 1))])
    choice = regpath.select_lambda(path, rule="stability", frequencies=shares, value=0.75)
    q = 3.0 * np.linspace(0.0, 0.9, 10)
    assert choice.index == np.flatnonzero(q**2 / (0.5 * 3) <= 1.0)[-1]
    assert "x 3) = " in choice.reason
