"""How good the chosen model is: calibration, thresholds, classes, and a band around a score."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from regpath.charts.curves import style_of
from regpath.charts.finish import Axis, finish
from regpath.charts.names import as_text, measure_name
from regpath.charts.strength import strength_axis
from regpath.charts.theme import MARGIN, Look
from regpath.charts.traces import LineStyle, add_base_line, add_cursor, band, line, markers

SHARES = {"range": [-0.02, 1.02], "nticks": 6}
SQUARE = MARGIN | {"l": 58, "r": 14}
TOLD = "told %{x:.3f}, observed %{y:.3f} of %{customdata[0]:,} rows<extra>%{fullData.name}</extra>"


def calibration_figure(curve: pd.DataFrame, *, look: Look, height: int = 340) -> go.Figure:
    """Draw the share observed against the probability told, bin by bin, with 95 % intervals.

    Parameters
    ----------
    curve : DataFrame
        From `calibration_curve`.
    look : Look
    height : int, default=340
    """
    dotted = {"color": look.muted, "dash": "dot", "width": 1.5}
    figure = go.Figure(line([0, 1], [0, 1], "perfect", dotted))
    for rank, (label, rows) in enumerate(curve.groupby("class", sort=False)):
        figure.add_trace(_bins(rows, as_text(label), style_of(rank, look)))
    x, y = Axis("probability told", SHARES), Axis("share observed", SHARES)
    return finish(figure, look, x=x, y=y, height=height, margin=SQUARE, showlegend=True)


def _bins(rows: pd.DataFrame, name: str, style: dict[str, object]) -> go.Scatter:
    """Shares observed in the bins of one class, with their intervals."""
    observed = rows["observed"]
    interval = {
        "array": rows["high"] - observed,
        "arrayminus": observed - rows["low"],
        "color": style["color"],
        "thickness": 1,
        "width": 0,
    }
    options = {"mode": "lines+markers", "marker": {"size": 7}, "customdata": rows[["n_rows"]]}
    return line(rows["predicted"], observed, name, style, TOLD, error_y=interval, **options)


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
    rows, one = curve[curve["precision"].notna()], curve.iloc[[at]]
    style = {"color": look.lines[0], "width": 2, "shape": "vh"}
    diamond = {"size": 12, "color": look.warn, "symbol": "diamond"}
    said = "recall %{x:.3f}, precision %{y:.3f}"
    told = f"threshold %{{customdata[0]:.3f}}: {said}"
    x, y, beside = rows["true_positive_rate"], rows["precision"], rows[["threshold"]]
    chosen = markers(
        one["true_positive_rate"], one["precision"], "chosen", diamond, f"chosen: {said}"
    )
    figure = go.Figure([line(x, y, "thresholds", style, told, customdata=beside), chosen])
    recall, precision = Axis("recall", SHARES), Axis("precision", SHARES | {"range": [-0.02, 1.04]})
    finish(figure, look, x=recall, y=precision, height=height, margin=SQUARE, showlegend=True)
    add_base_line(figure, base, look)
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
    figure, told = go.Figure(), "%{y:.3f} at λ = %{x:.4g}<extra>%{fullData.name}</extra>"
    for rank, (label, rows) in enumerate(scores.groupby("class", sort=False)):
        style = style_of(rank, look)
        figure.add_trace(line(rows["lambda"], rows[name], as_text(label), style, told))
    x, y = strength_axis(scores["lambda"].unique()), Axis(measure_name(name), {"nticks": 6})
    return finish(figure, look, x=x, y=y, height=height, showlegend=True)


def band_figure(
    frame: pd.DataFrame,
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
    frame : DataFrame
        From `bootstrap_band`.
    measure : str
    look : Look
    index : int
        Position of the chosen strength.
    base : float, default=NaN
        What a model without features scores; drawn if it is a number.
    height : int, default=340
    """
    lambdas, low, high = (frame[name].to_numpy() for name in ("lambda", "low", "high"))
    style, beside = {"color": look.test, "width": 2.5}, frame[["low", "high"]]
    told = "%{y:.4g} (%{customdata[0]:.4g} to %{customdata[1]:.4g}) at λ = %{x:.4g}"
    area = band(lambdas, low, high, "band", look.test)
    curve = line(lambdas, frame["score"], "test rows", style, told, customdata=beside)
    figure = go.Figure([area, curve])
    x, y = strength_axis(lambdas), Axis(measure_name(measure), {"nticks": 6})
    finish(figure, look, x=x, y=y, height=height, showlegend=True)
    add_cursor(figure, lambdas[index], look)
    if np.isfinite(base):
        add_base_line(figure, base, look)
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
    figure = _two_lines(
        ("everything inside the folds", lambdas, honest, _honest(look)),
        ("leaking", lambdas, leaking, _claimed(look)),
        told="%{y:.4g} at λ = %{x:.4g}",
    )
    x, y = strength_axis(lambdas), Axis(measure_name(measure), {"nticks": 6})
    return finish(figure, look, x=x, y=y, height=height, showlegend=True)


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
    test, sealed = means["test_accuracy"], means["sealed_accuracy"]
    figure = _two_lines(
        ("test rows, looked at", means.index, test, _claimed(look)),
        ("rows that stay sealed", means.index, sealed, _honest(look)),
        told="%{y:.3f} after %{x} looks",
        mode="lines+markers",
    )
    x = Axis("looks at the test rows", {"nticks": 8})
    y = Axis("accuracy, mean of the rounds", {"nticks": 6})
    return finish(figure, look, x=x, y=y, height=height, showlegend=True)


def _honest(look: Look) -> LineStyle:
    return {"color": look.lines[2], "dash": "solid", "width": 2.2}


def _claimed(look: Look) -> LineStyle:
    """What carelessness would have claimed."""
    return {"color": look.warn, "dash": "dash", "width": 2.2}


def _two_lines(*curves: tuple[str, Any, Any, LineStyle], told: str, **options: Any) -> go.Figure:
    """Draw curves of name, x, y and style; each says its name and `told`."""
    return go.Figure(
        [line(x, y, name, style, f"{name}: {told}", **options) for name, x, y, style in curves]
    )
