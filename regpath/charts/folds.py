"""Cross-validation fold by fold: each fold's score faint, their mean and its standard error."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look, dressed
from regpath.core.validation.cross_validate import CVResult

NAMES = {"log_loss": "log-loss", "mse": "mean squared error", "auc": "AUC"}


def folds_figure(cv: CVResult, *, look: Look, height: int = 300) -> go.Figure:
    """Draw the score of every fold along the path, the mean and one standard error around it.

    Parameters
    ----------
    cv : CVResult
    look : Look
    height : int, default=300
        In pixels.
    """
    gap = np.full((len(cv.fold_scores), 1), np.nan)
    figure = go.Figure(
        [
            go.Scatter(
                x=np.hstack([np.tile(cv.lambdas, (len(cv.fold_scores), 1)), gap]).ravel(),
                y=np.hstack([cv.fold_scores, gap]).ravel(),
                mode="lines",
                name="folds",
                line={"color": look.rest, "width": 1},
                hoverinfo="skip",
            ),
            go.Scatter(
                x=cv.lambdas,
                y=cv.mean,
                mode="lines",
                name="mean ± standard error",
                line={"color": look.lines[2], "width": 2.5},
                error_y={"array": cv.se, "color": look.lines[2], "thickness": 1, "width": 0},
                hovertemplate="mean %{y:.4f} at λ = %{x:.4g}<extra></extra>",
            ),
        ]
    )
    dressed(figure, look, height=height)
    strength_axis(figure, cv.lambdas, look)
    figure.update_yaxes(title_text=NAMES.get(cv.measure, cv.measure), nticks=6)
    figure.update_layout(
        margin={"l": 64, "r": 12, "t": 34, "b": 48},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"},
    )
    return figure
