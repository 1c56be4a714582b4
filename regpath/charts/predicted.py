"""What many people predicted, as one picture without names: dots, bars or curves, and the truth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from regpath.charts.finish import Axis, finish
from regpath.charts.names import measure_name
from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look
from regpath.charts.traces import joined_lines, line, markers

PEOPLE = "predictions"
TRUTH = "the data say"
HEIGHT = 220  # pixels: question, answer and chart are on one screen of 720


def predicted_dots_figure(
    values: np.ndarray, ranks: np.ndarray, truth: float | None, *, x: Axis, look: Look
) -> go.Figure:
    """Draw each predicted number as a dot, those that are alike on each other.

    Parameters
    ----------
    values : ndarray of shape (n,)
    ranks : ndarray of shape (n,)
        Of each among those that are drawn at the same place, from 1.
    truth : float or None
        A line, where it may be seen.
    x : Axis
    look : Look
    """
    dots = {"color": look.primary, "size": 9, "line": {"color": look.paper, "width": 1}}
    figure = go.Figure(markers(values, ranks, "predicted", dots, "%{x:.4g}"))
    most = max(4.0, float(ranks.max(initial=1.0)))
    if truth is not None:
        style = {"color": look.cursor, "width": 2, "dash": "dash"}
        figure.add_trace(line([truth, truth], [0.0, most + 0.5], TRUTH, style))
    y = Axis(PEOPLE, {"range": [0.0, most + 0.6], "nticks": 4, "tickformat": "d"})
    return finish(figure, look, x=x, y=y, height=HEIGHT, showlegend=truth is not None)


def predicted_bars_figure(
    labels: Sequence[str], counts: Sequence[int], right: int | None, *, look: Look
) -> go.Figure:
    """Draw how many chose each of some answers; the right one is named where it may be seen."""
    colours = [look.cursor if at == right else look.primary for at in range(len(labels))]
    named = [f"✓ {each}" if at == right else each for at, each in enumerate(labels)]
    bars = go.Bar(
        x=list(counts),
        y=named,
        orientation="h",
        marker={"color": colours},
        text=[str(count) for count in counts],
        textposition="auto",
        hovertemplate="%{y}: %{x}<extra></extra>",
    )
    x = Axis(PEOPLE, {"range": [0.0, max(4.0, 1.1 * max(counts))], "nticks": 5, "tickformat": "d"})
    y = Axis("", {"autorange": "reversed", "automargin": True, "showgrid": False})
    height = max(HEIGHT, 80 + 34 * len(labels))
    return finish(go.Figure(bars), look, x=x, y=y, height=height, showlegend=False)


def predicted_curves_figure(
    lambdas: np.ndarray,
    curves: np.ndarray,
    truth: np.ndarray | None,
    measure: str,
    *,
    look: Look,
) -> go.Figure:
    """Draw each sketched curve, thin, and the true one where it may be seen."""
    xs, ys = joined_lines(lambdas, curves)
    figure = go.Figure(line(xs, ys, "predicted", {"color": look.primary, "width": 1}, opacity=0.6))
    if truth is not None:
        style = {"color": look.cursor, "width": 3}
        figure.add_trace(line(lambdas, truth, TRUTH, style, "%{y:.4g} at λ = %{x:.4g}"))
    x, y = strength_axis(lambdas), Axis(measure_name(measure), {"nticks": 5})
    return finish(figure, look, x=x, y=y, height=HEIGHT + 80, showlegend=truth is not None)
