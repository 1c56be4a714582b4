"""How a class predicted: its answers to one question as a chart, their numbers, and a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from regpath.charts import Look
from regpath.charts.finish import Axis
from regpath.charts.predicted import (
    predicted_bars_figure,
    predicted_curves_figure,
    predicted_dots_figure,
)
from regpath.charts.strength import strength_axis
from regpath.lessons.figures import StepShown
from regpath.lessons.lesson import Prediction
from regpath.lessons.truths import along_strengths
from regpath.wording import counted, number_text

PLACES = 40  # across a chart: dots that are nearer stand on each other
ORDERS = 6  # that are shown by themselves; the others are counted together
OTHERS = "another order"


def predicted_by_class(
    one: Prediction, answers: Sequence[Any], truth: Any, look: Look, *, reveals: bool
) -> StepShown:
    """What a class predicted.

    Parameters
    ----------
    one : Prediction
    answers : sequence
        What was locked in, at least one.
    truth : object
        `one.answer()`, for the room of the chart.
    look : Look
    reveals : bool
        Whether the truth is shown, too.
    """
    return _SHOWN[one.kind](one, answers, truth, look, reveals)


def _numbers(
    one: Prediction, answers: Sequence[Any], truth: Any, look: Look, reveals: bool
) -> StepShown:
    values = np.array(answers, dtype=float)
    ends = [end for end in (one.low, one.high) if np.isfinite(end)]
    low, high = min([*values, truth, *ends]), max([*values, truth, *ends])
    room = 0.04 * (high - low or abs(high) or 1.0)
    ranks = _ranks((values - low) / (high - low or 1.0))
    x = Axis("predicted", {"range": [low - room, high + room], "zeroline": False})
    figure = predicted_dots_figure(values, ranks, truth if reveals else None, x=x, look=look)
    middle = f"the middle one {number_text(np.median(values))}"
    return _shown(figure, {"predicted": np.sort(values)}, len(values), middle)


def _markers(
    one: Prediction, answers: Sequence[Any], truth: Any, look: Look, reveals: bool
) -> StepShown:
    lambdas = one.material.study.path.lambdas
    values = np.clip(np.array(answers, dtype=float), lambdas[-1], lambdas[0])
    across = np.log(values / lambdas[-1]) / np.log(lambdas[0] / lambdas[-1])
    seen = truth if reveals else None
    figure = predicted_dots_figure(
        values, _ranks(across), seen, x=strength_axis(lambdas), look=look
    )
    middle = f"the middle one at λ = {number_text(np.median(values), 3)}"
    return _shown(figure, {"predicted_lambda": np.sort(values)}, len(values), middle)


def _choices(
    one: Prediction, answers: Sequence[Any], truth: Any, look: Look, reveals: bool
) -> StepShown:
    labels = [option.says for option in one.options]
    found = Counter(answers)
    counts = [found[at] for at in range(len(labels))]
    return _bars(labels, counts, truth if reveals else None, look)


def _orders(
    one: Prediction, answers: Sequence[Any], truth: Any, look: Look, reveals: bool
) -> StepShown:
    found = Counter(", then ".join(answer) for answer in answers)
    common = found.most_common(ORDERS)
    labels, counts = [label for label, _ in common], [count for _, count in common]
    rest = len(answers) - sum(counts)
    if rest:
        labels, counts = [*labels, OTHERS], [*counts, rest]
    true = ", then ".join(truth)
    right = labels.index(true) if reveals and true in labels else None
    return _bars(labels, counts, right, look)


def _sketches(
    one: Prediction, answers: Sequence[Any], truth: Any, look: Look, reveals: bool
) -> StepShown:
    lambdas, scores = truth
    curves = np.array([along_strengths(lambdas, answer) for answer in answers])
    seen = scores if reveals else None
    figure = predicted_curves_figure(lambdas, curves, seen, one.measure, look=look)
    lowest = f"the middle one lowest at λ = {number_text(_middle_lowest(lambdas, curves), 3)}"
    columns = {"lambda": lambdas, "median_predicted": np.median(curves, axis=0)}
    return _shown(figure, columns, len(curves), lowest)


def _bars(labels: Sequence[str], counts: Sequence[int], right: int | None, look: Look) -> StepShown:
    figure = predicted_bars_figure(labels, counts, right, look=look)
    most = int(np.argmax(counts))
    told = f"most of them, {counts[most]}: {labels[most]}"
    return _shown(figure, {"answer": labels, "predictions": counts}, sum(counts), told)


def _shown(figure: Any, columns: dict[str, Any], n: int, told: str) -> StepShown:
    alt = f"{counted(n, 'prediction')} of the class: {told}."
    return StepShown((figure,), pd.DataFrame(columns), alt)


def _middle_lowest(lambdas: np.ndarray, curves: np.ndarray) -> float:
    return float(np.median(lambdas[np.argmin(curves, axis=1)]))


def _ranks(across: np.ndarray) -> np.ndarray:
    """The rank of each dot among those at its place; `across` goes from 0 to 1."""
    places = np.round(across * PLACES).astype(int)
    seen: Counter[int] = Counter()
    ranks = np.zeros(len(places))
    for at, place in enumerate(places):
        seen[int(place)] += 1
        ranks[at] = seen[int(place)]
    return ranks


_SHOWN = {
    "number": _numbers,
    "marker": _markers,
    "choice": _choices,
    "order": _orders,
    "sketch": _sketches,
}
