import numpy as np

import regpath
from regpath import charts
from regpath.charts import DARK


def test_the_most_stable_are_named_and_the_bound_is_drawn_where_there_is_one(study):
    found = regpath.assess_stability(study.train, study.path, n_pairs=4)
    stable = found.stable_set()
    figure = charts.frequency_figure(found, stable, look=DARK, top=3)
    names = list(found.path.feature_names)
    for trace in figure.data[-3:]:
        assert trace.y.tolist() == found.frequency_so_far[names.index(trace.name)].tolist()
    at = found.frequency_so_far[:, stable.index]
    leading = [found.path.feature_names.index(trace.name) for trace in figure.data[-3:]]
    assert at[leading].min() >= np.delete(at, leading).max()
    (limit,) = charts.false_figure(found, stable, 1.0, look=DARK).data
    drawn, limits = np.array(limit.y, float), found.expected_false()
    finite = np.isfinite(limits)
    assert drawn[finite].tolist() == limits[finite].tolist()


def test_who_is_called_stable_is_drawn_above_the_line_where_the_stretch_ends(study):
    found = regpath.assess_stability(study.train, study.path, n_pairs=20)
    stable = found.stable_set(0.7, max_false=2.0)
    assert stable.features
    figure = charts.frequency_figure(found, stable, look=DARK, top=len(found.path.feature_names))
    drawn = {trace.name: trace.y[stable.index] for trace in figure.data if trace.name}
    above = {name for name in found.path.feature_names if drawn.get(name, 0.0) >= 0.7}
    assert above == set(stable.features)
