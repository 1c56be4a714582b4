"""The validation curve: its standard error, every fold as a ghost, base rate and rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from regpath.charts.curves import add_curves, finish_named, of_class, padded, until
from regpath.charts.finish import Axis, finish
from regpath.charts.names import as_text, class_told, measure_name
from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look
from regpath.charts.traces import add_base_line, add_cursor, band, joined_lines, line
from regpath.core.validation.cv_result import CVResult

DRAWN_FOLDS = 100  # more are a grey mass
NAME = (0.16, 0.1)  # shares of the width and the height that "base rate" takes on half a laptop
RULE_LINE = 14  # pixels between labels of rules that stand below each other


def validation_figure(
    cv: CVResult,
    *,
    look: Look,
    rules: Mapping[str, int] | None = None,
    chosen: int | None = None,
    height: int = 360,
) -> go.Figure:
    """Draw the mean score over the folds with one standard error around it.

    Parameters
    ----------
    cv : CVResult
    look : Look
    rules : dict of label to position in `lambdas`, default=None
        Strengths to mark.
    chosen : int, default=None
        Position of the chosen strength, marked by a solid line.
    height : int, default=360
    """
    lambdas, mean, se, colour = cv.lambdas, cv.mean, cv.se, look.lines[2]
    figure = go.Figure()
    if len(cv.fold_scores) <= DRAWN_FOLDS:
        folds, thin = joined_lines(lambdas, cv.fold_scores), {"color": look.rest, "width": 1}
        figure.add_trace(line(*folds, "each fold", thin, opacity=0.45))
    figure.add_trace(band(lambdas, mean - se, mean + se, "± 1 SE", colour))
    told = "mean %{y:.4g} ± %{customdata[0]:.2g} at λ = %{x:.4g}, %{customdata[1]:,} features"
    beside, style = np.column_stack([se, cv.path.n_nonzero]), {"color": colour, "width": 2.5}
    figure.add_trace(line(lambdas, mean, "mean of the folds", style, told, customdata=beside))
    # Single folds may go anywhere; the mean, its error and the base rate must be seen.
    span = padded(np.concatenate([mean - se, mean, [cv.null_score]]), 0.08)
    y = Axis(measure_name(cv.measure), {"nticks": 6, "range": span})
    finish(figure, look, x=strength_axis(lambdas), y=y, height=height, showlegend=True)
    if np.isfinite(cv.null_score):
        end = _clear_end(cv, span) if len(lambdas) > 1 else 1.0
        add_base_line(figure, cv.null_score, look, end=end)
    mark_rules(figure, lambdas, rules or {}, look)
    if chosen is not None:
        add_cursor(figure, lambdas[chosen], look)
    return figure


def _clear_end(cv: CVResult, span: Sequence[float]) -> float:
    """Where a name below the base line ends: as far right as the curve does not cross it."""
    (wide, tall), base = NAME, cv.null_score
    along = np.log(cv.lambdas[0] / cv.lambdas) / np.log(cv.lambdas[0] / cv.lambdas[-1])
    bottom = base - tall * (span[1] - span[0])
    crossed = along[(cv.mean - cv.se < base) & (cv.mean + cv.se > bottom)]
    for end in np.arange(1.0, wide, -0.02):
        if not ((crossed > end - wide) & (crossed <= end)).any():
            return float(end)
    return 1.0


def fold_paths_figure(
    cv: CVResult, features: list[int], *, look: Look, index: int, k: int = 0, height: int = 360
) -> go.Figure:
    """Draw the path of some features, and faintly the path that each fold found for them.

    Parameters
    ----------
    cv : CVResult
        With `fold_paths`.
    features : list of int
        Positions of features, at most eight.
    look : Look
    index : int
        Position of the chosen strength.
    k : int, default=0
        Position of the class (multinomial only).
    height : int, default=360
    """
    lambdas, scale = cv.lambdas, cv.path.x_scale[features, None]
    main = of_class(cv.path.coef_path, k)[features] * scale
    folds = np.stack([of_class(path.coef_path, k)[features] for path in cv.fold_paths]) * scale
    names = [cv.path.feature_names[j] for j in features]
    figure = go.Figure()
    for rank, name in enumerate(names):
        ghosts, title = (
            joined_lines(lambdas, folds[:DRAWN_FOLDS, rank]),
            f"folds: {as_text(name, 60)}",
        )
        style = {"color": look.lines[rank % len(look.lines)], "width": 1}
        figure.add_trace(line(*ghosts, title, style, opacity=0.3))
    add_curves(figure, lambdas, main, names, look, top=np.arange(len(features)))
    span = padded(np.concatenate([until(main, index).ravel(), until(folds, index).ravel()]))
    finish_named(
        figure,
        look,
        x=strength_axis(lambdas),
        y=Axis(class_told("coefficient per SD", cv.path, k), {"range": span}),
        ends=zip(names, main[:, -1], strict=True),
        height=height,
    )
    add_cursor(figure, lambdas[index], look)
    return figure


def mark_rules(
    figure: go.Figure, lambdas: np.ndarray, rules: Mapping[str, int], look: Look
) -> None:
    """Mark strengths by a line each; labels of neighbours share a line of text."""
    places: dict[int, list[str]] = {}
    for label, index in rules.items():
        places.setdefault(index, []).append(label)
    strong, weak = np.log10(lambdas[[0, -1]])
    for rank, (index, labels) in enumerate(sorted(places.items())):
        x = np.log10(lambdas[index])
        before = x - weak < 0.2 * (strong - weak)  # near the right end there is no room after it
        side = ("right", -3) if before else ("left", 3)
        figure.add_vline(lambdas[index], line={"color": look.ink, "dash": "dash", "width": 1})
        down = -RULE_LINE * (rank % 4)
        word = _rule_label(labels, look)
        figure.add_annotation(word, x=x, xanchor=side[0], xshift=side[1], yshift=down)


def _rule_label(labels: list[str], look: Look) -> dict[str, object]:
    return {
        "text": as_text(", ".join(labels), 40),
        "xref": "x",
        "y": 1,
        "yref": "y domain",
        "yanchor": "top",
        "showarrow": False,
        "font": {"size": 11, "color": look.ink},
        "bgcolor": look.paper,
        "opacity": 0.9,
    }
