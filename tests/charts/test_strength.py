import numpy as np
import plotly.graph_objects as go
import pytest

from regpath.charts import LIGHT
from regpath.charts.strength import cursor_line, strength_axis


def test_words_tell_the_ends_apart_on_a_single_row(study_of):
    path = study_of("gaussian").path
    figure = go.Figure(go.Scatter(x=path.lambdas, y=path.n_nonzero))
    strength_axis(figure, path, LIGHT)
    cursor_line(figure, path, 4, LIGHT)
    words = {a.x: a.text for a in figure.layout.annotations}
    assert words == {0: "← stronger", 1: "weaker →"}
    assert figure.layout.xaxis.title.text == "λ"
    assert figure.layout.shapes[0].x0 == path.lambdas[4]
    ends = np.log10(path.lambdas[[0, -1]])
    assert figure.layout.xaxis.range == pytest.approx(ends, abs=0.02 * (ends[0] - ends[1]))
