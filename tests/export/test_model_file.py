"""A model's file: the same again, or refused with a sentence."""

import json

import numpy as np
import pytest

import regpath
from regpath.export.digested_file import digest
from regpath.export.model_file import KIND, to_text
from regpath.model import Model
from tests.export.studies import BUNDLED, bundled_study, counts_path, messy_study


def saved(tmp_path, study, index=12, **how):
    file = tmp_path / "model.json"
    regpath.export.model(study, study.path.lambdas[index], file, **how)
    return file


@pytest.mark.parametrize("name", BUNDLED)
def test_what_is_opened_predicts_what_was_saved(tmp_path, name):
    study = bundled_study(name)
    lam = study.path.lambdas[12]
    model = regpath.load_model(saved(tmp_path, study))
    rows = study.table.frame.head(100)
    kept = Model.from_study(study, lam).path
    assert (model.path.coef_path == kept.coef_path).all()
    np.testing.assert_allclose(model.path.decision_path(rows), kept.decision_path(rows), rtol=1e-9)


@pytest.mark.parametrize(
    "choices",
    [{}, {"missing": "mean"}, {"missing": "drop"}, {"coding": "reference"}, {"min_level_count": 1}],
)
def test_every_coding_is_kept(tmp_path, choices):
    study = messy_study(**choices)
    model = regpath.load_model(saved(tmp_path, study))
    rows = study.table.frame
    if model.drops_gaps:
        rows = rows.dropna()
    kept = Model.from_study(study, model.lam)
    assert (model.path.coef_path == kept.path.coef_path).all()
    again, once = (each.path.decision_path(rows) for each in (model, kept))
    np.testing.assert_allclose(again, once, rtol=1e-9)
    assert (model.reading, model.columns, model.facts) == (kept.reading, kept.columns, kept.facts)


def test_saving_what_was_opened_writes_the_same_text(tmp_path):
    file = saved(tmp_path, messy_study(), threshold=0.3)
    assert to_text(regpath.load_model(file)) == file.read_text(encoding="utf-8")


def test_a_path_of_arrays_is_kept(tmp_path):
    X = np.random.default_rng(0).normal(size=(40, 3))
    path = regpath.fit_path(regpath.Problem.from_arrays(X, X[:, 0] > 0.1), n_lambdas=10)
    regpath.export.model(path, path.lambdas[6], tmp_path / "m.json")
    model = regpath.load_model(tmp_path / "m.json")
    np.testing.assert_allclose(model.predict_proba(X), path.predict_proba(X, path.lambdas[6]))


def test_no_row_of_the_data_is_in_the_file(tmp_path):
    study = bundled_study("penguins")
    text = saved(tmp_path, study).read_text(encoding="utf-8")
    assert len(text) < 40_000
    values = json.loads(text)["model"]["path"].values()
    lengths = [len(value) for value in values if isinstance(value, list)]
    assert max(lengths) <= len(study.path.feature_names)


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"\xff\xfe", b"nonsense", b'{"format": "regpath model"}', b"[" * 10**5],
)
def test_what_is_no_model_is_refused(data):
    with pytest.raises(regpath.DataError):
        regpath.load_model(data)


def test_a_file_that_was_changed_is_refused(tmp_path):
    file = saved(tmp_path, bundled_study("iris"))
    content = json.loads(file.read_text(encoding="utf-8"))
    content["model"]["path"]["intercept_path"][0][0] += 1.0
    with pytest.raises(regpath.DataError, match="changed after it was written"):
        regpath.load_model(json.dumps(content).encode())


def test_blanks_and_the_order_of_keys_are_no_change(tmp_path):
    file = saved(tmp_path, bundled_study("iris"))
    content = json.loads(file.read_text(encoding="utf-8"))
    again = regpath.load_model(json.dumps(content, sort_keys=True, indent=7).encode())
    kept = regpath.load_model(file)
    assert again.path.coef_path.tolist() == kept.path.coef_path.tolist()
    assert again.reading == kept.reading


def test_a_newer_version_is_refused_by_its_number(tmp_path):
    file = saved(tmp_path, bundled_study("iris"))
    content = json.loads(file.read_text(encoding="utf-8")) | {"version": KIND.version + 1}
    with pytest.raises(regpath.DataError, match="newer regpath"):
        regpath.load_model(json.dumps(content).encode())


def places(value, at=()):
    """Every place in nested lists and dicts, the first two of each list."""
    if isinstance(value, dict):
        for key in value:
            yield (*at, key)
            yield from places(value[key], (*at, key))
    elif isinstance(value, list):
        for i in range(min(len(value), 2)):
            yield (*at, i)
            yield from places(value[i], (*at, i))


