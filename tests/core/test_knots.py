from dataclasses import replace

import numpy as np
import pytest

import regpath
from regpath.core.knots import KINDS, knots


def path_with(signs):
    """A gaussian path whose coefficients have these signs, (n_features, n_lambdas)."""
    signs = np.asarray(signs, float)
    rng = np.random.default_rng(0)
    X = rng.normal(size=(20, len(signs)))
    problem = regpath.Problem.from_arrays(X, X.sum(axis=1) + rng.normal(size=20), "gaussian")
    path = regpath.fit_path(problem, n_lambdas=signs.shape[1])
    return replace(path, coef_path=signs * 0.5)


def test_each_kind_stands_at_the_first_point_that_shows_it():
    path = path_with([[0, 1, 1, 0, 0], [0, 0, -1, 1, 1], [1, 1, 1, 1, 1]])
    events = knots(path)
    told = events[["index", "feature", "kind", "sign"]].to_numpy().tolist()
    assert told == [
        [1, 0, "enters", 1],
        [2, 1, "enters", -1],
        [3, 0, "leaves", 0],
        [3, 1, "changes sign", 1],
    ]
    assert events["lambda"].tolist() == path.lambdas[events["index"]].tolist()
    assert events["name"].tolist() == [path.feature_names[j] for j in events["feature"]]
    assert set(events["kind"]) == set(KINDS)


def test_walking_through_the_events_gives_the_active_set_at_every_point(make_small, family):
    path = regpath.fit_path(make_small(family, p=8, n=40))
    events = knots(path)
    coefs = path.coef_path if path.coef_path.ndim == 3 else path.coef_path[None]
    signs = np.zeros(coefs.shape[:2], int)
    assert not coefs[..., 0].any()
    for i in range(1, len(path.lambdas)):
        here = events[events["index"] == i]
        signs[here["class"], here["feature"]] = here["sign"]
        np.testing.assert_array_equal(signs, np.sign(coefs[..., i]))


def test_what_is_always_in_never_enters(make_small):
    path = regpath.fit_path(make_small("gaussian"), l1_ratio=0.0)
    assert not (knots(path)["kind"] != "changes sign").any()


@pytest.mark.parametrize("n_lambdas", [1, 2])
def test_short_paths_have_a_frame(make_small, n_lambdas):
    events = knots(regpath.fit_path(make_small("gaussian"), n_lambdas=n_lambdas))
    assert list(events.columns) == ["index", "lambda", "feature", "name", "class", "kind", "sign"]
