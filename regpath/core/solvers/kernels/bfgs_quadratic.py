"""Compiled: quadratic models made of a few matrices, corrected by BFGS pairs, minimized.

Reference: Nocedal and Wright (2006), Numerical Optimization, (6.19) for the update.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from regpath.core.solvers.kernels.compile import compiled, record
from regpath.core.solvers.kernels.quadratic import Quadratic, minimize

LEAST, MOST = 0.05, 20.0  # curvature along a step over the model's, beyond which it is not used
ROUNDS = 20  # of features joining a model


@record(
    "f8[:, :, ::1]",
    "i8[:, ::1]",
    "f8[:, ::1]",
    "f8[:, :, ::1]",
    "f8[:, :, ::1]",
    "i8[::1]",
)
class Blends(NamedTuple):
    """Second derivatives of C models: each the blend of three of the `matrices`, corrected.

    Model c has the sum over k of mix[c, k] matrices[nodes[c, k]], k = 0, 1, 2, corrected so that it
    maps each of the first `n_pairs[c]` rows of `s[c]` to the same row of `y[c]`.
    """

    matrices: np.ndarray  # (A, p, p)
    nodes: np.ndarray  # (C, 3)
    mix: np.ndarray  # (C, 3)
    s: np.ndarray  # (C, memory, p)
    y: np.ndarray  # (C, memory, p)
    n_pairs: np.ndarray  # (C,)


@record(*["f8[:, ::1]"] * 4, "f8[::1]")
class Steps(NamedTuple):
    """What C models are to do: from `b` (C, p), where their gradient is `slope` (C, p).

    `l1` and `l2` (C, p) are their penalties, `tol` (C,) the violation to reach.
    """

    b: np.ndarray
    slope: np.ndarray
    l1: np.ndarray
    l2: np.ndarray
    tol: np.ndarray


@compiled("void(f8[:, ::1], f8[::1], f8[::1])")
def bfgs_update(A: np.ndarray, s: np.ndarray, y: np.ndarray) -> None:
    """BFGS update of A: it then maps `s` to `y`, and stays positive definite."""
    p = s.size
    image = np.zeros(p)
    for j in range(p):
        if s[j] != 0.0:
            row, value = A[j], s[j]
            for i in range(p):
                image[i] += value * row[i]
    sAs, sy = 0.0, 0.0
    for j in range(p):
        sAs += s[j] * image[j]
        sy += s[j] * y[j]
    if not (sAs > 0.0 and LEAST * sAs < sy < MOST * sAs):
        return
    for j in range(p):
        row, plus, minus = A[j], y[j] / sy, image[j] / sAs
        for i in range(p):
            row[i] += plus * y[i] - minus * image[i]


@compiled("void(Blends, i8, i8, f8, f8[::1])")
def _add_row(blends: Blends, c: int, i: int, share: float, total: np.ndarray) -> None:
    """Add `share` times row i of the blend of model c, as it is without corrections."""
    first, second = blends.matrices[blends.nodes[c, 0], i], blends.matrices[blends.nodes[c, 1], i]
    third = blends.matrices[blends.nodes[c, 2], i]
    mix_1, mix_2, mix_3 = blends.mix[c, 0], blends.mix[c, 1], blends.mix[c, 2]
    for j in range(total.size):
        total[j] += share * (mix_1 * first[j] + mix_2 * second[j] + mix_3 * third[j])


@compiled("f8[:, ::1](Blends, i8, i8[::1])")
def _corrected(blends: Blends, c: int, chosen: np.ndarray) -> np.ndarray:
    """Second derivatives of model c among the features `chosen`."""
    n = chosen.size
    one, two = blends.matrices[blends.nodes[c, 0]], blends.matrices[blends.nodes[c, 1]]
    three = blends.matrices[blends.nodes[c, 2]]
    mix_1, mix_2, mix_3 = blends.mix[c, 0], blends.mix[c, 1], blends.mix[c, 2]
    plain = mix_1 == 1.0 and mix_2 == 0.0 and mix_3 == 0.0
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
    s, y = np.empty(n), np.empty(n)
    for k in range(blends.n_pairs[c]):
        for u in range(n):
            s[u], y[u] = blends.s[c, k, chosen[u]], blends.y[c, k, chosen[u]]
        bfgs_update(A, s, y)
    return A


@compiled("void(Blends, Steps, i8, i8[::1], f8[::1])")
def _minimize_among(
    blends: Blends, steps: Steps, c: int, chosen: np.ndarray, start: np.ndarray
) -> None:
    """Minimize model c over the features `chosen`; its gradient is known at `start`."""
    n = chosen.size
    A = _corrected(blends, c, chosen)
    q, l1, l2, base, b = np.empty(n), np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    for u in range(n):
        j = chosen[u]
        q[u], l1[u], l2[u] = -steps.slope[c, j], steps.l1[c, j], steps.l2[c, j]
        base[u], b[u] = start[j], steps.b[c, j]
    minimize(Quadratic(A, q, l1, l2, base), b, steps.tol[c])
    for u in range(n):
        steps.b[c, chosen[u]] = b[u]


@compiled("boolean(Blends, Steps, i8, b1[::1], f8[::1])")
def _joined(blends: Blends, steps: Steps, c: int, inside: np.ndarray, start: np.ndarray) -> bool:
    """Whether features join that the solution of model c calls for; marks them in `inside`."""
    gradient = steps.slope[c].copy()
    for i in range(start.size):
        change = steps.b[c, i] - start[i]
        if change != 0.0:
            _add_row(blends, c, i, change, gradient)
    joined = False
    for j in range(start.size):
        if not inside[j] and abs(gradient[j]) > steps.l1[c, j] + steps.tol[c]:
            inside[j] = True
            joined = True
    return joined


@compiled("void(Blends, Steps, boolean)")
def minimize_each(blends: Blends, steps: Steps, chain: bool) -> None:
    """Minimize C models around `steps.b`, in place.

    Only features that live, or whose gradient exceeds l1, may change. In a `chain`, features that
    the model's own solution calls for join them, and each model starts from the solution of the
    model before: then all share one place `b[0]`, and their penalties fall.
    """
    b = steps.b
    p = b.shape[1]
    inside, chosen = np.empty(p, dtype=np.bool_), np.empty(p, dtype=np.int64)
    for c in range(b.shape[0]):
        start = b[c].copy()
        if chain and c > 0:
            b[c] = b[c - 1]
        for j in range(p):
            size = abs(steps.slope[c, j] + steps.l2[c, j] * start[j])
            inside[j] = start[j] != 0.0 or b[c, j] != 0.0 or size > steps.l1[c, j]
        for _ in range(ROUNDS):
            n = 0
            for j in range(p):
                if inside[j]:
                    chosen[n] = j
                    n += 1
            if n == 0:
                break
            _minimize_among(blends, steps, c, chosen[:n], start)
            if not chain or n == p or not _joined(blends, steps, c, inside, start):
                break
