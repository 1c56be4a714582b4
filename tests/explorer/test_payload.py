import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.core.knots import KINDS, knots
from regpath.explorer import VERSION, payload
from regpath.explorer.arrays import EVENTS, SENT
from regpath.explorer.packing import unpack

FAMILIES = ("gaussian", "binomial", "multinomial")


def read(study, cv=None):
    sent = payload(study, cv)
    return sent, unpack(sent)


def study_with(p, *, family="gaussian", l1_ratio=1.0, n=90, seed=0, n_lambdas=100):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p))
    signal = X[:, : min(p, 20)].sum(axis=1) + rng.normal(size=n)
    frame = pd.DataFrame(X, columns=[f"feature_{j:04d}" for j in range(p)])
    frame["y"] = signal if family == "gaussian" else np.where(signal > 0, "yes", "no")
    table = regpath.read_table(frame.to_csv(index=False).encode())
    recipe = regpath.Recipe("y", family=family, l1_ratio=l1_ratio, n_lambdas=n_lambdas)
    return regpath.run_study(table, recipe)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("test_size", [0.25, 0.0])
def test_every_number_is_one_of_the_frames(study_of, family, test_size):
    study = study_of(family, test_size)
    sent, arrays = read(study)
    path = study.path
    frame = path.to_frame("standardized")
    assert json.loads(json.dumps(sent)) == sent
    assert sent["version"] == VERSION
    assert sent["names"] == list(path.feature_names)
    np.testing.assert_array_equal(arrays["lambdas"], frame["lambda"])
    np.testing.assert_allclose(1 / (sent["n_obs"] * arrays["lambdas"]), frame["C"], rtol=1e-12)
    np.testing.assert_array_equal(arrays["n_nonzero"], frame["n_nonzero"])
    np.testing.assert_array_equal(arrays["converged"], frame["certified"])
    labels = [f"[{c}]" for c in path.classes] if family == "multinomial" else [""]
    for k, label in enumerate(labels):
        for j, name in enumerate(path.feature_names):
            drawn = sent["largest"] * arrays["coefs"][k, j].astype(float)
            column = frame[f"coef{label}[{name}]"].to_numpy()
            np.testing.assert_allclose(drawn, column, rtol=1e-6, atol=1e-7 * sent["largest"])
            np.testing.assert_array_equal(np.sign(drawn), np.sign(column))
    original = path.coefs("original") * arrays["x_scale"][:, None]
    np.testing.assert_allclose(original, path.coefs("standardized"))
    for s, score in enumerate(sent["scores"]):
        for part, name in enumerate(sent["parts"]):
            expected = study.scores_of(name)[score["name"]]
            np.testing.assert_allclose(arrays["scores"][s, part], expected, rtol=1e-6)


@pytest.mark.parametrize("family", FAMILIES)
def test_two_scores_are_on_screen_without_a_click(study_of, family):
    sent, _ = read(study_of(family))
    first = [score["name"] for score in sent["scores"] if score["at_first"]]
    assert first == (["r2", "rmse"] if family == "gaussian" else ["accuracy", "log_loss"])


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("test_size", [0.25, 0.0])
def test_the_base_rate_is_that_of_a_model_without_features(study_of, family, test_size):
    study = study_of(family, test_size)
    sent, _ = read(study)
    y = {"train": study.train.y, "test": study.test.y if study.test else None}
    base = {score["name"]: score["base"] for score in sent["scores"]}
    for n, part in enumerate(sent["parts"]):
        if family == "gaussian":
            away = y[part] - study.train.y.mean()
            assert base["rmse"][n] == pytest.approx(np.sqrt(np.mean(away**2)))
            assert base["r2"][n] <= 1e-12
        else:
            counts = np.bincount(study.train.y)
            assert sent["common"] == counts.argmax()
            assert base["accuracy"][n] == pytest.approx(np.mean(y[part] == counts.argmax()))
            shares = counts / counts.sum()
            assert base["log_loss"][n] == pytest.approx(-np.log(shares)[y[part]].mean())


@pytest.mark.parametrize("standardize", [True, False])
def test_the_norm_is_of_the_coefficients_that_the_penalty_sees(study_of, standardize):
    study = study_of("gaussian")
    path = regpath.fit_path(study.train, standardize=standardize, n_lambdas=20)
    _, arrays = read(replace(study, path=path))
    seen = path.coefs("standardized" if standardize else "original")
    np.testing.assert_allclose(arrays["norm"], np.abs(seen).sum(axis=0), rtol=1e-6)


@pytest.mark.parametrize("family", FAMILIES)
def test_events_are_the_paths_knots(study_of, family):
    study = study_of(family)
    sent, arrays = read(study)
    frame = knots(study.path)
    assert sent["n_events"] == len(frame) == arrays["events"].shape[1]
    assert sent["kinds"] == list(KINDS)
    kinds = [sent["kinds"][k] for k in arrays["events"][3]]
    told = np.array([*arrays["events"][:3]]).T.tolist()
    assert told == frame[["index", "feature", "class"]].to_numpy().tolist()
    assert kinds == frame["kind"].tolist()


