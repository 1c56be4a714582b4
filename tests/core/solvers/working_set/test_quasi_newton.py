from dataclasses import replace

import numpy as np
import pytest

from regpath.core.fit import Points
from regpath.core.solvers import newton
from regpath.core.solvers.working_set import quasi_newton
from regpath.core.solvers.working_set.diagonal import Diagonal
from regpath.core.solvers.working_set.factored import Factored
from regpath.core.solvers.working_set.quasi_newton import NEAR, SHORTEST, QuasiNewtonBatch

FACTORS = {
    "equal": np.ones(12),
    "unequal": np.linspace(0.2, 3.0, 12),
    "free": np.r_[0.0, np.ones(7), 0.0, 2.0, 1.0, 1.0],
}


@pytest.fixture(params=[Factored, Diagonal])
def kind(request):
    return request.param


def batch_of(kind, case, which, intercept=None, coefs=None):
    """Points at some lambdas of a setting, all at one place; its start, if no other is given."""
    intercept = case.null.intercept if intercept is None else intercept
    coefs = case.null.coefs if coefs is None else coefs
    goal = case.goal.at(which)
    m = len(goal.lambdas)
    where = Points(np.tile(intercept, (m, 1)), np.tile(coefs, (m, 1, 1)))
    return kind(case.sums, replace(goal, targets=goal.targets.copy()), where)


def refined(batch, case):
    """Refine until the points measure up to their targets or are stuck; violations at the end."""
    with np.errstate(all="ignore"):
        for _ in range(50):
            solved = batch.refine(np.ones(batch.state.b.shape[1], dtype=bool))
            one = np.zeros(len(solved), dtype=np.intp)
            size = batch.violation(*case.sums.gradient(*batch.points, one))
            if not solved.all() or not ((size > batch.ledger.targets) & ~batch.ledger.stuck).any():
                break
    return solved, size


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("factors", FACTORS)
@pytest.mark.parametrize("weights", [False, True])
def test_neighbouring_points_meet_their_targets(kind, family, l1_ratio, factors, weights, setting):
    case = setting(family, l1_ratio=l1_ratio, factors=FACTORS[factors], weights=weights)
    some = slice(0, 4)
    batch = batch_of(kind, case, some)
    solved, size = refined(batch, case)
    assert solved.all()
    assert (size <= case.targets[some]).all()
    z, _ = case.sums.gradient(*batch.points, np.zeros(4, dtype=np.intp))
    violation = case.penalty.violation(z, batch.points.coefs, case.lambdas[some])
    assert (violation <= size).all()


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("which", [slice(9, 10), slice(0, 10)])
def test_on_diagonals_a_group_may_be_far_from_the_start(family, l1_ratio, which, setting):
    case = setting(family, l1_ratio=l1_ratio)
    solved, size = refined(batch_of(Diagonal, case, which), case)
    assert solved.all()
    assert (size <= case.targets[which]).all()


@pytest.mark.parametrize("which", [slice(9, 10), slice(0, 10)])
@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_what_is_called_solved_is(kind, family, l1_ratio, which, setting):
    """Even where the start is far, a point is either nearly there or not called so."""
    case = setting(family, l1_ratio=l1_ratio, least=1e-4)
    batch = batch_of(kind, case, which)
    solved, size = refined(batch, case)
    assert np.isfinite(batch.state.b).all()
    assert (size[solved] <= NEAR * batch.goal.lambdas[solved]).all()


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_steps_that_lead_too_far_are_taken_back(kind, l1_ratio, setting, monkeypatch):
    """Where the loss hardly bends, a Newton step overshoots by far."""
    case = setting("binomial", l1_ratio=l1_ratio)
    taken = []
    step_back = QuasiNewtonBatch._step_back
    monkeypatch.setattr(
        QuasiNewtonBatch, "_step_back", lambda self, far: (taken.extend(far), step_back(self, far))
    )
    batch = batch_of(kind, case, slice(2, 5), intercept=np.array([3.0]))
    solved, size = refined(batch, case)
    assert taken
    assert solved.all()
    assert (size <= batch.ledger.targets).all()


