import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regpath.core.solvers.kernels.lbfgs import (
    Pairs,
    divide_by_diagonal,
    first_loop,
    second_loop,
    store_pairs,
)
from regpath.core.solvers.kernels.orthants import Net, State, take_step, write_descent

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
        self.state = State.at(rng.normal(size=(m, V)))
        self.state.slope[:] = rng.normal(size=(m, V))
        l1 = rng.uniform(0.0, 1.0, V)
        self.net = Net(rng.uniform(0.1, 1.0, m), l1, np.zeros(V), np.ones(V))
        self.state.active[:] = rng.random((m, V)) < share
        self.state.active[:, 0] = True
        self.pairs = Pairs.none(m, MEMORY, V)
        self.history = [[] for _ in range(m)]
        for _ in range(steps):
            self.go(self.live[rng.random(m) < 0.8])

    def go(self, some, change=None):
        """One step of the points `some`, whose pairs are kept."""
        s = self.rng.normal(size=(self.m, self.V))
        y = np.einsum("cij,cj->ci", self.A, s) if change is None else change(s)
        store_pairs(some, s[some], y[some], self.pairs)
        for c in some:
            self.history[c] = [*self.history[c], (s[c], y[c])][-MEMORY:]

    def to_solve(self):
        """What the first guess is to solve, after the first loop."""
        q = np.full((self.live.size, self.V), np.nan)
        write_descent(self.live, q, self.state, self.net)
        first_loop(self.live, q, self.state.active, self.pairs)
        return q

    def moved(self, r):
        """Where the points go once `r` has been solved for."""
        state, r = self.state._replace(b=self.state.b.copy()), r.copy()
        second_loop(self.live, r, state.active, self.pairs)
        take_step(self.live, r, state)
        return state.b

    def downhill(self, c):
        """Minus the gradient of what is smooth in the orthant, among the active variables."""
        kink = self.net.lambdas[c] * self.net.l1 * self.state.sign[c]
        return (-self.state.slope[c] - kink)[self.state.active[c]]


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
    on = points.state.active[c]
    H = inverse_by_hand(first, [(s[on], y[on]) for s, y in points.history[c]])
    b = points.state.b[c].copy()
    b[on] += H @ points.downhill(c)
    return b


@property_test
@given(seeds, st.integers(1, 3), st.integers(1, 9), st.integers(0, 9), st.booleans())
def test_a_step_is_that_of_the_bfgs_inverse(seed, m, V, steps, whole):
    """More steps than are remembered, and only some variables active."""
    points = Points(seed, m, V, steps, share=2.0 if whole else 0.7)
    base = definite(points.rng, V)
    q, r = points.to_solve(), points.rng.normal(size=(m, V))  # what is not active does not count
    for c in range(m):
        on = points.state.active[c]
        r[c, on] = np.linalg.solve(base[np.ix_(on, on)], q[c, on])
        assert (q[c, ~on] == 0.0).all()
    found = points.moved(r)
    for c in range(m):
        on = points.state.active[c]
        first = np.linalg.inv(base[np.ix_(on, on)])
        expected = by_hand(points, c, first)
        assert found[c] == pytest.approx(expected, rel=1e-6, abs=1e-6 * np.abs(expected).max())


@property_test
@given(seeds, st.integers(1, 3), st.integers(1, 9), st.integers(0, 9))
def test_a_step_on_diagonals_is_that_of_the_scaled_bfgs_inverse(seed, m, V, steps):
    points = Points(seed, m, V, steps)
    diagonals, q = points.rng.uniform(0.2, 3.0, (m, V)), points.to_solve()
    divide_by_diagonal(points.live, q, diagonals, points.state.active, points.pairs)
    found = points.moved(q)
    for c in range(m):
        on = points.state.active[c]
        first = np.diag(1.0 / diagonals[c, on])
        if points.history[c]:
            s, y = (part[on] for part in points.history[c][-1])
            if s @ y > 0.0:  # among active variables alone it need not be
                first = first * (s @ y) / (y @ first @ y)
        expected = by_hand(points, c, first)
        assert found[c] == pytest.approx(expected, rel=1e-6, abs=1e-6 * np.abs(expected).max())


@pytest.mark.parametrize("kind", ["none", "backwards", "nan"])
@pytest.mark.parametrize("turn", [0, 1, 2])
def test_pairs_without_curvature_are_not_used(kind, turn):
    change = {"none": np.zeros_like, "backwards": np.negative, "nan": lambda s: s * np.nan}[kind]
    points = Points(0, 2, 6, 0, share=2.0)
    for t in range(3):
        points.go(points.live, change if t == turn else None)
    base = definite(points.rng, 6)
    found = points.moved(points.to_solve() @ np.linalg.inv(base))
    for c in range(2):
        del points.history[c][turn]
        assert found[c] == pytest.approx(by_hand(points, c, np.linalg.inv(base)), rel=1e-8)


def test_the_oldest_pairs_go_first():
    points = Points(0, 1, 3, 0)
    for _ in range(2 * MEMORY + 1):
        points.go(points.live)
    assert points.pairs.stored.tolist() == [MEMORY]
    order = (points.pairs.oldest[0] + np.arange(MEMORY)) % MEMORY
    for place, (s, y) in zip(order, points.history[0], strict=True):
        assert points.pairs.s[0, place].tolist() == s.tolist()
        assert points.pairs.y[0, place].tolist() == y.tolist()


def test_conjugate_steps_give_exact_second_derivatives():
    """As many conjugate steps as variables tell all: the next one is Newton's."""
    points = Points(0, 1, MEMORY, 0, share=2.0)
    _, directions = np.linalg.eigh(points.A[0])
    for direction in directions.T:
        points.rng = type("One", (), {"normal": lambda self, size, d=direction: d[None].copy()})()
        points.go(points.live)
    found = points.moved(points.to_solve())
    newton = points.state.b[0] - np.linalg.solve(points.A[0], points.state.slope[0])
    assert found[0] == pytest.approx(newton, rel=1e-9)


def test_variables_stop_at_zero_and_rest_where_they_are():
    points = Points(0, 1, 4, 0, share=2.0)
    points.state.b[:] = [[1.0, -1.0, 1.0, 1.0]]
    points.state.sign[:] = [[1.0, -1.0, 0.0, 1.0]]
    points.state.active[0, 3] = False
    found = points.moved(np.array([[-2.0, 3.0, -2.0, -9.0]]))
    assert found.tolist() == [[0.0, 0.0, -1.0, 1.0]]


def test_without_pairs_the_descent_within_the_orthant_is_to_be_solved():
    points = Points(0, 1, 3, 0, share=2.0)
    points.state.sign[:] = [[1.0, -1.0, 0.0]]
    kink = points.net.lambdas[0] * points.net.l1 * [1.0, -1.0, 0.0]
    # Instructions that fuse a product with a sum round once less.
    expected = pytest.approx(-points.state.slope[0] - kink, rel=1e-15, abs=1e-15)
    assert points.to_solve()[0] == expected
    points.state.active[0, 1] = False
    assert points.to_solve()[0, 1] == 0.0


def test_only_live_points_store_pairs_and_move():
    points = Points(0, 3, 5, 2)
    before = [part[1].copy() for part in points.pairs]
    points.go(np.array([0, 2]))
    for part, was in zip(points.pairs, before, strict=True):
        assert part[1].tolist() == was.tolist()
    points.live = np.array([2])
    found = points.moved(np.ones((1, 5)))
    assert found[:2].tolist() == points.state.b[:2].tolist()
    assert (found[2] != points.state.b[2]).any()
