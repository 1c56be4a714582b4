"""Penalties side by side, at equal fit or equal size of their coefficients."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from regpath.charts.curves import (
    BOTTOM_MARGIN,
    TOP_MARGIN,
    add_curves,
    label_ends,
    largest,
    padded,
    per_sd,
    style_of,
)
from regpath.charts.theme import Look, dressed
from regpath.charts.validation import LEGEND, MARGIN, measure_name
from regpath.core.comparison.compare import Comparison

SCALES = {"deviance": "deviance explained", "shrinkage": "size of the coefficients"}


def aligned_figure(
    comparison: Comparison,
    number: int,
    by: str,
    *,
    look: Look,
    level: float,
    named: bool,
    k: int = 0,
    height: int = 330,
) -> go.Figure:
    """Draw one path of a comparison over the scale that all of them share.

    Parameters
    ----------
    comparison : Comparison
    number : int
        Position of the path.
    by : {"deviance", "shrinkage"}
    look : Look
    level : float
        The level to mark.
    named : bool
        Whether names stand beside the curves: of panels side by side, the last one's do.
    k : int, default=0
        Position of the class (multinomial only).
    height : int, default=330
    """
    curves = [per_sd(path, k) for path in comparison.paths]
    # The same features in the same colours and on the same scale on every panel.
    end = max(0.9 * comparison.levels(2, by)[-1], level)
    seen = np.hstack(
        [curve[:, comparison.scale_of(i, by) <= end] for i, curve in enumerate(curves)]
    )
    top, span = largest(seen), padded(seen)
    x, names = comparison.scale_of(number, by), comparison.paths[0].feature_names
    figure = go.Figure()
    hover = "%{y:.4g} at %{x:.3f}"
    add_curves(figure, x, curves[number], names, look, top=top, hover=hover)
    dressed(figure, look, height=height)
    ends = [comparison.scale_of(i, by).max() for i in range(len(curves))]
    figure.update_xaxes(title_text=SCALES[by], range=[0.0, 1.01 * max(ends)], nticks=5)
    figure.update_yaxes(title_text="coefficient per SD", range=span, nticks=6)
    figure.add_vline(level, line={"color": look.cursor, "width": 1.5})
    if named:
        ends_at = curves[number][top, -1]
        label_ends(figure, ends_at, [names[j] for j in top], look, span=span, height=height)
    else:
        figure.update_layout(margin={"l": 58, "r": 8, "t": TOP_MARGIN, "b": BOTTOM_MARGIN})
    return figure


def aligned_scores_figure(
    frame: pd.DataFrame, score: str, by: str, *, look: Look, height: int = 300
) -> go.Figure:
    """Draw one column of `Comparison.to_frame` over the common scale, one line per penalty.

    Parameters
    ----------
    frame : DataFrame
    score : str
        A column of it.
    by : {"deviance", "shrinkage"}
    look : Look
    height : int, default=300
    """
    figure = go.Figure()
    for rank, (name, rows) in enumerate(frame.groupby("penalty", sort=False)):
        style = style_of(rank, look) | {"dash": ("solid", "dash", "dot")[rank % 3]}
        figure.add_trace(
            go.Scatter(
                x=rows["level"],
                y=rows[score],
                mode="lines",
                name=str(name),
                line=style,
                hovertemplate="%{y:.4g} at %{x:.3f}<extra>%{fullData.name}</extra>",
            )
        )
    dressed(figure, look, height=height)
    title = "features kept" if score == "n_nonzero" else measure_name(score)
    figure.update_xaxes(title_text=SCALES[by], nticks=6)
    figure.update_yaxes(title_text=title, nticks=6)
    figure.update_layout(margin=MARGIN, showlegend=True, legend=LEGEND)
    return figure
