"""After selection: intervals from rows that had no say, and a prediction taken apart."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from regpath.charts.curves import add_curves, as_text, label_ends, largest, padded, until
from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look, dressed
from regpath.core.post_selection.contributions import Contributions
from regpath.core.post_selection.split_sample import SplitIntervals

BARS = 12  # features in a bar chart


def intervals_figure(intervals: SplitIntervals, scale: np.ndarray, *, look: Look) -> go.Figure:
    """Draw an interval for each chosen feature, per standard deviation so that they compare.

    Parameters
    ----------
    intervals : SplitIntervals
    scale : ndarray of shape (n_chosen,)
        What to multiply estimates by: the spread of each chosen feature.
    look : Look
    """
    table = intervals.table
    names = [as_text(name, 26) for name in table["feature"]]
    estimate = table["estimate"].to_numpy() * scale
    figure = go.Figure(
        go.Scatter(
            x=estimate,
            y=np.arange(len(table)),
            mode="markers",
            name="estimate",
            marker={"size": 8, "color": look.lines[0]},
            error_x={
                "array": table["high"].to_numpy() * scale - estimate,
                "arrayminus": estimate - table["low"].to_numpy() * scale,
                "color": look.lines[0],
                "thickness": 2,
                "width": 4,
            },
            hovertemplate="%{x:.4g}<extra></extra>",
        )
    )
    dressed(figure, look, height=110 + 26 * max(len(table), 1))
    figure.add_vline(0.0, line={"color": look.muted, "dash": "dot", "width": 1.5})
    figure.update_xaxes(title_text="coefficient per SD, without a penalty", nticks=6)
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=names, range=[len(names) - 0.4, -0.6],
        automargin=True,
    )  # fmt: skip
    figure.update_layout(margin={"l": 8, "r": 14, "t": 12, "b": 48})
    return figure


def parts_figure(
    parts: np.ndarray,
    names: tuple[str, ...],
    lambdas: np.ndarray,
    index: int,
    *,
    look: Look,
    height: int = 380,
) -> go.Figure:
    """Draw what each feature adds to one row's prediction, along the path.

    Parameters
    ----------
    parts : ndarray of shape (n_features, n_lambdas)
        From `Contributions`.
    names : tuple of str
    lambdas : ndarray of shape (n_lambdas,)
    index : int
        Position of the chosen strength.
    look : Look
    height : int, default=380
    """
    seen = until(parts, index)
    top = largest(seen)
    figure = go.Figure()
    hover = "%{y:+.4g} at λ = %{x:.4g}"
    add_curves(figure, lambdas, parts, names, look, top=top, hover=hover)
    dressed(figure, look, height=height)
    strength_axis(figure, lambdas, look)
    span = padded(seen)
    figure.update_yaxes(title_text="contribution", range=span)
    figure.add_vline(lambdas[index], line={"color": look.cursor, "width": 1.5})
    label_ends(figure, parts[top, -1], [names[j] for j in top], look, span=span, height=height)
    return figure


def parts_bars(
    found: Contributions, index: int, *, look: Look, k: int = 0, height: int = 380
) -> go.Figure:
    """Draw the largest contributions to one row's prediction at one strength.

    Parameters
    ----------
    found : Contributions
    index : int
    look : Look
    k : int, default=0
        Position of the class (multinomial only).
    height : int, default=380
    """
    parts = found.parts[k] if found.parts.ndim == 3 else found.parts
    values = parts[:, index]
    order = np.argsort(-np.abs(values), kind="stable")[:BARS]
    order = order[values[order] != 0.0]
    shown = values[order]
    figure = go.Figure(
        go.Bar(
            x=shown,
            y=np.arange(len(shown)),
            orientation="h",
            name="contribution",
            marker={"color": np.where(shown > 0, look.positive, look.negative)},
            text=[f"{value:+.3g}" for value in shown],
            textposition="auto",
            cliponaxis=False,
            hovertemplate="%{x:+.4g}<extra></extra>",
        )
    )
    dressed(figure, look, height=height)
    names = [as_text(found.path.feature_names[j], 26) for j in order]
    figure.update_xaxes(
        title_text="contribution", zeroline=True, nticks=6, range=padded(np.append(shown, 0.0), 0.2)
    )
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=names, range=[max(len(names), 1) - 0.4, -0.6],
        automargin=True,
    )  # fmt: skip
    figure.update_layout(margin={"l": 8, "r": 14, "t": 12, "b": 48})
    return figure