@pytest.mark.parametrize(
    ("drop", "back", "keep"), [(1.0, -1.0, 0.5), (1.0, -4.0, 0.2), (2.0, -0.1, 0.7)]
)
def test_a_step_back_is_where_the_slope_would_vanish(kind, drop, back, keep, setting):
    batch = batch_of(kind, setting("binomial"), slice(0, 2))
    batch.state.old[:] = 1.0
    batch.state.b[:] = 2.0
    batch.state.drop[:], batch.state.back[:] = drop, back
    batch._step_back(np.array([1]))
    assert (batch.state.b[0] == 2.0).all()
    assert batch.state.b[1] == pytest.approx(1.0 + keep)
    assert batch.state.drop[1] == pytest.approx(keep * drop)
    assert not batch.doubted.any()


def test_a_guess_that_led_nowhere_is_taken_back_at_all(kind, setting):
    batch = batch_of(kind, setting("binomial"), slice(0, 2))
    batch.state.old[:] = 1.0
    batch.state.b[:] = 1e9
    batch.state.drop[:], batch.state.back[:], batch.guessed[0] = 1.0, -1e9, True
    batch._step_back(np.array([0, 1]))
    assert (batch.state.b[0] == 1.0).all()
    assert batch.astray.tolist() == batch.doubted.tolist() == [True, False]
    assert (batch.state.b[1] < 2.0 * SHORTEST * 1e9).all()


def test_points_that_cannot_come_nearer_are_not_called_solved(kind, family, setting, monkeypatch):
    """A gradient that is never less than half of lambda away from the optimum."""
    case = setting(family)
    batch = batch_of(kind, case, slice(0, 3))
    gradient, calls = type(case.sums).gradient, []

    def noisy(sums, *where):
        calls.append(1)
        z, slope = gradient(sums, *where)
        return z, slope + (-1.0) ** len(calls) * 0.5 * case.lambdas[0]

    monkeypatch.setattr(type(case.sums), "gradient", noisy)
    with np.errstate(all="ignore"):
        solved = batch.refine(np.ones(batch.state.b.shape[1], dtype=bool))
    assert not solved.any()
    assert np.isfinite(batch.state.b).all()
    assert len(calls) <= kind.max_rounds


def rounding(case, points):
    """Violations of points (m,) that may be rounding: (n + p) eps cond(H) times what is summed up.

    The bounds of a sum (Higham 2002, section 3.1) and of a system solved by its Cholesky factor
    (theorem 10.3).
    """
    Z = np.abs(case.design.columns(np.arange(case.design.p)))
    H = case.sums.curvatures(*points, np.zeros(len(points.coefs), dtype=np.intp))
    H = H.reshape(len(H), np.prod(H.shape[1:3]), -1)
    # What softmax does not feel is no part of the system.
    sizes = [size[size > 1e-9 * size[-1]] for size in np.linalg.eigvalsh(H)]
    condition = np.array([size[-1] / size[0] for size in sizes])
    reach = np.einsum("np,lkp->lnk", Z, np.abs(points.coefs)) + np.abs(points.intercepts)[:, None]
    mean = case.data.family.mean(case.eta(*points))
    terms = np.abs(case.Y) + np.abs(mean) + case.data.family.curvature_diagonal(mean) * reach
    summed = np.einsum("n,lnk,np->lkp", case.data.weights, terms, np.maximum(Z, 1.0)).max((1, 2))
    return (case.design.n + case.design.p) * np.finfo(float).eps * condition * summed


@pytest.mark.parametrize("seed", range(6))
def test_targets_below_rounding_leave_points_stuck_but_near(kind, family, seed, setting):
    case = setting(family, seed=seed)
    case.targets[:] = 0.0
    batch = batch_of(kind, case, slice(0, 3))
    solved, size = refined(batch, case)
    assert solved.all()
    assert (size <= rounding(case, batch.points)).all()


