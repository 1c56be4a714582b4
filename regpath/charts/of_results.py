"""The chart of each result, by its type: what `result.plot()` returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import singledispatch
from typing import Any

import numpy as np
import plotly.graph_objects as go

from regpath.charts.comparison import Level, aligned_figure, aligned_scores_figure
from regpath.charts.curves import make_room_for_names, of_class
from regpath.charts.names import class_told
from regpath.charts.paths import path_figure
from regpath.charts.pinned import relaxed_figure
from regpath.charts.post_selection import intervals_figure, parts_figure
from regpath.charts.residuals import (
    gaps_figure,
    quantile_figure,
    residual_figure,
    subgroups_figure,
)
from regpath.charts.scores import gap_figure
from regpath.charts.stability import frequency_figure
from regpath.charts.theme import DARK, LIGHT, Look
from regpath.charts.validation import validation_figure
from regpath.charts.validation_map import map_figure
from regpath.core.checks import check_choice
from regpath.core.comparison.comparison import Comparison
from regpath.core.comparison.validation_map import ValidationMap
from regpath.core.families import Family
from regpath.core.leakage.leak import LeakGap
from regpath.core.metrics.residuals import Residuals
from regpath.core.metrics.subgroups import GroupScores
from regpath.core.post_selection.contributions import Contributions
from regpath.core.post_selection.relaxed import RelaxedPath
from regpath.core.post_selection.split_sample import SplitIntervals
from regpath.core.regpath import RegPath
from regpath.core.stability_selection.stability import Stability
from regpath.core.stability_selection.stable_set import THRESHOLD
from regpath.core.validation.cv_result import CVResult
from regpath.errors import ParameterError


def drawn(result: Any, *, dark: bool = False, **choices: Any) -> go.Figure:
    """Draw a result; see `regpath.shown.Drawn.plot`.

    Parameters
    ----------
    result : RegPath, CVResult, Stability or another result with `plot`
    dark : bool, default=False
    **choices
        Of the chart of this result.

    Returns
    -------
    Figure
        On a ground of its own, since it leaves the app.

    Raises
    ------
    ParameterError
        If the result has no chart, or a choice is unknown.
    """
    look = DARK if dark else LIGHT
    try:
        figure = chart_of(result, look, **choices)
    except TypeError as error:
        if "unexpected keyword argument" not in str(error):
            raise
        name = str(error).rpartition("argument ")[2].strip("'")
        raise ParameterError(
            f"The chart of a {type(result).__name__} has no choice called {name!r}.",
            "help(result.plot) lists them.",
        ) from error
    figure.update_layout(paper_bgcolor=look.paper, plot_bgcolor=look.paper)
    return make_room_for_names(figure)


@singledispatch
def chart_of(result: Any, look: Look) -> go.Figure:
    """Draw a result in a look."""
    raise ParameterError(f"A {type(result).__name__} has no chart.")


@chart_of.register
def _(
    path: RegPath,
    look: Look,
    *,
    lam: float | None = None,
    units: str = "standardized",
    label: Any = None,
    top: int = 8,
    height: int = 400,
) -> go.Figure:
    index = None if lam is None else path.index_of(lam)
    k = class_number(path, label)
    return path_figure(path, look=look, index=index, units=units, k=k, top=top, height=height)


@chart_of.register
def _(
    cv: CVResult,
    look: Look,
    *,
    lam: float | None = None,
    rules: Mapping[str, int] | None = None,
    height: int = 360,
) -> go.Figure:
    marked = {"min": cv.index_min, "1se": cv.index_1se} if rules is None else rules
    chosen = None if lam is None else cv.path.index_of(lam)
    return validation_figure(cv, look=look, rules=marked, chosen=chosen, height=height)


@chart_of.register
def _(
    stability: Stability,
    look: Look,
    *,
    threshold: float = THRESHOLD,
    max_false: float = 1.0,
    top: int = 8,
    height: int = 400,
) -> go.Figure:
    stable = stability.stable_set(threshold, max_false=max_false)
    return frequency_figure(stability, stable, look=look, top=top, height=height)


@chart_of.register
def _(
    comparison: Comparison,
    look: Look,
    *,
    by: str = "deviance",
    score: str = "n_nonzero",
    penalty: str | None = None,
    label: Any = None,
    height: int = 330,
) -> go.Figure:
    if penalty is None:
        frame = comparison.to_frame(by=by)
        check_choice(score, "score", "Comparison.plot", tuple(frame.columns[2:]))
        return aligned_scores_figure(frame, score, by, look=look, height=height)
    check_choice(penalty, "penalty", "Comparison.plot", comparison.names)
    number = comparison.names.index(penalty)
    k = class_number(comparison.paths[number], label)
    end = Level(by, float(comparison.levels(2, by)[-1]))
    return aligned_figure(comparison, number, end, look=look, named=True, k=k, height=height)


@chart_of.register
def _(found: ValidationMap, look: Look, *, height: int = 400) -> go.Figure:
    return map_figure(found, found.best, look=look, height=height)


@chart_of.register
def _(gap: LeakGap, look: Look, *, height: int = 340) -> go.Figure:
    return gap_figure(gap.lambdas, gap.honest, gap.leaked, gap.measure, look=look, height=height)


@chart_of.register
def _(found: Residuals, look: Look, *, by: str = "expected", height: int = 340) -> go.Figure:
    check_choice(by, "by", "Residuals.plot", ("expected", "normal"))
    if by == "normal":
        return quantile_figure(found.quantiles(), look=look, height=height)
    return residual_figure(found, look=look, height=height)


@chart_of.register
def _(found: GroupScores, look: Look, *, by: str = "score", height: int | None = None) -> go.Figure:
    check_choice(by, "by", "GroupScores.plot", ("score", "gap"))
    if by == "gap":
        figure = gaps_figure(found.frame, found.what, look=look)
    else:
        figure = subgroups_figure(found.frame, found.measure, look=look)
    return figure if height is None else figure.update_layout(height=height)


@chart_of.register
def _(
    relaxed: RelaxedPath,
    look: Look,
    *,
    gamma: float = 0.0,
    lam: float | None = None,
    label: Any = None,
    height: int = 400,
) -> go.Figure:
    path = relaxed.path
    index = len(path.lambdas) - 1 if lam is None else path.index_of(lam)
    k = class_number(path, label)
    return relaxed_figure(path, relaxed.coefs(gamma), index, look=look, k=k, height=height)


@chart_of.register
def _(intervals: SplitIntervals, look: Look, *, height: int | None = None) -> go.Figure:
    figure = intervals_figure(intervals, np.ones(len(intervals.table)), look=look)
    figure.update_xaxes(title_text="coefficient, without a penalty")
    return figure if height is None else figure.update_layout(height=height)


@chart_of.register
def _(
    found: Contributions,
    look: Look,
    *,
    lam: float | None = None,
    label: Any = None,
    height: int = 380,
) -> go.Figure:
    path = found.path
    index = len(path.lambdas) - 1 if lam is None else path.index_of(lam)
    k = class_number(path, label)
    return parts_figure(
        of_class(found.parts, k),
        path.feature_names,
        path.lambdas,
        index,
        look=look,
        title=class_told("contribution", path, k),
        height=height,
    )


def class_number(path: RegPath, label: Any) -> int:
    """Position of the class whose curves are drawn; None means the first."""
    return position_of_class(path.loss, path.classes, label)


def position_of_class(family: Family, classes: Sequence[Any], label: Any) -> int:
    """Position of a class among those that have curves of their own; None means the first.

    Raises
    ------
    ParameterError
        If there is none of this name, or the classes have no curves of their own.
    """
    if label is None:
        return 0
    if not family.per_class:
        raise ParameterError("Only a model of several classes has curves for each.")
    names = tuple(map(str, classes))
    check_choice(str(label), "label", "plot", names)
    return names.index(str(label))
