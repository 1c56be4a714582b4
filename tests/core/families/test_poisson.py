"""Counts: closed forms, what exposures mean, and agreement with scikit-learn."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from sklearn.linear_model import PoissonRegressor

import regpath
from regpath import Problem, fit_path

REFERENCE = Path(__file__).parents[2] / "reference"
GLMNET = pd.read_csv(REFERENCE / "poisson_glmnet.csv")


def counted(n=200, p=5, seed=0, spread=0.6):
    """Features, counts and the exposures that the counts grow with."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p)) * np.geomspace(0.1, 10.0, p) + rng.normal(size=p)
    exposure = np.exp(rng.normal(size=n))
    eta = (X - X.mean(axis=0)) / X.std(axis=0) @ np.array([1.0, -0.7, 0.5, 0.0, 0.0])[:p]
    return X, rng.poisson(exposure * np.exp(0.4 + spread * eta)), exposure


def problem_of(X, y, exposure=None, weight=None):
    return Problem.from_arrays(X, y, family="poisson", exposure=exposure, sample_weight=weight)


@pytest.mark.parametrize("exposed", [True, False])
def test_the_empty_model_is_the_log_of_the_mean_rate(exposed):
    X, y, exposure = counted()
    weight = np.random.default_rng(3).uniform(0.2, 3.0, len(y))
    path = fit_path(problem_of(X, y, exposure if exposed else None, weight), n_lambdas=5)
    watched = exposure if exposed else np.ones(len(y))
    rate = (weight @ y) / (weight @ watched)
    assert not path.coef_path[:, 0].any()
    assert path.intercept_path[0] == pytest.approx(np.log(rate), abs=1e-12)
    assert path.predict(X, path.lambdas[0], exposure if exposed else None) == pytest.approx(
        rate * watched
    )


@pytest.mark.parametrize("exposed", [True, False])
@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_the_score_equations_hold(exposed, l1_ratio):
    X, y, exposure = counted()
    problem = problem_of(X, y, exposure if exposed else None)
    path = fit_path(problem, l1_ratio=l1_ratio, n_lambdas=20, min_ratio=1e-3)
    assert path.converged.all()
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    mean = np.exp(X @ path.coef_path + path.intercept_path)
    if exposed:
        mean *= exposure[:, None]
    gradient = Z.T @ (y[:, None] - mean) / len(y)
    coefs, scale = path.coefs("standardized"), path.lambdas[0] * max(l1_ratio, 1e-3)
    pull = gradient - path.lambdas * (1.0 - l1_ratio) * coefs
    box = path.lambdas * l1_ratio
    assert (y[:, None] - mean).mean(axis=0) == pytest.approx(0.0, abs=1e-5)
    assert (np.abs(pull) <= box + 1e-5 * scale).all()
    alive = coefs != 0.0
    assert pull[alive] == pytest.approx((box * np.sign(coefs))[alive], abs=1e-5 * scale)


@pytest.mark.parametrize("lam", [0.5, 0.05, 0.002])
def test_a_general_minimizer_finds_nothing_smaller(lam):
    X, y, exposure = counted(n=80)
    path = fit_path(problem_of(X, y, exposure), lambdas=[lam], l1_ratio=0.5)
    Z = (X - X.mean(axis=0)) / X.std(axis=0)

    def objective(theta):  # positive and negative parts, so that it is smooth
        up, down = theta[1:6], theta[6:]
        eta = Z @ (up - down) + theta[0] + np.log(exposure)
        penalty = lam * (0.5 * (up + down).sum() + 0.25 * np.square(up - down).sum())
        return np.mean(np.exp(eta) - y * eta) + penalty

    b = path.coefs("standardized")[:, 0]
    centre = path.intercept_path[0] + X.mean(axis=0) @ path.coef_path[:, 0]
    ours = objective(np.concatenate([[centre], np.maximum(b, 0.0), np.maximum(-b, 0.0)]))
    bounds = [(None, None)] + [(0.0, None)] * 10
    theirs = minimize(objective, np.full(11, 0.1), bounds=bounds, method="L-BFGS-B", tol=1e-14)
    assert ours <= theirs.fun + 1e-9 * abs(theirs.fun)
    assert ours == pytest.approx(theirs.fun, rel=1e-6)


@pytest.mark.parametrize("weights", [True, False])
def test_ridge_is_that_of_scikit_learn(weights):
    X, y, _ = counted()
    weight = np.random.default_rng(3).uniform(0.2, 3.0, len(y)) if weights else None
    path = fit_path(
        problem_of(X, y, weight=weight), lambdas=[1.0, 0.1, 0.01], l1_ratio=0.0, standardize=False
    )
    for lam in path.lambdas:
        peer = PoissonRegressor(alpha=lam, solver="newton-cholesky", tol=1e-10)
        peer.fit(X, y, weight)
        assert path.coef_at(lam).to_numpy() == pytest.approx(peer.coef_, abs=1e-6)


