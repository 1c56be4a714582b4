from dataclasses import replace

import numpy as np
import pytest

import regpath
from regpath.core.metrics.measures import measures_of


def halves(make_small, family, **how):
    problem = make_small(family, n=120, **how)
    train, test, _, _ = regpath.split_problem(problem, test_size=0.5)
    return regpath.fit_path(train, n_lambdas=5), test


def test_the_band_is_the_spread_of_redrawn_scores(family, make_small):
    path, test = halves(make_small, family, weights=True)
    for name in measures_of(family):
        band = regpath.bootstrap_band(path, test, measure=name, n_boot=60, seed=3)
        draws = np.random.default_rng(3)
        n = test.n_obs
        counts = np.vstack([draws.multinomial(n, np.full(n, 1 / n), size=k) for k in (50, 10)])
        scores = np.array(
            [
                regpath.score_path(path, replace(test, sample_weight=test.sample_weight * c))[name]
                for c in counts
            ]
        )
        scores = scores[np.isfinite(scores).all(axis=1)]
        assert band["n_scored"][0] == len(scores)
        assert band["low"].to_numpy() == pytest.approx(np.quantile(scores, 0.05, axis=0))
        assert band["high"].to_numpy() == pytest.approx(np.quantile(scores, 0.95, axis=0))
        assert band["se"].to_numpy() == pytest.approx(scores.std(axis=0, ddof=1))
        assert band["score"].equals(regpath.score_path(path, test)[name].rename("score"))


def test_the_spread_of_a_mean_is_that_of_its_rows(make_small):
    path, test = halves(make_small, "gaussian")
    band = regpath.bootstrap_band(path, test, n_boot=2000)
    losses = np.square(test.y[:, None] - path.decision_path(test.X))
    expected = losses.std(axis=0) / np.sqrt(test.n_obs)
    assert band["se"].to_numpy() == pytest.approx(expected, rel=0.08)


def test_groups_are_drawn_whole(make_small):
    path, test = halves(make_small, "gaussian")
    alone = regpath.bootstrap_band(path, test)
    grouped = replace(test, row_groups=np.arange(60) // 60)
    assert regpath.bootstrap_band(path, grouped)["se"].max() == pytest.approx(0.0, abs=1e-12)
    twice = replace(
        test,
        X=np.repeat(test.X, 2, axis=0),
        y=np.repeat(test.y, 2),
        sample_weight=np.ones(120),
        row_groups=np.repeat(np.arange(60), 2),
    )
    assert regpath.bootstrap_band(path, twice)["se"].to_numpy() == pytest.approx(alone["se"])


def test_it_tells_progress_and_refuses_what_has_no_band(make_small):
    path, test = halves(make_small, "binomial")
    heard = []
    regpath.bootstrap_band(path, test, n_boot=120, progress=heard.append)
    assert heard == pytest.approx([0.0, 50 / 120, 100 / 120, 1.0])
    ones = test.rows_of(test, np.flatnonzero(test.y == 1))
    with pytest.raises(regpath.DataError, match="auc is defined on 0 of 20 redrawings"):
        regpath.bootstrap_band(path, ones, measure="auc", n_boot=20)
    with pytest.raises(regpath.ParameterError, match="'level'"):
        regpath.bootstrap_band(path, test, level=1.0)
