import numpy as np
import plotly.graph_objects as go
import pytest

from regpath.charts import DARK, LIGHT
from regpath.charts.strength import strength_axis


@pytest.mark.parametrize("lambdas", [[1.0, 0.1, 0.01], [3.0, 2.9], [5.0]])
def test_the_axis_runs_from_strong_to_weak_and_says_so(lambdas):
    figure = go.Figure(go.Scatter(x=lambdas, y=[0.0] * len(lambdas)))
    strength_axis(figure, np.array(lambdas), LIGHT)
    left, right = figure.layout.xaxis.range
    assert left >= np.log10(lambdas[0])
    assert right <= np.log10(lambdas[-1])
    assert left > right
    assert figure.layout.xaxis.type == "log"
    words = {a.text: a.x for a in figure.layout.annotations}
    assert words == {"← stronger": 0, "weaker →": 1}
    assert {a.font.color for a in figure.layout.annotations} == {LIGHT.muted}
    assert LIGHT.muted != DARK.muted
