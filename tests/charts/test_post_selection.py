import numpy as np

import regpath
from regpath import charts
from regpath.charts import DARK


def test_intervals_and_contributions(study):
    found = regpath.split_intervals(study.train, rule="1se")
    scale = np.full(len(found.table), 2.0)
    (points,) = charts.intervals_figure(found, scale, look=DARK).data
    np.testing.assert_allclose(points.x, 2.0 * found.table["estimate"])
    np.testing.assert_allclose(points.x + points.error_x.array, 2.0 * found.table["high"])
    parts = regpath.contributions(study.path, study.train.X[0])
    names = study.path.feature_names
    figure = charts.parts_figure(parts.parts, names, study.path.lambdas, 8, look=DARK)
    j = names.index(figure.data[-1].name)
    assert figure.data[-1].y.tolist() == parts.parts[j].tolist()
    (bars,) = charts.parts_bars(parts, 8, look=DARK).data
    at = parts.at(float(study.path.lambdas[8]))["contribution"]
    assert bars.x.tolist() == at[at != 0.0].head(12).tolist()
