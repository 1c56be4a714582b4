"""Compiled: the inner problem, a quadratic with an elastic-net penalty, solved to rounding.

    b'Ab/2 - q'b + sum_j l1_j |b_j| + sum_j l2_j b_j^2 / 2

Coordinate descent finds which coefficients live and their signs; a Cholesky factor of that
support then gives their exact values. Both only ever lower the objective.
"""

from __future__ import annotations

import math

import numpy as np

from regpath.core.solvers.compiled import compiled

ROUNDS = 40  # of coordinate descent followed by an exact system
WALKS = 2  # from orthant to orthant before coordinate descent looks again
SWEEPS = 30  # of coordinate descent in one round, at the most
PROXIMAL = 1e-10  # keeps singular systems solvable; its effect vanishes as the iterates settle


@compiled("boolean(float64[:, ::1])")
def factor(L: np.ndarray) -> bool:
    """Cholesky factor of the lower triangle of `L`, in place; False if it is not definite."""
    n = L.shape[0]
    for j in range(n):
        total = L[j, j]
        row = L[j]
        for k in range(j):
            total -= row[k] * row[k]
        if not total > 0.0:
            return False
        pivot = 1.0 / math.sqrt(total)
        row[j] = math.sqrt(total)
        i = j + 1
        # Four rows at a time: each entry of row j is loaded once for all of them.
        while i + 3 < n:
            r0, r1, r2, r3 = L[i], L[i + 1], L[i + 2], L[i + 3]
            s0, s1, s2, s3 = 0.0, 0.0, 0.0, 0.0
            for k in range(j):
                x = row[k]
                s0 += r0[k] * x
                s1 += r1[k] * x
                s2 += r2[k] * x
                s3 += r3[k] * x
            r0[j] = (r0[j] - s0) * pivot
            r1[j] = (r1[j] - s1) * pivot
            r2[j] = (r2[j] - s2) * pivot
            r3[j] = (r3[j] - s3) * pivot
            i += 4
        while i < n:
            other = L[i]
            s0 = 0.0
            for k in range(j):
                s0 += other[k] * row[k]
            other[j] = (other[j] - s0) * pivot
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
    """Walk to the minimiser on the support and signs of `b`, dropping what changes sign.

    On one orthant the objective is a quadratic: go towards its minimiser, stop where the first
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
def minimise(
    A: np.ndarray, q: np.ndarray, l1: np.ndarray, l2: np.ndarray, b: np.ndarray, tol: float
) -> float:
    """Minimise from `b`, in place, until the optimality conditions hold to `tol`.

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


@compiled("void(f8[:, ::1], f8[::1], f8[::1])")
def _learn(A: np.ndarray, move: np.ndarray, bend: np.ndarray) -> None:
    """BFGS update of A: it then maps `move` to `bend`, and stays positive definite."""
    p = move.size
    image = np.zeros(p)
    for j in range(p):
        if move[j] != 0.0:
            row, value = A[j], move[j]
            for i in range(p):
                image[i] += value * row[i]
    known, seen = 0.0, 0.0
    for j in range(p):
        known += move[j] * image[j]
        seen += move[j] * bend[j]
    if not (known > 0.0 and 0.05 * known < seen < 20.0 * known):
        return
    for j in range(p):
        row, plus, minus = A[j], bend[j] / seen, image[j] / known
        for i in range(p):
            row[i] += plus * bend[i] - minus * image[i]


@compiled(
    "void(f8[:, :, ::1], i8[:, ::1], f8[::1], f8[:, :, ::1], f8[:, :, ::1], i8[::1], "
    "f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[::1], boolean)"
)
def minimise_each(
    matrices: np.ndarray,
    ends: np.ndarray,
    share: np.ndarray,
    moves: np.ndarray,
    bends: np.ndarray,
    n_moves: np.ndarray,
    slope: np.ndarray,
    l1: np.ndarray,
    l2: np.ndarray,
    b: np.ndarray,
    tol: np.ndarray,
    ahead: bool,
) -> None:
    """Minimise C models around `b` (C, p), in place.

    Model c has the gradient `slope[c]` at `b[c]`. Its second derivatives are
    (1 - share[c]) matrices[ends[c, 0]] + share[c] matrices[ends[c, 1]], corrected so that they
    map each of the first `n_moves[c]` rows of `moves[c]` to the same row of `bends[c]`.

    Only features that live, or whose gradient exceeds l1, may change. With `ahead`, features
    that the model's own solution calls for join them, and each model starts from the solution of
    the model before: then all share one place `b[0]`, and their penalties fall.
    """
    p = b.shape[1]
    inside = np.empty(p, dtype=np.bool_)
    chosen = np.empty(p, dtype=np.int64)
    gradient = np.empty(p)
    for c in range(b.shape[0]):
        one, two, t = matrices[ends[c, 0]], matrices[ends[c, 1]], share[c]
        start = b[c].copy()
        if ahead and c > 0:
            b[c] = b[c - 1]
        for j in range(p):
            size = abs(slope[c, j] + l2[c, j] * start[j])
            inside[j] = start[j] != 0.0 or b[c, j] != 0.0 or size > l1[c, j]
        for _ in range(20):
            n = 0
            for j in range(p):
                if inside[j]:
                    chosen[n] = j
                    n += 1
            if n == 0:
                break
            A = np.empty((n, n))
            for u in range(n):
                row, first, second = A[u], one[chosen[u]], two[chosen[u]]
                for v in range(n):
                    low = first[chosen[v]]
                    row[v] = low + t * (second[chosen[v]] - low)
            move, bend = np.empty(n), np.empty(n)
            for k in range(n_moves[c]):
                for u in range(n):
                    move[u], bend[u] = moves[c, k, chosen[u]], bends[c, k, chosen[u]]
                _learn(A, move, bend)
            q, l1_, l2_, b_ = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
            for u in range(n):
                j = chosen[u]
                q[u], l1_[u], l2_[u], b_[u] = -slope[c, j], l1[c, j], l2[c, j], b[c, j]
            for u in range(n):
                value = start[chosen[u]]
                if value != 0.0:
                    row = A[u]
                    for v in range(n):
                        q[v] += value * row[v]
            minimise(A, q, l1_, l2_, b_, tol[c])
            for u in range(n):
                b[c, chosen[u]] = b_[u]
            if not ahead or n == p:
                break
            for j in range(p):
                gradient[j] = slope[c, j]
            for u in range(n):
                i = chosen[u]
                step = b[c, i] - start[i]
                if step != 0.0:
                    first, second = one[i], two[i]
                    for j in range(p):
                        gradient[j] += step * (first[j] + t * (second[j] - first[j]))
            joined = False
            for j in range(p):
                if not inside[j] and abs(gradient[j]) > l1[c, j] + tol[c]:
                    inside[j] = True
                    joined = True
            if not joined:
                break


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
    """Minimise at each lambda, from the solution before; penalties are lambda l1 and lambda l2.

    `path` (L, p) is filled, from the start that its first row holds.
    """
    n, p = path.shape
    here1, here2, b = np.empty(p), np.empty(p), path[0].copy()
    for i in range(n):
        for j in range(p):
            here1[j] = lambdas[i] * l1[j]
            here2[j] = lambdas[i] * l2[j]
        minimise(A, q, here1, here2, b, tol[i])
        path[i] = b
