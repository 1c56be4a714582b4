import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regpath.core.solvers.kernels import lbfgs as teaching

seeds = st.integers(0, 100_000)
property_test = settings(deadline=None, max_examples=80)
MEMORY = 4


def definite(rng, V, least=0.1):
    root = rng.normal(size=(V + 3, V))
    return root.T @ root / V + least * np.eye(V)


class Points:
    """m points with V variables that went some steps on quadratic losses of their own."""

    def __init__(self, seed, m, V, steps, share=0.8):
        rng = self.rng = np.random.default_rng(seed)
        self.m, self.V, self.live = m, V, np.arange(m)
        self.A = np.stack([definite(rng, V) for _ in range(m)])
        self.b, self.slope, self.sign = rng.normal(size=(3, m, V))
        self.sign = np.zeros((m, V))
        self.lambdas, self.l1 = rng.uniform(0.1, 1.0, m), rng.uniform(0.0, 1.0, V)
        self.active = rng.random((m, V)) < share
        self.active[:, 0] = True
        self.moves, self.bends = np.zeros((2, m, MEMORY, V))
        self.count, self.first = np.zeros((2, m), dtype=np.int64)
        self.shares, self.pairs = np.zeros((m, MEMORY)), [[] for _ in range(m)]
        for _ in range(steps):
            self.go(self.live[rng.random(m) < 0.8])

    @property
    def known(self):
        return self.moves, self.bends, self.count, self.first

    def go(self, some, bend=None):
        """One step of the points `some`, which they learn from."""
        move = self.rng.normal(size=(self.m, self.V))
        bend = np.einsum("cij,cj->ci", self.A, move) if bend is None else bend(move)
        teaching.learn(
            some, self.b + move, self.slope + bend, self.b, self.slope, *self.known
        )  # fmt: skip
        for c in some:
            self.pairs[c] = [*self.pairs[c], (move[c], bend[c])][-MEMORY:]

    def pulled(self, ids):
        Q = np.full((self.m, ids.size), np.nan)
        teaching.pull(
            self.live, ids, self.slope, self.lambdas, self.l1, self.sign, self.active, *self.known,
            self.shares, Q,
        )  # fmt: skip
        return Q

    def moved(self, ids, R):
        b = self.b.copy()
        teaching.move(self.live, ids, R, b, self.sign, self.active, *self.known, self.shares)
        return b

    def downhill(self, c):
        """Minus the gradient of what is smooth in the orthant, among the active variables."""
        down = -self.slope[c] - self.lambdas[c] * self.l1 * self.sign[c]
        return down[self.active[c]]


def inverse_by_hand(first, pairs):
    """The BFGS formula for the inverse, Nocedal and Wright (6.17), pair by pair."""
    H = first
    for s, y in pairs:
        if not s @ y > 1e-14 * np.sqrt((s @ s) * (y @ y)):
            continue
        rho, one = 1.0 / (s @ y), np.eye(len(s))
        H = (one - rho * np.outer(s, y)) @ H @ (one - rho * np.outer(y, s)) + rho * np.outer(s, s)
    return H


def by_hand(points, c, first):
    """Where point c goes, with `first` (V, V) as the inverse that it knows to begin with."""
    on = points.active[c]
    H = inverse_by_hand(first, [(s[on], y[on]) for s, y in points.pairs[c]])
    b = points.b[c].copy()
    b[on] += H @ points.downhill(c)
    return b


@property_test
@given(seeds, st.integers(1, 3), st.integers(1, 9), st.integers(0, 9), st.booleans())
def test_a_step_is_that_of_the_bfgs_inverse(seed, m, V, steps, whole):
    """More steps than are remembered, and only some variables active."""
    points = Points(seed, m, V, steps, share=2.0 if whole else 0.7)
    base, ids = definite(points.rng, V), points.rng.permutation(V)
    Q, R = points.pulled(ids), np.zeros((m, V))
    for c in range(m):
        on = points.active[c, ids]
        R[c, on] = np.linalg.solve(base[np.ix_(ids[on], ids[on])], Q[c, on])
        assert (Q[c, ~on] == 0.0).all()
    found = points.moved(ids, R)
    for c in range(m):
        on = points.active[c]
        first = np.linalg.inv(base[np.ix_(on, on)])
        expected = by_hand(points, c, first)
        assert found[c] == pytest.approx(expected, rel=1e-6, abs=1e-6 * np.abs(expected).max())


