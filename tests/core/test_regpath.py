import numpy as np
import pandas as pd
import pytest

import regpath


@pytest.fixture
def path(family, make_small):
    return regpath.fit_path(make_small(family), n_lambdas=6)


def test_shapes(path, family):
    K = {"multinomial": (3,)}.get(family, ())
    assert path.coef_path.shape == (*K, 5, 6)
    assert path.intercept_path.shape == (*K, 6)
    for name in ("lambdas", "dev_ratio", "dual_gap", "kkt_violation", "converged", "n_nonzero"):
        assert getattr(path, name).shape == (6,)


def test_units(path, family):
    assert path.coefs("standardized") == pytest.approx(path.coef_path * path.x_scale[:, None])
    if family == "gaussian":
        with pytest.raises(regpath.ParameterError, match="no odds ratios"):
            path.coefs("odds_ratio")
    else:
        ratio = "rate_ratio" if family == "poisson" else "odds_ratio"
        assert path.coefs(ratio) == pytest.approx(np.exp(path.coef_path))
    with pytest.raises(regpath.ParameterError, match="of RegPath"):
        path.coefs("metres")


def test_deviance_explained_grows_and_is_r2_for_gaussian(path, family, make_small):
    assert (np.diff(path.dev_ratio) > -1e-9).all()
    if family == "gaussian":
        r2 = regpath.score_path(path, make_small(family))["r2"]
        assert path.dev_ratio == pytest.approx(r2.to_numpy(), abs=1e-10)


def test_predictions(path, family, make_small):
    problem = make_small(family)
    lam = path.lambdas[3]
    if family in ("gaussian", "poisson"):
        eta = problem.X @ path.coef_path[:, 3] + path.intercept_path[3]
        expected = np.exp(eta) if family == "poisson" else eta
        assert path.predict(problem.X, lam) == pytest.approx(expected)
        assert path.predict(problem.X).shape == (60, 6)
        with pytest.raises(regpath.ParameterError, match="no probabilities"):
            path.predict_proba(problem.X)
        return
    proba = path.predict_proba(problem.X, lam)
    assert proba.sum(axis=1) == pytest.approx(1.0)
    assert path.predict_proba(problem.X)[..., 3] == pytest.approx(proba)
    labels = np.array(path.classes)[proba.argmax(axis=1)]
    assert path.predict(problem.X, lam).tolist() == labels.tolist()


def test_raw_frames_are_coded_on_the_way():
    table = regpath.datasets.load("penguins")
    problem = regpath.make_problem(table, "species")
    path = regpath.fit_path(problem, n_lambdas=5)
    direct = path.predict(problem.X, path.lambdas[-1])
    assert path.predict(table, path.lambdas[-1]).tolist() == direct.tolist()
    assert path.predict(table.frame, path.lambdas[-1]).tolist() == direct.tolist()
    assert problem.encode(table).tolist() == problem.X.tolist()


def test_a_wrong_number_of_features_is_refused(path):
    with pytest.raises(regpath.DataError, match="X has 2 columns; the path was fit on 5 features"):
        path.predict(np.ones((3, 2)))


def test_only_points_of_the_grid_are_given_out(path):
    assert path.index_of(path.lambdas[2]) == 2
    for lam in (path.lambdas[2] * 1.01, -1.0, 0.0):
        with pytest.raises(regpath.ParameterError, match="is not on the grid; the nearest is"):
            path.coef_at(lam)


def test_coef_at_is_labelled(path, family):
    coefs = path.coef_at(path.lambdas[-1])
    kind = pd.DataFrame if family == "multinomial" else pd.Series
    assert isinstance(coefs, kind)
    assert tuple(coefs.index) == path.feature_names
    assert pytest.approx(path.coef_path[..., -1]) == coefs.to_numpy().T


def test_frame_holds_the_whole_path(path, family):
    frame = path.to_frame()
    assert len(frame) == 6
    assert frame.columns.is_unique
    name = "coef[1][x2]" if family == "multinomial" else "coef[x2]"
    values = path.coef_path[1, 2] if family == "multinomial" else path.coef_path[2]
    assert frame[name].tolist() == values.tolist()
    assert frame["C"].to_numpy() == pytest.approx(1 / (60 * path.lambdas))


def test_repr_says_what_was_proven(path, family):
    text = repr(path)
    assert text.startswith(f"RegPath({family}, lasso, target 'y', 60 rows x 5 features)")
    assert "certified 6 of 6" in text


@pytest.mark.parametrize("lam", ["strong", None])
def test_a_strength_that_is_no_number_is_refused(path, lam):
    with pytest.raises(regpath.ParameterError):
        path.index_of(lam)


def test_no_rows_give_no_predictions():
    frame = pd.DataFrame({"x": [1.0, 2.0, 4.0, 8.0], "c": list("abba"), "y": [1.0, 3.0, 2.0, 9.0]})
    path = regpath.fit_path(regpath.make_problem(frame, "y", features=["x", "c"]), n_lambdas=3)
    with pytest.raises(regpath.DataError):
        path.predict(frame.iloc[:0])
