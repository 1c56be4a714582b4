"""Compiled: quadratic models made of a few matrices, corrected by what steps taught, minimized."""

from __future__ import annotations

import numpy as np

from regpath.core.solvers.kernels.compile import compiled
from regpath.core.solvers.kernels.quadratic import minimize


@compiled("void(f8[:, ::1], f8[::1], f8[::1])")
def learn(A: np.ndarray, move: np.ndarray, bend: np.ndarray) -> None:
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
    "void(f8[:, :, ::1], i8[:, ::1], f8[:, ::1], f8[:, :, ::1], f8[:, :, ::1], i8[::1], "
    "f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[:, ::1], f8[::1], boolean)"
)
def minimize_each(
    matrices: np.ndarray,
    ends: np.ndarray,
    mix: np.ndarray,
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
    """Minimize C models around `b` (C, p), in place.

    Model c has the gradient `slope[c]` at `b[c]`. Its second derivatives are the sum over k of
    mix[c, k] matrices[ends[c, k]], k = 0, 1, 2, corrected so that they map each of the first
    `n_moves[c]` rows of `moves[c]` to the same row of `bends[c]`.

    Only features that live, or whose gradient exceeds l1, may change. With `ahead`, features
    that the model's own solution calls for join them, and each model starts from the solution of
    the model before: then all share one place `b[0]`, and their penalties fall.
    """
    p = b.shape[1]
    inside = np.empty(p, dtype=np.bool_)
    chosen = np.empty(p, dtype=np.int64)
    gradient = np.empty(p)
    for c in range(b.shape[0]):
        one, two, three = matrices[ends[c, 0]], matrices[ends[c, 1]], matrices[ends[c, 2]]
        mix_1, mix_2, mix_3 = mix[c, 0], mix[c, 1], mix[c, 2]
        plain = mix_2 == 0.0 and mix_3 == 0.0
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
                row, first = A[u], one[chosen[u]]
                if plain:
                    for v in range(n):
                        row[v] = first[chosen[v]]
                else:
                    second, third = two[chosen[u]], three[chosen[u]]
                    for v in range(n):
                        j = chosen[v]
                        row[v] = mix_1 * first[j] + mix_2 * second[j] + mix_3 * third[j]
            move, bend = np.empty(n), np.empty(n)
            for k in range(n_moves[c]):
                for u in range(n):
                    move[u], bend[u] = moves[c, k, chosen[u]], bends[c, k, chosen[u]]
                learn(A, move, bend)
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
            minimize(A, q, l1_, l2_, b_, tol[c])
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
                    first, second, third = one[i], two[i], three[i]
                    for j in range(p):
                        gradient[j] += step * (
                            mix_1 * first[j] + mix_2 * second[j] + mix_3 * third[j]
                        )
            joined = False
            for j in range(p):
                if not inside[j] and abs(gradient[j]) > l1[c, j] + tol[c]:
                    inside[j] = True
                    joined = True
            if not joined:
                break
