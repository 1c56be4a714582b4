"""Compiled: L-BFGS, what the last steps of a point say about the inverse of second derivatives.

Each of m points keeps pairs (s, y): how its variables changed in a step, and how its gradient did.
The two loops multiply a vector by the inverse that these imply, among the active variables; what
stands between them is a first guess of the inverse: a Cholesky factor that all points share, or a
diagonal.

Reference: Nocedal and Wright (2006), Numerical Optimization, algorithm 7.4.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regpath.core.solvers.kernels.compile import compiled, record

CURVED = 1e-14  # cosine of s and y at which a pair's curvature is rounding, or below zero


@record("f8[:, :, ::1]", "f8[:, :, ::1]", "i8[::1]", "i8[::1]", "f8[:, ::1]")
class Pairs(NamedTuple):
    """The last pairs of m points, in a ring of `memory` places.

    s, y : (m, memory, V); `stored` (m,) of them are there, `oldest` (m,) is the first one's place.
    alpha : (m, memory), what the first loop leaves for the second; NaN where a pair is not used.
    """

    s: np.ndarray
    y: np.ndarray
    stored: np.ndarray
    oldest: np.ndarray
    alpha: np.ndarray

    @classmethod
    def none(cls, n_points: int, memory: int, n_variables: int) -> Pairs:
        """No pair yet."""
        s, y = np.zeros((2, n_points, memory, n_variables))
        stored, oldest = np.zeros((2, n_points), dtype=np.int64)
        return cls(s, y, stored, oldest, np.zeros((n_points, memory)))


@compiled("void(i8[::1], f8[:, ::1], f8[:, ::1], Pairs)")
def store_pairs(live: np.ndarray, s: np.ndarray, y: np.ndarray, pairs: Pairs) -> None:
    """Keep a pair of each of the points `live`, rows of `s` and `y` (m', V); the oldest goes."""
    memory = pairs.s.shape[1]
    for i in range(live.size):
        c = live[i]
        k = (pairs.oldest[c] + pairs.stored[c]) % memory
        if pairs.stored[c] == memory:
            pairs.oldest[c] = (pairs.oldest[c] + 1) % memory
        else:
            pairs.stored[c] += 1
        pairs.s[c, k] = s[i]
        pairs.y[c, k] = y[i]


@compiled("void(i8[::1], f8[:, ::1], b1[:, ::1], Pairs)")
def first_loop(live: np.ndarray, q: np.ndarray, active: np.ndarray, pairs: Pairs) -> None:
    """From the newest pair to the oldest; `q` (m', V) becomes what the first guess is to solve."""
    n_variables = q.shape[1]
    for i in range(live.size):
        c = live[i]
        for back in range(pairs.stored[c] - 1, -1, -1):
            k = (pairs.oldest[c] + back) % pairs.s.shape[1]
            s, y = pairs.s[c, k], pairs.y[c, k]
            sy, ss, yy, sq = 0.0, 0.0, 0.0, 0.0
            for v in range(n_variables):
                if active[c, v]:
                    sy += s[v] * y[v]
                    ss += s[v] * s[v]
                    yy += y[v] * y[v]
                    sq += s[v] * q[i, v]
            if not sy > CURVED * math.sqrt(ss * yy):
                pairs.alpha[c, k] = np.nan
                continue
            alpha = sq / sy
            pairs.alpha[c, k] = alpha
            for v in range(n_variables):
                if active[c, v]:
                    q[i, v] -= alpha * y[v]


@compiled("void(i8[::1], f8[:, ::1], f8[:, ::1], b1[:, ::1], Pairs)")
def divide_by_diagonal(
    live: np.ndarray, q: np.ndarray, diagonals: np.ndarray, active: np.ndarray, pairs: Pairs
) -> None:
    """Between the loops: divide `q` (m', V) by second derivatives in the scale of the last pair."""
    for i in range(live.size):
        c = live[i]
        scale = 1.0
        if pairs.stored[c] > 0:
            sy, yy = 0.0, 0.0
            newest = (pairs.oldest[c] + pairs.stored[c] - 1) % pairs.s.shape[1]
            for v in range(q.shape[1]):
                if active[c, v]:
                    y = pairs.y[c, newest, v]
                    sy += pairs.s[c, newest, v] * y
                    yy += y * y / diagonals[c, v]
            if sy > 0.0 and yy > 0.0:
                scale = sy / yy
        for v in range(q.shape[1]):
            q[i, v] *= scale / diagonals[c, v]


@compiled("void(i8[::1], f8[:, ::1], b1[:, ::1], Pairs)")
def second_loop(live: np.ndarray, r: np.ndarray, active: np.ndarray, pairs: Pairs) -> None:
    """From the oldest pair to the newest; `r` (m', V) becomes the step, 0 where not active."""
    n_variables = r.shape[1]
    for i in range(live.size):
        c = live[i]
        for v in range(n_variables):
            if not active[c, v]:
                r[i, v] = 0.0
        for turn in range(pairs.stored[c]):
            k = (pairs.oldest[c] + turn) % pairs.s.shape[1]
            alpha = pairs.alpha[c, k]
            if math.isnan(alpha):
                continue
            s, y = pairs.s[c, k], pairs.y[c, k]
            sy, yr = 0.0, 0.0
            for v in range(n_variables):
                if active[c, v]:
                    sy += s[v] * y[v]
                    yr += y[v] * r[i, v]
            beta = yr / sy
            for v in range(n_variables):
                if active[c, v]:
                    r[i, v] += (alpha - beta) * s[v]
