import numpy as np

import regpath
from regpath import charts
from regpath.charts import DARK


def test_the_most_stable_are_named_and_the_bound_is_drawn_where_there_is_one(study):
    found = regpath.assess_stability(study.train, study.path, n_pairs=4)
    stable = found.stable_set()
    figure = charts.frequency_figure(found, stable, look=DARK, top=3)
    frame = found.to_frame()
    for trace in figure.data[-3:]:
        assert trace.y.tolist() == frame[f"frequency[{trace.name}]"].tolist()
    at = found.frequency_so_far[:, stable.index]
    leading = [found.path.feature_names.index(trace.name) for trace in figure.data[-3:]]
    assert at[leading].min() >= np.delete(at, leading).max()
    (limit,) = charts.false_figure(found, stable, 1.0, look=DARK).data
    drawn, limits = np.array(limit.y, float), found.expected_false()
    finite = np.isfinite(limits)
    assert drawn[finite].tolist() == limits[finite].tolist()
