"""Train and test scores along the path: the staircase of accuracy beside the smooth loss."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from regpath.charts.strength import cursor_line, strength_axis
from regpath.charts.theme import Look, dressed
from regpath.study import Study

SCORE_NAMES = {
    "accuracy": "accuracy",
    "log_loss": "log-loss",
    "auc": "AUC",
    "r2": "R²",
    "rmse": "RMSE",
}


def default_scores(study: Study) -> tuple[str, str]:
    """The two scores that are on screen without a click."""
    return ("r2", "rmse") if study.path.family == "gaussian" else ("accuracy", "log_loss")


def scores_figure(study: Study, *, index: int, look: Look, height: int = 400) -> go.Figure:
    """Draw two scores along the path, train and test, and the cursor at `index`."""
    shown = default_scores(study)
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.08)
    for row, score in enumerate(shown, start=1):
        for part in study.parts:
            figure.add_trace(_line(part, score, study.scores_of(part), look), row=row, col=1)
    dressed(figure, look, height=height)
    strength_axis(figure, study.path, look)
    for row, score in enumerate(shown, start=1):
        figure.update_yaxes(title_text=SCORE_NAMES[score], nticks=5, row=row, col=1)
    if {"accuracy", "r2"} & set(shown):
        _hide_far_below(figure, study, shown[0])
    cursor_line(figure, study.path, index, look)
    figure.update_layout(
        margin={"l": 58, "r": 12, "t": 34, "b": 48},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom", "itemclick": False,
                "itemdoubleclick": False},
    )  # fmt: skip
    return figure


def describe_scores(study: Study, index: int) -> str:
    """One sentence that says what the chart shows at the cursor."""
    lam = study.path.lambdas[index]
    parts = []
    for part in study.parts:
        here = study.scores_of(part).iloc[index]
        values = ", ".join(f"{SCORE_NAMES[s]} {here[s]:.3f}" for s in default_scores(study))
        parts.append(f"{part} {values}")
    return f"Scores along the path; at λ = {lam:.4g}: {'; '.join(parts)}."


def _line(part: str, score: str, frame: pd.DataFrame, look: Look) -> go.Scatter:
    test = part == "test"
    return go.Scatter(
        x=frame["lambda"],
        y=frame[score],
        mode="lines",
        name=part,
        legendgroup=part,
        showlegend=score in ("accuracy", "r2"),
        line={
            "color": look.test if test else look.train,
            "dash": "solid" if test else "dash",
            "width": 2.5 if test else 2,
        },
        hovertemplate=f"{part} {SCORE_NAMES[score]} %{{y:.4f}} at λ = %{{x:.4g}}<extra></extra>",
    )


def _hide_far_below(figure: go.Figure, study: Study, score: str) -> None:
    """Keep a very bad R2 from flattening the part of the curve that matters."""
    values = study.scores[score].to_numpy(float)
    values = values[np.isfinite(values)]
    if values.size and score == "r2" and values.min() < -1.0:
        figure.update_yaxes(range=[-1.0, max(values.max(), 0.0) + 0.05], row=1, col=1)
