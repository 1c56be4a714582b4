"""Halves of rows elsewhere select what fits of the same halves in memory select."""

import numpy as np
import pytest

import regpath
from regpath.core.objective import CERTIFIED
from regpath.errors import DataError, ParameterError
from regpath.rows import halves
from tests.rows.stored import planted, written

FAMILIES = ("gaussian", "binomial", "multinomial", "poisson")
# Points that are proven to a gap g are sqrt(2 g) apart at the most, per unit of curvature.
FAR = np.sqrt(2.0 * CERTIFIED)


def seeds_of(seed, n_pairs):
    return np.random.SeedSequence(seed).generate_state(n_pairs, np.uint64).tolist()


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("family", FAMILIES)
def test_each_half_selects_as_it_does_in_memory(tmp_path, family, gaps):
    frame = planted(family, gaps=gaps)
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet"), "y", family=family)
    problem = regpath.make_problem(frame, "y", family=family)
    path = regpath.fit_path(rows, n_lambdas=15, min_ratio=1e-2)
    found = regpath.assess_stability(rows, path, n_pairs=3, seed=7)
    assert found.selected.shape == (6, rows.n_features, 15)
    assert found.n_certified == 6 * 15
    for k, seed in enumerate(seeds_of(7, 3)):
        labels = rows.fold_labels(2, seed)
        assert abs(np.bincount(labels)[0] - np.bincount(labels)[1]) <= 1
        for m in (0, 1):
            part = problem.take(np.flatnonzero(labels != m), keep_features=True)
            half = regpath.fit_path(part, lambdas=path.lambdas)
            coefs = half.coefs("standardized").reshape(-1, rows.n_features, 15)
            alive = (coefs != 0.0).any(axis=0)
            differ = alive != found.selected[2 * k + m]
            assert np.abs(coefs).max(axis=0)[differ].max(initial=0.0) <= FAR
            assert differ.mean() <= 0.02


def test_pairs_that_share_passes_give_what_they_give_alone(tmp_path, monkeypatch):
    rows = regpath.read_rows(written(planted("binomial"), tmp_path / "t.parquet"), "y")
    path = regpath.fit_path(rows, n_lambdas=12)
    together = regpath.assess_stability(rows, path, n_pairs=4)
    monkeypatch.setattr(halves, "HELD", 0)
    assert halves.pairs_at_a_time(rows) == 1
    told = []
    alone = regpath.assess_stability(rows, path, n_pairs=4, progress=told.append)
    assert (alone.selected == together.selected).all()
    assert alone.n_certified == together.n_certified
    assert together.passes * 2 < alone.passes
    assert told == [0.0, 0.25, 0.5, 0.75, 1.0]


def test_least_squares_take_one_pass_for_all_pairs(tmp_path):
    rows = regpath.read_rows(written(planted("gaussian"), tmp_path / "t.parquet"), "y")
    path = regpath.fit_path(rows)
    assert regpath.assess_stability(rows, path, n_pairs=20).passes == 1


def test_workers_select_the_same(tmp_path):
    file = written(planted("poisson"), tmp_path / "t.parquet", rows=40)
    rows = regpath.read_rows(file, "y", family="poisson")
    path = regpath.fit_path(rows, n_lambdas=10)
    here = regpath.assess_stability(rows, path, n_pairs=2)
    there = regpath.assess_stability(rows, path, n_pairs=2, engine="processes")
    assert (here.selected == there.selected).all()
    assert here.passes == there.passes


def test_the_same_seed_gives_the_same_halves_and_another_does_not(tmp_path):
    rows = regpath.read_rows(written(planted("gaussian", n=120), tmp_path / "t.parquet"), "y")
    path = regpath.fit_path(rows, n_lambdas=20)
    one, two, other = (regpath.assess_stability(rows, path, n_pairs=4, seed=s) for s in (1, 1, 2))
    assert (one.selected == two.selected).all()
    assert (one.selected != other.selected).any()


def test_a_half_without_a_class_is_said(tmp_path):
    frame = planted("binomial", n=60)
    frame["y"] = np.where(frame.index == 4, "yes", "no")
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet"), "y", classes=["no", "yes"])
    path = regpath.fit_path(rows, n_lambdas=5)
    with pytest.raises(DataError, match=r"A half of the rows lacks a class.*another seed or more"):
        regpath.assess_stability(rows, path, n_pairs=2)


def test_what_cannot_be_is_refused(tmp_path):
    frame = planted("gaussian")
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet"), "y")
    problem = regpath.make_problem(frame, "y")
    with pytest.raises(ParameterError, match="Ridge keeps every feature"):
        regpath.assess_stability(rows, regpath.fit_path(rows, l1_ratio=0.0, n_lambdas=5))
    other = regpath.fit_path(problem.take(np.arange(300)), n_lambdas=5)
    with pytest.raises(DataError, match="other rows"):
        regpath.assess_stability(rows, other)
    path = regpath.fit_path(problem, n_lambdas=5)
    with pytest.raises(ParameterError, match="a Problem has its own"):
        regpath.assess_stability(problem, path, engine="processes")
