"""Pictures of many samples of one truth: what wobbles, and bias and variance along the path."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from regpath.charts.finish import Axis, finish
from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look
from regpath.charts.traces import add_cursor, band, line, markers
from regpath.wording import number_text

SHARE = (10.0, 90.0)  # percentiles between which the band of a coefficient lies


class ErrorParts(NamedTuple):
    """Squared bias and variance of the models of many samples, at each strength."""

    bias: np.ndarray
    variance: np.ndarray


def wobble_figure(
    lambdas: np.ndarray,
    coefs: np.ndarray,
    sample: int,
    truth: Mapping[str, float],
    plain: Collection[str],
    *,
    look: Look,
) -> go.Figure:
    """Draw the path of one sample over the bands in which those of most samples lie.

    Parameters
    ----------
    lambdas : ndarray of shape (n_lambdas,)
    coefs : ndarray of shape (n_samples, p, n_lambdas)
    sample : int
        Position of the one that is drawn.
    truth : mapping of str to float
        The planted coefficients.
    plain : collection of str
        Features without an effect, drawn alike in grey.
    look : Look
    """
    low, high = np.percentile(coefs, SHARE, axis=0)
    own = iter(look.lines)
    colours = {name: look.rest if name in plain else next(own) for name in truth}
    bands = [
        band(lambdas, low[j], high[j], f"{name}: 8 of 10 samples", colours[name])
        for j, name in enumerate(truth)
    ]
    figure = go.Figure([each.update(showlegend=False) for each in bands])  # below all lines
    quiet = False
    for j, (name, planted) in enumerate(truth.items()):
        without = name in plain
        colour = colours[name]
        label = "no effect" if without else f"{name} (truth {number_text(planted)})"
        told = f"{name}: %{{y:.4g}} at λ = %{{x:.4g}}"
        style = {"color": colour, "width": 1.2 if without else 2.5}
        shown = not (without and quiet)
        quiet |= without
        figure.add_trace(line(lambdas, coefs[sample, j], label, style, told, showlegend=shown))
        if not without:
            dashed = {"color": colour, "width": 1.5, "dash": "dash"}
            ends = lambdas[[0, -1]]
            figure.add_trace(line(ends, [planted] * 2, f"{name}: truth", dashed, showlegend=False))
    y = Axis("coefficient", {"nticks": 6})
    return finish(figure, look, x=strength_axis(lambdas), y=y, height=380, showlegend=True)


def bias_variance_figure(
    lambdas: np.ndarray, parts: ErrorParts, chosen: tuple[float, float], *, look: Look
) -> go.Figure:
    """Draw squared bias, variance and their sum along the path.

    Parameters
    ----------
    lambdas : ndarray of shape (n_lambdas,)
    parts : ErrorParts
    chosen : (float, float)
        Middle one of the strengths that the samples choose, and the error of what they choose.
    look : Look
    """
    total = parts.bias + parts.variance
    curves = (
        ("bias squared", parts.bias, {"color": look.lines[0], "width": 2.5, "dash": "dash"}),
        ("variance", parts.variance, {"color": look.lines[1], "width": 2.5, "dash": "dot"}),
        ("both together", total, {"color": look.ink, "width": 2.5}),
    )
    figure = go.Figure(
        [
            line(lambdas, values, name, style, f"{name} %{{y:.3g}} at λ = %{{x:.4g}}")
            for name, values, style in curves
        ]
    )
    dot = {"color": look.cursor, "size": 11, "symbol": "diamond"}
    told = "what each sample chooses for itself: %{y:.3g}"
    figure.add_trace(markers([chosen[0]], [chosen[1]], "chosen by each sample", dot, told))
    y = Axis("squared error", {"nticks": 6, "rangemode": "tozero"})
    finish(figure, look, x=strength_axis(lambdas), y=y, height=340, showlegend=True)
    add_cursor(figure, float(lambdas[np.argmin(total)]), look)
    return figure
