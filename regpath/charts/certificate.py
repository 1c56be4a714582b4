"""The proof of every point: how far it is from the optimality conditions, at most."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look, dressed
from regpath.core.objective import CERTIFIED
from regpath.core.regpath import RegPath

SMALLEST = 1e-17  # zero has no place on a logarithmic axis


def certificate_figure(path: RegPath, *, look: Look, height: int = 300) -> go.Figure:
    """Draw KKT violation and relative duality gap along the path, and the limit for both.

    Parameters
    ----------
    path : RegPath
    look : Look
    height : int, default=300
        In pixels.
    """
    figure = go.Figure()
    for name, values, colour, dash in (
        ("KKT violation", path.kkt_violation, look.lines[0], "solid"),
        ("relative duality gap", path.dual_gap, look.lines[1], "dash"),
    ):
        figure.add_trace(
            go.Scatter(
                x=path.lambdas,
                y=np.maximum(values, SMALLEST),
                mode="lines",
                name=name,
                line={"color": colour, "dash": dash, "width": 2},
                customdata=values,
                hovertemplate=f"{name} %{{customdata:.1e}} at λ = %{{x:.4g}}<extra></extra>",
            )
        )
    _mark_missed(figure, path, look)
    dressed(figure, look, height=height)
    strength_axis(figure, path.lambdas, look)
    figure.add_hline(
        CERTIFIED, line={"color": look.warn, "dash": "dot", "width": 1.5},
        annotation_text="limit", annotation_font_color=look.ink,
    )  # fmt: skip
    figure.update_yaxes(type="log", exponentformat="e", dtick=4)
    figure.update_layout(
        margin={"l": 64, "r": 12, "t": 34, "b": 48},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"},
    )
    return figure


def _mark_missed(figure: go.Figure, path: RegPath, look: Look) -> None:
    """Hollow marks where a point missed its certificate."""
    bad = ~path.converged
    if not bad.any():
        return
    worst = np.maximum(path.kkt_violation, path.dual_gap)[bad]
    figure.add_trace(
        go.Scatter(
            x=path.lambdas[bad],
            y=np.maximum(worst, SMALLEST),
            mode="markers",
            name="not certified",
            marker={"symbol": "circle-open", "size": 9, "color": look.warn, "line": {"width": 2}},
            hovertemplate="not certified at λ = %{x:.4g}<extra></extra>",
        )
    )