def test_the_validation_curve_has_its_band(study_of):
    study = study_of("binomial")
    cv = regpath.cross_validate(study.train, study.path, n_folds=5)
    sent, arrays = read(study, cv)
    assert sent["validation"] == {"score": "log_loss", "measure": "log_loss", "n_folds": 5}
    np.testing.assert_allclose(arrays["cv"], [cv.mean - cv.se, cv.mean, cv.mean + cv.se], rtol=1e-6)
    assert [mark["index"] for mark in sent["marks"]] == [cv.index_1se, cv.index_min]
    assert read(study)[0]["validation"] is None


def test_squared_errors_are_shown_in_units_of_the_response(study_of):
    study = study_of("gaussian")
    cv = regpath.cross_validate(study.train, study.path, n_folds=5)
    sent, arrays = read(study, cv)
    assert sent["validation"]["score"] == "rmse"
    np.testing.assert_allclose(arrays["cv"][1], np.sqrt(cv.mean), rtol=1e-6)
    np.testing.assert_allclose(arrays["cv"][2], np.sqrt(cv.mean + cv.se), rtol=1e-6)


def test_levels_of_a_column_know_their_column():
    study = regpath.run_study(
        regpath.datasets.load("penguins"), regpath.Recipe(target="species", n_lambdas=10)
    )
    sent, _ = read(study)
    columns = [sent["columns"][c] for c in sent["column_of"]]
    assert columns == list(study.path.groups)
    assert columns.count("island") > 1


def test_the_hash_changes_with_any_number(study_of):
    study = study_of("gaussian")
    first, again = payload(study), payload(study)
    assert first == again
    bad = study.path.converged.copy()
    bad[3] = not bad[3]
    assert payload(replace(study, path=replace(study.path, converged=bad)))["hash"] != first["hash"]
    assert payload(study, separated_from=5)["hash"] != first["hash"]
    assert payload(study, separated_from=5)["separated_from"] == 5


@pytest.mark.parametrize("l1_ratio", [1.0, 0.0])
@pytest.mark.parametrize(("p", "most"), [(30, 30_000), (200, 120_000)])
def test_the_payload_stays_small(p, most, l1_ratio):
    study = study_with(p, family="binomial", l1_ratio=l1_ratio, n=400)
    cv = regpath.cross_validate(study.train, study.path, n_folds=3)
    assert len(json.dumps(payload(study, cv))) <= most


def test_of_very_many_features_the_largest_are_sent():
    study = study_with(SENT + 300, l1_ratio=0.0, n_lambdas=4)
    sent, arrays = read(study)
    assert sent["n_features"] == SENT + 300
    assert len(sent["names"]) == arrays["coefs"].shape[1] == len(arrays["x_scale"]) == SENT
    sizes = np.abs(study.path.coefs("standardized")).max(axis=1)
    left_out = set(study.path.feature_names) - set(sent["names"])
    place = {name: j for j, name in enumerate(study.path.feature_names)}
    smallest = min(sizes[place[name]] for name in sent["names"])
    assert max(sizes[place[name]] for name in left_out) <= smallest
    assert sent["names"] == sorted(sent["names"])  # in their order


def test_no_more_events_are_sent_than_are_read():
    study = study_with(400, n=120, n_lambdas=100)
    flicker = study.path.coef_path * (np.arange(100) % 2)
    sent, arrays = read(replace(study, path=replace(study.path, coef_path=flicker)))
    assert arrays["events"].shape == (4, EVENTS)
    assert sent["n_events"] > EVENTS


def test_extreme_sizes_stay_alive_and_finite(study_of):
    study = study_of("gaussian")
    coefs = study.path.coef_path.copy()
    coefs[0, 5:] *= 1e200
    coefs[1, 5:] *= 1e-200
    path = replace(study.path, coef_path=coefs)
    sent, arrays = read(replace(study, path=path))
    assert np.isfinite(arrays["coefs"]).all()
    np.testing.assert_array_equal(np.sign(arrays["coefs"][0]), np.sign(coefs))
    assert sent["largest"] > 1e190


@pytest.mark.parametrize("n_lambdas", [1, 2])
def test_short_and_empty_paths(study_of, n_lambdas):
    study = study_of("gaussian")
    path = regpath.fit_path(study.train, lambdas=[1e6, 1e5][:n_lambdas])
    parts = {"train": study.train, "test": study.test}
    scores = pd.concat(
        [regpath.score_path(path, rows).assign(part=part) for part, rows in parts.items()]
    )
    sent, arrays = read(replace(study, path=path, scores=scores))
    assert arrays["events"].shape == (4, 0)
    assert sent["largest"] == 1.0
    assert not arrays["coefs"].any()
