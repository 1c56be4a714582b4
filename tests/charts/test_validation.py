import numpy as np
import pytest

import regpath
from regpath.charts import LIGHT, fold_paths_figure, validation_figure
from regpath.charts.curves import largest, per_sd


@pytest.fixture
def validated(make_small, family):
    problem = make_small(family)
    path = regpath.fit_path(problem, n_lambdas=12)
    return regpath.cross_validate(problem, path, n_folds=4)


def test_the_curve_its_band_and_the_folds_are_those_of_the_frame(validated):
    frame = validated.to_frame()
    figure = validation_figure(validated, look=LIGHT, rules={"a": 3, "b": 3, "c": 5}, chosen=4)
    folds, band, mean = figure.data
    drawn = np.array(folds.y, float).reshape(4, 13)
    for k in range(4):
        assert drawn[k, :-1].tolist() == frame[f"fold[{k}]"].tolist()
    assert mean.y.tolist() == frame["mean"].tolist()
    high, low = np.split(np.array(band.y, float), 2)
    np.testing.assert_allclose(high - frame["mean"], frame["se"], atol=1e-12)
    np.testing.assert_allclose(frame["mean"] - low[::-1], frame["se"], atol=1e-12)
    texts = [note.text for note in figure.layout.annotations]
    assert {"a, b", "c", "base rate"} <= set(texts)
    assert validated.lambdas[4] in [shape.x0 for shape in figure.layout.shapes]


def test_each_fold_has_a_curve_per_feature(validated):
    features = [int(j) for j in largest(per_sd(validated.path))[:2]]
    names = [validated.path.feature_names[j] for j in features]
    figure = fold_paths_figure(validated, features, look=LIGHT, index=6)
    folds = validated.fold_coefs(names)
    if "class" in folds:
        folds = folds[folds["class"] == validated.path.classes[0]]
    for trace, name in zip(figure.data, names, strict=False):
        drawn = np.array(trace.y, float)
        told = folds[folds["feature"] == name].sort_values(["fold", "lambda"])
        np.testing.assert_allclose(
            np.sort(drawn[np.isfinite(drawn)]), np.sort(told["coefficient"]), atol=1e-12
        )
    assert [trace.name for trace in figure.data[len(names) :]] == names


@pytest.mark.parametrize("seed", range(4))
def test_the_name_of_the_base_rate_stands_where_no_curve_crosses_it(seed):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(80, 12)), rng.normal(size=80)
    y += X[:, 0]  # the weak end is worse than the middle, and may come back to the base rate
    problem = regpath.Problem.from_arrays(X, y)
    cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=60), n_folds=5)
    figure = validation_figure(cv, look=LIGHT)
    (name,) = [note for note in figure.layout.annotations if note.text == "base rate"]
    assert (name.xanchor, name.yanchor) == ("right", "top")
    low, high = figure.layout.yaxis.range
    along = np.linspace(0, 1, len(cv.lambdas))
    below = (along > name.x - 0.15) & (along <= name.x)
    assert below.any()
    clear = (cv.mean - cv.se > name.y) | (cv.mean + cv.se < name.y - 0.1 * (high - low))
    assert clear[below].all()


def test_a_curve_of_one_strength_is_drawn(make_small):
    problem = make_small("gaussian")
    cv = regpath.cross_validate(problem, regpath.fit_path(problem, lambdas=[0.1]), n_folds=4)
    texts = [note.text for note in validation_figure(cv, look=LIGHT).layout.annotations]
    assert "base rate" in texts
