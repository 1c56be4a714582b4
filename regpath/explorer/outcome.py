"""How predictions fare at every strength, as arrays that stay small however many rows there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from regpath.core.metrics.predictions import best_class
from regpath.core.problems.problem import Problem
from regpath.core.regpath import RegPath

THRESHOLDS = 100  # steps of one percent
DOTS = 150  # rows drawn of predicted against observed
LEVELS = 1023  # steps of a drawn value, finer than a pixel
FactsAndArrays = tuple[dict[str, Any], dict[str, np.ndarray]]


def outcome(path: RegPath, rows: Problem) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """What to show of the predictions for `rows`: facts, and arrays with strengths last.

    View "threshold", of two classes: `histogram[k, b, i]` counts rows of class k whose probability
    of the second class lies in (b %, b + 1 %] at lambdas[i]; a row is called positive above a
    threshold of t % when b >= t, exactly. View "confusion", of several classes:
    `confusion[observed, predicted, i]`. View "scatter", of numbers: `observed` and `predicted` of
    some rows, in steps of `(high - low) / LEVELS`.
    """
    eta = path.decision_path(rows)
    view = path.loss.view
    facts, arrays = VIEWS[view](path, rows.y, eta)
    return {"view": view, **facts}, arrays


def _threshold(path: RegPath, y: np.ndarray, eta: np.ndarray) -> FactsAndArrays:
    shares = np.arange(1, THRESHOLDS) / THRESHOLDS
    limits = np.log(shares / (1.0 - shares))
    limits[THRESHOLDS // 2 - 1] = 0.0
    # Left: a row exactly at a limit is not above it, as in `best_class`.
    bins = np.searchsorted(limits, eta, side="left")
    n_lambdas = eta.shape[1]
    cells = (y[:, None] * THRESHOLDS + bins) * n_lambdas + np.arange(n_lambdas)
    counts = np.bincount(cells.ravel(), minlength=2 * THRESHOLDS * n_lambdas)
    return {}, {"histogram": _smallest(counts.reshape(2, THRESHOLDS, n_lambdas))}


def _confusion(path: RegPath, y: np.ndarray, eta: np.ndarray) -> FactsAndArrays:
    guess, n_lambdas, n_classes = best_class(eta), eta.shape[-1], len(path.classes)
    cells = (y[:, None] * n_classes + guess) * n_lambdas + np.arange(n_lambdas)
    counts = np.bincount(cells.ravel(), minlength=n_classes**2 * n_lambdas)
    return {}, {"confusion": _smallest(counts.reshape(n_classes, n_classes, n_lambdas))}


def _scatter(path: RegPath, y: np.ndarray, eta: np.ndarray) -> FactsAndArrays:
    mean = path.loss.mean(eta)
    keep = np.linspace(0, len(y) - 1, min(len(y), DOTS)).astype(int)
    low, high = float(min(y.min(), mean.min())), float(max(y.max(), mean.max()))
    step = (high - low) / LEVELS or 1.0
    arrays = {
        "observed": np.rint((y[keep] - low) / step).astype("u2"),
        "predicted": np.rint((mean[keep] - low) / step).astype("u2"),
    }
    return {"low": low, "high": high, "levels": LEVELS}, arrays


def _smallest(counts: np.ndarray) -> np.ndarray:
    return counts.astype("u2" if counts.max(initial=0) < 2**16 else "u4")


VIEWS: dict[str, Callable[[RegPath, np.ndarray, np.ndarray], FactsAndArrays]] = {
    "scatter": _scatter,
    "threshold": _threshold,
    "confusion": _confusion,
}
