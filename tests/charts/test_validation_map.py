import numpy as np

from regpath import charts
from regpath.charts import DARK
from regpath.core.comparison.validation_map import map_validation


def test_every_cell_of_the_map_is_a_mark_that_says_where_it_is(study):
    found = map_validation(study.train, l1_ratios=(1.0, 0.5), n_lambdas=6, n_folds=3)
    cells, *marked = charts.map_figure(found, found.cell(1, 2), look=DARK).data
    frame = found.to_frame()
    assert list(cells.marker.color) == frame["mean"].tolist()
    assert np.asarray(cells.customdata)[:, :2].tolist() == [
        [ratio, point] for ratio in range(2) for point in range(6)
    ]
    assert (np.array(cells.marker.line.width) > 0).tolist() == frame["within_1se"].tolist()
    assert marked[-1].x[0] == found.cell(1, 2).lam