@property_test
@given(seeds, st.integers(1, 3), st.integers(1, 9), st.integers(0, 9))
def test_a_step_on_diagonals_is_that_of_the_scaled_bfgs_inverse(seed, m, V, steps):
    points = Points(seed, m, V, steps)
    diagonals, ids = points.rng.uniform(0.2, 3.0, (m, V)), np.arange(V)
    Q = points.pulled(ids)
    teaching.spread(points.live, diagonals, points.active, *points.known, Q)
    found = points.moved(ids, Q)
    for c in range(m):
        on = points.active[c]
        first = np.diag(1.0 / diagonals[c, on])
        if points.pairs[c]:
            s, y = (part[on] for part in points.pairs[c][-1])
            if s @ y > 0.0:  # among active variables alone it need not be
                first = first * (s @ y) / (y @ first @ y)
        expected = by_hand(points, c, first)
        assert found[c] == pytest.approx(expected, rel=1e-6, abs=1e-6 * np.abs(expected).max())


@pytest.mark.parametrize("kind", ["none", "backwards", "nan"])
@pytest.mark.parametrize("turn", [0, 1, 2])
def test_pairs_without_curvature_teach_nothing(kind, turn):
    bend = {"none": np.zeros_like, "backwards": np.negative, "nan": lambda s: s * np.nan}[kind]
    points = Points(0, 2, 6, 0, share=2.0)
    for t in range(3):
        points.go(points.live, bend if t == turn else None)
    base, ids = definite(points.rng, 6), np.arange(6)
    found = points.moved(ids, points.pulled(ids) @ np.linalg.inv(base))
    for c in range(2):
        del points.pairs[c][turn]
        assert found[c] == pytest.approx(by_hand(points, c, np.linalg.inv(base)), rel=1e-8)


def test_the_oldest_steps_are_forgotten_first():
    points = Points(0, 1, 3, 0)
    for _ in range(2 * MEMORY + 1):
        points.go(points.live)
    assert points.count.tolist() == [MEMORY]
    order = (points.first[0] + np.arange(MEMORY)) % MEMORY
    for place, (move, bend) in zip(order, points.pairs[0], strict=True):
        assert points.moves[0, place] == pytest.approx(move, abs=1e-12)
        assert points.bends[0, place] == pytest.approx(bend, abs=1e-12)


def test_exact_second_derivatives_are_learnt_from_conjugate_steps():
    """As many conjugate steps as variables tell all: the next one is Newton's."""
    points = Points(0, 1, MEMORY, 0, share=2.0)
    _, directions = np.linalg.eigh(points.A[0])
    for direction in directions.T:
        points.rng = type("One", (), {"normal": lambda self, size, d=direction: d[None].copy()})()
        points.go(points.live)
    ids = np.arange(MEMORY)
    found = points.moved(ids, points.pulled(ids))
    newton = points.b[0] - np.linalg.solve(points.A[0], points.slope[0])
    assert found[0] == pytest.approx(newton, rel=1e-9)


def test_variables_stop_at_zero_and_rest_where_they_are():
    points = Points(0, 1, 4, 0, share=2.0)
    points.b[:] = [[1.0, -1.0, 1.0, 1.0]]
    points.sign[:] = [[1.0, -1.0, 0.0, 1.0]]
    points.active[0, 3] = False
    found = points.moved(np.arange(4), np.array([[-2.0, 3.0, -2.0, -9.0]]))
    assert found.tolist() == [[0.0, 0.0, -1.0, 1.0]]


def test_a_pull_is_the_slope_within_the_orthant():
    points = Points(0, 1, 3, 0, share=2.0)
    points.sign[:] = [[1.0, -1.0, 0.0]]
    expected = -points.slope[0] - points.lambdas[0] * points.l1 * [1.0, -1.0, 0.0]
    assert points.pulled(np.array([2, 0]))[0].tolist() == expected[[2, 0]].tolist()


def test_only_live_points_learn_and_move():
    points = Points(0, 3, 5, 2)
    before = [part.copy() for part in (points.moves[1], points.bends[1])]
    count = points.count[1]
    points.go(np.array([0, 2]))
    assert points.count[1] == count
    assert points.moves[1].tolist() == before[0].tolist()
    assert points.bends[1].tolist() == before[1].tolist()
    points.live = np.array([2])
    found = points.moved(np.arange(5), np.ones((1, 5)))
    assert found[:2].tolist() == points.b[:2].tolist()
    assert (found[2] != points.b[2]).any()
