import numpy as np

import regpath
from regpath.charts import DARK, folds_figure


def test_every_fold_and_the_mean_are_those_of_the_frame(make_small, family):
    problem = make_small(family)
    cv = regpath.cross_validate(problem, regpath.fit_path(problem, n_lambdas=12), n_folds=4)
    figure = folds_figure(cv, look=DARK)
    folds, mean = figure.data
    frame = cv.to_frame()
    drawn = np.array(folds.y, float).reshape(4, 13)
    assert np.isnan(drawn[:, -1]).all()
    for k in range(4):
        assert drawn[k, :-1].tolist() == frame[f"fold[{k}]"].tolist()
    assert mean.y.tolist() == frame["mean"].tolist()
    assert list(mean.error_y.array) == frame["se"].tolist()
    assert not figure.layout.shapes  # the cursor is not here
