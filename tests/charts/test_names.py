import html

import plotly.graph_objects as go
import pytest

from regpath.charts import measure_name
from regpath.charts.names import LONGEST, as_text, is_short_for, width_of


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
        ("a" * 24, "a" * 24),
        ("a" * 30, "a" * 11 + "…" + "a" * 11),
    ],
)
def test_names_are_text(name, shown):
    assert as_text(name) == shown
    go.Figure(go.Scatter(name=as_text(name)))


@pytest.mark.parametrize(
    "form",
    [
        "Income (monthly, {} tax)",
        "{} 収入収入収入収入収入収入",
        "<i><b><i><b><i><b><i>{}",
        "WORST {} PERIMETER {}",
    ],
)
def test_names_that_begin_or_end_alike_are_cut_where_they_are_and_take_no_more_room(form):
    names = [form.format(word, word) for word in ("before", "after")]
    shown = [html.unescape(as_text(name)) for name in names]
    assert all(map(is_short_for, shown, names))
    assert shown[0] != shown[1]
    assert all("…" in each for each in shown)
    room = width_of("n" * LONGEST, 10.0)
    assert all(width_of(html.escape(each), 10.0) <= room for each in shown)


@pytest.mark.parametrize(
    ("short", "whole", "is_it"),
    [
        ("age", "age", True),
        ("age", "ages", False),
        ("Inc…tax", "Income before tax", True),
        ("Inc…tax", "Income before taxes", False),
        ("aba…aba", "ababa", False),  # the ends would overlap
        ("a…b…z", "a…b to z", True),
        ("a…b…z", "a to b…z", True),
        ("…", "…", True),
    ],
)
def test_a_cut_name_is_known_by_its_ends(short, whole, is_it):
    assert is_short_for(short, whole) == is_it


def test_measures_are_called_what_people_call_them():
    assert measure_name("log_loss") == "log-loss"
    assert measure_name("balanced_accuracy") == "balanced accuracy"
