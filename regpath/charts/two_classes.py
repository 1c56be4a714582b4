"""What thresholds of two classes do: ROC, gain and net benefit, with the chosen one on them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from regpath.charts.finish import Axis, finish
from regpath.charts.theme import MARGIN, Look
from regpath.charts.traces import line, markers

SHARES = {"range": [-0.02, 1.02], "nticks": 6}
SQUARE = MARGIN | {"l": 58, "r": 14}
DIAMOND = {"size": 12, "symbol": "diamond"}
ROOM = 0.08  # of the largest net benefit, below zero and above


def roc_figure(curve: pd.DataFrame, *, look: Look, at: int, height: int = 340) -> go.Figure:
    """Draw hits against false alarms over all thresholds.

    Parameters
    ----------
    curve : DataFrame
        From `threshold_curve`.
    look : Look
    at : int
        Row of the threshold to mark.
    height : int, default=340
    """
    names = ("false_positive_rate", "true_positive_rate")
    said = "false alarms %{x:.3f}, hits %{y:.3f}"
    axes = (Axis("false alarms (1 - specificity)", SHARES), Axis("hits (recall)", SHARES))
    return _against(curve, names, said, axes, look=look, at=at, height=height)


def gain_figure(curve: pd.DataFrame, *, look: Look, at: int, height: int = 340) -> go.Figure:
    """Draw the share of the class that is found against the share of all rows that are told.

    Parameters
    ----------
    curve : DataFrame
        From `threshold_curve`.
    look : Look
    at : int
        Row of the threshold to mark.
    height : int, default=340
    """
    names = ("share_told", "true_positive_rate")
    said = "%{x:.1%} of the rows hold %{y:.1%} of the class"
    axes = (Axis("share of the rows, the most probable first", SHARES), Axis("found", SHARES))
    return _against(curve, names, said, axes, look=look, at=at, height=height)


def benefit_figure(
    curve: pd.DataFrame, *, look: Look, threshold: float, height: int = 340
) -> go.Figure:
    """Draw the net benefit of the model beside acting on everybody and on nobody.

    Parameters
    ----------
    curve : DataFrame
        From `decision_curve`.
    look : Look
    threshold : float
        To be marked.
    height : int, default=340
    """
    x, model = curve["threshold"], curve["net_benefit"]
    told = "%{y:.4f} from %{x:.2f} on"
    figure = go.Figure(
        [
            line(x, model, "model", {"color": look.lines[0], "width": 2.4}, told),
            line(x, curve["treat_all"], "everybody", {"color": look.rest, "dash": "dash"}, told),
            line(x, 0.0 * x, "nobody", {"color": look.muted, "dash": "dot"}),
        ]
    )
    height_there = float(np.interp(threshold, x, model))
    marker = DIAMOND | {"color": look.warn}
    figure.add_trace(markers([threshold], [height_there], "chosen", marker, f"chosen: {told}"))
    highest = float(max(model.max(), curve["treat_all"].max(), 1e-3))
    y = Axis("net benefit", {"range": [-ROOM * highest, (1.0 + ROOM) * highest], "nticks": 5})
    x_axis = Axis("act from this probability on", SHARES)
    return finish(figure, look, x=x_axis, y=y, height=height, margin=SQUARE, showlegend=True)


def _against(
    curve: pd.DataFrame,
    names: tuple[str, str],
    said: str,
    axes: tuple[Axis, Axis],
    *,
    look: Look,
    at: int,
    height: int,
) -> go.Figure:
    x, y = (curve[name] for name in names)
    told = f"threshold %{{customdata[0]:.3f}}: {said}"
    style = {"color": look.lines[0], "width": 2.2}
    marker = DIAMOND | {"color": look.warn}
    figure = go.Figure(
        [
            line([0.0, 1.0], [0.0, 1.0], "chance", {"color": look.muted, "dash": "dot"}),
            line(x, y, "thresholds", style, told, customdata=curve[["threshold"]]),
            markers([x.iloc[at]], [y.iloc[at]], "chosen", marker, f"chosen: {said}"),
        ]
    )
    return finish(figure, look, x=axes[0], y=axes[1], height=height, margin=SQUARE, showlegend=True)
