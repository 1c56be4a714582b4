"""Compiled: Newton steps by coordinate descent over sparse columns, for eight strengths at once.

Reading the entries of a sparse column takes longer than computing with them. So eight strengths
are solved in step: each entry is read once and used in eight lanes of vector instructions.
"""

from __future__ import annotations

import math

import numpy as np

from regpath.core.solvers.compiled import compiled, exp

LANES = 8
NEWTON_STEPS = 60
SWEEPS = 200  # in one Newton step
HALVINGS = 10
STALLS = 5  # Newton steps in a row that hardly help: rounding noise


@compiled("void(f8[:, ::1], f8[::1], f8[::1], f8[::1], b1, f8[:, ::1], f8[:, ::1], f8[::1])")
def _bend(
    eta: np.ndarray,
    lift: np.ndarray,
    y: np.ndarray,
    weights: np.ndarray,
    curved: bool,
    push: np.ndarray,
    bend: np.ndarray,
    total: np.ndarray,
) -> None:
    """Gradient and second derivative of each row's weighted loss at `eta + lift`; their sums."""
    total[:] = 0.0
    for i in range(y.size):
        row, pushed, bent, target, weight = eta[i], push[i], bend[i], y[i], weights[i]
        for v in range(LANES):
            mean = row[v] + lift[v]
            if curved:
                mean = 1.0 / (1.0 + exp(-mean))
                bent[v] = weight * mean * (1.0 - mean)
            else:
                bent[v] = weight
            pushed[v] = weight * (mean - target)
        for v in range(LANES):
            total[v] += pushed[v]


@compiled("void(u4[::1], f8[::1], f8[:, ::1], f8[::1])")
def _dot(rows: np.ndarray, values: np.ndarray, lanes: np.ndarray, result: np.ndarray) -> None:
    for v in range(LANES):
        result[v] = 0.0
    for k in range(rows.size):
        x, row = values[k], lanes[rows[k]]
        for v in range(LANES):
            result[v] += x * row[v]


@compiled("void(u4[::1], f8[::1], f8[::1], f8[:, ::1], f8[:, ::1])")
def _add_bent(
    rows: np.ndarray, values: np.ndarray, step: np.ndarray, bend: np.ndarray, push: np.ndarray
) -> None:
    for k in range(rows.size):
        x, bent, pushed = values[k], bend[rows[k]], push[rows[k]]
        for v in range(LANES):
            pushed[v] += x * step[v] * bent[v]


@compiled("void(u4[::1], f8[::1], f8[::1], f8[:, ::1])")
def _add(rows: np.ndarray, values: np.ndarray, step: np.ndarray, lanes: np.ndarray) -> None:
    for k in range(rows.size):
        x, row = values[k], lanes[rows[k]]
        for v in range(LANES):
            row[v] += x * step[v]


@compiled("void(f8[:, ::1], f8[:, ::1], f8[::1], f8[::1])")
def _along(push: np.ndarray, moved: np.ndarray, lift: np.ndarray, result: np.ndarray) -> None:
    """Slope of the loss along the step."""
    result[:] = 0.0
    for i in range(push.shape[0]):
        for v in range(LANES):
            result[v] += push[i, v] * (moved[i, v] + lift[v])


@compiled("void(f8[:, ::1], f8[:, ::1], f8[::1], f8[::1], f8[::1], f8[::1], f8[::1])")
def _penalty_along(
    old: np.ndarray,
    new: np.ndarray,
    keep: np.ndarray,
    factors: np.ndarray,
    l1: np.ndarray,
    l2: np.ndarray,
    slope: np.ndarray,
) -> None:
    """Add the slope of the penalty at `old + keep (new - old)`, forth at 0 and back elsewhere."""
    for j in range(old.shape[0]):
        for v in range(LANES):
            change = new[j, v] - old[j, v]
            there = old[j, v] + keep[v] * change
            slope[v] += factors[j] * l2[v] * there * change
            if there != 0.0:
                slope[v] += factors[j] * math.copysign(l1[v], there) * change
            elif keep[v] == 0.0:
                slope[v] += factors[j] * l1[v] * abs(change)
            else:
                slope[v] -= factors[j] * l1[v] * abs(change)


