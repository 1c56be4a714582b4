"""The proof of every point: how far it is from the optimality conditions, at most."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from regpath.charts.finish import Axis, finish
from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look
from regpath.charts.ticks import decade_texts
from regpath.charts.traces import add_limit, line, markers
from regpath.core.objective import CERTIFIED
from regpath.core.regpath import RegPath

SMALLEST = 1e-17  # zero has no place on a logarithmic axis
RING = {"symbol": "circle-open", "size": 9, "line": {"width": 2}}


def certificate_figure(path: RegPath, *, look: Look, height: int = 300) -> go.Figure:
    """Draw KKT violation and relative duality gap along the path, and the limit for both.

    Parameters
    ----------
    path : RegPath
    look : Look
    height : int, default=300
        In pixels.
    """
    figure = go.Figure(
        [
            _proof(path, "KKT violation", path.kkt_violation, look.lines[0], "solid"),
            _proof(path, "relative duality gap", path.dual_gap, look.lines[1], "dash"),
        ]
    )
    bad = ~path.converged
    if bad.any():
        worst = np.maximum(path.kkt_violation, path.dual_gap)[bad]
        y, told = np.maximum(worst, SMALLEST), "not certified at λ = %{x:.4g}"
        ring = RING | {"color": look.warn}
        figure.add_trace(markers(path.lambdas[bad], y, "not certified", ring, told))
    decades = (10.0 ** np.arange(-32, 9, 4)).tolist()
    ticks = {"tickvals": decades, "ticktext": decade_texts(decades)}
    y_axis = Axis("", {"type": "log"} | ticks)
    x_axis = strength_axis(path.lambdas)
    finish(figure, look, x=x_axis, y=y_axis, height=height, margin={"t": 34}, showlegend=True)
    style = {"color": look.warn, "dash": "dot", "width": 1.5}
    add_limit(figure, CERTIFIED, "limit", look, style)
    return figure


def _proof(path: RegPath, name: str, values: np.ndarray, colour: str, dash: str) -> go.Scatter:
    style = {"color": colour, "dash": dash, "width": 2}
    told = f"{name} %{{customdata[0]:.2g}} at λ = %{{x:.4g}}"
    y = np.maximum(values, SMALLEST)
    return line(path.lambdas, y, name, style, told, customdata=values[:, None])
