"""The bundled data sets are what the catalog says, and show what they are meant to show."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from sklearn import datasets as sk
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression, Ridge
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
from sklearn.preprocessing import StandardScaler

from regpath import datasets, make_problem
from regpath.datasets import DatasetEntry, catalog, load
from regpath.errors import DataError, ParameterError

FOLDER = Path(__file__).parents[1] / "datasets"
NOT_GENERATED = {"writing", "from_packages"}
GENERATED = sorted({path.stem for path in FOLDER.glob("make/*.py")} - NOT_GENERATED)
SIZE_LIMIT = 2_500_000


def each_entry() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("entry", catalog(), ids=lambda entry: entry.name)


@pytest.fixture
def make_module(monkeypatch):
    """Import a script of datasets/make without leaving bytecode beside the data."""

    def load_script(name):
        spec = importlib.util.spec_from_file_location(f"datasets_make_{name}", script(name))
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.syspath_prepend(FOLDER / "make")
    yield load_script
    sys.modules.pop("writing", None)


def script(name: str) -> Path:
    return FOLDER / "make" / f"{name}.py"


def columns(name: str, positive: object = None) -> tuple[pd.DataFrame, pd.Series]:
    """Features and target of one set; the target is 0 and 1 where `positive` is given."""
    target = next(entry.target for entry in catalog() if entry.name == name)
    frame = load(name).frame
    y = frame[target]
    return frame.drop(columns=target), y if positive is None else (y == positive).astype(int)


def standardized(X: pd.DataFrame) -> np.ndarray:
    return StandardScaler().fit_transform(X)


def is_separable(X: pd.DataFrame, y: pd.Series) -> bool:
    """Tell whether some plane keeps every row at a margin of at least 1, by linear programming."""
    signs = np.where(y == 1, 1.0, -1.0)
    rows = np.column_stack([standardized(X), np.ones(len(X))])
    result = linprog(
        np.zeros(rows.shape[1]),
        A_ub=-signs[:, None] * rows,
        b_ub=-np.ones(len(rows)),
        bounds=(None, None),
    )
    assert result.status in (0, 2), result.message
    return result.status == 0


def log_loss(y: pd.Series, probability: np.ndarray) -> float:
    return float(-np.log(np.where(y == 1, probability, 1 - probability)).mean())


# The catalog and the files


def test_there_are_at_least_twelve_and_names_are_unique():
    names = [entry.name for entry in catalog()]
    assert len(names) >= 12
    assert len(set(names)) == len(names)


def test_every_file_is_in_the_catalog_and_every_entry_has_its_file():
    assert {entry.file for entry in catalog()} == {path.name for path in FOLDER.glob("*.csv")}


@each_entry()
def test_entry_fits_its_file(entry: DatasetEntry):
    table = load(entry.name)
    assert table.name == entry.name
    assert table.frame.shape == (entry.n, entry.p + 1)
    assert entry.target in table.frame.columns
    assert table.frame[entry.target].notna().all()


@each_entry()
def test_family_suits_the_target(entry: DatasetEntry):
    y = load(entry.name).frame[entry.target]
    if entry.family == "gaussian":
        assert pd.api.types.is_numeric_dtype(y)
        assert y.nunique() > 10
    elif entry.family == "binomial":
        assert y.nunique() == 2
    else:
        assert entry.family == "multinomial"
        assert 3 <= y.nunique() <= 10


@each_entry()
def test_nothing_but_missing_values_is_lost_by_reading(entry: DatasetEntry):
    read = load(entry.name).frame
    plain = pd.read_csv(FOLDER / entry.file)
    assert list(read.columns) == list(plain.columns)
    for column in plain.columns:
        if pd.api.types.is_numeric_dtype(plain[column]):
            np.testing.assert_array_equal(read[column].to_numpy(float), plain[column].to_numpy())
        else:
            assert (read[column].isna().to_numpy() == plain[column].isna().to_numpy()).all()
            assert read[column].dropna().tolist() == plain[column].dropna().tolist()


@each_entry()
def test_file_is_plain(entry: DatasetEntry):
    content = (FOLDER / entry.file).read_bytes()
    content.decode("utf-8")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")


@each_entry()
def test_words_are_there_and_readme_names_the_set(entry: DatasetEntry):
    assert re.fullmatch(r"[a-z0-9_]+", entry.name)
    assert all([entry.title, entry.teaches, entry.source, entry.licence])
    assert "\n" not in entry.teaches
    row = f"| `{entry.name}` | `{entry.target}` | {entry.family} | {entry.n} | {entry.p} |"
    assert row in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_folder_stays_small():
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < SIZE_LIMIT


# Finding and naming them


def test_unknown_name_suggests_the_closest_and_lists_all():
    with pytest.raises(ParameterError) as caught:
        load("twin")
    assert caught.value.message == "There is no bundled data set called 'twin'."
    assert "Did you mean 'twins'" in caught.value.hint
    assert all(entry.name in caught.value.hint for entry in catalog())


def test_unknown_name_without_a_close_one_lists_all():
    with pytest.raises(ParameterError) as caught:
        load("zzzzzzzz")
    assert caught.value.hint.startswith("The data sets are: breast_cancer, ")


@pytest.fixture
def empty_installation(monkeypatch, tmp_path):
    """Make regpath believe that it lies in an otherwise empty folder."""
    package = tmp_path / "regpath"
    package.mkdir()
    monkeypatch.setattr(datasets, "__file__", str(package / "datasets.py"))
    return package


def test_missing_folder_is_a_clear_error(empty_installation):
    # A folder called "datasets" without our catalog belongs to somebody else.
    (empty_installation.parent / "datasets").mkdir()
    with pytest.raises(DataError, match=r"data sets are missing.*Install regpath again"):
        datasets._folder()


def test_folder_inside_the_package_comes_first(empty_installation):
    for folder in (empty_installation / "_datasets", empty_installation.parent / "datasets"):
        folder.mkdir()
        (folder / "catalog.toml").touch()
    assert datasets._folder() == empty_installation / "_datasets"


def test_import_loads_neither_streamlit_nor_plotly():
    code = "import sys, regpath.datasets; print({'streamlit', 'plotly'} & set(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=FOLDER.parent,
    )
    assert run.stdout.strip() == "set()"


# How they were made


@pytest.mark.parametrize("name", GENERATED)
def test_script_makes_the_committed_bytes(name, make_module, tmp_path):
    module = make_module(name)
    path = module.write(module.make(), name, tmp_path)
    assert path.read_bytes() == (FOLDER / f"{name}.csv").read_bytes()


def test_a_script_run_by_hand_rewrites_its_own_file(tmp_path):
    make = tmp_path / "make"
    make.mkdir()
    for name in ("writing", "four_points"):
        (make / f"{name}.py").write_bytes(script(name).read_bytes())
    subprocess.run([sys.executable, make / "four_points.py"], check=True, env=os.environ)
    written = (tmp_path / "four_points.csv").read_bytes()
    assert written == (FOLDER / "four_points.csv").read_bytes()


@pytest.mark.parametrize("name", ["breast_cancer", "wine", "iris", "digits", "diabetes"])
def test_scikit_learn_sets_are_written_from_scikit_learn(name, make_module, tmp_path):
    module = make_module("from_packages")
    path = module.write(getattr(module, name)(), name, tmp_path)
    assert path.read_bytes() == (FOLDER / f"{name}.csv").read_bytes()


@pytest.mark.parametrize(
    ("name", "bunch"),
    [
        ("breast_cancer", sk.load_breast_cancer()),
        ("wine", sk.load_wine()),
        ("iris", sk.load_iris()),
        ("digits", sk.load_digits()),
        ("diabetes", sk.load_diabetes(scaled=False)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_scikit_learn_sets_hold_scikit_learns_values(name, bunch):
    X, y = columns(name)
    np.testing.assert_array_equal(X.to_numpy(float), bunch.data)
    classes = bunch.get("target_names")
    words = isinstance(y.iloc[0], str)
    assert y.tolist() == (classes[bunch.target] if words else bunch.target).tolist()


# What the real ones show


def test_breast_cancer_is_separable_and_repeats_itself():
    X, y = columns("breast_cancer", "malignant")
    correlation = np.abs(np.corrcoef(X.to_numpy(), rowvar=False))
    assert (correlation[np.triu_indices(X.shape[1], 1)] > 0.9).sum() > 20
    assert is_separable(X, y)


def test_wine_has_spreads_that_differ_two_thousand_fold():
    spread = columns("wine")[0].std()
    assert spread.max() / spread.min() > 2000


def test_only_one_iris_class_is_separable():
    separable = {
        species: is_separable(*columns("iris", species))
        for species in ("setosa", "versicolor", "virginica")
    }
    assert separable == {"setosa": True, "versicolor": False, "virginica": False}


def test_digits_have_three_constant_pixels():
    assert (columns("digits")[0].nunique() == 1).sum() == 3


def test_total_cholesterol_changes_sign_along_the_ridge_path():
    X, y = columns("diabetes")
    assert X["total_cholesterol"].corr(X["ldl"]) > 0.89
    place = X.columns.get_loc("total_cholesterol")
    weak, strong = (Ridge(len(X) * lam).fit(standardized(X), y).coef_ for lam in (1e-4, 10))
    assert weak[place] < 0 < strong[place]


def test_penguins_have_missing_values_and_words():
    X, _ = columns("penguins")
    assert X.isna().any(axis=1).sum() == 11
    assert sorted(X["sex"].dropna().unique()) == ["female", "male"]
    assert X["island"].nunique() == 3


def test_election_has_columns_of_words_with_seven_levels():
    X, _ = columns("election_1996")
    assert X[["party", "education"]].nunique().tolist() == [7, 7]
    assert not any(pd.api.types.is_numeric_dtype(X[name]) for name in ("party", "education"))


def test_fermentation_has_far_more_columns_than_rows():
    X, _ = columns("fermentation")
    assert X.shape[1] > 49 * X.shape[0]
    assert (X.nunique() == 1).sum() == 28
    varying = X.loc[:, X.nunique() > 1].to_numpy()
    neighbours = np.diagonal(np.corrcoef(varying, rowvar=False), offset=1)
    assert np.median(neighbours) > 0.9
    assert all(re.fullmatch(r"\d+ cm-1", name) for name in X.columns)


# What the generated ones show


def test_twins_are_almost_equal():
    X, _ = columns("twins")
    assert X["twin_a"].corr(X["twin_b"]) > 0.98
    noise = X.filter(like="noise_").to_numpy()
    assert noise.shape[1] == 8
    assert np.abs(np.corrcoef(noise, X["twin_a"], rowvar=False)[-1, :-1]).max() < 0.3


def test_lasso_keeps_one_twin_in_most_half_samples_and_elastic_net_both_in_all():
    X, y = columns("twins")
    X = standardized(X)
    rng = np.random.default_rng(0)
    one_twin = both_twins = 0
    for _ in range(50):
        rows = rng.choice(len(X), len(X) // 2, replace=False)
        lasso = Lasso(0.3).fit(X[rows], y.to_numpy()[rows])
        net = ElasticNet(0.3, l1_ratio=0.5).fit(X[rows], y.to_numpy()[rows])
        one_twin += np.count_nonzero(lasso.coef_[:2]) == 1
        both_twins += np.count_nonzero(net.coef_[:2]) == 2
    assert one_twin > 35
    assert both_twins == 50


@pytest.mark.parametrize(
    ("name", "positive", "expected"),
    [
        ("separable", "ill", True),
        ("wide_noise", "case", True),
        ("four_points", 1, True),
        ("blobs", "square", False),
        ("rare_feature", "bought", False),
    ],
)
def test_separability_is_as_said(name, positive, expected):
    assert is_separable(*columns(name, positive)) is expected


def test_separable_classes_keep_their_gap(make_module):
    X, y = columns("separable", "ill")
    module = make_module("separable")
    side = X.to_numpy() @ module.DIRECTION
    assert side[y == 1].min() - side[y == 0].max() >= module.GAP
    assert module.DIRECTION[X.columns.get_loc("bystander")] == 0


def test_separable_weights_grow_with_c_while_accuracy_stays():
    X, y = columns("separable", "ill")
    models = [LogisticRegression(C=C, tol=1e-8, max_iter=10_000).fit(X, y) for C in (1e2, 1e4, 1e6)]
    norms = np.array([np.linalg.norm(model.coef_) for model in models])
    assert (norms[1:] > 1.4 * norms[:-1]).all()
    assert all(model.score(X, y) == 1 for model in models)


def test_sparse_truth_follows_its_known_effects(make_module):
    X, y = columns("sparse_truth")
    module = make_module("sparse_truth")
    residual = y - module.INTERCEPT
    for name, effect in module.TRUTH.items():
        residual = residual - effect * X[name]
    assert residual.mean() == pytest.approx(0, abs=0.2)
    assert residual.std() == pytest.approx(module.NOISE_SD, abs=0.15)


@pytest.mark.parametrize("entry", [e for e in datasets.catalog() if e.truth], ids=lambda e: e.name)
def test_the_truth_that_the_catalog_tells_is_in_the_data(entry):
    problem = make_problem(datasets.load(entry.name), entry.target)
    X = problem.X[:, [problem.feature_names.index(name) for name in entry.truth]]
    truth = np.array(list(entry.truth.values()))
    eta = X @ truth
    if entry.family == "binomial":
        assert np.mean((eta > 0) == (problem.y == 1)) > 0.7
    else:
        rest = problem.y - eta
        assert np.std(rest) < 0.5 * np.std(problem.y)
        centred = X - X.mean(axis=0)
        left = np.abs(centred.T @ (rest - rest.mean())) / len(rest)
        assert (left <= 4 * X.std(axis=0) * np.std(rest) / np.sqrt(len(rest)) + 1e-12).all()


def test_lasso_finds_the_five_effects_first_and_shrinks_them(make_module):
    X, y = columns("sparse_truth")
    truth = pd.Series(make_module("sparse_truth").TRUTH)
    coef = pd.Series(Lasso(0.2).fit(X, y).coef_, index=X.columns)
    assert list(coef[coef != 0].index) == list(truth.index)
    assert (np.sign(coef[truth.index]) == np.sign(truth)).all()
    assert (coef[truth.index].abs() < truth.abs()).all()


def test_wide_noise_trains_perfectly_and_predicts_almost_nothing():
    X, y = columns("wide_noise", "case")
    assert X.shape[1] > 3 * X.shape[0]
    X = standardized(X)
    model = LogisticRegression(C=1.0, max_iter=1000)
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    assert model.fit(X, y).score(X, y) == 1
    assert cross_val_score(model, X, y, cv=folds).mean() < 0.65


def test_rare_weight_is_set_by_the_penalty():
    X, y = columns("rare_feature", "bought")
    assert X["rare"].sum() == 4
    assert y[X["rare"] == 1].tolist() == [1, 1, 1, 1]
    coef = np.array(
        [
            LogisticRegression(C=C, tol=1e-8, max_iter=10_000).fit(X, y).coef_[0]
            for C in (1, 100, 1e6)
        ]
    )
    honest, rare = coef.T
    assert np.ptp(honest) < 0.1
    assert rare[0] < 1.5 < 4 < rare[1] < 10 < rare[2]


def test_taco_valley_is_exact_and_each_penalty_picks_its_own_solution():
    X, y = columns("taco_valley")
    np.testing.assert_allclose(X["x1"], 2 * X["x2"], rtol=1e-12)
    np.testing.assert_allclose(y, 3 * X["x1"] + 2 * X["x2"], rtol=1e-12)
    scale = X.std(ddof=0).to_numpy()
    ridge_raw = Ridge(1e-4).fit(X, y).coef_
    ridge_standardized = Ridge(1e-4).fit(standardized(X), y).coef_ / scale
    lasso_raw = Lasso(1e-4, tol=1e-10).fit(X, y).coef_
    np.testing.assert_allclose(ridge_raw, [3.2, 1.6], atol=1e-3)
    np.testing.assert_allclose(ridge_standardized, [2, 4], atol=1e-3)
    np.testing.assert_allclose(lasso_raw, [4, 0], atol=1e-3)


def test_four_points_weight_runs_away_while_accuracy_stays():
    X, y = columns("four_points", 1)
    models = [
        LogisticRegression(C=C, tol=1e-10, max_iter=10_000).fit(X, y) for C in (0.01, 1, 100, 1e4)
    ]
    slopes = [model.coef_[0, 0] for model in models]
    assert slopes == pytest.approx([0.029, 1.007, 3.945, 7.844], abs=1e-3)
    assert all(model.score(X, y) == 1 for model in models)


def test_strength_moves_the_confidence_of_blobs_more_than_the_accuracy():
    X, y = columns("blobs", "square")
    strong, weak = (LogisticRegression(C=C, tol=1e-8).fit(X, y) for C in (1e-4, 100))
    losses = [log_loss(y, model.predict_proba(X)[:, 1]) for model in (strong, weak)]
    turn = np.diff([np.degrees(np.arctan2(*model.coef_[0])) for model in (strong, weak)])[0]
    assert losses[0] > 2 * losses[1]
    assert abs(strong.score(X, y) - weak.score(X, y)) < 0.02
    assert 5 < abs(turn) < 20


def test_order_of_entry_depends_on_units_until_standardized():
    X, y = columns("units")
    centred = y - y.mean()
    raw = np.abs((X - X.mean()).T @ centred)
    scaled = np.abs(standardized(X).T @ centred)
    assert raw["width_mm"] > 100 * raw["length_m"]
    assert scaled[0] > 1.5 * scaled[1]


@pytest.mark.parametrize("l1_ratio", [0.5, 1.0])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_no_help_needed_validates_best_at_the_weakest_penalty(l1_ratio, seed):
    X, y = columns("no_help_needed")
    X = standardized(X)
    lambda_max = np.abs(X.T @ (y - y.mean())).max() / len(X) / l1_ratio
    folds = KFold(5, shuffle=True, random_state=seed)
    errors = [
        -cross_val_score(
            ElasticNet(lam, l1_ratio=l1_ratio, tol=1e-8),
            X,
            y,
            cv=folds,
            scoring="neg_mean_squared_error",
        ).mean()
        for lam in np.geomspace(lambda_max, 1e-4 * lambda_max, 20)
    ]
    assert np.argmin(errors) == len(errors) - 1
