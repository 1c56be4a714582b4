from dataclasses import replace

import numpy as np
import pytest

import regpath
from regpath import Recipe, run_study


def test_a_study_is_the_line_of_public_functions():
    table = regpath.datasets.load("penguins")
    study = run_study(table, Recipe(target="species", l1_ratio=0.5, test_size=0.3, seed=4))
    problem = regpath.make_problem(table, "species")
    split = regpath.split_problem(problem, test_size=0.3, seed=4)
    path = regpath.fit_path(split.train, l1_ratio=0.5)
    assert study.path.coef_path.tolist() == path.coef_path.tolist()
    assert study.parts == ("train", "test")
    for part, rows in (("train", split.train), ("test", split.test)):
        assert study.scores_of(part).equals(regpath.score_path(path, rows))


def test_the_same_recipe_gives_the_same_bytes():
    table = regpath.datasets.load("election_1996")
    recipe = Recipe(
        target=next(e for e in regpath.datasets.catalog() if e.name == table.name).target
    )
    one, two = run_study(table, recipe), run_study(table, recipe)
    assert one.path.coef_path.tobytes() == two.path.coef_path.tobytes()
    assert one.scores.equals(two.scores)


def test_notes_tell_each_step_once():
    study = run_study(regpath.datasets.load("penguins"), Recipe(target="species"))
    assert len(set(study.notes)) == len(study.notes) == 5


@pytest.mark.parametrize("entry", regpath.datasets.catalog(), ids=lambda e: e.name)
@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_every_point_of_every_bundled_set_is_certified(entry, l1_ratio):
    """The product's promise; digits with a coarser grid, since its default one takes seconds."""
    problem = regpath.make_problem(regpath.datasets.load(entry.name), entry.target)
    n_lambdas = 25 if entry.name == "digits" else 100
    path = regpath.fit_path(problem, l1_ratio=l1_ratio, n_lambdas=n_lambdas)
    assert path.family == entry.family
    assert path.converged.all()
    assert path.kkt_violation.max() <= 1e-6
    assert path.dual_gap.max() <= 1e-6
    if l1_ratio > 0.0:
        assert path.n_nonzero[0] == 0
        assert path.n_nonzero[1] > 0


@pytest.mark.parametrize("lam", [1e-5, 0.0123, 0.2, 9.0])
def test_any_strength_can_be_had_exactly(lam):
    table = regpath.datasets.load("iris")
    study = regpath.run_study(table, regpath.Recipe("species", n_lambdas=8, l1_ratio=0.5))
    exact = study.with_strength(lam)
    assert lam in exact.path.lambdas
    assert exact.path.converged.all()
    assert len(exact.scores_of("test")) == len(exact.path.lambdas)
    assert exact.with_strength(lam) is exact
    alone = regpath.fit_path(study.train, lambdas=[lam], l1_ratio=0.5)
    at = exact.path.index_of(lam)
    losses = [
        regpath.score_path(path, study.train)["log_loss"].iloc[i]
        for path, i in ((exact.path, at), (alone, 0))
    ]
    assert losses[0] == pytest.approx(losses[1], abs=1e-6)


def test_a_recipe_can_ask_for_strengths_beside_its_grid():
    table = regpath.datasets.load("iris")
    recipe = Recipe("species", n_lambdas=8, l1_ratio=0.5)
    usual, more = run_study(table, recipe), replace(recipe, extra_lambdas=(0.0123, 5.0, 1e-5))
    study = run_study(table, more)
    assert set(study.path.lambdas) == {*usual.path.lambdas, *more.extra_lambdas}
    assert study.path.converged.all()
    at = np.isin(study.path.lambdas, usual.path.lambdas)
    np.testing.assert_allclose(
        study.path.coef_path[..., at], usual.path.coef_path, rtol=1e-4, atol=1e-5
    )
    assert regpath.validate_study(study).mean.shape == (11,)
    same = replace(recipe, extra_lambdas=(float(usual.path.lambdas[3]) * (1 + 1e-13),))
    assert len(run_study(table, same).path.lambdas) == 8
    with pytest.raises(regpath.ParameterError, match="'extra_lambdas'"):
        Recipe("species", extra_lambdas=(0.0,))


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_a_path_is_computed_at_exactly_the_strengths_of_a_recipe(l1_ratio):
    table = regpath.datasets.load("diabetes")
    own = (3.0, 0.7, 1e4, 0.01)  # from beyond an empty model on, in no order
    recipe = Recipe("progression", l1_ratio=l1_ratio, lambdas=own, n_folds=4, min_ratio=0.5)
    study = run_study(table, recipe)
    assert study.path.lambdas.tolist() == [1e4, 3.0, 0.7, 0.01]
    assert study.path.converged.all()
    alone = regpath.fit_path(study.train, lambdas=[0.7], l1_ratio=l1_ratio)
    np.testing.assert_allclose(study.path.coef_path[:, 2], alone.coef_path[:, 0], rtol=1e-4)
    assert regpath.validate_study(study).mean.shape == (4,)
    more = run_study(table, replace(recipe, extra_lambdas=(50.0, 0.7)))
    assert more.path.lambdas.tolist() == [1e4, 50.0, 3.0, 0.7, 0.01]


@pytest.mark.parametrize("lam", [0.0, -1.0, float("nan"), float("inf"), True, "1"])
def test_what_is_no_strength_is_refused(lam):
    table = regpath.datasets.load("iris")
    study = regpath.run_study(table, regpath.Recipe("species", n_lambdas=5))
    with pytest.raises(regpath.ParameterError, match="number above 0"):
        study.with_strength(lam)


@pytest.mark.parametrize("class_weight", [None, "balanced"])
def test_an_adaptive_recipe_learns_its_factors_from_the_rows_of_the_fit(class_weight):
    recipe = Recipe("diagnosis", adaptive=2.0, standardize=False, class_weight=class_weight)
    study = run_study(regpath.datasets.load("breast_cancer"), replace(recipe, n_lambdas=10))
    learned = regpath.adaptive_factors(study.weighted_train, gamma=2.0, standardize=False)
    np.testing.assert_array_equal(study.path.penalty_factor, learned.factors)
    path = regpath.fit_path(
        study.weighted_train, standardize=False, n_lambdas=10, penalty_factor=learned
    )
    np.testing.assert_array_equal(study.path.coef_path, path.coef_path)
    cv = regpath.validate_study(study)
    first = cv.fold_paths[0]
    assert first.penalty_factor.shape == learned.factors.shape
    assert not np.array_equal(first.penalty_factor, learned.factors)
