"""Compiled: the inner problem, a quadratic with an elastic-net penalty, solved to rounding.

    b'Ab/2 - q'b + sum_j l1_j |b_j| + sum_j l2_j b_j^2 / 2

Coordinate descent finds which coefficients live and their signs; a Cholesky factor of that
support then gives their exact values. Both only ever lower the objective.
"""

from __future__ import annotations

import math

import numpy as np

from regpath.core.solvers.kernels.compile import compiled

UNCUT = 512  # rows up to which a Cholesky factor stays in cache as it is
PANEL = 64  # columns of a Cholesky factor that are made together
ROUNDS = 40  # of coordinate descent followed by an exact system
WALKS = 2  # from orthant to orthant before coordinate descent looks again
SWEEPS = 30  # of coordinate descent in one round, at the most
PROXIMAL = 1e-10  # keeps singular systems solvable; its effect vanishes as the iterates settle


@compiled("boolean(float64[:, ::1])")
def factor(L: np.ndarray) -> bool:
    """Cholesky factor of the lower triangle of `L`, in place; False if it is not definite.

    Column by column; large ones in panels narrow enough to stay in cache.
    """
    n = L.shape[0]
    panel = n if n <= UNCUT else PANEL
    for low in range(0, n, panel):
        high = min(low + panel, n)
        for i in range(low, n if low > 0 else 0):
            row = L[i]
            top = min(high, i + 1)
            j = low
            # Four rows at a time: each entry of row i is loaded once for all of them.
            while j + 3 < top:
                r0, r1, r2, r3 = L[j], L[j + 1], L[j + 2], L[j + 3]
                s0, s1, s2, s3 = 0.0, 0.0, 0.0, 0.0
                for k in range(low):
                    x = row[k]
                    s0 += r0[k] * x
                    s1 += r1[k] * x
                    s2 += r2[k] * x
                    s3 += r3[k] * x
                row[j] -= s0
                row[j + 1] -= s1
                row[j + 2] -= s2
                row[j + 3] -= s3
                j += 4
            while j < top:
                other = L[j]
                s0 = 0.0
                for k in range(low):
                    s0 += other[k] * row[k]
                row[j] -= s0
                j += 1
        for j in range(low, high):
            row = L[j, low:high]
            total = L[j, j]
            for k in range(j - low):
                total -= row[k] * row[k]
            if not total > 0.0:
                return False
            pivot = 1.0 / math.sqrt(total)
            L[j, j] = math.sqrt(total)
            i = j + 1
            while i + 3 < n:
                r0, r1, r2, r3 = L[i, low:], L[i + 1, low:], L[i + 2, low:], L[i + 3, low:]
                s0, s1, s2, s3 = 0.0, 0.0, 0.0, 0.0
                for k in range(j - low):
                    x = row[k]
                    s0 += r0[k] * x
                    s1 += r1[k] * x
                    s2 += r2[k] * x
                    s3 += r3[k] * x
                L[i, j] = (L[i, j] - s0) * pivot
                L[i + 1, j] = (L[i + 1, j] - s1) * pivot
                L[i + 2, j] = (L[i + 2, j] - s2) * pivot
                L[i + 3, j] = (L[i + 3, j] - s3) * pivot
                i += 4
            while i < n:
                other = L[i, low:]
                s0 = 0.0
                for k in range(j - low):
                    s0 += other[k] * row[k]
                L[i, j] = (L[i, j] - s0) * pivot
                i += 1
    return True


@compiled("void(float64[:, ::1], float64[::1])")
def substitute(L: np.ndarray, x: np.ndarray) -> None:
    """Solve L L' x = x in place."""
    n = x.size
    for i in range(n):
        total = x[i]
        row = L[i]
        for k in range(i):
            total -= row[k] * x[k]
        x[i] = total / row[i]
    for i in range(n - 1, -1, -1):
        value = x[i] / L[i, i]
        x[i] = value
        row = L[i]
        for k in range(i):
            x[k] -= row[k] * value


@compiled("float64(f8[:, ::1], f8[::1], f8[::1], f8[::1], f8[::1], f8[::1], i8[::1], i8[::1])")
def _look(
    A: np.ndarray,
    q: np.ndarray,
    l1: np.ndarray,
    l2: np.ndarray,
    b: np.ndarray,
    gradient: np.ndarray,
    support: np.ndarray,
    count: np.ndarray,
) -> float:
    """Gradient Ab - q, largest violation, and the features that live or should."""
    p = b.size
    for i in range(p):
        gradient[i] = -q[i]
    for j in range(p):
        if b[j] != 0.0:
            row, value = A[j], b[j]
            for i in range(p):
                gradient[i] += value * row[i]
    worst, n = 0.0, 0
    for j in range(p):
        slope = gradient[j] + l2[j] * b[j]
        if b[j] != 0.0:
            wrong = abs(slope + math.copysign(l1[j], b[j]))
        else:
            wrong = max(abs(slope) - l1[j], 0.0)
        if (b[j] != 0.0 or wrong > 0.0) and A[j, j] > 0.0:
            support[n] = j
            n += 1
        worst = max(worst, wrong)
    count[0] = n
    return worst


