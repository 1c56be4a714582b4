"""The order of rows by their scores, kept so that many weightings of the rows can use it."""

from __future__ import annotations

import numpy as np


class Ranking:
    """Rows in rising order of each column of `scores` (n, L), with their ties."""

    def __init__(self, scores: np.ndarray) -> None:
        self.order = np.argsort(scores, axis=0)
        ranked = np.take_along_axis(scores, self.order, axis=0)
        position = np.arange(len(scores))[:, None]
        changes = ranked[1:] != ranked[:-1]
        edge = np.ones((1, scores.shape[1]), dtype=bool)
        # Of every position in the order, the first and last one with the same score.
        starts = np.where(np.vstack([edge, changes]), position, 0)
        self.first = np.maximum.accumulate(starts, axis=0)
        ends = np.where(np.vstack([changes, edge]), position, len(scores))
        self.last = np.minimum.accumulate(ends[::-1], axis=0)[::-1]

    def area(self, positive: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Area under the ROC curve of each column, shape (L,).

        The Mann-Whitney statistic: the weight of the pairs in the right order, ties by half.
        """
        up, down = (weights * positive)[self.order], (weights * ~positive)[self.order]
        upto = np.cumsum(down, axis=0)
        below = np.take_along_axis(upto - down, self.first, axis=0)
        below += np.take_along_axis(upto, self.last, axis=0)
        result: np.ndarray = (up * below).sum(axis=0) / (2.0 * up.sum(axis=0) * upto[-1])
        return result

    def average_precision(self, positive: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Precision at each score, averaged over the positive rows that have it, shape (L,)."""
        up, every = (weights * positive)[self.order], weights[self.order]
        above = [total[::-1].cumsum(axis=0)[::-1] for total in (up, every)]
        hits, called = (np.take_along_axis(part, self.first, axis=0) for part in above)
        precision = np.divide(hits, called, out=np.zeros_like(hits), where=called > 0.0)
        result: np.ndarray = (up * precision).sum(axis=0) / up.sum(axis=0)
        return result
