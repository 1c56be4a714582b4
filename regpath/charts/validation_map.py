"""The map of validation scores over l1_ratio and lambda."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look, dressed
from regpath.charts.validation import LEGEND, MARGIN, measure_name
from regpath.core.comparison.validation_map import Cell, ValidationMap


def map_figure(found: ValidationMap, chosen: Cell, *, look: Look, height: int = 400) -> go.Figure:
    """Draw the validation score over l1_ratio and lambda; the one-SE region has dark edges.

    Every cell is a mark that can be clicked; marks stand in the order of `ValidationMap.to_frame`.

    Parameters
    ----------
    found : ValidationMap
    chosen : Cell
    look : Look
    height : int, default=400
    """
    frame = found.to_frame()
    rows = np.repeat(np.arange(len(found.l1_ratios)), found.mean.shape[1])
    low, high = np.quantile(frame["mean"], [0.0, 0.9])
    if found.results[0].larger_is_better:
        low, high = np.quantile(frame["mean"], [0.1, 1.0])
    cells = np.column_stack([rows, frame["index"], frame["se"], frame["n_nonzero"]])
    figure = go.Figure(
        go.Scatter(
            x=frame["lambda"],
            y=rows,
            mode="markers",
            name="cells",
            customdata=cells,
            marker={
                "symbol": "square",
                "opacity": 1.0,
                "size": np.where(frame["within_1se"], 13, 9),
                "color": frame["mean"],
                "cmin": low,
                "cmax": high,
                "colorscale": "Viridis",
                "reversescale": not found.results[0].larger_is_better,
                "line": {"color": look.ink, "width": np.where(frame["within_1se"], 1.4, 0.0)},
                "colorbar": {
                    "title": {"text": measure_name(found.measure), "side": "right"},
                    "thickness": 12,
                    "outlinewidth": 0,
                    "tickfont": {"color": look.muted},
                },
            },
            hovertemplate=f"{measure_name(found.measure)} %{{marker.color:.4g}} ± "
            "%{customdata[2]:.2g} at λ = %{x:.4g}, %{customdata[3]} features<extra></extra>",
        )
    )
    for cell, name, symbol in (
        (found.best, "best", "star"),
        (found.simplest, "simplest within 1 SE", "diamond"),
        (chosen, "chosen", "circle-open"),
    ):
        figure.add_trace(
            go.Scatter(
                x=[cell.lam],
                y=[cell.ratio],
                mode="markers",
                name=name,
                hoverinfo="skip",
                marker={
                    "symbol": symbol,
                    "size": 20 if name == "chosen" else 14,
                    "color": look.warn,
                    "line": {"color": look.paper if name != "chosen" else look.warn, "width": 2},
                },
            )
        )
    dressed(figure, look, height=height)
    strength_axis(figure, np.array([found.lambdas.max(), found.lambdas.min()]), look)
    labels = [f"{ratio:g}" for ratio in found.l1_ratios]
    figure.update_yaxes(
        title_text="l1_ratio", tickvals=list(range(len(labels))), ticktext=labels,
        range=[len(labels) - 0.4, -0.6],
    )  # fmt: skip
    figure.update_layout(margin=MARGIN | {"r": 4}, showlegend=True, legend=LEGEND)
    return figure
