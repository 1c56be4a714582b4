"""Mean scores over the folds, their standard errors, and the one-standard-error rule's places.

Reference: Breiman, Friedman, Olshen and Stone (1984), Classification and Regression Trees, 3.4.3.
"""

from __future__ import annotations

import numpy as np

from regpath.core.metrics.measure import Measure
from regpath.core.validation.cv_result import TIE
from regpath.errors import DataError


def mean_and_error(
    fold_scores: np.ndarray, fold_weights: np.ndarray, repeats: np.ndarray, how: Measure
) -> tuple[np.ndarray, np.ndarray]:
    """Mean over the folds that have a score, and the standard error of one repeat."""
    each = [
        _of_one_repeat(fold_scores[repeats == r], fold_weights[repeats == r], how)
        for r in np.unique(repeats)
    ]
    means, errors = (np.array(part) for part in zip(*each, strict=True))
    # Repeats share their rows: their mean is steadier, but no better informed than one of them.
    return means.mean(axis=0), np.sqrt(np.square(errors).mean(axis=0))


def _of_one_repeat(
    fold_scores: np.ndarray, fold_weights: np.ndarray, how: Measure
) -> tuple[np.ndarray, np.ndarray]:
    scored = np.isfinite(fold_scores).all(axis=1)
    n_scored = int(scored.sum())
    if n_scored < 2:
        why = how.undefined or "the held-out rows have no weight there"
        raise DataError(
            f"{how.name} can be computed in {n_scored} of {len(scored)} folds, and two are the "
            f"least: {why}.",
            "Use fewer folds, so that more rows are held out in each, or another measure.",
        )
    scores, shares = fold_scores[scored], fold_weights[scored] / fold_weights[scored].sum()
    mean = shares @ scores
    return mean, np.sqrt(shares @ np.square(scores - mean) / (n_scored - 1))


def best_and_one_se(mean: np.ndarray, se: np.ndarray, larger_is_better: bool) -> tuple[int, int]:
    """Positions of the best mean and of the first one within a standard error of it."""
    loss = -mean if larger_is_better else mean
    index_min = first_at_most(loss, loss.min())
    return index_min, first_at_most(loss, loss[index_min] + se[index_min])


def first_at_most(loss: np.ndarray, limit: float) -> int:
    """Position of the largest lambda whose loss is at most `limit`, but for rounding."""
    # Folds that swap their scores give the same mean but for rounding: a tie, and the first wins.
    return int(np.argmax(loss <= limit + TIE * abs(limit)))
