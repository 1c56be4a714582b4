"""Compiled: quasi-Newton steps within orthants, and what they teach about second derivatives.

L-BFGS: a Cholesky factor that all points share, or a diagonal, is the first guess; each point
corrects it by how the gradient changed on its own last steps. `moves` and `bends`
(m, memory, V) hold `count` (m,) changes of variables and gradients, in turn from place `first` (m,)
on; `shares` (m, memory) is kept between the two halves of a step.

Reference: Nocedal and Wright (2006), Numerical Optimization, algorithm 7.4.
"""

from __future__ import annotations

import math

import numpy as np

from regpath.core.solvers.kernels.compile import compiled


@compiled(
    "void(i8[::1], f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[:, :, ::1], f8[:, :, ::1],"
    " i8[::1], i8[::1])"
)
def learn(
    live: np.ndarray,
    b: np.ndarray,
    slope: np.ndarray,
    old: np.ndarray,
    old_slope: np.ndarray,
    moves: np.ndarray,
    bends: np.ndarray,
    count: np.ndarray,
    first: np.ndarray,
) -> None:
    """Remember how variables and gradients of the points `live` changed since their last step."""
    memory = moves.shape[1]
    for c in live:
        i = (first[c] + count[c]) % memory
        if count[c] == memory:
            first[c] = (first[c] + 1) % memory
        else:
            count[c] += 1
        for v in range(b.shape[1]):
            moves[c, i, v] = b[c, v] - old[c, v]
            bends[c, i, v] = slope[c, v] - old_slope[c, v]


@compiled(
    "void(i8[::1], i8[::1], f8[:, ::1], f8[::1], f8[::1], f8[:, ::1], b1[:, ::1],"
    " f8[:, :, ::1], f8[:, :, ::1], i8[::1], i8[::1], f8[:, ::1], f8[:, ::1])"
)
def pull(
    live: np.ndarray,
    ids: np.ndarray,
    slope: np.ndarray,
    lambdas: np.ndarray,
    l1: np.ndarray,
    sign: np.ndarray,
    active: np.ndarray,
    moves: np.ndarray,
    bends: np.ndarray,
    count: np.ndarray,
    first: np.ndarray,
    shares: np.ndarray,
    Q: np.ndarray,
) -> None:
    """Write what the factor is to be solved for into `Q` (m', k)."""
    memory, n_variables = moves.shape[1:]
    q = np.empty(n_variables)
    for place in range(live.size):
        c = live[place]
        for v in range(n_variables):
            q[v] = 0.0
            if active[c, v]:
                q[v] = -slope[c, v] - lambdas[c] * l1[v] * sign[c, v]
        for back in range(count[c] - 1, -1, -1):
            i = (first[c] + back) % memory
            move, bend = moves[c, i], bends[c, i]
            inner, length, other, along = 0.0, 0.0, 0.0, 0.0
            for v in range(n_variables):
                if active[c, v]:
                    inner += move[v] * bend[v]
                    length += move[v] * move[v]
                    other += bend[v] * bend[v]
                    along += move[v] * q[v]
            if not inner > 1e-14 * math.sqrt(length * other):
                shares[c, i] = np.nan  # teaches nothing here
                continue
            shares[c, i] = along / inner
            for v in range(n_variables):
                if active[c, v]:
                    q[v] -= shares[c, i] * bend[v]
        for i in range(ids.size):
            Q[place, i] = q[ids[i]]


@compiled(
    "void(i8[::1], f8[:, ::1], b1[:, ::1], f8[:, :, ::1], f8[:, :, ::1], i8[::1], i8[::1],"
    " f8[:, ::1])"
)
def spread(
    live: np.ndarray,
    diagonals: np.ndarray,
    active: np.ndarray,
    moves: np.ndarray,
    bends: np.ndarray,
    count: np.ndarray,
    first: np.ndarray,
    Q: np.ndarray,
) -> None:
    """Divide each row of `Q` (m', V) by second derivatives, in the scale of the last step."""
    for place in range(live.size):
        c = live[place]
        scale = 1.0
        if count[c] > 0:
            inner, length = 0.0, 0.0
            newest = (first[c] + count[c] - 1) % moves.shape[1]
            for v in range(Q.shape[1]):
                if active[c, v]:
                    bend = bends[c, newest, v]
                    inner += moves[c, newest, v] * bend
                    length += bend * bend / diagonals[c, v]
            if inner > 0.0 and length > 0.0:
                scale = inner / length
        for v in range(Q.shape[1]):
            Q[place, v] *= scale / diagonals[c, v]


@compiled(
    "void(i8[::1], i8[::1], f8[:, ::1], f8[:, ::1], f8[:, ::1], b1[:, ::1], f8[:, :, ::1],"
    " f8[:, :, ::1], i8[::1], i8[::1], f8[:, ::1])"
)
def move(
    live: np.ndarray,
    ids: np.ndarray,
    R: np.ndarray,
    b: np.ndarray,
    sign: np.ndarray,
    active: np.ndarray,
    moves: np.ndarray,
    bends: np.ndarray,
    count: np.ndarray,
    first: np.ndarray,
    shares: np.ndarray,
) -> None:
    """Correct the solved steps `R` (m', k) by what was learnt, and take them.

    Variables that would change sign stop at zero.
    """
    n_variables = b.shape[1]
    step = np.empty(n_variables)
    for place in range(live.size):
        c = live[place]
        step[:] = 0.0
        for i in range(ids.size):
            if active[c, ids[i]]:
                step[ids[i]] = R[place, i]
        for turn in range(count[c]):
            i = (first[c] + turn) % moves.shape[1]
            if math.isnan(shares[c, i]):
                continue
            inner, along = 0.0, 0.0
            for v in range(n_variables):
                if active[c, v]:
                    inner += moves[c, i, v] * bends[c, i, v]
                    along += bends[c, i, v] * step[v]
            share = shares[c, i] - along / inner
            for v in range(n_variables):
                if active[c, v]:
                    step[v] += share * moves[c, i, v]
        for v in range(n_variables):
            if active[c, v]:
                new = b[c, v] + step[v]
                b[c, v] = 0.0 if sign[c, v] * new < 0.0 else new
