import numpy as np

import regpath
from regpath import charts
from regpath.charts import DARK


def test_a_stands_behind_b_and_the_penalized_behind_the_relaxed(study):
    other = regpath.fit_path(study.train, l1_ratio=0.5, n_lambdas=15, min_ratio=0.01)
    at = (study.path.lambdas[5], other.lambdas[7])
    figure = charts.pinned_figure(study.path, other, at, look=DARK)
    pinned = [trace for trace in figure.data if trace.name == "A"]
    named = [trace for trace in figure.data if trace.name in other.feature_names]
    assert len(pinned) == len(named) == 8
    letters = {note.text: note.x for note in figure.layout.annotations if "<b>" in note.text}
    assert letters == {"<b>A</b>": np.log10(at[0]), "<b>B</b>": np.log10(at[1])}
    j = other.feature_names.index(named[0].name)
    assert named[0].y.tolist() == other.coefs("standardized")[j].tolist()
    assert pinned[0].y.tolist() == study.path.coefs("standardized")[j].tolist()
    relaxed = regpath.relax_path(study.train, study.path)
    figure = charts.relaxed_figure(study.path, relaxed.coefs(0.5), 5, look=DARK)
    trace = figure.data[-1]
    j = study.path.feature_names.index(trace.name)
    expected = relaxed.coefs(0.5)[j] * study.path.x_scale[j]
    np.testing.assert_allclose(np.array(trace.y, float), expected)
