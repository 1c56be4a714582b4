"""What was observed beside what was expected: residuals, their quantiles, counts, groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from regpath.charts.curves import padded
from regpath.charts.finish import Axis, finish
from regpath.charts.names import as_text, measure_name
from regpath.charts.scores import SQUARE
from regpath.charts.theme import MARGIN, Look
from regpath.charts.traces import band, line, markers
from regpath.core.metrics.residuals import Residuals
from regpath.number_format import num

DRAWN = 3000  # points beyond which none is told from its neighbours: every so many, and the largest
OUTER = 200  # of the largest residuals, which are always drawn
ROW = 34  # pixels of a group's line


def residual_figure(
    found: Residuals, groups: pd.DataFrame | None = None, *, look: Look, height: int = 340
) -> go.Figure:
    """Draw residuals against what was expected.

    Parameters
    ----------
    found : Residuals
    groups : DataFrame, default=None
        From `observed_by_predicted`: the mean residual of rows with about the same prediction,
        which a model that is right keeps near zero.
    look : Look
    height : int, default=340
    """
    frame = found.to_frame().iloc[drawn_rows(found.standardized)]
    x, y = frame["expected"], frame["residual"]
    told = "row %{customdata[0]}: %{customdata[1]:.5g}, expected %{x:.5g}"
    dots = {"color": look.lines[0], "size": 5, "opacity": 0.55}
    beside = frame[["row", "observed"]]
    figure = go.Figure(markers(x, y, "rows", dots, told, customdata=beside))
    if groups is not None:
        figure.add_trace(_mean_residuals(groups, look))
    figure.add_hline(0.0, line={"color": look.muted, "dash": "dot", "width": 1.5})
    axes = Axis("expected"), Axis("residual: observed less expected", {"nticks": 6})
    return finish(figure, look, x=axes[0], y=axes[1], height=height, margin=SQUARE, showlegend=True)


def _mean_residuals(groups: pd.DataFrame, look: Look) -> go.Scatter:
    style = {"color": look.warn, "width": 2.2}
    interval = {
        "array": groups["high"] - groups["observed"],
        "arrayminus": groups["observed"] - groups["low"],
        "color": look.warn,
        "thickness": 1.5,
        "width": 0,
    }
    told = "mean of %{customdata[0]:,} rows: %{y:.4g} at %{x:.4g}"
    options = {"mode": "lines+markers", "customdata": groups[["n_rows"]], "error_y": interval}
    y = groups["observed"] - groups["predicted"]
    return line(groups["predicted"], y, "mean of a tenth", style, told, **options)


def quantile_figure(quantiles: pd.DataFrame, *, look: Look, height: int = 340) -> go.Figure:
    """Draw the quantiles of residuals against those of a normal distribution.

    Parameters
    ----------
    quantiles : DataFrame
        From `Residuals.quantiles`.
    look : Look
    height : int, default=340
    """
    x = quantiles["normal"].to_numpy()
    dotted = {"color": look.muted, "dash": "dot", "width": 1.5}
    dots = {"color": look.lines[0], "size": 5}
    told = "%{y:.3g} where a normal distribution has %{x:.3g}"
    low, high = quantiles["low"].to_numpy(), quantiles["high"].to_numpy()
    figure = go.Figure(
        [
            band(x, low, high, "95 % of normal samples", look.rest),
            line(x, x, "normal", dotted),
            markers(x, quantiles["residual"], "residuals", dots, told),
        ]
    )
    across, up = Axis("normal quantile"), Axis("residual / its spread", {"nticks": 6})
    return finish(figure, look, x=across, y=up, height=height, margin=SQUARE, showlegend=True)


def counts_figure(frame: pd.DataFrame, *, look: Look, height: int = 340) -> go.Figure:
    """Draw how often each count was observed and how often it is expected: a rootogram.

    Heights are square roots, so that rare counts are seen, too.

    Parameters
    ----------
    frame : DataFrame
        From `count_frequencies`.
    look : Look
    height : int, default=340
    """
    names = [_range(first, last) for first, last in frame[["first", "last"]].to_numpy()]
    roots = frame[["observed", "expected", "low", "high"]].pow(0.5)
    bars = go.Bar(
        x=names,
        y=roots["observed"],
        name="observed",
        marker={"color": look.lines[0], "opacity": 0.75},
        customdata=frame[["observed"]],
        hovertemplate="%{x}: %{customdata[0]:,} rows<extra></extra>",
    )
    interval = {
        "array": roots["high"] - roots["expected"],
        "arrayminus": roots["expected"] - roots["low"],
        "color": look.warn,
        "thickness": 1.5,
        "width": 3,
    }
    told = "%{x}: %{customdata[0]:,.1f} rows expected"
    told += ", %{customdata[1]:,.1f} to %{customdata[2]:,.1f}"
    style = {"color": look.warn, "width": 2}
    beside = frame[["expected", "low", "high"]]
    options = {"mode": "lines+markers", "customdata": beside, "error_y": interval}
    figure = go.Figure([bars, line(names, roots["expected"], "expected", style, told, **options)])
    top = float(roots[["observed", "high"]].to_numpy().max())
    ticks = _root_ticks(top)
    options = {"tickvals": np.sqrt(ticks), "ticktext": [f"{num(tick):,}" for tick in ticks]}
    y = Axis("rows (square-root scale)", options)
    x = Axis("count", {"type": "category"})
    return finish(figure, look, x=x, y=y, height=height, margin=SQUARE, showlegend=True)


def _range(first: float, last: float) -> str:
    if np.isinf(last):
        return f"{num(first):.0f}+"
    return f"{num(first):.0f}" if first == last else f"{num(first):.0f}\u2013{num(last):.0f}"


def _root_ticks(top: float) -> list[int]:
    """Round numbers whose roots are about evenly apart."""
    wanted = np.square(np.linspace(0.0, top, 6))
    powers = 10.0 ** np.floor(np.log10(np.maximum(wanted, 1.0)))
    return sorted({int(round(w / p) * p) for w, p in zip(wanted, powers, strict=True)})


def groups_figure(
    curve: pd.DataFrame, *, look: Look, what: str = "amount", height: int = 340
) -> go.Figure:
    """Draw mean responses of rows that were predicted about the same, with 95 % intervals.

    Parameters
    ----------
    curve : DataFrame
        From `observed_by_predicted`.
    look : Look
    what : str, default="amount"
        What a response is called.
    height : int, default=340
    """
    x, y = curve["predicted"], curve["observed"]
    interval = {"array": curve["high"] - y, "arrayminus": y - curve["low"], "thickness": 1}
    interval |= {"color": look.lines[0], "width": 0}
    low, high = padded(curve[["predicted", "observed"]].to_numpy())
    dotted = {"color": look.muted, "dash": "dot", "width": 1.5}
    style = {"color": look.lines[0], "width": 2.2}
    told = "%{customdata[0]:,} rows: %{y:.4g}, expected %{x:.4g}"
    options = {"mode": "lines+markers", "customdata": curve[["n_rows"]], "error_y": interval}
    figure = go.Figure(
        [
            line([low, high], [low, high], "as expected", dotted),
            line(x, y, "tenths of the rows", style, told, **options),
        ]
    )
    axes = Axis(f"{what} expected"), Axis(f"{what} observed", {"nticks": 6})
    return finish(figure, look, x=axes[0], y=axes[1], height=height, margin=SQUARE, showlegend=True)


def subgroups_figure(frame: pd.DataFrame, measure: str, *, look: Look) -> go.Figure:
    """Draw a score of each group with its interval, beside that of all rows.

    Parameters
    ----------
    frame : DataFrame
        From `scores_by_group`.
    measure : str
        What `score` holds.
    look : Look
    """
    columns = ("score", "score_low", "score_high")
    figure = _dots(frame, columns, look, float(frame["score"].iloc[0]))
    return _named_rows(figure, frame, Axis(measure_name(measure), {"nticks": 6}), look)


def gaps_figure(frame: pd.DataFrame, what: str, *, look: Look) -> go.Figure:
    """Draw how far each group's mean response is from what was told of it, with its interval.

    Parameters
    ----------
    frame : DataFrame
        From `scores_by_group`.
    what : str
        What a response is called.
    look : Look
    """
    figure = _dots(frame, ("gap", "gap_low", "gap_high"), look, 0.0)
    return _named_rows(figure, frame, Axis(f"{what}: observed less told", {"nticks": 6}), look)


def _dots(
    frame: pd.DataFrame, columns: tuple[str, str, str], look: Look, guide: float
) -> go.Figure:
    value, low, high = (frame[name] for name in columns)
    sure = ~frame["is_small"].to_numpy()
    interval = {
        "array": (high - value).fillna(0.0),
        "arrayminus": (value - low).fillna(0.0),
        "color": look.muted,
        "thickness": 1.5,
        "width": 0,
    }
    marker = {
        "color": [look.lines[0] if each else look.paper for each in sure],
        "line": {"color": look.lines[0], "width": 2},
        "size": 10,
    }
    beside = pd.concat([low, high, frame["n_rows"]], axis=1)
    told = "%{x:.4g} (%{customdata[0]:.4g} to %{customdata[1]:.4g}), %{customdata[2]:,} rows"
    rows = np.arange(len(frame))
    dots = markers(value, rows, "groups", marker, told, customdata=beside, error_x=interval)
    figure = go.Figure(dots)
    if np.isfinite(guide):
        figure.add_vline(guide, line={"color": look.muted, "dash": "dot", "width": 1.5})
    return figure


def _named_rows(figure: go.Figure, frame: pd.DataFrame, x: Axis, look: Look) -> go.Figure:
    """One line for each group, from the top down, with its number of rows."""
    names = [
        f"{as_text(name, 22)} ({num(n):,}{', few' if small else ''})"
        for name, n, small in zip(frame["group"], frame["n_rows"], frame["is_small"], strict=True)
    ]
    y = Axis(
        "",
        {
            "tickvals": list(range(len(names))),
            "ticktext": names,
            "range": [len(names) - 0.5, -0.5],
            "automargin": True,
            "zeroline": False,
        },
    )
    height = 90 + ROW * len(names)
    return finish(figure, look, x=x, y=y, height=height, margin=MARGIN | {"r": 14})


def drawn_rows(standardized: np.ndarray) -> np.ndarray:
    """Positions of the rows that are drawn: all, or the largest residuals and every so many."""
    n = len(standardized)
    if n <= DRAWN:
        return np.arange(n)
    outer = np.argpartition(-np.abs(standardized), OUTER)[:OUTER]
    every = np.linspace(0, n - 1, DRAWN - OUTER).astype(np.intp)
    return np.union1d(outer, every)
