"""Compiled: orthant-wise steps of many points at once, and proximal Newton steps beside them.

Where signs do not change, an elastic net is smooth. A point's orthant are the variables that are
alive or want to be, with the signs that they have or want.

Arrays hold m points and V variables, intercepts among them; functions work on the points `live`. A
factor covers the k variables `ids`, in their order.

Reference: Andrew and Gao (2007), Scalable training of L1-regularized log-linear models.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regpath.core.solvers.kernels.cholesky import cholesky, cholesky_solve
from regpath.core.solvers.kernels.compile import compiled, record
from regpath.core.solvers.kernels.quadratic import Quadratic, minimize

INEXACT = 0.01  # accuracy of a proximal step relative to the violation that it starts from


@record(*["f8[:, ::1]"] * 5, "b1[:, ::1]", *["f8[::1]"] * 3)
class State(NamedTuple):
    """m points on their way; kernels change it in place.

    b, old : (m, V), where a point is and where it was before its last step.
    slope, old_slope : (m, V), gradients there of all that is smooth.
    sign, active : (m, V), a point's orthant.
    size : (m,), the largest violation of the optimality conditions, weighed.
    back : (m,), derivative of the objective at `b` on the way back to `old`.
    drop : (m,), minus the derivative of the objective at `old` on the way to `b`.
    """

    b: np.ndarray
    old: np.ndarray
    slope: np.ndarray
    old_slope: np.ndarray
    sign: np.ndarray
    active: np.ndarray
    size: np.ndarray
    back: np.ndarray
    drop: np.ndarray

    @classmethod
    def at(cls, b: np.ndarray) -> State:
        """Points of which nothing is known yet but where they are."""
        slope, old_slope, sign = np.zeros((3, *b.shape))
        size, back, drop = np.full((3, len(b)), np.inf)
        active = np.zeros(b.shape, dtype=bool)
        return cls(b, b.copy(), slope, old_slope, sign, active, size, back, drop)


@record(*["f8[::1]"] * 4)
class Net(NamedTuple):
    """The penalties lambda l1 |b| and lambda l2 b^2 / 2 of each point; `weight` of violations."""

    lambdas: np.ndarray  # (m,)
    l1: np.ndarray  # (V,)
    l2: np.ndarray
    weight: np.ndarray


@compiled("void(f8[::1])")
def _move_median_to_zero(values: np.ndarray) -> None:
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


@compiled("void(i8[::1], i8, State, Net)")
def find_orthants(live: np.ndarray, n_outputs: int, state: State, net: Net) -> None:
    """Find the orthant of each point, and how far it is from the optimum.

    `state.slope` is the gradient of the loss and becomes that of all that is smooth; `sign`,
    `active`, `size` and `back` are filled. Of a feature's `n_outputs` coefficients under a pure
    lasso, one stays zero; of what has no penalty, softmax feels differences only, so the first
    output rests.
    """
    b, slope, old, l1, l2 = state.b, state.slope, state.old, net.l1, net.l2
    sign, active = state.sign, state.active
    for c in live:
        worst, total = 0.0, 0.0
        if n_outputs > 1:
            for v in range(n_outputs, b.shape[1], n_outputs):
                if l1[v] > 0.0 and l2[v] == 0.0:
                    _move_median_to_zero(b[c, v : v + n_outputs])
        for v in range(b.shape[1]):
            value, box = b[c, v], net.lambdas[c] * l1[v]
            slope[c, v] += net.lambdas[c] * l2[v] * value
            smooth = slope[c, v]
            move = old[c, v] - value
            active[c, v] = True
            if box == 0.0:
                sign[c, v] = 0.0
                wrong = abs(smooth)
                kink = 0.0
            elif value != 0.0:
                sign[c, v] = math.copysign(1.0, value)
                wrong = abs(smooth + box * sign[c, v])
                kink = sign[c, v] * move
            else:
                wrong = max(abs(smooth) - box, 0.0)
                active[c, v] = wrong > 0.0
                sign[c, v] = -math.copysign(1.0, smooth) if wrong > 0.0 else 0.0
                kink = abs(move)
            wrong *= net.weight[v]
            total += smooth * move + box * kink
            if wrong > worst or math.isnan(wrong):  # not a number is the worst
                worst = wrong
        state.size[c] = worst
        state.back[c] = total
        if n_outputs > 1:
            for v in range(0, b.shape[1], n_outputs):
                if l1[v] == 0.0 and l2[v] == 0.0:
                    active[c, v] = False
                elif l2[v] == 0.0:
                    _leave_one(b[c, v : v + n_outputs], slope[c, v:], active[c, v:])


@compiled("void(i8[::1], f8[:, ::1], State, Net)")
def write_descent(live: np.ndarray, q: np.ndarray, state: State, net: Net) -> None:
    """Write minus the gradient within each point's orthant into `q` (m', V)."""
    for i in range(live.size):
        c = live[i]
        for v in range(q.shape[1]):
            q[i, v] = 0.0
            if state.active[c, v]:
                kink = net.lambdas[c] * net.l1[v] * state.sign[c, v]
                q[i, v] = -state.slope[c, v] - kink


@compiled("void(i8[::1], f8[:, ::1], State)")
def take_step(live: np.ndarray, step: np.ndarray, state: State) -> None:
    """Move points by `step` (m', V); variables that would leave their orthant stop at zero."""
    for i in range(live.size):
        c = live[i]
        for v in range(step.shape[1]):
            new = state.b[c, v] + step[i, v]
            state.b[c, v] = 0.0 if state.sign[c, v] * new < 0.0 else new


@record("i8[::1]", "f8[:, ::1]", "f8[:, ::1]")
class Resting(NamedTuple):
    """Variables that some point does not have, as a factor L L' sees them.

    places : (d,), where they stand in the order of the factor.
    half : (d, k), their unit vectors, multiplied by inverse(L).
    gram : (d, d), the products of these.
    """

    places: np.ndarray
    half: np.ndarray
    gram: np.ndarray


@compiled("void(i8[::1], i8[::1], b1[:, ::1], Resting, f8[:, ::1])")
def hold_at_rest(
    live: np.ndarray, ids: np.ndarray, active: np.ndarray, resting: Resting, Y: np.ndarray
) -> None:
    """Project away the part of each row of `Y` (m', k) that moves variables that are not active.

    `Y` is half solved: multiplied by inverse(L).
    """
    half = resting.half
    some = np.empty(resting.places.size, dtype=np.int64)
    for i in range(live.size):
        n = 0
        for u in range(resting.places.size):
            if not active[live[i], ids[resting.places[u]]]:
                some[n] = u
                n += 1
        if n == 0:
            continue
        y = Y[i]
        small, shares = np.empty((n, n)), np.empty(n)
        for u in range(n):
            for v in range(u + 1):
                small[u, v] = resting.gram[some[u], some[v]]
            row = half[some[u]]
            total = 0.0
            for j in range(y.size):
                total += row[j] * y[j]
            shares[u] = total
        if not cholesky(small):
            y[:] = np.nan
            continue
        cholesky_solve(small, shares)
        for u in range(n):
            row, share = half[some[u]], shares[u]
            for j in range(y.size):
                y[j] -= share * row[j]


@compiled("void(i8[::1], i8[::1], f8[:, ::1], State, Net)")
def proximal_step(
    live: np.ndarray, ids: np.ndarray, matrix: np.ndarray, state: State, net: Net
) -> None:
    """Move points to the minimizers of the model that they share, a proximal Newton step.

    It costs more than a step within one orthant, and goes down for certain, if not too far.
    """
    k = ids.size
    x, q, here1, here2 = np.empty(k), np.empty(k), np.empty(k), np.empty(k)
    for c in live:
        lam = net.lambdas[c]
        for i in range(k):
            v = ids[i]
            x[i], here1[i], here2[i] = state.b[c, v], lam * net.l1[v], lam * net.l2[v]
            q[i] = here2[i] * x[i] - state.slope[c, v]
        minimize(Quadratic(matrix, q, here1, here2, x.copy()), x, INEXACT * state.size[c])
        for i in range(k):
            state.b[c, ids[i]] = x[i]


@compiled("void(i8[::1], State, Net)")
def find_drop(live: np.ndarray, state: State, net: Net) -> None:
    """Fill `drop`: how steeply the way from `old` to `b` goes down at first."""
    for c in live:
        total = 0.0
        for v in range(state.b.shape[1]):
            step, value = state.b[c, v] - state.old[c, v], state.old[c, v]
            kink = math.copysign(1.0, value) * step if value != 0.0 else abs(step)
            total += state.old_slope[c, v] * step + net.lambdas[c] * net.l1[v] * kink
        state.drop[c] = -total
