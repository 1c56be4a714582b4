"""The file of a pipeline opens without regpath or trust, says what it is, and can run nothing.

That it predicts in a Python without regpath is among the round trips (test_round_trips.py).
"""

import io
import json
import re
import zipfile

import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.base import clone
from sklearn.utils.class_weight import compute_sample_weight
from skops.io.exceptions import UntrustedTypesFoundException

import regpath
from regpath.export import sklearn_pipeline
from regpath.export.fitted_pipeline import pipeline_card, to_skops
from tests.export.studies import BUNDLED, bundled_study, counts_path, messy_study


@pytest.fixture(scope="module")
def messy():
    study = messy_study()
    return study, study.path.lambdas[9]


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_data_are_predicted_by_the_opened_file(name):
    study = bundled_study(name)
    lam, rows, path = study.path.lambdas[12], study.table.frame.head(100), study.path
    content = to_skops(sklearn_pipeline(study, lam))
    assert skops.io.get_untrusted_types(data=content) == []
    pipeline = skops.io.loads(content)
    if not path.classes:
        np.testing.assert_allclose(pipeline.predict(rows), path.predict(rows, lam), rtol=1e-9)
        return
    order = [list(pipeline.classes_).index(label) for label in path.classes]
    told, expected = pipeline.predict_proba(rows)[:, order], path.predict_proba(rows, lam)
    np.testing.assert_allclose(told, expected, rtol=1e-9, atol=1e-15)
    assert pipeline.predict(rows).tolist() == path.predict(rows, lam).tolist()


def test_the_file_says_what_it_is_and_its_card_lies_beside_it(messy, tmp_path):
    study, lam = messy
    sklearn_pipeline(study, lam, tmp_path / "ill.skops", threshold=0.3)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["ill.skops", "ill.skops.md"]
    pipeline = skops.io.load(tmp_path / "ill.skops")
    told = pipeline.regpath_
    assert told["target"] == "y"
    assert told["lambda"] == lam
    assert told["features"] == list(study.path.feature_names)
    assert told["words"] + told["numbers"] == [
        "city's",
        "ward",
        'we"ight; DROP TABLE x--',
        "fever",
        "<b>dose</b>",
    ]
    assert told["facts"]["data digest"] == study.table.digest
    assert pipeline.feature_names_in_.tolist() == list(study.path.encoder.kinds)
    card = (tmp_path / "ill.skops.md").read_text("utf-8")
    assert card == pipeline_card(regpath.Model.from_study(study, lam, threshold=0.3))
    used = ("skops.io.load", "scikit-learn fitted nothing", "with the other sign")
    for said in (*used, "probability of 0.3", "ward"):
        assert said in card
    assert "load_model" not in card


def test_the_card_says_which_coefficients_the_file_holds_and_names_few_columns():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(rng.normal(size=(90, 53)), columns=[f"x{j}" for j in range(53)])
    frame["y"] = np.where(frame["x0"] > 0, "b", "a")
    cards = {}
    for family, standardize in (("multinomial", True), ("binomial", False)):
        recipe = regpath.Recipe("y", family=family, standardize=standardize, n_lambdas=8)
        study = regpath.run_study(regpath.Table.from_frame(frame), recipe)
        cards[family] = pipeline_card(regpath.Model.from_study(study, study.path.lambdas[4]))
    assert "standard deviations in its step `scale`, of the second class" in cards["multinomial"]
    assert "holds the coefficients above. regpath" in cards["binomial"]
    assert "x49 and 3 more, which the file names. Words: none." in cards["binomial"]


def test_columns_stand_in_any_order_beside_others_and_a_missing_one_is_named(messy):
    study, lam = messy
    pipeline, rows = sklearn_pipeline(study, lam), study.table.frame.head(20)
    expected = pipeline.predict_proba(rows)
    turned = rows[list(rows)[::-1]].assign(further=1)
    np.testing.assert_array_equal(pipeline.predict_proba(turned), expected)
    with pytest.raises(ValueError, match=r"columns are missing.*city's"):
        pipeline.predict(rows.drop(columns="city's"))


def test_words_and_infinities_among_numbers_are_refused(messy):
    study, lam = messy
    pipeline, rows = sklearn_pipeline(study, lam), study.table.frame.head(3)
    with pytest.raises(ValueError, match="could not convert"):
        pipeline.predict(rows.assign(**{"<b>dose</b>": ["1", "two", "3"]}))
    with pytest.raises(ValueError, match="infinity"):
        pipeline.predict(rows.assign(**{"<b>dose</b>": [1.0, np.inf, 3.0]}))


def test_a_level_that_nobody_saw_counts_as_in_regpath_with_a_warning(messy):
    study, lam = messy
    pipeline = sklearn_pipeline(study, lam)
    rows = study.table.frame.head(3).assign(**{"city's": "Atlantis"})
    with pytest.warns(UserWarning, match="unknown categories"):
        told = pipeline.predict_proba(rows)[:, ::-1]  # ill, well; the path has well, ill
    expected = study.path.predict_proba(rows, lam)
    np.testing.assert_allclose(told, expected, rtol=1e-9, atol=1e-15)


