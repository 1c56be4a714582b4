"""Folds of rows in blocks: even by class over all of them, drawn at random, the same again."""

import numpy as np
import pytest

import regpath
from tests.rows.stored import planted, written


@pytest.mark.parametrize("family", ["gaussian", "binomial", "multinomial"])
@pytest.mark.parametrize("n_folds", [2, 7, 10])
def test_sizes_differ_by_one_at_most_in_all_and_by_class(tmp_path, family, n_folds):
    frame = planted(family, n=403)
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet", rows=37), "y")
    labels = rows.fold_labels(n_folds)
    assert np.ptp(np.bincount(labels, minlength=n_folds)) <= 1
    for label in rows.classes:
        own = labels[frame["y"] == label]
        assert np.ptp(np.bincount(own, minlength=n_folds)) <= 1


def test_a_seed_decides_and_neighbours_are_not_dealt_in_turn(tmp_path):
    rows = regpath.read_rows(written(planted("gaussian"), tmp_path / "t.parquet"), "y")
    labels = rows.fold_labels(5, seed=3)
    assert np.array_equal(labels, rows.fold_labels(5, seed=3))
    assert not np.array_equal(labels, rows.fold_labels(5, seed=4))
    assert 0.05 < np.mean(np.diff(labels) % 5 == 1) < 0.45  # one in five by chance
