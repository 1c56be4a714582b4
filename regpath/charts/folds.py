"""Cross-validation fold by fold: each fold's score faint, their mean and its standard error."""

from __future__ import annotations

import plotly.graph_objects as go

from regpath.charts.finish import Axis, finish
from regpath.charts.names import measure_name
from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look
from regpath.charts.traces import joined_lines, line
from regpath.core.validation.cv_result import CVResult


def folds_figure(cv: CVResult, *, look: Look, height: int = 300) -> go.Figure:
    """Draw the score of every fold along the path, the mean and one standard error around it.

    Parameters
    ----------
    cv : CVResult
    look : Look
    height : int, default=300
        In pixels.
    """
    colour, told = look.lines[2], "mean %{y:.4g} at λ = %{x:.4g}"
    error = {"array": cv.se, "color": colour, "thickness": 1, "width": 0}
    name, style = "mean ± standard error", {"color": colour, "width": 2.5}
    figure = go.Figure(
        [
            line(
                *joined_lines(cv.lambdas, cv.fold_scores), "folds", {"color": look.rest, "width": 1}
            ),
            line(cv.lambdas, cv.mean, name, style, told, error_y=error),
        ]
    )
    x, y = strength_axis(cv.lambdas), Axis(measure_name(cv.measure), {"nticks": 6})
    return finish(figure, look, x=x, y=y, height=height, margin={"t": 34}, showlegend=True)
