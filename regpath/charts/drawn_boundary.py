"""Drawn points with the boundary of their path at one strength, as a picture that leaves."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from regpath.charts.teaching import boundary_figure
from regpath.charts.theme import Look
from regpath.core.boundary.boundary_path import BoundaryPath
from regpath.wording import number_text

GRID = 61  # points of the map along each side


def drawn_boundary_figure(found: BoundaryPath, index: int, *, look: Look) -> go.Figure:
    """Draw points, shading, boundary and margin at one strength.

    Parameters
    ----------
    found : BoundaryPath
        With a model: neither without points nor of one class.
    index : int
        Position in `found.lambdas`.
    look : Look

    Returns
    -------
    plotly.graph_objects.Figure
    """
    plane = found.plane
    across, upwards = (np.linspace(a, b, GRID) for a, b in zip(plane.low, plane.high, strict=True))
    map_points = np.column_stack([each.ravel() for each in np.meshgrid(across, upwards)])
    figure = boundary_figure(
        (across, upwards),
        found.probability(map_points, index).reshape(GRID, GRID),
        plane.values(found.points.places),
        found.points.second.astype(int),
        names=plane.names,
        classes=plane.classes,
        look=look,
    )
    ratio = plane.unit[0] / plane.unit[1]  # one unit of the plane is as long across as upwards
    figure.update_yaxes(scaleratio=ratio)
    name = f"boundary at λ = {number_text(float(found.lambdas[index]), 3)}"
    figure.update_traces({"name": name}, {"name": "boundary"})
    return figure
