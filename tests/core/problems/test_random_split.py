"""The rows of scikit-learn's splitters, to the last one."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import GroupShuffleSplit, train_test_split

from regpath.core.problems.random_split import group_split, random_split, stratified_split

SEEDS = st.integers(0, 2**32 - 1)


def assert_same(found, expected):
    for mine, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(mine, theirs)


@given(st.integers(3, 400), st.floats(0.02, 0.9), SEEDS)
@settings(max_examples=60, deadline=None)
def test_rows_by_chance_are_those_of_train_test_split(n_rows, share, seed):
    n_test = min(int(np.ceil(share * n_rows)), n_rows - 1)
    assert_same(
        random_split(n_rows, n_test, seed),
        train_test_split(np.arange(n_rows), test_size=n_test, random_state=seed),
    )


@given(st.lists(st.integers(2, 60), min_size=2, max_size=12), st.floats(0.05, 0.9), SEEDS)
@settings(max_examples=120, deadline=None)
def test_strata_are_those_of_train_test_split(counts, share, seed):
    strata = np.random.RandomState(seed).permutation(np.repeat(np.arange(len(counts)), counts))
    n_rows = len(strata)
    n_test = min(max(int(np.ceil(share * n_rows)), len(counts)), n_rows - len(counts))
    assert_same(
        stratified_split(strata, n_test, seed),
        train_test_split(np.arange(n_rows), test_size=n_test, random_state=seed, stratify=strata),
    )


@pytest.mark.parametrize("counts", [(25, 25, 25, 25), (3, 3, 3, 94), (50, 50, 50)])
def test_ties_between_strata_are_broken_as_there(counts):
    strata = np.repeat([f"class {i}" for i in range(len(counts))], counts)
    for seed in range(10):
        assert_same(
            stratified_split(strata, 10, seed),
            train_test_split(
                np.arange(len(strata)), test_size=10, random_state=seed, stratify=strata
            ),
        )


@given(st.lists(st.integers(0, 30), min_size=4, max_size=200), st.floats(0.1, 0.6), SEEDS)
@settings(max_examples=60, deadline=None)
def test_groups_are_those_of_group_shuffle_split(groups, share, seed):
    groups = np.array([f"g{each}" for each in (*groups, 31, 32)])
    n_groups = len(np.unique(groups))
    n_test = min(int(np.ceil(share * n_groups)), n_groups - 1)
    splitter = GroupShuffleSplit(n_splits=1, test_size=n_test, random_state=seed)
    assert_same(group_split(groups, n_test, seed), next(splitter.split(groups, groups=groups)))


def test_a_study_and_its_folds_load_no_scikit_learn():
    program = (
        "import sys, regpath\n"
        "table = regpath.datasets.load('iris')\n"
        "study = regpath.run_study(table, regpath.Recipe('species', n_lambdas=4))\n"
        "from regpath.choosing import validate_study\n"
        "validate_study(study)\n"
        "print([name for name in ('sklearn', 'scipy.stats') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]", done.stdout
