"""Two coefficients: a valley and a ball that touch, and a prior beside what the data say."""

from __future__ import annotations

from math import inf

import numpy as np
import plotly.graph_objects as go

from regpath.charts.finish import Axis, finish
from regpath.charts.level_lines import contours, level_lines
from regpath.charts.theme import Look
from regpath.charts.traces import line, markers
from regpath.core.geometry.picture import PairPicture
from regpath.core.geometry.priors import LOG_PRIORS, Posterior
from regpath.wording import number_text

CONTOURS = 14  # levels of the loss that are drawn
BOTTOM = 1e-3  # of the height: levels are logarithms above the lowest point of the map
# A circle has to look like one, and nothing is shown of what was not computed.
SQUARE = {"scaleanchor": "x", "scaleratio": 1}
INSIDE = {"constrain": "domain"}
BESIDE = {"orientation": "v", "x": 1.02, "xanchor": "left", "y": 1.0, "yanchor": "top"}
TIE = 1e-9  # of a loss: what is no difference
SAME = 1e-4  # of the larger coefficient: two points that are one


def valley_figure(
    picture: PairPicture, *, look: Look, height: int = 480, legend_beside: bool = False
) -> go.Figure:
    """Draw contours of a loss, the ball of a penalty, the path, and where they touch.

    Parameters
    ----------
    picture : PairPicture
    look : Look
    height : int, default=480
    legend_beside : bool, default=False
        Right of the map, where there is more room than above it.
    """
    axes, loss, names = picture.axes, picture.loss, picture.names
    low = float(loss.min())
    levels = np.log(loss - low + BOTTOM * np.ptp(loss))  # closer together near the bottom
    across, up = contours(axes, levels, np.linspace(levels.min(), levels.max(), CONTOURS + 2)[1:-1])
    told = f"{names[0]} %{{x:.4g}}, {names[1]} %{{y:.4g}}"
    thin = {"color": look.muted, "width": 1}
    figure = go.Figure(line(across, up, "loss: the same on each line", thin))
    across, up = level_lines(axes, loss, picture.level)
    touches = {"color": look.muted, "width": 2, "dash": "dash"}
    figure.add_trace(line(across, up, "the line that touches", touches))
    solid = {"color": look.primary, "width": 2.5}
    figure.add_trace(
        line(picture.ball[:, 0], picture.ball[:, 1], "one price of the penalty", solid)
    )
    way = {"color": look.lines[2], "width": 2.5}
    figure.add_trace(line(picture.path[0], picture.path[1], "the path", way, told))
    dot = {"color": look.cursor, "size": 12}
    x, y = picture.touching[:1], picture.touching[1:]
    figure.add_trace(markers(x, y, "where they touch: the answer", dot, told))
    spans = [
        {"range": [float(axis[0]), float(axis[-1])], "zeroline": True} | INSIDE for axis in axes
    ]
    square = SQUARE if axes[0][-1] == axes[1][-1] else {}
    right, top = Axis(names[0], spans[0]), Axis(names[1], spans[1] | square)
    finish(figure, look, x=right, y=top, height=height, showlegend=True)
    if legend_beside:
        figure.update_layout(legend=BESIDE, margin_t=12)
    return figure


def told_of_touching(picture: PairPicture) -> str:
    """What the valley and the ball say, in a sentence or two."""
    at = " and ".join(
        f"{name} {number_text(float(value))}"
        for name, value in zip(picture.names, picture.touching, strict=True)
    )
    if not picture.touching.any():
        return (
            f"At λ = {number_text(picture.lam)} both coefficients are 0: the ball is a point, and "
            "there is the penalized solution."
        )
    found = f"At λ = {number_text(picture.lam)} a contour of the loss touches the ball at {at}"
    if picture.gap > SAME * max(1.0, float(np.abs(picture.solution).max())):
        tie = picture.level_there - picture.level <= TIE * abs(picture.level)
        why = ": more than one point is as good, and the path has another" if tie else ""
        return f"{found}. The penalized solution is {number_text(picture.gap, 2)} away{why}."
    lies = " In a corner: one coefficient is exactly 0." if (picture.touching == 0.0).any() else ""
    near = f", to {number_text(picture.gap, 2)}" if picture.gap else ""
    return f"{found}. This is the penalized solution{near}.{lies}"


def posterior_figure(told: Posterior, name: str, *, look: Look, height: int = 330) -> go.Figure:
    """Draw the prior of a coefficient, what the data say, both together, and the path's point.

    A prior that the penalty does not stand for is dotted: of the same variance if there is one,
    else each part of the product.

    Parameters
    ----------
    told : Posterior
    name : str
        Of the feature.
    look : Look
    height : int, default=330
    """
    hover = "%{y:.3g} of its top at %{x:.4g}"
    b = told.b
    style = {"color": look.primary, "width": 2.5}
    others = others_beside(told)
    same = len(others) == 1
    own = f"prior: {told.of.name}"
    if same:
        own += f", variance {number_text(min(told.of.gauss, told.of.laplace))}"
    figure = go.Figure(line(b, told.prior, own, style, hover))
    for (other, size), dash in zip(others.items(), ("dot", "dashdot"), strict=False):
        log = LOG_PRIORS[other.lower()]
        thin = {"color": look.primary, "width": 1.5, "dash": dash}
        beside = f"{other}, " + ("same variance" if same else f"variance {number_text(size)}")
        curve = np.exp(log(b, size) - log(0.0, size))
        figure.add_trace(line(b, curve, beside, thin, hover))
    data = {"color": look.lines[1], "width": 2, "dash": "dash"}
    figure.add_trace(line(b, told.likelihood, "what the data say", data, hover))
    both = {"color": look.lines[2], "width": 2.5}
    figure.add_trace(line(b, told.posterior, "both together", both, hover))
    dot = {"color": look.cursor, "size": 11}
    top = "%{x:.4g}: the point of the path"
    figure.add_trace(markers([told.likeliest], [1.0], "its top: the path's point", dot, top))
    y = Axis("share of its top", {"range": (-0.03, 1.08), "nticks": 5})
    return finish(
        figure, look, x=Axis(f"coefficient of {name}"), y=y, height=height, showlegend=True
    )


def others_beside(told: Posterior) -> dict[str, float]:
    """Priors that are drawn beside the penalty's own, by name: their variances."""
    own = {"Gauss": told.of.gauss, "Laplace": told.of.laplace}
    if max(own.values()) < inf:
        return own
    return {name: min(own.values()) for name, variance in own.items() if variance == inf}
