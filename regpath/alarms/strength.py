"""How well one column alone tells the target: on rows that did not help to tell it.

A row is predicted by the mean of the other rows with the same value; where there is none, by its
two neighbours in the order of the column. So a column with as many levels as rows predicts
nothing unless its order means something, and no shape of the relation is assumed.
"""

from __future__ import annotations

import numpy as np

from regpath.alarms.columns import Column


def held_out_means(column: Column, Y: np.ndarray) -> np.ndarray:
    """What the other rows say of each row's target, shape of `Y` (n, K)."""
    if column.values is None:
        return _by_level(column.codes, Y)
    values = np.where(column.missing, np.inf, column.values)
    order = np.argsort(values, kind="stable")
    told = np.empty_like(Y)
    told[order] = _by_order(values[order], Y[order])
    return told


def held_out_means_of(values: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """The same for many columns of numbers at once: (n, L) and (n, K) give (L, n, K)."""
    ordered = np.where(np.isnan(values), np.inf, values)
    order = np.argsort(ordered, axis=0, kind="stable")
    ordered = np.take_along_axis(ordered, order, axis=0).T
    n_columns, n = ordered.shape
    begins = np.ones((n_columns, n), dtype=bool)
    begins[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    group = np.cumsum(begins.ravel()) - 1
    first = group.reshape(n_columns, n)[:, 0]
    last = group.reshape(n_columns, n)[:, -1]
    sorted_y = Y[order.T].reshape(n_columns * n, -1)
    told = _by_level(group, sorted_y, Y.mean(axis=0))
    sizes = np.bincount(group)
    means = _sums(group, sorted_y, len(sizes)) / sizes[:, None]
    places = np.arange(len(sizes))
    lone = first == last
    below, above = places - 1, places + 1
    below[first], above[last] = first + 1, last - 1
    below[first[lone]] = above[last[lone]] = first[lone]
    between = (means[below] + means[above]) / 2.0
    alone = sizes[group] == 1
    told[alone] = between[group[alone]]
    found = np.empty((n_columns, n, Y.shape[1]))
    np.put_along_axis(found, order.T[:, :, None], told.reshape(n_columns, n, -1), axis=1)
    return found


def explained_of(values: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Share of each column of `Y` (n, K) that each column of numbers (n, L) explains, (L, K).

    `explained` of `held_out_means_of`; where no value repeats, from the sorted rows alone.
    """
    n, n_columns = values.shape
    if n < 3:
        return explained(held_out_means_of(values, Y), Y)
    order = np.argsort(values, axis=0)
    ordered = np.take_along_axis(values, order, axis=0)
    single = (ordered[1:] > ordered[:-1]).all(axis=0)  # not where one is missing
    found = np.empty((n_columns, Y.shape[1]))
    if not single.all():
        found[~single] = explained(held_out_means_of(values[:, ~single], Y), Y)
    for k in range(Y.shape[1]):
        y = Y[:, k][order[:, single]]
        error = np.square(y[1:-1] - (y[:-2] + y[2:]) / 2.0).sum(axis=0)
        error += np.square(y[0] - y[1]) + np.square(y[-1] - y[-2])  # the ends have one neighbour
        total = float(np.square(Y[:, k] - Y[:, k].mean()).sum())
        found[single, k] = 1.0 - error / (total if total > 0.0 else 1.0)
    return found


def _by_level(codes: np.ndarray, Y: np.ndarray, mean: np.ndarray | None = None) -> np.ndarray:
    sizes = np.bincount(codes)
    sums = _sums(codes, Y, len(sizes))
    others = (sizes[codes] - 1.0)[:, None]
    alone = others == 0.0
    mean = Y.mean(axis=0) if mean is None else mean
    return np.where(alone, mean, (sums[codes] - Y) / np.where(alone, 1.0, others))


def _by_order(values: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """The same, for rows in the order of `values`."""
    group = np.concatenate([[0], np.cumsum(values[1:] != values[:-1])])
    sizes = np.bincount(group)
    means = _sums(group, Y, len(sizes)) / sizes[:, None]
    below = np.vstack([means[:1] if len(means) == 1 else means[1:2], means[:-1]])
    above = np.vstack([means[1:], means[-1:] if len(means) == 1 else means[-2:-1]])
    told = _by_level(group, Y)
    alone = sizes[group] == 1
    told[alone] = ((below + above) / 2.0)[group[alone]]
    return told


def _sums(codes: np.ndarray, Y: np.ndarray, n_codes: int) -> np.ndarray:
    return np.column_stack([np.bincount(codes, weights=y, minlength=n_codes) for y in Y.T])


def explained(told: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Share of each column of `Y` that `told` explains: 1 - squared error / variance.

    `told` may be of many columns, (L, n, K), and so is what they explain, (L, K).
    """
    total = np.square(Y - Y.mean(axis=0)).sum(axis=0)
    return 1.0 - np.square(Y - told).sum(axis=-2) / np.where(total > 0.0, total, 1.0)


def areas(ranks: np.ndarray, one_hot: np.ndarray) -> np.ndarray:
    """AUC of each column of ranks (from 1, ties shared) for each class against the rest, (L, K)."""
    sizes = one_hot.sum(axis=0)
    pairs = np.maximum(sizes * (len(one_hot) - sizes), 1.0)
    return (ranks.T @ one_hot - sizes * (sizes + 1.0) / 2.0) / pairs


def in_units(columns: np.ndarray) -> np.ndarray:
    """Columns from their mean, in units of their largest deviation, so that squares stay finite."""
    Z = columns / _sizes(columns)
    Z = Z - Z.mean(axis=0)
    return np.asarray(Z / _sizes(Z))


def _sizes(columns: np.ndarray) -> np.ndarray:
    sizes = np.abs(columns).max(axis=0)
    return np.where(sizes > 0.0, sizes, 1.0)


def squared_correlations(columns: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Squared correlation of each column with y, 0 where nothing varies, shape (L,)."""
    Z, z = in_units(columns), in_units(y)
    norms = np.square(Z).sum(axis=0) * np.square(z).sum()
    return np.where(norms > 0.0, np.square(z @ Z) / np.where(norms > 0.0, norms, 1.0), 0.0)