@pytest.mark.parametrize("where", ["X", "Y", "start"])
def test_what_is_not_a_number_ends_soon(kind, family, where, setting, monkeypatch):
    case = setting(family)
    if where == "start":
        batch = batch_of(kind, case, slice(0, 3))
        batch.state.b[1, 2] = np.nan
    else:
        data = (case.design.X if where == "X" else case.Y).copy()
        data[3] = np.nan
        case.sums.__dict__.pop("cheap", None)
        object.__setattr__(case.design if where == "X" else case.data, where, data)
        batch = batch_of(kind, case, slice(0, 3))
    measured = []
    measure = QuasiNewtonBatch._measure
    monkeypatch.setattr(
        QuasiNewtonBatch, "_measure", lambda self, live: (measured.append(1), measure(self, live))
    )
    with np.errstate(all="ignore"):
        solved = batch.refine(np.ones(batch.state.b.shape[1], dtype=bool))
    assert not solved.any()
    assert len(measured) == 1


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_a_batch_at_its_solutions_stays_there(kind, family, l1_ratio, setting):
    case = setting(family, l1_ratio=l1_ratio)
    intercepts, coefs = case.solve(newton)
    some = slice(3, 4)
    batch = batch_of(kind, case, some, intercepts[3], coefs[3])
    batch.aim(np.full(1, 1e-8))
    solved, _ = refined(batch, case)
    assert solved.all()
    assert batch.points.coefs == pytest.approx(coefs[some], abs=1e-9)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_second_derivatives_of_another_group_serve_too(family, l1_ratio, setting):
    """A factor from elsewhere is a first guess like any other: steps correct it."""
    case = setting(family, l1_ratio=l1_ratio)
    first = batch_of(Factored, case, slice(0, 3))
    refined(first, case)
    second = batch_of(Factored, case, slice(3, 5), *first.points.at(-1))
    second.factor = first.factor
    solved, size = refined(second, case)
    assert solved.all()
    assert (size <= second.ledger.targets).all()
    if family == "gaussian":
        assert second.factor is first.factor


def test_the_nearest_point_is_kept_where_none_is_near(kind, setting, monkeypatch):
    case = setting("binomial")
    batch = batch_of(kind, case, slice(8, 9))
    monkeypatch.setattr(type(batch), "max_rounds", 3)
    sizes = []
    measure = QuasiNewtonBatch._measure

    def watched(self, live):
        measure(self, live)
        sizes.append((self.state.size[0], self.state.b[0].copy()))

    monkeypatch.setattr(QuasiNewtonBatch, "_measure", watched)
    with np.errstate(all="ignore"):
        solved = batch.refine(np.ones(batch.state.b.shape[1], dtype=bool))
    assert not solved.any()
    _, nearest = min(sizes, key=lambda pair: pair[0])
    assert batch.state.b[0].tolist() == nearest.tolist()


class Scripted(QuasiNewtonBatch):
    """A point whose violations, and whether they are those of steps too far, are given."""

    max_rounds, rules = 20, replace(Factored.rules, patience=4)
    script: list

    def _measure(self, live):
        self.state.size[0], far = self.script.pop(0)
        self.state.back[0], self.state.drop[0] = (-1.0 if far else 1.0), 1.0

    def _prepare(self, live, turn, likely):
        return np.ones(live.size, dtype=bool)

    def _step_within_orthants(self, live):
        pass

    def _step_across(self, live):
        pass


@pytest.fixture
def scripted(monkeypatch):
    """Points whose way always leads down: only their script says where they come to."""

    def find_drop(live, state, net):
        state.drop[live] = 1.0

    monkeypatch.setattr(quasi_newton, "find_drop", find_drop)
    return run_script


def run_script(case, target, script, doubted=False):
    """Whether such a point counts as solved, and how many of its violations were looked at."""
    batch = batch_of(Scripted, case, slice(0, 1))
    batch.net.lambdas[:], batch.doubted[:] = 0.0, doubted
    batch.aim(np.full(1, target))
    batch.script = list(script)
    solved = batch.refine(np.ones(batch.state.b.shape[1], dtype=bool))
    return bool(solved[0]), len(script) - len(batch.script)


def test_a_step_is_trusted_for_the_rate_of_those_before(setting, scripted):
    case = setting("binomial")
    # From 1 to 1e-3: another such step, with a margin, will do.
    assert scripted(case, 1e-4, [(1.0, False), (1e-3, False), (9.0, False)]) == (True, 2)
    # Where a guess has gone astray before, every step is checked.
    script = [(1.0, False), (1e-3, False), (1e-5, False)]
    assert scripted(case, 1e-4, script, doubted=True) == (True, 3)
    # That a step too far was worse says nothing of the rate.
    script = [(1.0, False), (1e3, True), (0.5, False), (0.05, False), (1e-5, False)]
    assert scripted(case, 0.02, script) == (True, 5)


def test_a_proximal_step_that_is_too_long_has_not_failed(setting, scripted):
    case = setting("binomial")
    script = [(1.0, False), *[(5.0, True)] * 9, (1e-9, False)]
    assert scripted(case, 1e-6, script) == (True, 11)
    script = [(1.0, False), *[(1.0, False)] * 9]
    assert scripted(case, 1e-6, script) == (False, 5)
