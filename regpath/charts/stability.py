"""How often half of the rows select each feature, and how many of these are false at most."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from regpath.charts.curves import add_curves, finish_named
from regpath.charts.finish import Axis, finish
from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look
from regpath.charts.traces import add_limit, line
from regpath.core.stability_selection.stability import Stability
from regpath.core.stability_selection.stable_set import StableSet

LEAST_HEIGHT = 1e-9  # of an axis: a limit of 0 still has room above it
SHARES = {"range": (-0.02, 1.04), "tickformat": ".0%", "dtick": 0.25}


def frequency_figure(
    stability: Stability, stable: StableSet, *, look: Look, top: int = 8, height: int = 400
) -> go.Figure:
    """Draw how many halves have selected each feature so far along the path; the most are named.

    So far, because that is what a set of stable features is judged by: a feature is in it exactly
    if its curve is above the threshold where the shaded stretch ends.

    Parameters
    ----------
    stability : Stability
    stable : StableSet
        Its threshold and the end of the stretch that it uses are marked.
    look : Look
    top : int, default=8
        Features in colour.
    height : int, default=400
    """
    names, lambdas = stability.path.feature_names, stability.lambdas
    frequency = stability.frequency_so_far
    leading = _leading(stability, stable, top)
    figure, hover = go.Figure(), "%{y:.0%} of the halves by λ = %{x:.4g}"
    add_curves(figure, lambdas, frequency, names, look, top=leading, hover=hover)
    finish_named(
        figure,
        look,
        x=strength_axis(lambdas),
        y=Axis("share of the halves, so far", SHARES),
        ends=[(names[j], frequency[j, -1]) for j in leading],
        height=height,
    )
    add_limit(figure, stable.threshold, "", look, {"color": look.ink, "dash": "dash", "width": 1})
    used = {"fillcolor": look.lines[2], "opacity": 0.08, "line_width": 0}
    figure.add_vrect(x0=lambdas[0], x1=stable.lam, **used)
    return figure


def _leading(stability: Stability, stable: StableSet, n: int) -> np.ndarray:
    """Positions of those that lead where it counts: at the end of the stretch that is used."""
    so_far = stability.frequency_so_far
    order = np.lexsort((-so_far[:, -1], -so_far[:, stable.index]))
    return np.array([j for j in order[:n] if so_far[j, -1] > 0.0], dtype=int)


def false_figure(
    stability: Stability, stable: StableSet, max_false: float, *, look: Look, height: int = 300
) -> go.Figure:
    """Draw the bound on the expected number of false selections along the path.

    Parameters
    ----------
    stability : Stability
    stable : StableSet
    max_false : float
        The limit that was asked for.
    look : Look
    height : int, default=300
    """
    bounds = stability.expected_false(stable.threshold)
    bounds = np.where(np.isfinite(bounds), bounds, np.nan)
    style, told = {"color": look.lines[1], "width": 2.2}, "at most %{y:.3g} at λ = %{x:.4g}"
    figure = go.Figure(line(stability.lambdas, bounds, "at most expected", style, told))
    highest = max(4.0 * max_false, LEAST_HEIGHT)
    y = Axis("false selections, at most", {"range": [0.0, highest], "nticks": 5})
    finish(figure, look, x=strength_axis(stability.lambdas), y=y, height=height)
    style = {"color": look.ink, "dash": "dash", "width": 1}
    add_limit(figure, max_false, "accepted", look, style)
    return figure
