"""The validation curve: its standard error, every fold as a ghost, base rate and rules."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from regpath.charts.curves import TOP_MARGIN, add_curves, as_text, joined, label_ends, padded, until
from regpath.charts.strength import strength_axis
from regpath.charts.theme import Look, dressed
from regpath.core.validation.cv_result import CVResult

NAMES = {
    "log_loss": "log-loss", "mse": "mean squared error", "auc": "AUC", "rmse": "RMSE",
    "mae": "mean absolute error", "r2": "R²", "brier": "Brier score",
    "balanced_accuracy": "balanced accuracy", "average_precision": "average precision",
    "deviance_explained": "deviance explained",
}  # fmt: skip
DRAWN_FOLDS = 100
MARGIN = {"l": 64, "r": 12, "t": 40, "b": 48}
LEGEND = {"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"}


def measure_name(measure: str) -> str:
    """What a person calls a measure."""
    return NAMES.get(measure, measure.replace("_", " "))


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
    figure = go.Figure()
    if len(cv.fold_scores) <= DRAWN_FOLDS:
        x, y = joined(cv.lambdas, cv.fold_scores)
        figure.add_trace(
            go.Scatter(
                x=x,
                y=y,
                mode="lines",
                name="each fold",
                opacity=0.45,
                hoverinfo="skip",
                line={"color": look.rest, "width": 1},
            )
        )
    add_band(figure, cv.lambdas, cv.mean - cv.se, cv.mean + cv.se, look.lines[2], "± 1 SE")
    figure.add_trace(
        go.Scatter(
            x=cv.lambdas,
            y=cv.mean,
            mode="lines",
            name="mean of the folds",
            line={"color": look.lines[2], "width": 2.5},
            customdata=np.column_stack([cv.se, cv.path.n_nonzero]),
            hovertemplate="mean %{y:.4g} ± %{customdata[0]:.2g} at λ = %{x:.4g}, "
            "%{customdata[1]} features<extra></extra>",
        )
    )
    dressed(figure, look, height=height)
    strength_axis(figure, cv.lambdas, look)
    if np.isfinite(cv.null_score):
        base_line(figure, cv.null_score, look)
    mark_rules(figure, cv.lambdas, rules or {}, look)
    if chosen is not None:
        figure.add_vline(cv.lambdas[chosen], line={"color": look.cursor, "width": 1.5})
    # Single folds may go anywhere; the mean, its error and the base rate must be seen.
    shown = np.concatenate([cv.mean - cv.se, cv.mean, [cv.null_score]])
    figure.update_yaxes(title_text=measure_name(cv.measure), nticks=6, range=padded(shown, 0.08))
    figure.update_layout(margin=MARGIN, showlegend=True, legend=LEGEND)
    return figure


def ghosts_figure(
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
    figure = go.Figure()
    scale = cv.path.x_scale[features, None]
    main = _class(cv.path.coef_path, k)[features] * scale
    folds = np.stack([_class(path.coef_path, k)[features] for path in cv.fold_paths]) * scale
    for rank in range(len(features)):
        x, y = joined(cv.lambdas, folds[:DRAWN_FOLDS, rank])
        figure.add_trace(
            go.Scatter(
                x=x,
                y=y,
                mode="lines",
                hoverinfo="skip",
                opacity=0.3,
                name=f"folds: {as_text(cv.path.feature_names[features[rank]], 60)}",
                line={"color": look.lines[rank % len(look.lines)], "width": 1},
            )
        )
    names = [cv.path.feature_names[j] for j in features]
    add_curves(figure, cv.lambdas, main, names, look, top=np.arange(len(features)))
    dressed(figure, look, height=height)
    strength_axis(figure, cv.lambdas, look)
    span = padded(np.concatenate([until(main, index).ravel(), until(folds, index).ravel()]))
    figure.add_vline(cv.lambdas[index], line={"color": look.cursor, "width": 1.5})
    figure.update_yaxes(title_text="coefficient per SD", range=span)
    label_ends(figure, main[:, -1], names, look, span=span, height=height)
    return figure


def add_band(
    figure: go.Figure, x: np.ndarray, low: np.ndarray, high: np.ndarray, colour: str, name: str
) -> None:
    """Shade what lies between two curves."""
    figure.add_trace(
        go.Scatter(
            x=np.concatenate([x, x[::-1]]),
            y=np.concatenate([high, low[::-1]]),
            fill="toself",
            fillcolor=colour,
            opacity=0.22,
            line={"width": 0},
            hoverinfo="skip",
            name=name,
        )
    )


def base_line(figure: go.Figure, value: float, look: Look) -> None:
    """Mark what a model without features scores."""
    figure.add_hline(
        value, line={"color": look.muted, "dash": "dot", "width": 1.5},
        annotation_text="base rate", annotation_position="bottom left",
        annotation_font={"color": look.muted, "size": 12},
    )  # fmt: skip


def mark_rules(
    figure: go.Figure, lambdas: np.ndarray, rules: Mapping[str, int], look: Look
) -> None:
    """Mark strengths by a line each; labels of neighbours share a line of text."""
    places: dict[int, list[str]] = {}
    for label, index in rules.items():
        places.setdefault(index, []).append(label)
    ends = np.log10(lambdas[[0, -1]])
    for rank, (index, labels) in enumerate(sorted(places.items())):
        late = np.log10(lambdas[index]) - ends[1] < 0.2 * (ends[0] - ends[1])
        figure.add_vline(lambdas[index], line={"color": look.ink, "dash": "dash", "width": 1})
        figure.add_annotation(
            text=as_text(", ".join(labels), 40), x=np.log10(lambdas[index]), xref="x",
            y=1, yref="y domain", yanchor="top", yshift=-TOP_MARGIN * (rank % 4),
            xanchor="right" if late else "left", xshift=-3 if late else 3, showarrow=False,
            font={"size": 11, "color": look.ink},
            bgcolor=look.paper, opacity=0.9,
        )  # fmt: skip


def _class(coefs: np.ndarray, k: int) -> np.ndarray:
    return coefs[k] if coefs.ndim == 3 else coefs
