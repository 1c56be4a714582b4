"""Lines along which a map has one height, as plain curves that every release of Plotly draws."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np


def level_lines(
    axes: tuple[np.ndarray, np.ndarray], heights: np.ndarray, level: float
) -> tuple[np.ndarray, np.ndarray]:
    """Find where a map has one height, by straight pieces between the points of its grid.

    Parameters
    ----------
    axes : (ndarray of shape (a,), ndarray of shape (b,))
        Places of the columns and of the rows.
    heights : ndarray of shape (b, a)
    level : float

    Returns
    -------
    (ndarray, ndarray)
        x and y of all curves, with nan between two of them.

    Notes
    -----
    Marching squares: each cell of the grid is crossed where neighbouring corners lie on different
    sides. In a saddle, which is crossed four times, the bottom is joined with the right.

    Examples
    --------
    >>> axis = np.array([-1.0, 0.0, 1.0])
    >>> x, y = level_lines((axis, axis), np.abs(axis) + np.abs(axis)[:, None], 0.5)
    >>> len(x), float(np.abs(np.abs(x) + np.abs(y) - 0.5).max())
    (5, 0.0)
    """
    places = _crossings(axes, heights, level)
    pieces: list[float | tuple[float, float]] = []
    for curve in _curves(_joined(heights > level)):
        if pieces:
            pieces.append((np.nan, np.nan))
        pieces += [places[edge] for edge in curve]
    found = np.array(pieces, dtype=float).reshape(-1, 2)
    return found[:, 0], found[:, 1]


Edge = tuple[str, int, int]  # "h" or "v", and the grid point that it begins at (row, column)


def contours(
    axes: tuple[np.ndarray, np.ndarray], heights: np.ndarray, levels: Iterable[float]
) -> tuple[np.ndarray, np.ndarray]:
    """All levels as one curve with gaps; see `level_lines`."""
    gap = np.array([np.nan])
    across: list[np.ndarray] = []
    up: list[np.ndarray] = []
    for level in levels:
        x, y = level_lines(axes, heights, float(level))
        across += [x, gap]
        up += [y, gap]
    return np.concatenate(across), np.concatenate(up)


def _crossings(
    axes: tuple[np.ndarray, np.ndarray], heights: np.ndarray, level: float
) -> dict[Edge, tuple[float, float]]:
    """Where each edge of the grid is crossed."""
    x, y = axes
    above = heights > level
    places: dict[Edge, tuple[float, float]] = {}
    for i, j in np.argwhere(above[:, :-1] != above[:, 1:]).tolist():
        share = (level - heights[i, j]) / (heights[i, j + 1] - heights[i, j])
        places["h", i, j] = (x[j] + share * (x[j + 1] - x[j]), y[i])
    for i, j in np.argwhere(above[:-1] != above[1:]).tolist():
        share = (level - heights[i, j]) / (heights[i + 1, j] - heights[i, j])
        places["v", i, j] = (x[j], y[i] + share * (y[i + 1] - y[i]))
    return places


def _joined(above: np.ndarray) -> dict[Edge, list[Edge]]:
    """Of each crossed edge, those that it is joined with through a cell: one or two."""
    joined: dict[Edge, list[Edge]] = defaultdict(list)
    corners = np.stack([above[:-1, :-1], above[:-1, 1:], above[1:, 1:], above[1:, :-1]])
    mixed = corners.any(axis=0) & ~corners.all(axis=0)
    for i, j in np.argwhere(mixed).tolist():
        around: tuple[Edge, ...] = (("h", i, j), ("v", i, j + 1), ("h", i + 1, j), ("v", i, j))
        own = corners[:, i, j]
        crossed = [edge for k, edge in enumerate(around) if own[k] != own[(k + 1) % 4]]
        for one, other in zip(crossed[::2], crossed[1::2], strict=True):
            joined[one].append(other)
            joined[other].append(one)
    return joined


def _curves(joined: dict[Edge, list[Edge]]) -> list[list[Edge]]:
    """Walk from edge to edge: first the curves that end at the border, then those that close."""
    curves = []
    left = dict(joined)
    for start in sorted(joined, key=lambda edge: len(joined[edge])):
        if start not in left:
            continue
        curve, here = [start], start
        while True:
            del left[here]
            following = next((edge for edge in joined[here] if edge in left), None)
            if following is None:
                break
            curve.append(following)
            here = following
        if len(curve) > 2 and start in joined[here]:
            curve.append(start)
        curves.append(curve)
    return curves
