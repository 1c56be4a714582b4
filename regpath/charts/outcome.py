"""The chosen point: its coefficients as bars, and how its predictions fare."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from regpath.charts.theme import TEXT_SIZE, Look, dressed, plain, shortened

BARS = 15
DOTS = 2000


def bars_figure(coefs: pd.Series, *, look: Look, title: str) -> go.Figure:
    """Largest coefficients as bars, to the right where positive; the sign is in the colour too.

    Parameters
    ----------
    coefs : Series
        Coefficients by feature; zeros are left out.
    look : Look
    title : str
        What the axis shows, with its unit.
    """
    alive = coefs[coefs != 0.0]
    top = alive.loc[alive.abs().sort_values(ascending=False, kind="stable").index[:BARS]][::-1]
    colours = np.where(top > 0.0, look.positive, look.negative)
    names = [plain(shortened(str(name), 20)) for name in top.index]
    figure = go.Figure(
        go.Bar(
            x=top.to_numpy(),
            y=np.arange(len(top)),
            orientation="h",
            marker={"color": colours},
            customdata=[plain(name) for name in top.index],
            hovertemplate="%{customdata}: %{x:.5g}<extra></extra>",
        )
    )
    dressed(figure, look, height=max(150, 24 * len(top) + 62))
    figure.update_yaxes(
        tickvals=np.arange(len(top)), ticktext=names, showgrid=False, zeroline=False
    )
    figure.update_yaxes(tickfont={"color": look.ink, "size": TEXT_SIZE - 1})
    figure.update_xaxes(title_text=title, zeroline=True, nticks=5)
    figure.update_layout(margin={"l": 150, "r": 16, "t": 8, "b": 44}, bargap=0.25)
    return figure


def confusion_figure(counts: pd.DataFrame, *, look: Look) -> go.Figure:
    """Observed against predicted classes; each cell shows its rows of data."""
    names = [plain(shortened(str(name), 14)) for name in counts.index]
    values = counts.to_numpy()
    # Shares of each observed class: a rare class must not look wrong because it is rare.
    shares = values / np.maximum(values.sum(axis=1, keepdims=True), 1)
    figure = go.Figure(
        go.Heatmap(
            z=shares,
            x=list(range(len(names))),
            y=list(range(len(names))),
            zmin=0,
            zmax=1,
            colorscale=[[0, look.shades[0]], [1, look.shades[1]]],
            showscale=False,
            xgap=2,
            ygap=2,
            customdata=values,
            hovertemplate="%{customdata} rows, %{z:.0%} of the class<extra></extra>",
        )
    )
    for i, row in enumerate(values):
        for j, count in enumerate(row):
            figure.add_annotation(
                x=j, y=i, text=f"{count}", showarrow=False,
                font={"color": look.ink},
            )  # fmt: skip
    dressed(figure, look, height=max(210, 34 * len(names) + 110))
    ticks = {"tickvals": list(range(len(names))), "ticktext": names, "showgrid": False}
    figure.update_xaxes(title_text="predicted", side="bottom", zeroline=False, **ticks)
    figure.update_yaxes(title_text="observed", autorange="reversed", zeroline=False, **ticks)
    figure.update_layout(margin={"l": 120, "r": 12, "t": 8, "b": 62})
    return figure


def fit_figure(observed: np.ndarray, predicted: np.ndarray, *, look: Look) -> go.Figure:
    """Predicted against observed values; points on the line are predicted exactly."""
    keep = np.linspace(0, len(observed) - 1, min(len(observed), DOTS)).astype(int)
    low = float(min(observed.min(), predicted.min()))
    high = float(max(observed.max(), predicted.max()))
    figure = go.Figure(
        [
            go.Scatter(
                x=[low, high],
                y=[low, high],
                mode="lines",
                line={"color": look.muted, "dash": "dot", "width": 1.5},
                hoverinfo="skip",
            ),
            go.Scatter(
                x=predicted[keep],
                y=observed[keep],
                mode="markers",
                marker={"color": look.test, "size": 6, "opacity": 0.6},
                hovertemplate="predicted %{x:.4g}, observed %{y:.4g}<extra></extra>",
            ),
        ]
    )
    dressed(figure, look, height=300)
    figure.update_xaxes(title_text="predicted", zeroline=False, nticks=6)
    figure.update_yaxes(title_text="observed", zeroline=False, nticks=6)
    figure.update_layout(margin={"l": 64, "r": 12, "t": 8, "b": 48})
    return figure
