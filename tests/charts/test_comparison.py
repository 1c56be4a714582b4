import pytest

from regpath import charts
from regpath.charts import DARK
from regpath.core.comparison.compare import compare_paths


@pytest.mark.parametrize("by", ["deviance", "shrinkage"])
def test_penalties_are_drawn_over_the_scale_that_they_share(study, by):
    both = compare_paths(study.train, l1_ratios=(1.0, 0.0), n_lambdas=15)
    figures = [
        charts.aligned_figure(both, k, charts.Level(by, 0.3), look=DARK, named=k == 1)
        for k in (0, 1)
    ]
    assert figures[0].layout.yaxis.range == figures[1].layout.yaxis.range
    for k, figure in enumerate(figures):
        trace = figure.data[-1]
        j = both.paths[k].feature_names.index(trace.name)
        assert trace.x.tolist() == both.scale_of(k, by).tolist()
        assert trace.y.tolist() == both.paths[k].coefs("standardized")[j].tolist()
    frame = both.to_frame(by, 10, study.test)
    kept = charts.aligned_scores_figure(frame, "n_nonzero", by, look=DARK).data
    assert {each.line.shape for each in kept} == {"vh"}  # no half features between two counts
    first, _ = charts.aligned_scores_figure(frame, "log_loss", by, look=DARK).data
    assert first.line.shape is None
    assert first.y.tolist() == frame["log_loss"][frame["penalty"] == first.name].tolist()
