import numpy as np
import pytest

import regpath
from regpath import Recipe, run_study


@pytest.fixture(scope="module")
def study():
    return run_study(regpath.datasets.load("breast_cancer"), Recipe("diagnosis", n_lambdas=30))


def test_a_study_is_validated_as_its_recipe_says(study):
    cv = regpath.validate_study(study)
    expected = regpath.cross_validate(study.train, study.path)
    assert cv.fold_scores.tolist() == expected.fold_scores.tolist()
    choice = regpath.choose_strength(study, cv)
    assert choice == regpath.select_lambda(expected)
    recipe = Recipe(
        "diagnosis",
        n_lambdas=10,
        folds="random",
        n_folds=3,
        n_repeats=2,
        measure="auc",
        rule="k_features",
        rule_value=4.0,
        class_weight="balanced",
    )
    other = run_study(study.table, recipe)
    weighted = regpath.weigh_classes(other.train, "balanced")
    assert other.path.coef_path == pytest.approx(
        regpath.fit_path(weighted, n_lambdas=10).coef_path, abs=1e-10
    )
    heard = []
    cv = regpath.validate_study(other, progress=heard.append)
    assert heard[-1] == 1.0
    assert (cv.measure, len(cv.folds), cv.repeats.max()) == ("auc", 6, 1)
    assert regpath.choose_strength(other, cv).n_kept <= 4
    bic = run_study(study.table, Recipe("diagnosis", n_lambdas=10, rule="bic"))
    cv = regpath.validate_study(bic)
    expected = regpath.select_lambda(cv, rule="bic", problem=bic.train)
    assert regpath.choose_strength(bic, cv) == expected


@pytest.mark.parametrize("measure", ["accuracy", "log_loss"])
def test_the_best_of_the_test_curve_comes_with_its_price(study, measure):
    best = regpath.best_on_test(study, measure)
    scores = study.scores_of("test")[measure]
    assert best.score == (scores.max() if measure == "accuracy" else scores.min())
    assert best.index == np.flatnonzero(np.isclose(scores, best.score, rtol=1e-13))[0]
    assert f"{best.score:.4g}, at lambda = {best.lam:.4g}, but" in best.sentence
    assert "choose by validation" in best.sentence


def test_a_sealed_test_set_has_no_scores_until_it_is_opened(study):
    sealed = run_study(study.table, Recipe("diagnosis", n_lambdas=30, seal=True))
    assert sealed.parts == ("train",)
    assert sealed.shown is sealed.train
    assert sealed.scores["part"].unique().tolist() == ["train"]
    assert sealed.null_scores()["part"].tolist() == ["train"]
    for look in (lambda: sealed.scores_of("test"), lambda: regpath.best_on_test(sealed)):
        with pytest.raises(regpath.DataError, match=r"test set is sealed.* open the envelope"):
            look()
    opened = sealed.opened()
    assert opened.seal.openings == 1
    assert opened.shown is opened.test
    assert opened.scores.equals(study.scores)
    assert opened.opened() is opened
    again = run_study(study.table, sealed.recipe, openings=opened.seal.openings)
    assert again.parts == ("train",)
    assert again.opened().seal.openings == 2
    assert study.opened() is study
    assert study.null_scores()["part"].tolist() == ["train", "test"]


def test_what_the_explorer_is_sent_keeps_the_seal(study):
    from regpath.explorer import payload

    sealed = run_study(study.table, Recipe("diagnosis", n_lambdas=30, seal=True))
    content = payload(sealed)
    assert content["parts"] == ["train"]
    train = run_study(study.table, Recipe("diagnosis", n_lambdas=30, seal=True)).train
    assert content["n_train"] == train.n_obs
    assert payload(sealed.opened())["parts"] == ["train", "test"]


def test_without_test_rows_there_is_nothing_to_choose_by():
    study = run_study(regpath.datasets.load("diabetes"), Recipe("progression", test_size=0.0))
    with pytest.raises(regpath.DataError, match="No rows were kept for testing"):
        regpath.best_on_test(study)
