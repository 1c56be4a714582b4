"""A against B."""

import numpy as np
import pytest

import regpath


def studies(name, target, **of_b):
    table = regpath.datasets.load(name)
    base = {"n_lambdas": 20, "seed": 1}
    a = regpath.run_study(table, regpath.Recipe(target, **base))
    return a, regpath.run_study(table, regpath.Recipe(target, **{**base, **of_b}))


def test_choices_features_and_scores_that_differ():
    a, b = studies("diabetes", "progression", l1_ratio=0.5)
    lam_a, lam_b = a.path.lambdas[6], b.path.lambdas[14]
    found = regpath.compare_studies(a, b, lam_a, lam_b)
    assert found.choices.values.tolist() == [["l1_ratio", 1.0, 0.5], ["lambda", lam_a, lam_b]]
    one, two = a.path.coefs("standardized")[:, 6], b.path.coefs("standardized")[:, 14]
    np.testing.assert_array_equal(found.coefs["a"], one)
    np.testing.assert_array_equal(found.coefs["difference"], two - one)
    names = np.array(a.path.feature_names)
    assert set(found.kept("both")) == set(names[(one != 0) & (two != 0)])
    assert set(found.kept("b only")) == set(names[(one == 0) & (two != 0)])
    score = found.scores.set_index(["part", "score"]).loc[("test", "r2")]
    assert score["a"] == a.scores_of("test")["r2"][6]
    assert score["difference"] == b.scores_of("test")["r2"][14] - score["a"]
    assert found.same_data
    assert found.same_rows
    assert "features kept" in repr(found)


def test_another_seed_is_another_set_of_rows():
    a, b = studies("diabetes", "progression", seed=2)
    found = regpath.compare_studies(a, b, a.path.lambdas[5], b.path.lambdas[5])
    assert found.same_data
    assert not found.same_rows
    assert "seed" in set(found.choices["choice"])


def test_features_of_one_study_only():
    few = ("age", "body_mass_index", "blood_pressure")
    a, b = studies("diabetes", "progression", features=few)
    found = regpath.compare_studies(a, b, a.path.lambdas[-1], b.path.lambdas[-1])
    table = found.coefs.set_index("feature")
    assert len(table) == 10
    assert table.loc["sex", "status"] == "a only"
    assert np.isnan(table.loc["sex", "b"])
    assert table.loc["age", "column"] == "age"


def test_classes_have_rows_of_their_own():
    a, b = studies("iris", "species", l1_ratio=0.2)
    found = regpath.compare_studies(a, b, a.path.lambdas[10], b.path.lambdas[10], units="original")
    assert len(found.coefs) == 12
    row = found.coefs.set_index(["feature", "class"]).loc[(a.path.feature_names[2], "setosa")]
    assert row["a"] == a.path.coef_path[0, 2, 10]


def test_what_cannot_be_compared_is_refused():
    a, _ = studies("diabetes", "progression")
    b, _ = studies("iris", "species")
    with pytest.raises(regpath.DataError, match=r"Study a predicts 'progression' \(gaussian\)"):
        regpath.compare_studies(a, b, a.path.lambdas[0], b.path.lambdas[0])
    with pytest.raises(regpath.ParameterError, match="'b' parameter of compare_studies"):
        regpath.compare_studies(a, None, 1.0, 1.0)
    with pytest.raises(regpath.ParameterError, match="is not on the grid"):
        regpath.compare_studies(a, a, 123.0, a.path.lambdas[0])
