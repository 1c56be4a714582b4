import plotly.graph_objects as go
import pytest

from regpath.charts import measure_name
from regpath.charts.names import as_text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("a & b", "a &amp; b"),
        ("$x$", "$\u2060x$\u2060"),
        ("%{y}", "%\u2060{y}"),
        ("two\n lines", "two lines"),
        ('5" pipe', '5" pipe'),  # Plotly shows &quot; as it stands
        ("O'Brien", "O'Brien"),
        ("a" * 30, "a" * 21 + "…"),
    ],
)
def test_names_are_text(name, shown):
    assert as_text(name) == shown
    go.Figure(go.Scatter(name=as_text(name)))


def test_measures_are_called_what_people_call_them():
    assert measure_name("log_loss") == "log-loss"
    assert measure_name("balanced_accuracy") == "balanced accuracy"
