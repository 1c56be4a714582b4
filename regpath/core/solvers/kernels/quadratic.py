"""Compiled: the inner problem, a quadratic with an elastic-net penalty, solved to rounding.

    (b - base)'A(b - base)/2 - q'(b - base) + sum_j l1_j |b_j| + sum_j l2_j b_j^2 / 2

It is told by its gradient -q at a point `base`, and solved for changes: where features are nearly
collinear coefficients are large, and A times these would round away the digits of a gradient.

Coordinate descent finds which coefficients live and their signs; a Cholesky factor of that
support then gives their exact values. Both only ever lower the objective. Where they come no
nearer, as among near copies, signs are searched one by one.

Reference: Friedman, Hastie and Tibshirani (2010), Regularization paths for generalized linear
models via coordinate descent. Higham (2002), Accuracy and Stability of Numerical Algorithms,
chapter 12 (iterative refinement, which is what solving for changes is). Lee, Battle, Raina and Ng
(2007), Efficient sparse coding algorithms (feature-sign search).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regpath.core.solvers.kernels.cholesky import cholesky, cholesky_solve
from regpath.core.solvers.kernels.compile import compiled, record

ROUNDS = 40  # of coordinate descent followed by an exact system
WALKS = 2  # from orthant to orthant before coordinate descent looks again
SWEEPS = 30  # of coordinate descent in one round, at the most
PROXIMAL = 1e-10  # of the largest diagonal entry, added to all: keeps singular systems solvable
COARSE, FINER = 1e-4, 1e-2  # of q^2 / A, what a step of the first sweeps may gain, and of the next
GAIN = 0.9  # of the violation: a round that leaves more of it has not helped
STALLS = 5  # so many rounds in a row that have not helped are rounding noise, or need a search
NOISE = 1e-9  # of the gradients that cancel: a violation above this is no rounding
SEARCHED = 200  # features, up to which signs are searched ...
SEARCH_STEPS = 4  # ... in so many steps for each of them, at the most


@record("f8[:, ::1]", "f8[::1]", "f8[::1]", "f8[::1]", "f8[::1]")
class Quadratic(NamedTuple):
    """A (p, p) is symmetric and positive semi-definite; q, l1, l2, base (p,)."""

    A: np.ndarray
    q: np.ndarray
    l1: np.ndarray
    l2: np.ndarray
    base: np.ndarray


@compiled("void(Quadratic, f8[::1], f8[::1])")
def _write_gradient(problem: Quadratic, b: np.ndarray, gradient: np.ndarray) -> None:
    """Write A (b - base) - q, the gradient of what has no penalty."""
    p = b.size
    for i in range(p):
        gradient[i] = -problem.q[i]
    for j in range(p):
        change = b[j] - problem.base[j]
        if change != 0.0:
            row = problem.A[j]
            for i in range(p):
                gradient[i] += change * row[i]


@compiled("float64(Quadratic, f8[::1], f8[::1], i8[::1], i8[::1])")
def _violation(
    problem: Quadratic, b: np.ndarray, gradient: np.ndarray, support: np.ndarray, count: np.ndarray
) -> float:
    """Largest violation; fills the gradient and the features that live or should."""
    _write_gradient(problem, b, gradient)
    worst, n = 0.0, 0
    for j in range(b.size):
        slope = gradient[j] + problem.l2[j] * b[j]
        if b[j] != 0.0:
            wrong = abs(slope + math.copysign(problem.l1[j], b[j]))
        else:
            wrong = max(abs(slope) - problem.l1[j], 0.0)
        if (b[j] != 0.0 or wrong > 0.0) and problem.A[j, j] > 0.0:
            support[n] = j
            n += 1
        worst = max(worst, wrong)
    count[0] = n
    return worst


@compiled("void(Quadratic, f8[::1], f8[::1], f8, i8)")
def _coordinate_descent(
    problem: Quadratic, b: np.ndarray, gradient: np.ndarray, tol: float, max_sweeps: int
) -> None:
    """Cyclic coordinate descent until no step of a sweep would lower a smooth objective by tol."""
    p, l1, l2 = b.size, problem.l1, problem.l2
    _write_gradient(problem, b, gradient)
    for _ in range(max_sweeps):
        largest = 0.0
        for j in range(p):
            curvature = problem.A[j, j]
            old = b[j]
            goal = curvature * old - gradient[j]
            new = math.copysign(max(abs(goal) - l1[j], 0.0), goal) / (curvature + l2[j])
            step = new - old
            if step != 0.0:
                b[j] = new
                row = problem.A[j]
                for i in range(p):
                    gradient[i] += step * row[i]
                largest = max(largest, (curvature + l2[j]) * step * step)
        if largest <= tol:
            return


@compiled("boolean(Quadratic, f8[::1], f8[::1], f8, i8[::1], f8[::1])")
def _minimizer_of_orthant(
    problem: Quadratic,
    b: np.ndarray,
    sign: np.ndarray,
    proximal: float,
    alive: np.ndarray,
    goal: np.ndarray,
) -> bool:
    """Write the minimizer over the features `alive`, with the signs that they have, into `goal`."""
    n = alive.size
    L, gradient = np.empty((n, n)), np.empty(b.size)
    _write_gradient(problem, b, gradient)
    for u in range(n):
        j = alive[u]
        row = problem.A[j]
        for v in range(u + 1):
            L[u, v] = row[alive[v]]
        L[u, u] += problem.l2[j] + proximal
        goal[u] = -(gradient[j] + problem.l2[j] * b[j] + sign[j] * problem.l1[j])
    if not cholesky(L):
        return False
    cholesky_solve(L, goal)
    total = 0.0  # finite if all of them are, or so large that they are of no use
    for u in range(n):
        goal[u] += b[alive[u]]
        total += abs(goal[u])
    return math.isfinite(total)


@compiled("boolean(Quadratic, f8[::1], f8[::1], f8)")
def _walk(problem: Quadratic, b: np.ndarray, sign: np.ndarray, proximal: float) -> bool:
    """Go towards the minimizer over the features that have a `sign`; True once it is reached.

    On one orthant the objective is a quadratic. The way ends where the first coefficient reaches
    zero, which then has no sign any more.
    """
    p, n = b.size, 0
    alive = np.empty(p, dtype=np.int64)
    for j in range(p):
        if sign[j] != 0.0:
            alive[n] = j
            n += 1
    goal = np.empty(n)
    if n == 0 or not _minimizer_of_orthant(problem, b, sign, proximal, alive[:n], goal):
        return True
    first = 1.0  # share of the way at which the first coefficient changes sign
    for u in range(n):
        j = alive[u]
        if problem.l1[j] > 0.0 and sign[j] * goal[u] <= 0.0:
            first = min(first, b[j] / (b[j] - goal[u]) if b[j] != 0.0 else 0.0)
    arrived = True
    for u in range(n):
        j = alive[u]
        crosses = problem.l1[j] > 0.0 and sign[j] * goal[u] <= 0.0
        if crosses and (b[j] == 0.0 or b[j] / (b[j] - goal[u]) <= first):
            b[j], sign[j], arrived = 0.0, 0.0, False
        else:
            b[j] = goal[u] if first == 1.0 else b[j] + first * (goal[u] - b[j])
    return arrived


@compiled("void(Quadratic, f8[::1], f8[::1])")
def _write_signs(problem: Quadratic, b: np.ndarray, sign: np.ndarray) -> None:
    """Write the signs of the coefficients that may move, and 0 for all others."""
    for j in range(b.size):
        moves = b[j] != 0.0 and problem.A[j, j] > 0.0
        sign[j] = math.copysign(1.0, b[j]) if moves else 0.0


@compiled("void(Quadratic, f8[::1], f8)")
def _minimize_on_support(problem: Quadratic, b: np.ndarray, proximal: float) -> None:
    """Walk to the minimizer on the support and signs of `b`, dropping what changes sign."""
    sign = np.empty(b.size)
    _write_signs(problem, b, sign)
    for _ in range(WALKS):
        if _walk(problem, b, sign, proximal):
            return


@compiled("void(Quadratic, f8[::1], f8, f8)")
def _search_signs(problem: Quadratic, b: np.ndarray, tol: float, proximal: float) -> None:
    """Minimize from orthant to orthant: who rests and wants to live most joins, one at a time."""
    p, l1 = b.size, problem.l1
    gradient, sign, before = np.empty(p), np.empty(p), np.inf
    _write_signs(problem, b, sign)
    for _ in range(SEARCH_STEPS * p):
        _write_gradient(problem, b, gradient)
        worst, most, joins = 0.0, tol, -1
        for j in range(p):
            slope = gradient[j] + problem.l2[j] * b[j]
            if sign[j] != 0.0:
                worst = max(worst, abs(slope + sign[j] * l1[j]))
            elif problem.A[j, j] > 0.0 and abs(slope) - l1[j] > most:
                most, joins = abs(slope) - l1[j], j
        if worst > tol and worst <= GAIN * before:
            before = worst
        elif joins >= 0:  # all that live are at their minimizer
            sign[joins] = -math.copysign(1.0, gradient[joins])
            before = np.inf
        else:
            return
        if not _walk(problem, b, sign, proximal):
            before = np.inf


@compiled("Quadratic(Quadratic, i8[::1], f8[::1], f8[::1])")
def _restricted(
    problem: Quadratic, support: np.ndarray, b: np.ndarray, gradient: np.ndarray
) -> Quadratic:
    """The same problem for the features `support` alone, told from `b` and the gradient there."""
    n = support.size
    A = np.empty((n, n))
    q, l1, l2, base = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    for u in range(n):
        j = support[u]
        row = problem.A[j]
        for v in range(n):
            A[u, v] = row[support[v]]
        q[u], l1[u], l2[u], base[u] = -gradient[j], problem.l1[j], problem.l2[j], b[j]
    return Quadratic(A, q, l1, l2, base)


@compiled("void(Quadratic, i8[::1], f8[::1], f8, f8)")
def _improve(
    some: Quadratic, support: np.ndarray, b: np.ndarray, coarse: float, proximal: float
) -> None:
    """Lower the objective over the features `support`, by sweeps first if `coarse` is positive."""
    few = some.base.copy()
    if coarse > 0.0:
        _coordinate_descent(some, few, np.empty(support.size), coarse, SWEEPS)
    _minimize_on_support(some, few, proximal)
    for u in range(support.size):
        b[support[u]] = few[u]


@compiled("float64(Quadratic, f8[::1], f8)")
def minimize(problem: Quadratic, b: np.ndarray, tol: float) -> float:
    """Minimize from `b`, in place, until the optimality conditions hold to `tol`.

    A coefficient without curvature stays what it is. Returns the violation that was reached; it
    is the caller who certifies.
    """
    p = b.size
    gradient, support = np.empty(p), np.empty(p, dtype=np.int64)
    count = np.zeros(1, dtype=np.int64)
    largest, top = 0.0, 0.0
    for j in range(p):
        largest = max(largest, problem.A[j, j] + problem.l2[j])
        top = max(top, abs(problem.q[j]), problem.A[j, j] * abs(problem.base[j]))
    if not largest > 0.0:
        return 0.0
    coarse = COARSE * top * top / largest
    best, stalls = np.inf, 0
    kept = b.copy()
    for turn in range(ROUNDS):
        worst = _violation(problem, b, gradient, support, count)
        stalls = 0 if worst < GAIN * best else stalls + 1
        if worst < best:
            best = worst
            kept[:] = b
        if worst <= tol or count[0] == 0 or stalls > STALLS:
            break
        # First see whether the support is right already, as it often is.
        some = _restricted(problem, support[: count[0]], b, gradient)
        _improve(some, support[: count[0]], b, coarse if turn > 0 else 0.0, PROXIMAL * largest)
        coarse *= FINER if turn > 0 else 1.0
    b[:] = kept
    if p <= SEARCHED and best > max(tol, NOISE * top):
        _search_signs(problem, b, tol, PROXIMAL * largest)
        worst = _violation(problem, b, gradient, support, count)
        if worst < best:
            best = worst
        else:
            b[:] = kept
    return best


@compiled("void(Quadratic, f8[::1], f8[:, ::1], f8[::1])")
def descend_path(
    problem: Quadratic, lambdas: np.ndarray, path: np.ndarray, tol: np.ndarray
) -> None:
    """Minimize at each lambda, from the solution before; its penalties are lambda l1, lambda l2.

    `path` (L, p) is filled, from the start that its first row holds.
    """
    n, p = path.shape
    here1, here2, b = np.empty(p), np.empty(p), path[0].copy()
    for i in range(n):
        for j in range(p):
            here1[j] = lambdas[i] * problem.l1[j]
            here2[j] = lambdas[i] * problem.l2[j]
        minimize(Quadratic(problem.A, problem.q, here1, here2, problem.base), b, tol[i])
        path[i] = b
