import numpy as np
import pytest

import regpath
from regpath.explorer import marks_of, start_index
from regpath.wording import number_text


def test_with_folds_the_first_mark_is_one_standard_error(study_of):
    study = study_of("binomial")
    cv = regpath.cross_validate(study.train, study.path, n_folds=5)
    first, second = marks_of(study.path, cv)
    assert (first.rule, first.index) == ("1se", cv.index_1se)
    assert (second.rule, second.index) == ("min", cv.index_min)
    assert first.index <= second.index
    for mark in (first, second):
        assert f"{cv.lambdas[mark.index]:.4g}" in mark.reason


def test_without_folds_it_is_the_strongest_with_nine_tenths_of_the_fit(study_of):
    path = study_of("gaussian").path
    (mark,) = marks_of(path)
    assert mark.index == start_index(path)
    enough = 0.9 * path.dev_ratio.max()
    assert path.dev_ratio[mark.index] >= enough
    assert (path.dev_ratio[: mark.index] < enough).all()
    assert f"{path.lambdas[mark.index]:.4g}" in mark.reason
    assert np.isclose(path.dev_ratio[0], 0.0)


@pytest.mark.parametrize("folds", [None, 4])
def test_a_small_strength_is_written_as_on_the_axis(folds):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 3))
    y = 1e-5 * (X @ (1.0, -1.0, 0.5) + rng.normal(size=60))
    problem = regpath.Problem.from_arrays(X, y)
    path = regpath.fit_path(problem)
    cv = folds and regpath.cross_validate(problem, path, n_folds=folds)
    for mark in marks_of(path, cv):
        assert f"λ = {number_text(path.lambdas[mark.index])} " in mark.reason
        assert "×10⁻" in mark.reason
        assert "e-" not in mark.reason
