import numpy as np
import pytest
from sklearn import metrics

import regpath
from regpath.core.selection.threshold import choose_threshold, threshold_curve


@pytest.fixture
def validated(make_small):
    problem = make_small("binomial", n=120, weights=True, seed=2)
    path = regpath.fit_path(problem, n_lambdas=8)
    return problem, regpath.cross_validate(problem, path, n_folds=5)


def test_the_curve_is_that_of_scikit_learn(validated):
    problem, cv = validated
    proba = cv.out_of_fold(problem, cv.lambdas[5])
    w, y, p = problem.sample_weight, problem.y, proba[:, 1]
    frame = threshold_curve(problem, proba)
    alarm, recall, marks = metrics.roc_curve(y, p, sample_weight=w, drop_intermediate=False)
    assert frame["threshold"].to_numpy() == pytest.approx(marks)
    assert frame["true_positive_rate"].to_numpy() == pytest.approx(recall)
    assert frame["false_positive_rate"].to_numpy() == pytest.approx(alarm)
    precision, _, values = metrics.precision_recall_curve(y, p, sample_weight=w)
    rising = frame.sort_values("threshold").iloc[:-1]
    assert rising["threshold"].to_numpy() == pytest.approx(values)
    assert rising["precision"].to_numpy() == pytest.approx(precision[:-1])
    for _, row in frame.iloc[1::17].iterrows():
        told = p >= row["threshold"]
        for name, of in (
            ("accuracy", metrics.accuracy_score),
            ("balanced_accuracy", metrics.balanced_accuracy_score),
            ("f1", metrics.f1_score),
        ):
            assert row[name] == pytest.approx(of(y, told, sample_weight=w))


@pytest.mark.parametrize("criterion", ["balanced_accuracy", "accuracy", "f1"])
def test_the_choice_is_the_best_on_held_out_rows(validated, criterion):
    problem, cv = validated
    lam = cv.lambdas[5]
    choice = choose_threshold(cv, problem, lam, criterion=criterion)
    p, y, w = cv.out_of_fold(problem, lam)[:, 1], problem.y, problem.sample_weight
    of = getattr(metrics, f"{criterion}_score")
    assert of(y, p >= choice.value, sample_weight=w) == pytest.approx(choice.score)
    assert of(y, p >= 0.5, sample_weight=w) == pytest.approx(choice.score_at_half)
    assert choice.score == pytest.approx(choice.curve[criterion].max())
    assert f"has the largest {criterion} on held-out rows" in choice.reason


def test_prevalence_tells_as_many_rows_as_there_are(validated):
    problem, cv = validated
    choice = choose_threshold(cv, problem, cv.lambdas[5], criterion="prevalence")
    p, w = cv.out_of_fold(problem, cv.lambdas[5])[:, 1], problem.sample_weight
    told = np.average(p >= choice.value, weights=w)
    assert told == pytest.approx(np.average(problem.y, weights=w), abs=0.02)
    assert told == pytest.approx(np.average(problem.y, weights=w) + choice.score, abs=1e-9) or (
        told == pytest.approx(np.average(problem.y, weights=w) - choice.score, abs=1e-9)
    )


def test_of_equal_thresholds_one_half_wins(validated):
    problem, cv = validated
    null = choose_threshold(cv, problem, cv.lambdas[0], criterion="accuracy")
    assert null.score >= null.score_at_half
    # Everybody is parted from everybody: whatever lies between the classes is as good.
    X = np.r_[np.linspace(-2, -1, 20), np.linspace(1, 2, 20)][:, None]
    parted = regpath.Problem.from_arrays(X, np.repeat([0, 1], 20))
    cv = regpath.cross_validate(parted, regpath.fit_path(parted, n_lambdas=5), n_folds=4)
    assert choose_threshold(cv, parted, cv.lambdas[-1]).value == 0.5


