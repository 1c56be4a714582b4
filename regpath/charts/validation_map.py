"""The map of validation scores over l1_ratio and lambda."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from regpath.charts.finish import Axis, finish
from regpath.charts.names import measure_name
from regpath.charts.strength import strength_axis
from regpath.charts.theme import MARGIN, TICKS, Look
from regpath.charts.traces import markers
from regpath.core.comparison.validation_map import Cell, ValidationMap
from regpath.wording import number_text

SHADED = 0.9  # share of the cells that the scale tells apart; the worst tenth shares its end


def map_figure(found: ValidationMap, chosen: Cell, *, look: Look, height: int = 400) -> go.Figure:
    """Draw the validation score over l1_ratio and lambda; the one-SE region has dark edges.

    Every cell is a mark that can be clicked; marks stand in the order of `ValidationMap.to_frame`.

    Parameters
    ----------
    found : ValidationMap
    chosen : Cell
    look : Look
    height : int, default=400
    """
    figure = go.Figure([_cells(found, look), *_marked(found, chosen, look)])
    ratios = [number_text(ratio) for ratio in found.l1_ratios]
    rows = {
        "tickvals": list(range(len(ratios))),
        "ticktext": ratios,
        "range": [len(ratios) - 0.4, -0.6],
        "zeroline": False,  # zero is a ratio's place, not a number
    }
    finish(
        figure,
        look,
        x=strength_axis(np.array([found.lambdas.max(), found.lambdas.min()])),
        y=Axis("l1_ratio", rows),
        height=height,
        margin=MARGIN | {"r": 4},
        showlegend=True,
    )
    return figure


def _cells(found: ValidationMap, look: Look) -> go.Scatter:
    frame, name = found.to_frame(), measure_name(found.measure)
    rows = np.repeat(np.arange(len(found.l1_ratios)), found.mean.shape[1])
    marker = _shades(frame["mean"], found, look) | {
        "symbol": "square",
        "opacity": 1.0,
        "size": np.where(frame["within_1se"], 13, 9),
        "line": {"color": look.ink, "width": np.where(frame["within_1se"], 1.4, 0.0)},
    }
    told = f"{name} %{{marker.color:.4g}} ± %{{customdata[2]:.2g}}"
    told += " at λ = %{x:.4g}, %{customdata[3]:,} features"
    beside = np.column_stack([rows, frame["index"], frame["se"], frame["n_nonzero"]])
    return markers(
        frame["lambda"], rows, "cells", marker, told, customdata=beside, showlegend=False
    )


def _shades(mean: pd.Series, found: ValidationMap, look: Look) -> dict[str, object]:
    """Colours of the cells, the best score at the end of the look's scale."""
    larger = found.results[0].larger_is_better
    low, high = np.quantile(mean, [1.0 - SHADED, 1.0] if larger else [0.0, SHADED])
    title = {"text": measure_name(found.measure), "side": "right"}
    bar = {"thickness": 12, "outlinewidth": 0, "tickfont": {"color": look.muted}, "title": title}
    bar |= TICKS
    return {
        "color": mean,
        "cmin": low,
        "cmax": high,
        "colorscale": look.scale,
        "reversescale": not larger,
        "colorbar": bar,
    }


def _marked(found: ValidationMap, chosen: Cell, look: Look) -> list[go.Scatter]:
    warn = look.warn
    edge, bold = {"color": look.paper, "width": 2}, {"color": warn, "width": 2}
    best = {"symbol": "star", "size": 14, "color": warn, "line": edge}
    simplest = {"symbol": "diamond", "size": 14, "color": warn, "line": edge}
    ring = {"symbol": "circle-open", "size": 20, "color": warn, "line": bold}
    return [
        markers([cell.lam], [cell.ratio], name, marker)
        for cell, name, marker in (
            (found.best, "best", best),
            (found.simplest, "simplest within 1 SE", simplest),
            (chosen, "chosen", ring),
        )
    ]
