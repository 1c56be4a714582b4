"""The strength axis that all path charts share, and the cursor on it."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from regpath.charts.theme import Look
from regpath.core.regpath import RegPath

HOLLOW = "circle-open"


def strength_axis(figure: go.Figure, path: RegPath, look: Look) -> None:
    """Log lambda from strong (left) to weak (right) on every row; words say which end is which."""
    ends = np.log10(path.lambdas[[0, -1]])
    pad = 0.012 * max(ends[0] - ends[1], 0.2)
    figure.update_xaxes(
        type="log",
        range=[ends[0] + pad, ends[1] - pad],
        tickformat="~g",
        dtick=1 if ends[0] - ends[1] > 1.5 else "D2",
        zeroline=False,
    )
    *_, last = figure.select_xaxes()
    last.title.text = "λ"
    words = {
        "xref": "x domain",
        "yref": "paper",
        "y": 0,
        "yshift": -24,
        "yanchor": "top",
        "showarrow": False,
        "font": {"color": look.muted},
    }
    figure.add_annotation(text="← stronger", x=0, xanchor="left", **words)
    figure.add_annotation(text="weaker →", x=1, xanchor="right", **words)


def cursor_line(figure: go.Figure, path: RegPath, index: int, look: Look) -> None:
    """Draw the cursor through all rows of the figure."""
    lam = float(path.lambdas[index])
    figure.add_shape(
        type="line",
        xref="x",
        yref="paper",
        x0=lam,
        x1=lam,
        y0=0,
        y1=1,
        line={"color": look.cursor, "width": 1.5},
    )


def mark_unproven(
    figure: go.Figure, path: RegPath, values: np.ndarray, look: Look, *, row: int
) -> None:
    """Hollow marks where a point missed its certificate; `values` is (n_lambdas,) or (k, ...)."""
    bad = ~path.converged
    if not bad.any():
        return
    for line in np.atleast_2d(values):
        figure.add_trace(
            go.Scatter(
                x=path.lambdas[bad],
                y=line[bad],
                mode="markers",
                marker={"symbol": HOLLOW, "size": 9, "color": look.warn, "line": {"width": 2}},
                hovertemplate="not certified at λ = %{x:.4g}<extra></extra>",
            ),
            row=row,
            col=1,
        )