@compiled(
    "void(i8[::1], u4[::1], f8[::1], f8[::1], f8[::1], f8[::1], f8[::1], f8[::1], f8[::1], "
    "f8[::1], b1, f8[::1], f8[:, ::1], f8[::1])"
)
def solve_lanes(
    starts: np.ndarray,
    rows: np.ndarray,
    values: np.ndarray,
    mean: np.ndarray,
    inverse: np.ndarray,
    factors: np.ndarray,
    y: np.ndarray,
    weights: np.ndarray,
    l1: np.ndarray,
    l2: np.ndarray,
    curved: bool,
    intercept: np.ndarray,
    b: np.ndarray,
    targets: np.ndarray,
) -> None:
    """Minimise at eight strengths from `intercept` (8,) and `b` (p, 8), in place.

    Columns are compressed (`starts`, `rows`, `values`), and act as (value - mean) * inverse. The
    penalties of column j in lane v are factors[j] l1[v] and factors[j] l2[v]. The loss is
    binomial if `curved`, else least squares.
    """
    n, p = y.size, b.shape[0]
    eta, moved = np.zeros((n, LANES)), np.zeros((n, LANES))
    push, bend = np.zeros((n, LANES)), np.zeros((n, LANES))
    cross, curvature = np.zeros((p, LANES)), np.zeros((p, LANES))
    b_old = np.zeros((p, LANES))
    alive = np.empty(p, dtype=np.int64)
    dot, step, second = np.zeros(LANES), np.zeros(LANES), np.zeros(LANES)
    total, bent, pull, lift = np.zeros(LANES), np.zeros(LANES), np.zeros(LANES), np.zeros(LANES)
    worst, largest, goal = np.zeros(LANES), np.zeros(LANES), np.zeros(LANES)
    forth, back, keep = np.zeros(LANES), np.zeros(LANES), np.zeros(LANES)
    slide, shift, level = np.zeros(LANES), np.zeros(LANES), np.zeros(LANES)
    best, stalls = np.full(LANES, np.inf), np.zeros(LANES)
    for j in range(p):
        for v in range(LANES):
            step[v] = b[j, v] * inverse[j]
            shift[v] -= step[v] * mean[j]  # because the features are centred
        _add(rows[starts[j] : starts[j + 1]], values[starts[j] : starts[j + 1]], step, eta)
    for _ in range(NEWTON_STEPS):
        for v in range(LANES):
            level[v] = intercept[v] + shift[v]
        _bend(eta, level, y, weights, curved, push, bend, total)
        bent[:] = 0.0
        for i in range(n):
            for v in range(LANES):
                bent[v] += bend[i, v]
        for v in range(LANES):
            worst[v] = abs(total[v])
        for j in range(p):
            part, few = rows[starts[j] : starts[j + 1]], values[starts[j] : starts[j + 1]]
            for v in range(LANES):
                dot[v], step[v], second[v] = 0.0, 0.0, 0.0
            for k in range(part.size):
                x, pushed, bending = few[k], push[part[k]], bend[part[k]]
                for v in range(LANES):
                    dot[v] += x * pushed[v]
                    step[v] += x * bending[v]
                    second[v] += x * x * bending[v]
            for v in range(LANES):
                cross[j, v] = step[v]
                # The intercept is minimised out: it follows every step at no cost.
                free = second[v] - step[v] * step[v] / max(bent[v], 1e-300)
                curvature[j, v] = inverse[j] * inverse[j] * max(free, 0.0)
                slope = inverse[j] * (dot[v] - mean[j] * total[v]) + factors[j] * l2[v] * b[j, v]
                if b[j, v] != 0.0:
                    wrong = abs(slope + math.copysign(factors[j] * l1[v], b[j, v]))
                else:
                    wrong = abs(slope) - factors[j] * l1[v]
                worst[v] = max(worst[v], wrong)
                b_old[j, v] = b[j, v]
        going = False
        for v in range(LANES):
            stalls[v] = stalls[v] + 1.0 if worst[v] > 0.5 * best[v] else 0.0
            best[v] = min(best[v], worst[v])
            going |= worst[v] > targets[v] and stalls[v] <= STALLS and bent[v] > 0.0
            goal[v] = max(0.1 * worst[v], 0.2 * targets[v])
            pull[v] = total[v]
            lift[v] = -pull[v] / max(bent[v], 1e-300)
        if not going:
            return
        n_alive = p
        for j in range(p):
            alive[j] = j
        everybody = True
        for _ in range(SWEEPS):
            largest[:] = 0.0
            for u in range(n_alive):
                j = alive[u]
                part, few = rows[starts[j] : starts[j + 1]], values[starts[j] : starts[j + 1]]
                _dot(part, few, push, dot)
                moves = False
                for v in range(LANES):
                    h = curvature[j, v]
                    slope = inverse[j] * (dot[v] + lift[v] * cross[j, v])
                    before = b[j, v]
                    wish = h * before - slope
                    after = max(abs(wish) - factors[j] * l1[v], 0.0)
                    after = math.copysign(after, wish) / (h + factors[j] * l2[v])
                    change = after - before if h > 1e-14 else 0.0
                    b[j, v] = before + change
                    largest[v] = max(largest[v], (h + factors[j] * l2[v]) * abs(change))
                    step[v] = change * inverse[j]
                    moves |= change != 0.0
                if moves:
                    _add_bent(part, few, step, bend, push)
                    for v in range(LANES):
                        pull[v] += step[v] * cross[j, v]
                        lift[v] = -pull[v] / max(bent[v], 1e-300)
            settled = True
            for v in range(LANES):
                settled &= largest[v] <= goal[v]
            if settled:
                if everybody:
                    break
                n_alive = p
                for j in range(p):
                    alive[j] = j
                everybody = True
            elif everybody:
                n_alive = 0
                for j in range(p):
                    for v in range(LANES):
                        if b[j, v] != 0.0:
                            alive[n_alive] = j
                            n_alive += 1
                            break
                everybody = False
        # The step in the linear predictor, and how far along it to go.
        moved[:] = 0.0
        slide[:] = 0.0
        for j in range(p):
            any_change = False
            for v in range(LANES):
                step[v] = (b[j, v] - b_old[j, v]) * inverse[j]
                slide[v] -= step[v] * mean[j]
                any_change |= step[v] != 0.0
            if any_change:
                _add(
                    rows[starts[j] : starts[j + 1]], values[starts[j] : starts[j + 1]], step, moved
                )
        keep[:] = 1.0
        if curved:
            _bend(eta, level, y, weights, curved, push, bend, total)
            _along(push, moved, lift, forth)
            _penalty_along(b_old, b, keep * 0.0, factors, l1, l2, forth)
            for _ in range(HALVINGS):
                for i in range(n):
                    for v in range(LANES):
                        bend[i, v] = eta[i, v] + keep[v] * (moved[i, v] + lift[v])
                # `bend` serves as room for the predictions at the end of the step.
                _bend(bend, level, y, weights, curved, push, bend, total)
                _along(push, moved, lift, back)
                _penalty_along(b_old, b, keep, factors, l1, l2, back)
                good = True
                for v in range(LANES):
                    # The objective is convex: where it rises steeply, the step went too far.
                    if back[v] > -0.5 * forth[v] and back[v] > 0.0 and worst[v] > targets[v]:
                        keep[v] *= min(max(-forth[v] / (back[v] - forth[v]), 0.1), 0.7)
                        good = False
                if good:
                    break
        for j in range(p):
            for v in range(LANES):
                if keep[v] != 1.0:
                    b[j, v] = b_old[j, v] + keep[v] * (b[j, v] - b_old[j, v])
        for i in range(n):
            for v in range(LANES):
                eta[i, v] += keep[v] * moved[i, v]
        for v in range(LANES):
            shift[v] += keep[v] * slide[v]
            intercept[v] += keep[v] * (lift[v] - slide[v])