@pytest.mark.parametrize("case", GLMNET["case"].unique())
def test_paths_and_validation_are_those_of_glmnet(case):
    golden, rows = GLMNET[GLMNET["case"] == case], pd.read_csv(REFERENCE / "poisson_rows.csv")
    how, place = golden.iloc[0], np.arange(len(rows))
    names = [f"x{j}" for j in range(6)]
    problem = problem_of(
        rows[names],
        rows["y"],
        rows["exposure"] if how["exposed"] else None,
        1 + place % 3 if how["weighted"] else None,
    )
    path = fit_path(
        problem,
        lambdas=golden["lambda"].to_numpy(),
        l1_ratio=float(how["alpha"]),
        standardize=bool(how["standardize"]),
    )
    assert pytest.approx(golden[names].to_numpy(), abs=2e-6) == path.coef_path.T
    assert path.intercept_path == pytest.approx(golden["intercept"].to_numpy(), abs=2e-6)
    assert path.dev_ratio == pytest.approx(golden["dev_ratio"].to_numpy(), abs=1e-7)
    cv = regpath.cross_validate(problem, path, folds=place % 5)
    assert cv.mean == pytest.approx(golden["mean"].to_numpy(), rel=1e-5)
    assert cv.se == pytest.approx(golden["se"].to_numpy(), rel=1e-4)
    assert cv.index_min == golden["is_min"].argmax()
    assert cv.index_1se == golden["is_1se"].argmax()
    error = regpath.cross_validate(problem, path, folds=place % 5, measure="mae")
    assert error.mean == pytest.approx(golden["mae"].to_numpy(), rel=1e-5)


def test_a_unit_of_exposure_moves_the_intercept_alone():
    X, y, exposure = counted()
    days, hours = (fit_path(problem_of(X, y, e), n_lambdas=15) for e in (exposure, 24 * exposure))
    assert hours.lambdas == pytest.approx(days.lambdas, rel=1e-9)
    assert hours.coefs("standardized") == pytest.approx(days.coefs("standardized"), abs=1e-6)
    assert hours.intercept_path + np.log(24.0) == pytest.approx(days.intercept_path, abs=1e-5)


def test_exposures_are_weights_of_rates():
    X, y, exposure = counted()
    counts = problem_of(X, y, exposure)
    rates = problem_of(X, y / exposure, weight=exposure)
    lambdas = np.geomspace(0.3, 0.003, 10)
    one = fit_path(counts, lambdas=lambdas, standardize=False, l1_ratio=0.7)
    two = fit_path(
        rates, lambdas=lambdas / exposure.mean(), standardize=False, l1_ratio=0.7
    )  # a mean loss over the exposure, not over the rows
    assert one.coef_path == pytest.approx(two.coef_path, abs=1e-6)


def test_rows_watched_twice_are_rows_watched_longer():
    X, y, exposure = counted()
    rng = np.random.default_rng(4)
    first = rng.binomial(y, 0.3)
    share = rng.uniform(0.2, 0.8, len(y))
    apart = problem_of(
        np.vstack([X, X]),
        np.concatenate([first, y - first]),
        np.concatenate([share * exposure, (1.0 - share) * exposure]),
    )
    lambdas = np.geomspace(0.3, 0.003, 10)
    whole = fit_path(problem_of(X, y, exposure), lambdas=lambdas)
    halves = fit_path(apart, lambdas=lambdas / 2.0)  # the mean is over twice as many rows
    assert halves.coef_path == pytest.approx(whole.coef_path, abs=1e-5)
    assert halves.intercept_path == pytest.approx(whole.intercept_path, abs=1e-5)


@pytest.mark.parametrize("scale", [1e-12, 1e3, 1e9])
@pytest.mark.parametrize("l1_ratio", [1.0, 0.0])
def test_exposures_of_any_size_are_certified(scale, l1_ratio):
    X, y, exposure = counted()
    problem = problem_of(X, y, exposure * scale)
    path = fit_path(problem, n_lambdas=15, l1_ratio=l1_ratio)
    assert path.converged.all()
    assert regpath.check_path(problem, path)["ok"].all()


@pytest.mark.parametrize(
    "y",
    [
        np.r_[np.zeros(99, dtype=int), 1],
        np.r_[np.ones(99, dtype=int), 10**6],
        np.random.default_rng(2).poisson(1e7 * np.geomspace(0.99, 1.01, 100)),
        np.arange(100) ** 3,
    ],
    ids=["one event", "one huge", "large", "wide"],
)
@pytest.mark.parametrize("l1_ratio", [1.0, 0.3, 0.0])
def test_odd_counts_are_certified(y, l1_ratio):
    X = np.random.default_rng(0).normal(size=(100, 4))
    X[:, 0] += np.linspace(-1.0, 1.0, 100)
    problem = problem_of(X, y)
    path = fit_path(problem, n_lambdas=20, l1_ratio=l1_ratio)
    assert path.converged.all()
    assert regpath.check_path(problem, path)["ok"].all()