@compiled("void(f8[:, ::1], f8[::1], f8[::1], f8[::1], f8[::1], f8[::1], f8, i8)")
def _descend(
    A: np.ndarray,
    q: np.ndarray,
    l1: np.ndarray,
    l2: np.ndarray,
    b: np.ndarray,
    gradient: np.ndarray,
    tol: float,
    max_sweeps: int,
) -> None:
    """Cyclic coordinate descent until no step of a sweep would lower a smooth objective by tol."""
    p = b.size
    for i in range(p):
        gradient[i] = -q[i]
    for j in range(p):
        if b[j] != 0.0:
            row, value = A[j], b[j]
            for i in range(p):
                gradient[i] += value * row[i]
    for _ in range(max_sweeps):
        largest = 0.0
        for j in range(p):
            curvature = A[j, j]
            old = b[j]
            pull = curvature * old - gradient[j]
            new = math.copysign(max(abs(pull) - l1[j], 0.0), pull) / (curvature + l2[j])
            step = new - old
            if step != 0.0:
                b[j] = new
                row = A[j]
                for i in range(p):
                    gradient[i] += step * row[i]
                largest = max(largest, (curvature + l2[j]) * step * step)
        if largest <= tol:
            return


@compiled("void(f8[:, ::1], f8[::1], f8[::1], f8[::1], f8[::1], f8)")
def _settle(
    A: np.ndarray,
    q: np.ndarray,
    l1: np.ndarray,
    l2: np.ndarray,
    b: np.ndarray,
    proximal: float,
) -> None:
    """Walk to the minimizer on the support and signs of `b`, dropping what changes sign.

    On one orthant the objective is a quadratic: go towards its minimizer, stop where the first
    coefficient reaches zero, leave that one out, and go on, a few times.
    """
    p = b.size
    alive = np.empty(p, dtype=np.int64)
    for _ in range(WALKS):
        n = 0
        for j in range(p):
            if b[j] != 0.0:
                alive[n] = j
                n += 1
        if n == 0:
            return
        L = np.empty((n, n))
        goal = np.empty(n)
        for u in range(n):
            j = alive[u]
            row = A[j]
            for v in range(u + 1):
                L[u, v] = row[alive[v]]
            L[u, u] += l2[j] + proximal
            goal[u] = q[j] - math.copysign(l1[j], b[j]) + proximal * b[j]
        if not factor(L):
            return
        substitute(L, goal)
        reach = 2.0
        for u in range(n):
            j = alive[u]
            if not math.isfinite(goal[u]):
                return
            if l1[j] > 0.0 and b[j] * goal[u] <= 0.0:
                reach = min(reach, b[j] / (b[j] - goal[u]))
        if reach > 1.0:
            for u in range(n):
                b[alive[u]] = goal[u]
            return
        for u in range(n):
            j = alive[u]
            crosses = l1[j] > 0.0 and b[j] * goal[u] <= 0.0
            if crosses and b[j] / (b[j] - goal[u]) <= reach:
                b[j] = 0.0
            else:
                b[j] += reach * (goal[u] - b[j])


@compiled("float64(f8[:, ::1], f8[::1], f8[::1], f8[::1], f8[::1], f8)")
def minimize(
    A: np.ndarray, q: np.ndarray, l1: np.ndarray, l2: np.ndarray, b: np.ndarray, tol: float
) -> float:
    """Minimize from `b`, in place, until the optimality conditions hold to `tol`.

    A (p, p) is symmetric and positive semi-definite. A coefficient without curvature stays what
    it is. Returns the violation that was reached; it is the caller who certifies.
    """
    p = b.size
    gradient = np.empty(p)
    support = np.empty(p, dtype=np.int64)
    count = np.zeros(1, dtype=np.int64)
    largest, top = 0.0, 0.0
    for j in range(p):
        largest = max(largest, A[j, j] + l2[j])
        top = max(top, abs(q[j]))
    if not largest > 0.0:
        return 0.0
    proximal = PROXIMAL * largest
    coarse = 1e-4 * top * top / largest
    best, stalls = np.inf, 0
    kept = b.copy()
    for turn in range(ROUNDS):
        worst = _look(A, q, l1, l2, b, gradient, support, count)
        if worst < 0.9 * best:
            stalls = 0
        else:
            stalls += 1
        if worst < best:
            best = worst
            kept[:] = b
        n = count[0]
        if worst <= tol or n == 0 or stalls > 5:
            break
        small = np.empty((n, n))
        q_, l1_, l2_, b_ = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
        for u in range(n):
            j = support[u]
            row = A[j]
            for v in range(n):
                small[u, v] = row[support[v]]
            q_[u], l1_[u], l2_[u], b_[u] = q[j], l1[j], l2[j], b[j]
        if turn > 0:  # first see whether the support is right already, as it often is
            _descend(small, q_, l1_, l2_, b_, gradient[:n], coarse, SWEEPS)
            coarse *= 1e-2
        _settle(small, q_, l1_, l2_, b_, proximal)
        for u in range(n):
            b[support[u]] = b_[u]
    b[:] = kept
    return best


@compiled("void(f8[:, ::1], f8[::1], f8[::1], f8[::1], f8[::1], f8[:, ::1], f8[::1])")
def descend_path(
    A: np.ndarray,
    q: np.ndarray,
    l1: np.ndarray,
    l2: np.ndarray,
    lambdas: np.ndarray,
    path: np.ndarray,
    tol: np.ndarray,
) -> None:
    """Minimize at each lambda, from the solution before; penalties are lambda l1 and lambda l2.

    `path` (L, p) is filled, from the start that its first row holds.
    """
    n, p = path.shape
    here1, here2, b = np.empty(p), np.empty(p), path[0].copy()
    for i in range(n):
        for j in range(p):
            here1[j] = lambdas[i] * l1[j]
            here2[j] = lambdas[i] * l2[j]
        minimize(A, q, here1, here2, b, tol[i])
        path[i] = b
