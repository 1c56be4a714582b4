"""Every public call that may take long: it tells its share, and stops when it is told to."""

import inspect
from dataclasses import replace

import numpy as np
import pytest

import regpath
from regpath import Recipe

FEW = {"n_lambdas": 12}


def two_classes(n=60, apart=False):
    rng = np.random.default_rng(3)
    X = rng.normal(size=(n, 4))
    noise = 0.0 if apart else 1.5
    y = np.where(X @ [1.0, -1.0, 0.5, 0.0] + noise * rng.normal(size=n) > 0.0, "yes", "no")
    return regpath.Problem.from_arrays(X, y)


@pytest.fixture(scope="module")
def at_hand():
    """What the calls ask for."""
    table = regpath.datasets.load("diabetes")
    recipe = Recipe("progression", n_lambdas=12)
    study = regpath.run_study(table, recipe)
    problem = study.weighted_train
    classes = two_classes()
    path = regpath.fit_path(classes, **FEW)
    return {
        "table": table,
        "recipe": recipe,
        "study": study,
        "amounts": (problem, study.path),
        "classes": (classes, path),
        "cv": regpath.cross_validate(classes, path, n_folds=4),
    }


CALLS = {
    "adaptive_factors": lambda at, **how: regpath.adaptive_factors(at["amounts"][0], **how),
    "assess_stability": lambda at, **how: regpath.assess_stability(
        *at["classes"], n_pairs=4, **how
    ),
    "bootstrap_band": lambda at, **how: regpath.bootstrap_band(
        at["study"].path, at["study"].test, n_boot=120, **how
    ),
    "compare_paths": lambda at, **how: regpath.compare_paths(at["amounts"][0], **FEW, **how),
    "cross_validate": lambda at, **how: regpath.cross_validate(*at["classes"], n_folds=4, **how),
    "find_alarms": lambda at, **how: regpath.find_alarms(at["table"], at["recipe"], **how),
    "find_separation": lambda at, **how: regpath.find_separation(at["classes"][0], **how),
    "fit_path": lambda at, **how: regpath.fit_path(at["classes"][0], **FEW, **how),
    "leak_gap": lambda at, **how: regpath.leak_gap(*at["classes"], at["cv"], **how),
    "map_validation": lambda at, **how: regpath.map_validation(
        at["classes"][0], n_folds=4, **FEW, **how
    ),
    "peeking": lambda at, **how: regpath.peeking(n_looks=3, n_rounds=3, n_sealed=200, **how),
    "relax_path": lambda at, **how: regpath.relax_path(*at["classes"], **how),
    "run_study": lambda at, **how: regpath.run_study(at["table"], at["recipe"], **how),
    "split_intervals": lambda at, **how: regpath.split_intervals(at["amounts"][0], **how),
    "validate_study": lambda at, **how: regpath.validate_study(at["study"], **how),
}
MORE = {
    "run_study, adaptive": lambda at, **how: regpath.run_study(
        at["table"], replace(at["recipe"], adaptive=1.0), **how
    ),
    "find_alarms, classes that come apart": lambda at, **how: regpath.find_alarms(
        regpath.datasets.load("iris"), Recipe("species"), **how
    ),
    "find_separation, apart": lambda at, **how: regpath.find_separation(
        two_classes(apart=True), **how
    ),
    "find_separation, wide": lambda at, **how: regpath.find_separation(two_classes(n=5), **how),
    "find_separation, quasi": lambda at, **how: regpath.find_separation(
        regpath.Problem.from_arrays(
            np.array([[0, 0], [0, 1], [0, 2], [0, 3], [1, 0], [1, 2.0]]), list("ababbb")
        ),
        **how,
    ),
}


def test_every_call_that_takes_a_progress_is_tried():
    public = {name: getattr(regpath, name) for name in regpath.__all__}
    functions = {name for name, each in public.items() if inspect.isfunction(each)}
    asked = {n for n in functions if "progress" in inspect.signature(public[n]).parameters}
    assert asked == set(CALLS)


@pytest.mark.parametrize("name", [*CALLS, *MORE])
def test_the_share_rises_to_the_whole_and_changes_no_result(name, at_hand):
    told = []
    heard = (CALLS | MORE)[name](at_hand, progress=told.append)
    assert len(told) >= (2 if name == "assess_stability" else 3)  # it tells for all threads at once
    assert told == sorted(told)
    assert told[0] >= 0.0
    assert told[-1] == 1.0
    assert repr(heard) == repr((CALLS | MORE)[name](at_hand))


@pytest.mark.parametrize("name", [*CALLS, *MORE])
def test_a_call_stops_wherever_it_is_told_to(name, at_hand):
    call, told = (CALLS | MORE)[name], []
    call(at_hand, progress=told.append)
    for last in {0, len(told) // 2, len(told) - 1}:
        heard = []

        def stop(share, heard=heard, last=last):
            heard.append(share)
            if len(heard) > last:
                raise regpath.Cancelled

        with pytest.raises(regpath.Cancelled):
            call(at_hand, progress=stop)
        assert heard == told[: last + 1]
