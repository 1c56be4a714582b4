"""Pictures that only lessons need: a boundary, priors, a walk downhill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from regpath.charts.finish import Axis, finish
from regpath.charts.level_lines import contours, level_lines
from regpath.charts.names import measure_name
from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look
from regpath.charts.traces import add_cursor, line, markers
from regpath.core.boundary.boundary_path import EDGE

PARTS = {"train": "training rows", "test": "test rows"}
ALIKE = (0.1, 0.9)  # probabilities that have a line, beside those of the boundary and the margin
# Probabilities at the edges of the margin.
EDGES = tuple(float(1.0 / (1.0 + np.exp(-side * EDGE))) for side in (-1.0, 1.0))
CERTIFIED = "certified answer"  # where a walk should arrive
LAST = 1001  # in a legend; Plotly gives all others 1000
SQUARE = {"scaleanchor": "x", "scaleratio": 1}  # a circle has to look like one


def two_scores_figure(
    lambdas: np.ndarray, scores: Mapping[str, np.ndarray], measure: str, *, look: Look
) -> go.Figure:
    """Draw a score of the rows of each part along the path."""
    styles = {
        "train": {"color": look.train, "width": 2.5, "dash": "dash"},
        "test": {"color": look.test, "width": 2.5},
    }
    told = "%{y:.4g} at λ = %{x:.4g}"
    figure = go.Figure(
        [line(lambdas, values, PARTS[part], styles[part], told) for part, values in scores.items()]
    )
    y = Axis(measure_name(measure), {"nticks": 6})
    return finish(figure, look, x=strength_axis(lambdas), y=y, height=360, showlegend=True)


def boundary_figure(
    axes: tuple[np.ndarray, np.ndarray],
    probability: np.ndarray,
    points: np.ndarray,
    y: np.ndarray,
    *,
    names: Sequence[str],
    classes: Sequence[object],
    look: Look,
) -> go.Figure:
    """Draw points of two classes, the probability as shading, the boundary and its margin."""
    figure = go.Figure(
        go.Heatmap(
            x=axes[0],
            y=axes[1],
            z=probability,
            zmin=0.0,
            zmax=1.0,
            colorscale=[[0.0, look.negative], [0.5, look.paper], [1.0, look.positive]],
            opacity=0.45,
            colorbar={"title": {"text": f"P({classes[1]})"}, "thickness": 12},
            hovertemplate="probability %{z:.2f}<extra></extra>",
        )
    )
    across, up = contours(axes, probability, ALIKE)
    style = {"color": look.muted, "width": 1, "dash": "dot"}
    figure.add_trace(line(across, up, "probability 10, 90 %", style))
    across, up = contours(axes, probability, EDGES)
    style = {"color": look.cursor, "width": 1.5, "dash": "dash"}
    figure.add_trace(line(across, up, "margin (27 to 73 %)", style))
    across, up = level_lines(axes, probability, 0.5)
    figure.add_trace(line(across, up, "boundary", {"color": look.cursor, "width": 2.5}))
    symbols = ("circle-open", "square")
    colours = (look.negative, look.positive)
    for k, name in enumerate(classes):
        marker = {"color": colours[k], "symbol": symbols[k], "size": 6}
        figure.add_trace(markers(points[y == k, 0], points[y == k, 1], str(name), marker))
    finish(figure, look, x=Axis(names[0]), y=Axis(names[1], SQUARE), height=460, showlegend=True)
    return figure


def priors_figure(b: np.ndarray, densities: Mapping[str, np.ndarray], *, look: Look) -> go.Figure:
    """Draw what each prior believes of a coefficient."""
    styles = (
        {"color": look.lines[0], "width": 2.5},
        {"color": look.lines[1], "width": 2.5, "dash": "dash"},
    )
    told = "density %{y:.3g} at %{x:.3g}"
    figure = go.Figure(
        [
            line(b, values, name, style, told)
            for (name, values), style in zip(densities.items(), styles, strict=True)
        ]
    )
    x, y = Axis("coefficient per SD"), Axis("how likely it is thought to be")
    return finish(figure, look, x=x, y=y, height=340, showlegend=True)


def cost_figure(costs: np.ndarray, certified: float, *, look: Look) -> go.Figure:
    """Draw the cost after each step, and the certified smallest one."""
    steps = np.arange(len(costs))
    told = "cost %{y:.6g} after %{x} steps"
    figure = go.Figure(line(steps, costs, "your walk", {"color": look.primary, "width": 2.5}, told))
    style = {"color": look.good, "dash": "dash", "width": 2}
    figure.add_trace(line(steps[[0, -1]], np.full(2, certified), CERTIFIED, style))
    x, y = Axis("steps"), Axis("cost", _span_with(costs, certified))
    return finish(figure, look, x=x, y=y, height=300, showlegend=True)


def walk_figure(
    points: np.ndarray, certified: np.ndarray, names: Sequence[str], *, look: Look
) -> go.Figure:
    """Draw the coefficients after each step, and the certified ones as dashed lines."""
    figure = go.Figure()
    steps = np.arange(len(points))
    for j, name in enumerate(names):
        colour = look.lines[j % len(look.lines)]
        told = f"{name} %{{y:.4g}} after %{{x}} steps"
        figure.add_trace(line(steps, points[:, j], name, {"color": colour, "width": 2.5}, told))
        style = {"color": colour, "dash": "dash", "width": 1.5}
        ends = np.full(2, certified[j])
        figure.add_trace(
            line(steps[[0, -1]], ends, CERTIFIED, style, showlegend=j == 0, legendrank=LAST)
        )
    x, y = Axis("steps"), Axis("coefficient per SD", _span_with(points, certified))
    return finish(figure, look, x=x, y=y, height=300, showlegend=True)


def _span_with(walked: np.ndarray, certified: float | np.ndarray) -> dict[str, Any]:
    """An axis on which a walk and its end stand apart from its edges; a walk may leave it."""
    most = np.finfo(float).max / 4.0  # beyond it the height of the axis is no number
    shown = np.append(walked[np.abs(walked) < most], certified)
    pad = 0.06 * (np.ptp(shown) or 1.0)
    return {"nticks": 6, "range": (shown.min() - pad, shown.max() + pad)}


def share_figure(
    lambdas: np.ndarray, shares: Mapping[str, np.ndarray], lam: float | None, *, look: Look
) -> go.Figure:
    """Draw the share of half-samples that keep each feature along the path."""
    figure = go.Figure()
    for j, (name, values) in enumerate(shares.items()):
        style = {"color": look.lines[j] if j < 2 else look.rest, "width": 2.5 if j < 2 else 1}
        told = f"{name}: %{{y:.0%}} at λ = %{{x:.4g}}"
        figure.add_trace(line(lambdas, values, name, style, told, showlegend=j < 2))
    y = Axis("share of the halves that keep it", {"range": (-0.02, 1.04), "tickformat": ".0%"})
    finish(figure, look, x=strength_axis(lambdas), y=y, height=360, showlegend=True)
    if lam is not None:
        add_cursor(figure, lam, look)
    return figure
