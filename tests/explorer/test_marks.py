import numpy as np

import regpath
from regpath.explorer import marks_of, start_index


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