@pytest.mark.parametrize("poison", [None, "x", [], {}, -1, 1e400, 10**400, [["x"]], True])
def test_a_forged_file_is_refused_or_opens_and_never_breaks(tmp_path, poison):
    """Whoever writes the digest too can say anything, but not make it fall."""
    file = saved(tmp_path, messy_study())
    whole = json.loads(file.read_text(encoding="utf-8"))
    frame = messy_study().table.frame.head(3)
    refused = 0
    for place in list(places(whole["model"])):
        content = json.loads(json.dumps(whole))
        inner = content["model"]
        for key in place[:-1]:
            inner = inner[key]
        inner[place[-1]] = poison
        content["digest"] = digest(content["model"])
        try:
            model = regpath.load_model(json.dumps(content).encode())
            regpath.score_rows(model, frame)
        except regpath.RegpathError:
            refused += 1
    assert refused > 20


def test_what_is_no_study_is_refused():
    with pytest.raises(regpath.ParameterError, match="Study or a RegPath"):
        regpath.export.model([1, 2], 0.1)
    with pytest.raises(regpath.ParameterError, match="say its 'lam'"):
        regpath.export.model(bundled_study("iris"))


def test_counts_keep_their_exposure(tmp_path):
    frame, path = counts_path()
    regpath.export.model(path, path.lambdas[12], tmp_path / "m.json")
    model = regpath.load_model(tmp_path / "m.json")
    assert model.needs == ("age", "city", "years")
    rows = frame.copy()
    rows.loc[rows.index[4], "years"] = 0.0
    scored = regpath.score_rows(model, rows)
    told = scored.predictions["not scored"]
    assert (told != "").tolist() == [i == 4 for i in range(len(rows))]
    expected = path.predict(frame, path.lambdas[12])
    kept = (told == "").to_numpy()
    np.testing.assert_allclose(scored.predictions["prediction"][kept], expected[kept], rtol=1e-9)
    assert scored.scores["poisson_deviance"] > 0.0


@pytest.mark.parametrize("load", [regpath.load_model, regpath.load_session])
def test_a_file_that_cannot_be_read_is_told_by_its_path(load, tmp_path, monkeypatch):
    for path in (tmp_path / "absent.json", tmp_path, str(tmp_path / "a\0b"), ""):
        with pytest.raises(regpath.DataError, match="cannot be read"):
            load(path)
    shut = tmp_path / "shut.json"
    shut.write_text("{}")

    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)  # whoever is root may read everything
    with pytest.raises(regpath.DataError, match="Permission denied"):
        load(shut)
    for other in (None, 3, ["a.json"]):
        with pytest.raises(regpath.ParameterError, match="a path or bytes"):
            load(other)


ABSURD = {
    "l1_ratio": (-0.5, 7.5),
    "penalty_factor": ([-1.0],),
    "x_scale": ([-1.0],),
    "x_mean": ([1e300],),
    "coef_path": ([[1e308]],),
    "lambdas": ([0.0], [-1.0]),
    "dev_ratio": ([7.5],),
    "kkt_violation": ([-1.0],),
    "dual_gap": ([-1.0],),
    "n_obs": (0, -1, 10**400),
    "classes": (["well", 1.0], ["well", True]),
}


@pytest.mark.parametrize("name", ABSURD)
def test_numbers_that_no_fit_gives_are_refused_whoever_signed_them(name, tmp_path):
    whole = json.loads(saved(tmp_path, messy_study()).read_text(encoding="utf-8"))
    for value in ABSURD[name]:
        content = json.loads(json.dumps(whole))
        path = content["model"]["path"]
        if isinstance(value, list) and name != "classes":
            value = value + path[name][len(value) :]
        if name == "x_mean":
            path["coef_path"][0] = [1e30]
        path[name] = value
        content["digest"] = digest(content["model"])
        with pytest.raises(regpath.DataError, match="not the file of a regpath model"):
            regpath.load_model(json.dumps(content).encode())


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (("columns", "<b>dose</b>", "n_missing"), 10**400),
        (("columns", "<b>dose</b>", "counts"), [10**400]),
        (("columns", "<b>dose</b>", "edges"), [0, 10**400]),
        (("encoder", "fills", "<b>dose</b>"), 10**400),
        (("encoder", "fills", "city's"), "nowhere"),
        (("encoder", "filled", "fever"), 0.25),
        (("reading",), {"<b>dose</b>": {"kind": "nonsense"}}),
        (("reading",), {"<b>dose</b>": {"decimal": 7}}),
        (("threshold",), 1.5),
    ],
)
def test_facts_that_no_file_gives_are_refused_whoever_signed_them(at, value, tmp_path):
    content = json.loads(saved(tmp_path, messy_study()).read_text(encoding="utf-8"))
    inner = content["model"]
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = value
    content["digest"] = digest(content["model"])
    with pytest.raises(regpath.DataError, match="not the file of a regpath model"):
        regpath.load_model(json.dumps(content).encode())