@pytest.mark.parametrize("p", [5, 300])
def test_more_features_than_rows_and_sparse_ones_are_certified(p):
    from scipy import sparse

    rng = np.random.default_rng(1)
    X = rng.normal(size=(120, p)) * (rng.random((120, p)) < 0.3)
    y = rng.poisson(np.exp(0.8 * X[:, 0] - 0.5 * X[:, 1]))
    exposure = rng.uniform(0.5, 2.0, 120)
    for form in (np.asarray, sparse.csr_array):
        path = fit_path(problem_of(form(X), y, exposure), n_lambdas=25, min_ratio=0.01)
        assert path.converged.all()


def test_steep_data_are_certified():
    X, y, exposure = counted(spread=3.0)  # expected counts over eight orders of magnitude
    problem = problem_of(X, y, exposure)
    for l1_ratio in (1.0, 0.5, 0.0):
        path = fit_path(problem, l1_ratio=l1_ratio, min_ratio=1e-5)
        assert path.converged.all()


def test_free_features_that_nothing_was_counted_with_are_named():
    X, _, _ = counted(p=2)
    y = np.where(np.arange(200) < 50, 0, 1 + np.arange(200) % 3)
    X[:, 0] = np.arange(200) < 50
    problem = Problem.from_arrays(X, y, family="poisson", feature_names=["closed", "x"])
    with pytest.raises(regpath.DataError, match="zero wherever something was counted"):
        fit_path(problem, penalty_factor={"closed": 0.0})


@pytest.mark.parametrize("exposed", [True, False])
def test_refits_are_those_of_scikit_learn(exposed):
    X, y, exposure = counted()
    problem = problem_of(X, y, exposure if exposed else None)
    path = fit_path(problem, n_lambdas=10)
    relaxed = regpath.relax_path(problem, path)
    assert relaxed.finite.all()
    rates = y / exposure if exposed else y
    for i in np.flatnonzero(path.n_nonzero):
        kept = np.flatnonzero(path.coef_path[:, i])
        peer = PoissonRegressor(alpha=0.0, solver="newton-cholesky", tol=1e-12)
        peer.fit(X[:, kept], rates, exposure if exposed else None)
        assert relaxed.coef_path[kept, i] == pytest.approx(peer.coef_, abs=1e-6)
        assert relaxed.intercept_path[i] == pytest.approx(peer.intercept_, abs=1e-6)


def test_a_refit_that_has_no_end_is_said_and_not_given():
    X, y, _ = counted(p=2)
    X[:, 0] = np.arange(200) < 60
    y = np.where(X[:, 0] > 0.0, 0, 1 + y)
    problem = problem_of(X, y)
    path = fit_path(problem, n_lambdas=10)
    relaxed = regpath.relax_path(problem, path)
    gone = path.coef_path[0] != 0.0
    assert gone.any()
    assert (relaxed.finite == ~gone).all()
    assert "chosen there are zero wherever something was counted" in relaxed.notes[0]


@pytest.mark.parametrize("none", [3, 20, 60, 150])
@pytest.mark.parametrize("scale", [1.0, 1e-3, 50.0])
def test_steps_that_run_away_prove_no_finite_refit_by_their_rounding(none, scale):
    for seed in range(3):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(200, 2))
        closed = np.arange(200) < none
        X[:, 0] = closed * scale
        problem = problem_of(X, np.where(closed, 0, 1 + rng.poisson(2.0, 200)))
        path = fit_path(problem, n_lambdas=8)
        relaxed = regpath.relax_path(problem, path)
        gone = path.coef_path[0] != 0.0
        assert gone.any()
        assert (relaxed.finite == ~gone).all()
        assert all("zero wherever" in relaxed.reasons[i] for i in np.flatnonzero(gone))


def test_intervals_of_the_other_half_cover_as_often_as_they_say():
    covered = []
    for seed in range(60):
        X, y, exposure = counted(n=300, seed=seed, spread=0.4)
        found = regpath.split_intervals(problem_of(X, y, exposure), rule="min", level=0.8)
        table = found.table.set_index("feature")
        for name, truth in zip(("x0", "x1", "x2"), (0.4, -0.28, 0.2), strict=True):
            if name in table.index:
                scale = X[:, int(name[1])].std()
                covered.append(table.loc[name, "low"] <= truth / scale <= table.loc[name, "high"])
    assert len(covered) > 150
    assert 0.7 < np.mean(covered) < 0.9  # four standard errors about 0.8 would be 0.67 to 0.93


