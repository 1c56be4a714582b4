"""How often half of the rows select each feature, and how many of these are false at most."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from regpath.charts.curves import add_curves, label_ends
from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look, dressed
from regpath.charts.validation import MARGIN
from regpath.core.stability_selection.stability import Stability, StableSet


def frequency_figure(
    stability: Stability, stable: StableSet, *, look: Look, top: int = 8, height: int = 400
) -> go.Figure:
    """Draw the selection frequency of each feature along the path; the most stable are named.

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
    names = stability.path.feature_names
    # Who leads where it counts: at the end of the stretch that is used.
    order = np.lexsort((-stability.frequency.max(axis=1), -stability.ever[:, stable.index]))
    leading = np.array([j for j in order[:top] if stability.frequency[j].any()], dtype=int)
    figure = go.Figure()
    add_curves(
        figure, stability.lambdas, stability.frequency, names, look, top=leading,
        hover="%{y:.0%} of the halves at λ = %{x:.4g}",
    )  # fmt: skip
    dressed(figure, look, height=height)
    strength_axis(figure, stability.lambdas, look)
    span = (-0.02, 1.04)
    figure.update_yaxes(title_text="share of the halves", range=span, tickformat=".0%", dtick=0.25)
    figure.add_hline(stable.threshold, line={"color": look.ink, "dash": "dash", "width": 1})
    figure.add_vrect(
        x0=stability.lambdas[0], x1=stable.lam, fillcolor=look.lines[2], opacity=0.08, line_width=0
    )
    ends = stability.frequency[leading, -1]
    label_ends(figure, ends, [names[j] for j in leading], look, span=span, height=height)
    return figure


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
    limits = stability.expected_false(stable.threshold)
    figure = go.Figure(
        go.Scatter(
            x=stability.lambdas,
            y=np.where(np.isfinite(limits), limits, np.nan),
            mode="lines",
            line={"color": look.lines[1], "width": 2.2},
            name="at most expected",
            hovertemplate="at most %{y:.3g} at λ = %{x:.4g}<extra></extra>",
        )
    )
    dressed(figure, look, height=height)
    strength_axis(figure, stability.lambdas, look)
    figure.add_hline(
        max_false, line={"color": look.ink, "dash": "dash", "width": 1},
        annotation_text="accepted", annotation_font_color=look.ink,
    )  # fmt: skip
    top = max(4.0 * max_false, 1e-9)
    figure.update_yaxes(title_text="false selections, at most", range=[0.0, top], nticks=5)
    figure.update_layout(margin=MARGIN)
    return figure
