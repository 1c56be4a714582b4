"""After selection: intervals from rows that had no say, and a prediction taken apart."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import plotly.graph_objects as go

from regpath.charts.curves import add_curves, finish_named, largest, of_class, padded, until
from regpath.charts.finish import Axis, finish
from regpath.charts.names import as_text, class_told
from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look
from regpath.charts.traces import add_cursor, markers
from regpath.core.post_selection.contributions import Contributions
from regpath.core.post_selection.split_sample import SplitIntervals
from regpath.wording import number_text

BARS = 12  # features in a bar chart
MARGIN = {"l": 8, "r": 14, "t": 12, "b": 48}  # the names at the left make their own room


def intervals_figure(intervals: SplitIntervals, scale: np.ndarray, *, look: Look) -> go.Figure:
    """Draw an interval for each chosen feature, per standard deviation so that they compare.

    Parameters
    ----------
    intervals : SplitIntervals
    scale : ndarray of shape (n_chosen,)
        What to multiply estimates by: the spread of each chosen feature.
    look : Look
    """
    table = intervals.table
    estimate, low, high = (table[name].to_numpy() * scale for name in ("estimate", "low", "high"))
    error = {
        "array": high - estimate,
        "arrayminus": estimate - low,
        "color": look.lines[0],
        "thickness": 2,
        "width": 4,
    }
    marker = {"size": 8, "color": look.lines[0]}
    rows = np.arange(len(table))
    figure = go.Figure(markers(estimate, rows, "estimate", marker, "%{x:.4g}", error_x=error))
    finish(
        figure,
        look,
        x=Axis("coefficient per SD, without a penalty", {"nticks": 6}),
        y=_names_axis(table["feature"], len(table)),
        height=110 + 26 * max(len(table), 1),
        margin=MARGIN,
    )
    figure.add_vline(0.0, line={"color": look.muted, "dash": "dot", "width": 1.5})
    return figure


def _names_axis(names: Iterable[str], room: int) -> Axis:
    """One name a row, from the top."""
    texts = [as_text(name, 26) for name in names]
    options = {
        "tickvals": list(range(len(texts))),
        "ticktext": texts,
        "range": [room - 0.4, -0.6],
        "automargin": True,
        "zeroline": False,  # zero is a name, not a number
    }
    return Axis("", options)


def parts_figure(
    parts: np.ndarray,
    names: tuple[str, ...],
    lambdas: np.ndarray,
    index: int,
    *,
    look: Look,
    title: str = "contribution",
    height: int = 380,
) -> go.Figure:
    """Draw what each feature adds to one row's prediction, along the path.

    Parameters
    ----------
    parts : ndarray of shape (n_features, n_lambdas)
        From `Contributions`.
    names : tuple of str
    lambdas : ndarray of shape (n_lambdas,)
    index : int
        Position of the chosen strength.
    look : Look
    title : str, default="contribution"
        Of the axis.
    height : int, default=380
    """
    seen = until(parts, index)
    top = largest(seen)
    figure, hover = go.Figure(), "%{y:+.4g} at λ = %{x:.4g}"
    add_curves(figure, lambdas, parts, names, look, top=top, hover=hover)
    finish_named(
        figure,
        look,
        x=strength_axis(lambdas),
        y=Axis(title, {"range": padded(seen)}),
        ends=[(names[j], parts[j, -1]) for j in top],
        height=height,
    )
    add_cursor(figure, lambdas[index], look)
    return figure


def parts_bars(
    found: Contributions, index: int, *, look: Look, k: int = 0, height: int = 380
) -> go.Figure:
    """Draw the largest contributions to one row's prediction at one strength.

    Parameters
    ----------
    found : Contributions
    index : int
    look : Look
    k : int, default=0
        Position of the class (multinomial only).
    height : int, default=380
    """
    values = of_class(found.parts, k)[:, index]
    order = np.argsort(-np.abs(values), kind="stable")[:BARS]
    order = order[values[order] != 0.0]
    drawn = values[order]
    figure = go.Figure(_bars(drawn, look))
    span = padded(np.append(drawn, 0.0), 0.2)
    title = class_told("contribution", found.path, k)
    x = Axis(title, {"zeroline": True, "nticks": 6, "range": span})
    y = _names_axis([found.path.feature_names[j] for j in order], max(len(order), 1))
    return finish(figure, look, x=x, y=y, height=height, margin=MARGIN)


def _bars(values: np.ndarray, look: Look) -> go.Bar:
    return go.Bar(
        x=values,
        y=np.arange(len(values)),
        orientation="h",
        name="contribution",
        marker={"color": np.where(values > 0, look.positive, look.negative)},
        text=[number_text(value, 3, signed=True) for value in values],
        textposition="auto",
        textangle=0,  # a narrow bar has its number beside it
        cliponaxis=False,
        hovertemplate="%{x:+.4g}<extra></extra>",
    )
