import plotly.graph_objects as go
import pytest

from regpath.charts import DARK, LIGHT
from regpath.charts.finish import Axis, enlarge, finish


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_a_chart_is_finished_with_its_axes_and_its_look(look):
    figure = go.Figure(go.Scatter(x=[1], y=[1]))
    x = Axis("strength", {"range": [0, 2]}, ends=("← stronger", "weaker →"))
    done = finish(figure, look, x=x, y=Axis(), height=123, showlegend=True, margin={"t": 7})
    assert done is figure
    layout = figure.layout
    assert (layout.height, layout.showlegend, layout.margin.t) == (123, True, 7)
    assert (layout.xaxis.title.text, layout.xaxis.range) == ("strength", (0, 2))
    assert layout.yaxis.title.text is None  # an empty title would still be given room
    assert layout.template.layout.font.color == look.ink
    words = {note.text: (note.x, note.font.color) for note in layout.annotations}
    assert words == {"← stronger": (0, look.muted), "weaker →": (1, look.muted)}


@pytest.mark.parametrize(("margin", "left"), [({}, 96), ({"l": 58}, 87), ({"l": 0}, 0)])
def test_larger_type_has_more_room_for_the_numbers_and_the_title_beside_them(margin, left):
    figure = finish(go.Figure(), LIGHT, x=Axis(), y=Axis("score"), height=300, margin=margin)
    enlarge(figure)
    assert figure.layout.margin.l == left
