"""Compiled: many points, each in an orthant of its own.

Where signs do not change, an elastic net is smooth. A point's orthant are the variables that are
alive or want to be, with the signs that they have or want.

Arrays hold m points and V variables, intercepts among them. A factor covers the k variables `ids`,
in their order.
"""

from __future__ import annotations

import math

import numpy as np

from regpath.core.solvers.kernels.compile import compiled
from regpath.core.solvers.kernels.quadratic import factor, minimize, substitute

INEXACT = 0.01  # accuracy of a proximal step relative to the violation that it starts from


@compiled("void(f8[::1])")
def _centre(values: np.ndarray) -> None:
    """Move a feature's coefficients in all classes, if all live, by their median.

    Softmax does not feel it, and the lasso likes it; one of them becomes zero.
    """
    for value in values:
        if value == 0.0:
            return
    ordered = np.sort(values)
    low, high = ordered[(values.size - 1) // 2], ordered[values.size // 2]
    middle = low if abs(low) < abs(high) else high
    for k in range(values.size):
        values[k] -= middle


@compiled("void(f8[::1], f8[::1], b1[::1])")
def _leave_one(values: np.ndarray, slope: np.ndarray, active: np.ndarray) -> None:
    """Leave one class of a feature at zero, so that second derivatives stay definite."""
    least = -1
    for k in range(values.size):
        if not active[k]:
            return
        if values[k] == 0.0 and (least < 0 or abs(slope[k]) < abs(slope[least])):
            least = k
    if least >= 0:
        active[least] = False


@compiled(
    "void(i8[::1], i8, f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[::1], f8[::1], f8[::1], f8[::1],"
    " f8[:, ::1], b1[:, ::1], f8[::1], f8[::1])"
)
def look(
    live: np.ndarray,
    n_outputs: int,
    b: np.ndarray,
    slope: np.ndarray,
    old: np.ndarray,
    lambdas: np.ndarray,
    l1: np.ndarray,
    l2: np.ndarray,
    weight: np.ndarray,
    sign: np.ndarray,
    active: np.ndarray,
    size: np.ndarray,
    back: np.ndarray,
) -> None:
    """Find the orthants of the points `live`, and how far each is from the optimum.

    `slope` (m, V) is the gradient of the loss and becomes that of all that is smooth. Fills `sign`
    and `active` (m, V), the largest violation times `weight` (V,) as `size` (m,), and `back` (m,):
    the derivative of the objective on the way back to `old`. Of a feature's `n_outputs`
    coefficients under a pure lasso, one stays zero.
    """
    for c in live:
        worst, total = 0.0, 0.0
        if n_outputs > 1:
            for v in range(n_outputs, b.shape[1], n_outputs):
                if l1[v] > 0.0 and l2[v] == 0.0:
                    _centre(b[c, v : v + n_outputs])
        for v in range(b.shape[1]):
            value, box = b[c, v], lambdas[c] * l1[v]
            slope[c, v] += lambdas[c] * l2[v] * value
            pull = slope[c, v]
            move = old[c, v] - value
            active[c, v] = True
            if box == 0.0:
                sign[c, v] = 0.0
                wrong = abs(pull)
                kink = 0.0
            elif value != 0.0:
                sign[c, v] = math.copysign(1.0, value)
                wrong = abs(pull + box * sign[c, v])
                kink = sign[c, v] * move
            else:
                wrong = max(abs(pull) - box, 0.0)
                active[c, v] = wrong > 0.0
                sign[c, v] = -math.copysign(1.0, pull) if wrong > 0.0 else 0.0
                kink = abs(move)
            wrong *= weight[v]
            total += pull * move + box * kink
            if wrong > worst or math.isnan(wrong):  # not a number is the worst
                worst = wrong
        size[c] = worst
        back[c] = total
        if n_outputs > 1:
            for v in range(n_outputs, b.shape[1], n_outputs):
                if l1[v] > 0.0 and l2[v] == 0.0:
                    _leave_one(b[c, v : v + n_outputs], slope[c, v:], active[c, v:])


@compiled("void(i8[::1], i8[::1], b1[:, ::1], i8[::1], f8[:, ::1], f8[:, ::1], f8[:, ::1])")
def hold(
    live: np.ndarray,
    ids: np.ndarray,
    active: np.ndarray,
    resting: np.ndarray,
    half: np.ndarray,
    gram: np.ndarray,
    Y: np.ndarray,
) -> None:
    """Keep variables that a point does not have at rest.

    `Y` (m', k) is half solved: multiplied by inverse(L). `resting` (d,) are the places in `ids` of
    variables that some point does not have, `half` (d, k) their unit vectors, multiplied likewise,
    and `gram` (d, d) the products of those. Of each row of `Y` the part that moves variables at
    rest is projected away.
    """
    some = np.empty(resting.size, dtype=np.int64)
    for place in range(live.size):
        n = 0
        for u in range(resting.size):
            if not active[live[place], ids[resting[u]]]:
                some[n] = u
                n += 1
        if n == 0:
            continue
        y = Y[place]
        small, shares = np.empty((n, n)), np.empty(n)
        for u in range(n):
            for v in range(u + 1):
                small[u, v] = gram[some[u], some[v]]
            row = half[some[u]]
            total = 0.0
            for i in range(y.size):
                total += row[i] * y[i]
            shares[u] = total
        if not factor(small):
            y[:] = np.nan
            continue
        substitute(small, shares)
        for u in range(n):
            row, share = half[some[u]], shares[u]
            for i in range(y.size):
                y[i] -= share * row[i]


@compiled(
    "void(i8[::1], i8[::1], f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[::1], f8[::1], f8[::1], f8[::1])"
)
def descend(
    live: np.ndarray,
    ids: np.ndarray,
    matrix: np.ndarray,
    b: np.ndarray,
    slope: np.ndarray,
    lambdas: np.ndarray,
    l1: np.ndarray,
    l2: np.ndarray,
    size: np.ndarray,
) -> None:
    """Move points to the minimizers of the shared model, a proximal Newton step.

    It costs more than a step within one orthant, and goes down for certain, if not too far.
    """
    k = ids.size
    x, q, here1, here2 = np.empty(k), np.empty(k), np.empty(k), np.empty(k)
    for c in live:
        for i in range(k):
            v = ids[i]
            x[i], here1[i], here2[i] = b[c, v], lambdas[c] * l1[v], lambdas[c] * l2[v]
            q[i] = here2[i] * x[i] - slope[c, v]
        for i in range(k):
            if x[i] != 0.0:
                for u in range(k):
                    q[u] += x[i] * matrix[i, u]
        minimize(matrix, q, here1, here2, x, INEXACT * size[c])
        for i in range(k):
            b[c, ids[i]] = x[i]


@compiled("void(i8[::1], f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[::1], f8[::1], f8[::1])")
def steepness(
    live: np.ndarray,
    b: np.ndarray,
    old: np.ndarray,
    old_slope: np.ndarray,
    lambdas: np.ndarray,
    l1: np.ndarray,
    drop: np.ndarray,
) -> None:
    """Write into `drop` (m,) how steeply the way from `old` to `b` goes down at first."""
    for c in live:
        total = 0.0
        for v in range(b.shape[1]):
            step, value = b[c, v] - old[c, v], old[c, v]
            kink = math.copysign(1.0, value) * step if value != 0.0 else abs(step)
            total += old_slope[c, v] * step + lambdas[c] * l1[v] * kink
        drop[c] = -total