def frame_of(n=40):
    X, y, exposure = counted(n=n, p=2)
    return pd.DataFrame({"a": X[:, 0], "b": X[:, 1], "days": exposure, "visits": y})


def test_predictions_take_exposures_from_the_column_or_as_they_are_told():
    frame = frame_of()
    problem = regpath.make_problem(frame, "visits", family="poisson", exposure="days")
    assert problem.feature_names == ("a", "b")
    path = fit_path(problem, n_lambdas=5)
    expected = path.predict(frame)
    assert expected == pytest.approx(path.predict(frame, exposure=frame["days"]))
    rate = path.predict(frame.drop(columns="days"), exposure=1.0)
    assert expected == pytest.approx(rate * frame["days"].to_numpy()[:, None])
    assert expected == pytest.approx(path.predict(problem))
    with pytest.raises(regpath.DataError, match=r"fit with an exposure \('days'\)"):
        path.predict(frame.drop(columns="days"))


def test_folds_predict_held_out_rows_by_their_exposures():
    frame = frame_of(80)
    problem = regpath.make_problem(frame, "visits", family="poisson", exposure="days")
    path = fit_path(problem, n_lambdas=6)
    cv = regpath.cross_validate(problem, path, n_folds=4)
    found = cv.out_of_fold(problem, path.lambdas[3])
    for fold, alone in zip(cv.folds, cv.fold_paths, strict=True):
        assert found[fold.test] == pytest.approx(
            alone.predict(frame.iloc[fold.test], path.lambdas[3])
        )


def test_halves_bands_and_criteria_take_exposures():
    frame = frame_of(120)
    problem = regpath.make_problem(frame, "visits", family="poisson", exposure="days")
    days = regpath.make_problem(
        frame.assign(days=24.0 * frame["days"]), "visits", family="poisson", exposure="days"
    )
    path = fit_path(problem, n_lambdas=6)
    other = fit_path(days, lambdas=path.lambdas)  # in another unit: all that follows is the same
    halves = [
        regpath.assess_stability(p, q, n_pairs=3) for p, q in ((problem, path), (days, other))
    ]
    assert (halves[0].selected == halves[1].selected).all()
    bands = [regpath.bootstrap_band(q, p, n_boot=20) for p, q in ((problem, path), (days, other))]
    for name in bands[0].select_dtypes("number"):
        assert bands[0][name].to_numpy() == pytest.approx(bands[1][name].to_numpy(), rel=1e-4)
    criteria = [regpath.information_criteria(q, p) for p, q in ((problem, path), (days, other))]
    assert criteria[0]["bic"].to_numpy() == pytest.approx(criteria[1]["bic"].to_numpy(), abs=1e-4)
    contributed = regpath.contributions(path, frame.iloc[[0]])
    rate = path.predict(frame.iloc[[0]], exposure=1.0)[0]
    assert np.exp(contributed.total) == pytest.approx(rate)


def test_rows_of_a_problem_keep_their_exposures():
    frame = frame_of()
    problem = regpath.make_problem(frame, "visits", family="poisson", exposure="days")
    rows = np.array([3, 1, 30])
    assert problem.take(rows, keep_features=True).exposure.tolist() == frame["days"][rows].tolist()
    train = problem.take(np.arange(30))
    assert train.exposure.tolist() == frame["days"][:30].tolist()
    assert train.rows_of(problem, rows).exposure.tolist() == frame["days"][rows].tolist()


@pytest.mark.parametrize(
    ("value", "said"), [(0.0, "is 0"), (-1.0, "is -1"), (np.nan, "is missing"), (np.inf, "is inf")]
)
def test_what_is_no_exposure_is_named_by_row_and_column(value, said):
    frame = frame_of()
    frame.loc[7, "days"] = value
    with pytest.raises(regpath.DataError, match=f"exposure in row 7 of column 'days' {said}"):
        regpath.make_problem(frame, "visits", family="poisson", exposure="days")


@pytest.mark.parametrize("family", ["auto", "gaussian"])
def test_exposures_are_for_counts(family):
    with pytest.raises(regpath.ParameterError, match="'exposure' parameter of make_problem"):
        regpath.make_problem(frame_of(), "visits", family=family, exposure="days")


def test_counts_are_never_guessed_and_never_negative():
    frame = frame_of()
    assert regpath.make_problem(frame.assign(visits=np.arange(40)), "visits").family == "gaussian"
    frame.loc[5, "visits"] = -2
    with pytest.raises(regpath.DataError, match=r"'visits' is -2 in row 5, and counts are never"):
        regpath.make_problem(frame, "visits", family="poisson")
