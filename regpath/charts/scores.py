"""How good the chosen model is: calibration, thresholds, classes, and a band around a score."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from regpath.charts.curves import as_text, style_of
from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look, dressed
from regpath.charts.validation import LEGEND, MARGIN, add_band, base_line, measure_name

PLAIN = {"l": 58, "r": 14, "t": 40, "b": 48}


def calibration_figure(curve: pd.DataFrame, *, look: Look, height: int = 340) -> go.Figure:
    """Draw the share observed against the probability told, bin by bin, with 95 % intervals.

    Parameters
    ----------
    curve : DataFrame
        From `calibration_curve`.
    look : Look
    height : int, default=340
    """
    figure = go.Figure(
        go.Scatter(
            x=[0, 1],
            y=[0, 1],
            mode="lines",
            name="perfect",
            hoverinfo="skip",
            line={"color": look.muted, "dash": "dot", "width": 1.5},
        )
    )
    for rank, (label, rows) in enumerate(curve.groupby("class", sort=False)):
        style = style_of(rank, look)
        figure.add_trace(
            go.Scatter(
                x=rows["predicted"],
                y=rows["observed"],
                mode="lines+markers",
                name=as_text(label),
                line=style,
                marker={"size": 7},
                error_y={
                    "array": rows["high"] - rows["observed"],
                    "thickness": 1,
                    "width": 0,
                    "arrayminus": rows["observed"] - rows["low"],
                    "color": style["color"],
                },
                customdata=rows[["n_rows"]],
                hovertemplate="told %{x:.3f}, observed %{y:.3f} of %{customdata[0]} rows"
                "<extra>%{fullData.name}</extra>",
            )
        )
    dressed(figure, look, height=height)
    figure.update_xaxes(title_text="probability told", range=[-0.02, 1.02], nticks=6)
    figure.update_yaxes(title_text="share observed", range=[-0.02, 1.02], nticks=6)
    figure.update_layout(margin=PLAIN, showlegend=True, legend=LEGEND)
    return figure


def precision_figure(
    curve: pd.DataFrame, *, look: Look, at: int, base: float, height: int = 340
) -> go.Figure:
    """Draw precision against recall over all thresholds.

    Parameters
    ----------
    curve : DataFrame
        From `threshold_curve`.
    look : Look
    at : int
        Row of the threshold to mark.
    base : float
        Share of the rows that are of the class: the precision of telling it of everybody.
    height : int, default=340
    """
    rows = curve[curve["precision"].notna()]
    figure = go.Figure(
        go.Scatter(
            x=rows["true_positive_rate"],
            y=rows["precision"],
            mode="lines",
            name="thresholds",
            line={"color": look.lines[0], "width": 2, "shape": "vh"},
            customdata=rows[["threshold"]],
            hovertemplate="threshold %{customdata[0]:.3f}: recall %{x:.3f}, precision %{y:.3f}"
            "<extra></extra>",
        )
    )
    one = curve.iloc[at]
    figure.add_trace(
        go.Scatter(
            x=[one["true_positive_rate"]],
            y=[one["precision"]],
            mode="markers",
            name="chosen",
            marker={"size": 12, "color": look.warn, "symbol": "diamond"},
            hovertemplate="chosen: recall %{x:.3f}, precision %{y:.3f}<extra></extra>",
        )
    )
    dressed(figure, look, height=height)
    base_line(figure, base, look)
    figure.update_xaxes(title_text="recall", range=[-0.02, 1.02], nticks=6)
    figure.update_yaxes(title_text="precision", range=[-0.02, 1.04], nticks=6)
    figure.update_layout(margin=PLAIN, showlegend=True, legend=LEGEND)
    return figure


def classes_figure(scores: pd.DataFrame, name: str, *, look: Look, height: int = 340) -> go.Figure:
    """Draw one score of each class along the path.

    Parameters
    ----------
    scores : DataFrame
        From `scores_by_class`.
    name : str
        A column of it.
    look : Look
    height : int, default=340
    """
    figure = go.Figure()
    for rank, (label, rows) in enumerate(scores.groupby("class", sort=False)):
        figure.add_trace(
            go.Scatter(
                x=rows["lambda"],
                y=rows[name],
                mode="lines",
                name=as_text(label),
                line=style_of(rank, look),
                hovertemplate="%{y:.3f} at λ = %{x:.4g}<extra>%{fullData.name}</extra>",
            )
        )
    dressed(figure, look, height=height)
    strength_axis(figure, scores["lambda"].unique(), look)
    figure.update_yaxes(title_text=measure_name(name), nticks=6)
    figure.update_layout(margin=MARGIN, showlegend=True, legend=LEGEND)
    return figure


def band_figure(
    band: pd.DataFrame,
    measure: str,
    *,
    look: Look,
    index: int,
    base: float = np.nan,
    height: int = 340,
) -> go.Figure:
    """Draw a score along the path with the band that redrawn rows give.

    Parameters
    ----------
    band : DataFrame
        From `bootstrap_band`.
    measure : str
    look : Look
    index : int
        Position of the chosen strength.
    base : float, default=NaN
        What a model without features scores; drawn if it is a number.
    height : int, default=340
    """
    lambdas = band["lambda"].to_numpy()
    figure = go.Figure()
    add_band(figure, lambdas, band["low"].to_numpy(), band["high"].to_numpy(), look.test, "band")
    figure.add_trace(
        go.Scatter(
            x=lambdas,
            y=band["score"],
            mode="lines",
            name="test rows",
            line={"color": look.test, "width": 2.5},
            customdata=band[["low", "high"]],
            hovertemplate="%{y:.4g} (%{customdata[0]:.4g} to %{customdata[1]:.4g}) at λ = %{x:.4g}"
            "<extra></extra>",
        )
    )
    dressed(figure, look, height=height)
    strength_axis(figure, lambdas, look)
    figure.add_vline(lambdas[index], line={"color": look.cursor, "width": 1.5})
    if np.isfinite(base):
        base_line(figure, base, look)
    figure.update_yaxes(title_text=measure_name(measure), nticks=6)
    figure.update_layout(margin=MARGIN, showlegend=True, legend=LEGEND)
    return figure


def gap_figure(
    lambdas: np.ndarray,
    honest: np.ndarray,
    leaking: np.ndarray,
    measure: str,
    *,
    look: Look,
    height: int = 340,
) -> go.Figure:
    """Draw the validation curve beside what leaking would have claimed.

    Parameters
    ----------
    lambdas, honest, leaking : ndarray of shape (n_lambdas,)
    measure : str
    look : Look
    height : int, default=340
    """
    figure = go.Figure()
    for name, values, colour, dash in (
        ("everything inside the folds", honest, look.lines[2], "solid"),
        ("leaking", leaking, look.warn, "dash"),
    ):
        figure.add_trace(
            go.Scatter(
                x=lambdas,
                y=values,
                mode="lines",
                name=name,
                line={"color": colour, "dash": dash, "width": 2.2},
                hovertemplate=f"{name}: %{{y:.4g}} at λ = %{{x:.4g}}<extra></extra>",
            )
        )
    dressed(figure, look, height=height)
    strength_axis(figure, lambdas, look)
    figure.update_yaxes(title_text=measure_name(measure), nticks=6)
    figure.update_layout(margin=MARGIN, showlegend=True, legend=LEGEND)
    return figure


def peeking_figure(frame: pd.DataFrame, *, look: Look, height: int = 340) -> go.Figure:
    """Draw the accuracy that looking at test rows claims, and that of rows that stay sealed.

    Parameters
    ----------
    frame : DataFrame
        From `peeking`.
    look : Look
    height : int, default=340
    """
    means = frame.groupby("look")[["test_accuracy", "sealed_accuracy"]].mean()
    figure = go.Figure()
    for name, label, colour, dash in (
        ("test_accuracy", "test rows, looked at", look.warn, "dash"),
        ("sealed_accuracy", "rows that stay sealed", look.lines[2], "solid"),
    ):
        figure.add_trace(
            go.Scatter(
                x=means.index,
                y=means[name],
                mode="lines+markers",
                name=label,
                line={"color": colour, "dash": dash, "width": 2.2},
                hovertemplate=f"{label}: %{{y:.3f}} after %{{x}} looks<extra></extra>",
            )
        )
    dressed(figure, look, height=height)
    figure.update_xaxes(title_text="looks at the test rows", nticks=8)
    figure.update_yaxes(title_text="accuracy, mean of the rounds", nticks=6)
    figure.update_layout(margin=MARGIN, showlegend=True, legend=LEGEND)
    return figure