def test_other_rows_than_those_validated_are_refused(validated, make_small):
    problem, cv = validated
    with pytest.raises(regpath.DataError, match="fit on 120 rows"):
        choose_threshold(cv, problem.take(np.arange(100)), cv.lambdas[1])
    with pytest.raises(regpath.ParameterError, match="'criterion'"):
        choose_threshold(cv, problem, cv.lambdas[1], criterion="cost")
    many = make_small("multinomial")
    with pytest.raises(regpath.ParameterError, match="Only two classes have a threshold"):
        threshold_curve(many, np.full((60, 3), 1 / 3))
    with pytest.raises(regpath.DataError, match="all of one class"):
        threshold_curve(problem, np.where(problem.y[:, None] == 1, [0.5, 0.5], np.nan))
    with pytest.raises(regpath.ParameterError, match=r"must have shape \(120, 2\)"):
        threshold_curve(problem, np.zeros(120))


def held_out_as(probabilities, y, monkeypatch):
    """A validation with these predictions for rows held out."""
    problem = regpath.Problem.from_arrays(np.arange(len(y))[:, None] * 1.0, y)
    path = regpath.fit_path(problem, n_lambdas=2)
    cv = regpath.cross_validate(problem, path, n_folds=2)
    table = np.column_stack([1.0 - probabilities, probabilities])
    monkeypatch.setattr(type(cv), "out_of_fold", lambda *_: table)
    return problem, cv


def test_one_half_wins_also_where_it_is_told_by_somebody(monkeypatch):
    p = np.array([0.05, 0.1, 0.5, 0.5, 0.52, 0.9])
    y = np.array([False, False, True, False, True, True])
    problem, cv = held_out_as(p, y, monkeypatch)
    choice = choose_threshold(cv, problem, cv.lambdas[0], criterion="accuracy")
    assert (choice.curve["accuracy"] == choice.score).sum() == 2  # 0.5 and 0.52
    assert choice.value == 0.5


def test_prevalence_is_that_of_the_rows_with_a_prediction(monkeypatch):
    p = np.r_[np.full(10, np.nan), np.linspace(0.01, 0.99, 20)]
    y = np.r_[np.ones(10, dtype=bool), np.arange(20) >= 16]
    problem, cv = held_out_as(p, y, monkeypatch)
    choice = choose_threshold(cv, problem, cv.lambdas[0], criterion="prevalence")
    assert choice.score == pytest.approx(0.0)
    assert np.count_nonzero(p >= choice.value) == 4


@pytest.mark.parametrize("group", [None, 0, 1])
def test_weights_and_ties_leave_the_whole_curve_that_of_scikit_learn(group):
    rng = np.random.default_rng(1)
    p, y = rng.integers(1, 20, 300) / 20.0, rng.integers(0, 2, 300)
    w = rng.integers(1, 5, 300) / 2.0
    rows = slice(None) if group is None else np.arange(300) % 3 == group
    p, y, w = p[rows], y[rows], w[rows]
    problem = regpath.Problem.from_arrays(p[:, None], y, sample_weight=w)
    curve = regpath.threshold_curve(problem, np.column_stack([1.0 - p, p]))
    alarm, hit, marks = metrics.roc_curve(y, p, sample_weight=w, drop_intermediate=False)
    np.testing.assert_array_equal(curve["threshold"], marks)
    np.testing.assert_allclose(curve["true_positive_rate"], hit, atol=1e-12)
    np.testing.assert_allclose(curve["false_positive_rate"], alarm, atol=1e-12)
    precision, recall, marks = metrics.precision_recall_curve(y, p, sample_weight=w)
    told = curve.iloc[:0:-1]
    np.testing.assert_array_equal(told["threshold"], marks)
    np.testing.assert_allclose(told["precision"], precision[:-1], atol=1e-12)
    np.testing.assert_allclose(told["true_positive_rate"], recall[:-1], atol=1e-12)
    share = [(w * (p >= mark)).sum() / w.sum() for mark in curve["threshold"]]
    np.testing.assert_allclose(curve["share_told"], share, atol=1e-12)