def test_fitting_again_keeps_the_coding_and_a_copy_is_not_fitted(messy):
    study, lam = messy
    pipeline = clone(sklearn_pipeline(study, lam)).set_params(model__max_iter=20_000)
    pipeline.fit(study.table.frame, study.table.frame["y"])
    assert pipeline[-1].coef_.shape == (1, len(study.path.feature_names))


def test_what_scikit_learn_does_not_say_is_refused_with_what_to_do_instead():
    _, path = counts_path()
    with pytest.raises(regpath.ParameterError, match=r"exposure in the column 'years'.*SQL"):
        sklearn_pipeline(path, path.lambdas[5])
    rng = np.random.default_rng(0)
    X = rng.normal(size=(30, 3))
    of_arrays = regpath.fit_path(regpath.Problem.from_arrays(X, X[:, 0] + rng.normal(size=30)))
    with pytest.raises(regpath.ParameterError, match=r"knows no columns.*Make it of a study"):
        sklearn_pipeline(of_arrays, of_arrays.lambdas[5])
    with pytest.raises(regpath.ParameterError, match="grid"):
        sklearn_pipeline(bundled_study("iris"), 123.0)


def test_what_skops_would_not_open_is_not_written(monkeypatch):
    monkeypatch.setattr(skops.io, "get_untrusted_types", lambda **_: ["sklearn.new.Thing"])
    study = bundled_study("iris")
    pipeline = sklearn_pipeline(study, study.path.lambdas[9])
    with pytest.raises(regpath.ParameterError, match=r"does not trust sklearn\.new\.Thing"):
        to_skops(pipeline)


def tampered(content, change):
    """The same archive with another schema."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "schema.json":
                schema = json.loads(data)
                change(schema)
                data = json.dumps(schema)
            new.writestr(name, data)
    return made.getvalue()


def scaler_of(schema):
    """The node of the step that scales."""
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict) and node.get("__class__") == "StandardScaler":
            return node
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        waiting += list(inner)
    raise AssertionError("no scaler")


CALL = {"__class__": "system", "__module__": "os", "__loader__": "FunctionNode", "__id__": 1}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda node: node.update(__class__="Popen", __module__="subprocess"), "subprocess.Popen"),
        (lambda node: node["content"]["content"].update(mean_=CALL | {"content": CALL}), "system"),
    ],
)
def test_a_file_that_was_tampered_with_runs_nothing(change, named, messy):
    content = tampered(to_skops(sklearn_pipeline(*messy)), lambda s: change(scaler_of(s)))
    assert [each for each in skops.io.get_untrusted_types(data=content) if named in each]
    with pytest.raises(UntrustedTypesFoundException, match=named):
        skops.io.loads(content)


def test_numbers_far_from_zero_lose_no_digits():
    rng = np.random.default_rng(6)
    frame = pd.DataFrame({"when": 1.7e9 + rng.normal(size=80), "size": rng.normal(size=80)})
    frame["y"] = frame["when"] - 1.7e9 + 0.3 * rng.normal(size=80)
    study = regpath.run_study(
        regpath.Table.from_frame(frame),
        regpath.Recipe("y", standardize=False, n_lambdas=20, features=("when", "size")),
    )
    lam = study.path.lambdas[12]
    told = sklearn_pipeline(study, lam).predict(frame)
    np.testing.assert_allclose(told, study.path.predict(frame, lam), rtol=1e-9, atol=1e-12)


def test_a_level_that_is_called_na_is_no_gap_as_the_card_reads_a_file(tmp_path, monkeypatch):
    rng = np.random.default_rng(4)
    frame = pd.DataFrame({"a": rng.normal(size=150), "w": rng.choice(["NA", "None", "u"], 150)})
    frame["y"] = frame["a"] + 2.0 * (frame["w"] == "NA") + rng.normal(size=150)
    study = regpath.run_study(regpath.Table.from_frame(frame, name="t"), regpath.Recipe("y"))
    lam = float(study.path.lambdas[60])
    regpath.export.sklearn_pipeline(study, lam, tmp_path / "model.skops")
    card = (tmp_path / "model.skops.md").read_text(encoding="utf-8")
    frame.drop(columns="y").to_csv(tmp_path / "new_rows.csv", index=False)
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", card, re.DOTALL)
    told = []
    exec(code.replace("the file beside this card", "model.skops"), {"print": told.append})
    np.testing.assert_allclose(told[0], study.path.predict(frame, lam), rtol=1e-9)


def test_fitting_again_is_told_of_weights_and_comes_to_the_proven_coefficients():
    table = regpath.datasets.load("breast_cancer")
    recipe = regpath.Recipe(
        "diagnosis", n_lambdas=20, l1_ratio=0.0, class_weight="balanced", test_size=0.0
    )
    study = regpath.run_study(table, recipe)
    pipeline = regpath.export.sklearn_pipeline(study, float(study.path.lambdas[8]))
    proven = pipeline["model"].coef_.copy()
    pipeline.set_params(model__tol=1e-8, model__max_iter=10_000)
    target = table.frame["diagnosis"]
    w = compute_sample_weight("balanced", target)
    found = []
    for weights in ({}, {"scale__sample_weight": w, "model__sample_weight": w}):
        pipeline.fit(table.frame, target, **weights)
        found.append(np.abs(pipeline["model"].coef_ - proven).max() / np.abs(proven).max())
    assert found[1] < 1e-5
    assert found[0] > 1e-3  # without them it is another model
