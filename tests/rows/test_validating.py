"""Paths and validations of rows in files are those of the same rows in memory."""

import numpy as np
import pytest

import regpath
from regpath.core.objective import CERTIFIED
from regpath.errors import DataError, ParameterError
from regpath.rows import learning
from tests.rows.stored import planted, written

FAMILIES = ("gaussian", "binomial", "multinomial", "poisson")
TIGHT = 1e-10  # goal of both fits, so that what is left of 1e-8 is conditioning
EQUAL = 1e-8  # of coefficients per standard deviation; their curvature is of the order of one
MOST = 30  # passes of a path of 100 lambdas and ten folds, reading included


@pytest.fixture(params=FAMILIES)
def stored(request, tmp_path, monkeypatch):
    monkeypatch.setattr(learning, "SAMPLE_ROWS", 150)
    frame = planted(request.param, weights=request.param == "binomial")
    weights = "w" if request.param == "binomial" else None
    how = {"family": request.param, "weights": weights}
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet"), "y", **how)
    return rows, regpath.make_problem(frame, "y", **how)


@pytest.mark.parametrize("l1_ratio", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("standardize", [True, False])
def test_a_path_is_the_one_in_memory_and_proven(stored, l1_ratio, standardize):
    rows, problem = stored
    how = {"l1_ratio": l1_ratio, "standardize": standardize, "n_lambdas": 30, "tol": TIGHT}
    # Levels that all have a feature add up to one: without ridge their share is not unique.
    how["penalty_factor"] = np.linspace(0.5, 1.5, problem.n_features)
    here, there = regpath.fit_path(problem, **how), regpath.fit_path(rows, **how)
    assert there.lambdas == pytest.approx(here.lambdas, rel=1e-11)
    assert there.converged.all()
    assert np.abs(there.coefs("standardized") - here.coefs("standardized")).max() <= EQUAL
    assert there.dev_ratio == pytest.approx(here.dev_ratio, abs=EQUAL)
    proof = regpath.check_path(problem, there)
    assert (proof[["kkt_violation", "dual_gap"]].max() <= CERTIFIED).all()
    assert there.passes > 0
    assert here.passes == 0


@pytest.mark.parametrize("l1_ratio", [0.5, 1.0])
@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("family", FAMILIES)
def test_a_validation_is_the_one_in_memory_on_the_same_folds(tmp_path, family, l1_ratio, gaps):
    frame = planted(family, gaps=gaps)
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet"), "y", family=family)
    problem = regpath.make_problem(frame, "y", family=family)
    how = {"l1_ratio": l1_ratio, "n_lambdas": 25, "min_ratio": 1e-2}
    here, there = regpath.fit_path(problem, **how), regpath.fit_path(rows, **how)
    one = regpath.cross_validate(problem, here, folds=rows.fold_labels(5))
    two = regpath.cross_validate(rows, there, n_folds=5)
    # Points that are proven to a gap g are sqrt(2 g) apart at the most, per unit of curvature;
    # means over rows differ by the square of that.
    far = np.sqrt(2.0 * CERTIFIED)
    for first, second in zip(one.fold_paths, two.fold_paths, strict=True):
        assert second.converged.all()
        assert second.encoder.filled == pytest.approx(first.encoder.filled)
        assert np.abs(first.coefs("standardized") - second.coefs("standardized")).max() <= far
    assert two.fold_scores == pytest.approx(one.fold_scores, rel=1e-5)
    assert two.mean == pytest.approx(one.mean, rel=1e-6)
    assert two.se == pytest.approx(one.se, rel=1e-4)
    assert two.null_score == pytest.approx(one.null_score, rel=1e-10)
    assert two.passes > 0
    assert len(two.folds) == 5


def test_a_path_with_ten_folds_takes_few_passes_and_least_squares_hardly_any(stored):
    rows, _ = stored
    path = regpath.fit_path(rows)
    cv = regpath.cross_validate(rows, path)
    assert cv.path.converged.all()
    if rows.loss.quadratic:
        assert (rows.passes, path.passes, cv.passes) == (1, 1, 2)
    # Four hundred rows: a tenth less of them moves a path further than in large data.
    assert rows.passes + path.passes + cv.passes <= (2 * MOST if rows.loss.per_class else MOST)


def test_exposures_are_offsets_here_too(tmp_path):
    frame = planted("poisson")
    frame["watched"] = np.random.default_rng(5).uniform(0.5, 3.0, len(frame))
    how = {"family": "poisson", "exposure": "watched"}
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet"), "y", **how)
    problem = regpath.make_problem(frame, "y", **how)
    here, there = (regpath.fit_path(each, n_lambdas=20, tol=TIGHT) for each in (problem, rows))
    assert np.abs(there.coefs("standardized") - here.coefs("standardized")).max() <= EQUAL
    cv = regpath.cross_validate(rows, there, n_folds=4)
    ordinary = regpath.cross_validate(problem, here, folds=rows.fold_labels(4))
    assert cv.mean == pytest.approx(ordinary.mean, rel=1e-6)
    assert cv.null_score == pytest.approx(ordinary.null_score, rel=1e-10)


@pytest.mark.parametrize("measure", ["accuracy", "brier", "rmse", "mae"])
def test_measures_that_are_means_over_rows_are_taken(tmp_path, measure):
    family = "gaussian" if measure in ("rmse", "mae") else "binomial"
    frame = planted(family)
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet"), "y")
    problem = regpath.make_problem(frame, "y")
    cv = regpath.cross_validate(rows, regpath.fit_path(rows), n_folds=4, measure=measure)
    ordinary = regpath.cross_validate(
        problem, regpath.fit_path(problem), folds=rows.fold_labels(4), measure=measure
    )
    # A row may change sides where its probability is one half but for a proof's gap.
    assert cv.mean == pytest.approx(ordinary.mean, rel=1e-2 if measure == "accuracy" else 1e-5)


def test_a_feature_that_is_constant_in_a_fold_stays_out_of_it(tmp_path):
    frame = planted("gaussian", n=60)
    frame["rare"] = (frame.index == 17).astype(float)
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet", rows=25), "y")
    path = regpath.fit_path(rows, n_lambdas=20)
    cv = regpath.cross_validate(rows, path, n_folds=6)
    j = rows.feature_names.index("rare")
    k = int(rows.fold_labels(6)[17])
    assert path.coef_path[j].any()
    assert not cv.fold_paths[k].coef_path[j].any()
    assert cv.fold_paths[k].x_scale[j] == 0.0


@pytest.mark.parametrize("standardize", [True, False])
def test_folds_that_are_narrow_without_one_row_are_summed_up_anew(tmp_path, standardize):
    frame = planted("gaussian", n=200)
    frame.loc[31, "c1"] = 1e5  # all others spread over a few units
    rows = regpath.read_rows(written(frame, tmp_path / "t.parquet", rows=70), "y")
    problem = regpath.make_problem(frame, "y")
    how = {"n_lambdas": 15, "min_ratio": 1e-2, "standardize": standardize, "l1_ratio": 0.5}
    here, there = regpath.fit_path(problem, **how), regpath.fit_path(rows, **how)
    one = regpath.cross_validate(problem, here, folds=rows.fold_labels(5))
    two = regpath.cross_validate(rows, there, n_folds=5)
    assert all(fold.converged.all() for fold in two.fold_paths)
    assert two.fold_scores == pytest.approx(one.fold_scores, rel=1e-5)


def test_what_such_rows_cannot_do_is_refused_in_words(stored):
    rows, problem = stored
    path = regpath.fit_path(rows, n_lambdas=5)
    for said in ({"kind": "leave_one_out"}, {"n_repeats": 2}, {"folds": np.arange(400) % 2}):
        with pytest.raises(ParameterError, match="cross_validate is for a Problem"):
            regpath.cross_validate(rows, path, **said)
    with pytest.raises(ParameterError, match=r"mean over rows|cannot judge"):
        regpath.cross_validate(rows, path, measure="auc")
    with pytest.raises(DataError, match="penalty factor"):
        regpath.fit_path(rows, penalty_factor={"c0": 0.0})
    with pytest.raises(ParameterError, match="a Problem has its own"):
        regpath.fit_path(problem, engine="processes")
    with pytest.raises(ParameterError, match="a Problem has its own"):
        regpath.cross_validate(problem, regpath.fit_path(problem), engine="processes")
    with pytest.raises(DataError, match="other rows"):
        regpath.cross_validate(rows, regpath.fit_path(problem.take(np.arange(300))))
