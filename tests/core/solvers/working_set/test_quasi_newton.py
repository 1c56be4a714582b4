from dataclasses import replace

import numpy as np
import pytest

from regpath.core.fit import Points
from regpath.core.solvers import newton
from regpath.core.solvers.working_set.diagonal import Diagonal
from regpath.core.solvers.working_set.factored import Factored
from regpath.core.solvers.working_set.quasi_newton import NEAR, Crowd

FACTORS = {
    "equal": np.ones(12),
    "unequal": np.linspace(0.2, 3.0, 12),
    "free": np.r_[0.0, np.ones(7), 0.0, 2.0, 1.0, 1.0],
}


@pytest.fixture(params=[Factored, Diagonal])
def kind(request):
    return request.param


def crowd_of(kind, case, which, intercept=None, coefs=None):
    """Points at some lambdas of a setting, all at one place; its start, if no other is given."""
    intercept = case.null.intercept if intercept is None else intercept
    coefs = case.null.coefs if coefs is None else coefs
    goal = case.goal.at(which)
    m = len(goal.lambdas)
    where = Points(np.tile(intercept, (m, 1)), np.tile(coefs, (m, 1, 1)))
    return kind(case.sums, replace(goal, targets=goal.targets.copy()), where)


def refined(crowd, case):
    """Refine until the points measure up to their targets or are stuck; violations at the end."""
    with np.errstate(all="ignore"):
        for _ in range(50):
            solved = crowd.refine(np.ones(crowd.b.shape[1], dtype=bool))
            one = np.zeros(len(crowd.lambdas), dtype=np.intp)
            z, slope = case.sums.gradient(crowd.intercepts, crowd.coefs, one)
            size = crowd.violation(z, slope)
            if not solved.all() or not ((size > crowd.targets) & ~crowd.stuck).any():
                break
    return solved, size


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("factors", FACTORS)
@pytest.mark.parametrize("weights", [False, True])
def test_neighbouring_points_meet_their_targets(kind, family, l1_ratio, factors, weights, setting):
    case = setting(family, l1_ratio=l1_ratio, factors=FACTORS[factors], weights=weights)
    some = slice(0, 4)
    crowd = crowd_of(kind, case, some)
    solved, size = refined(crowd, case)
    assert solved.all()
    assert (size <= case.targets[some]).all()
    violation = case.penalty.violation(
        case.sums.gradient(crowd.intercepts, crowd.coefs, np.zeros(4, dtype=np.intp))[0],
        crowd.coefs,
        case.lambdas[some],
    )
    assert (violation <= size).all()


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
@pytest.mark.parametrize("which", [slice(9, 10), slice(0, 10)])
def test_on_diagonals_a_group_may_be_far_from_the_start(family, l1_ratio, which, setting):
    case = setting(family, l1_ratio=l1_ratio)
    solved, size = refined(crowd_of(Diagonal, case, which), case)
    assert solved.all()
    assert (size <= case.targets[which]).all()


@pytest.mark.parametrize("which", [slice(9, 10), slice(0, 10)])
@pytest.mark.parametrize("l1_ratio", [1.0, 0.5, 0.0])
def test_what_is_called_solved_is(kind, family, l1_ratio, which, setting):
    """Even where the start is far, a point is either nearly there or not called so."""
    case = setting(family, l1_ratio=l1_ratio, least=1e-4)
    crowd = crowd_of(kind, case, which)
    solved, size = refined(crowd, case)
    assert np.isfinite(crowd.b).all()
    assert (size[solved] <= NEAR * crowd.lambdas[solved]).all()


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_steps_that_lead_too_far_are_taken_back(kind, l1_ratio, setting, monkeypatch):
    """Where the loss hardly bends, a Newton step overshoots by far."""
    case = setting("binomial", l1_ratio=l1_ratio)
    taken = []
    step_back = Crowd._step_back
    monkeypatch.setattr(
        Crowd, "_step_back", lambda self, far: (taken.extend(far), step_back(self, far))
    )
    crowd = crowd_of(kind, case, slice(2, 5), intercept=np.array([3.0]))
    solved, size = refined(crowd, case)
    assert taken
    assert solved.all()
    assert (size <= crowd.targets).all()


@pytest.mark.parametrize(
    ("drop", "back", "keep"), [(1.0, -1.0, 0.5), (1.0, -4.0, 0.2), (2.0, -0.1, 0.7)]
)
def test_a_step_back_is_where_the_slope_would_vanish(kind, drop, back, keep, setting):
    crowd = crowd_of(kind, setting("binomial"), slice(0, 2))
    crowd.old[:] = 1.0
    crowd.b[:] = 2.0
    crowd.drop[:], crowd.back[:] = drop, back
    crowd._step_back(np.array([1]))
    assert (crowd.b[0] == 2.0).all()
    assert crowd.b[1] == pytest.approx(1.0 + keep)
    assert crowd.drop[1] == pytest.approx(keep * drop)
    assert not crowd.doubted.any()


def test_a_guess_that_led_nowhere_is_taken_back_at_all(kind, setting):
    crowd = crowd_of(kind, setting("binomial"), slice(0, 2))
    crowd.old[:] = 1.0
    crowd.b[:] = 1e9
    crowd.drop[:], crowd.back[:], crowd.guessed[0] = 1.0, -1e9, True
    crowd._step_back(np.array([0, 1]))
    assert (crowd.b[0] == 1.0).all()
    assert crowd.astray.tolist() == crowd.doubted.tolist() == [True, False]
    assert (crowd.b[1] < 0.2e9).all()


def test_points_that_cannot_come_nearer_are_not_called_solved(kind, family, setting, monkeypatch):
    """A gradient that is never less than half of lambda away from the optimum."""
    case = setting(family)
    crowd = crowd_of(kind, case, slice(0, 3))
    gradient, calls = type(case.sums).gradient, []

    def noisy(sums, *where):
        calls.append(1)
        z, slope = gradient(sums, *where)
        return z, slope + (-1.0) ** len(calls) * 0.5 * case.lambdas[0]

    monkeypatch.setattr(type(case.sums), "gradient", noisy)
    with np.errstate(all="ignore"):
        solved = crowd.refine(np.ones(crowd.b.shape[1], dtype=bool))
    assert not solved.any()
    assert np.isfinite(crowd.b).all()
    assert len(calls) <= kind.max_rounds


def test_targets_below_rounding_leave_points_stuck_but_near(kind, family, setting):
    case = setting(family)
    case.targets[:] = 0.0
    crowd = crowd_of(kind, case, slice(0, 3))
    solved, size = refined(crowd, case)
    assert solved.all()
    assert (size <= 1e-10).all()


@pytest.mark.parametrize("where", ["X", "Y", "start"])
def test_what_is_not_a_number_ends_soon(kind, family, where, setting, monkeypatch):
    case = setting(family)
    if where == "start":
        crowd = crowd_of(kind, case, slice(0, 3))
        crowd.b[1, 2] = np.nan
    else:
        data = (case.design.X if where == "X" else case.Y).copy()
        data[3] = np.nan
        case.sums.__dict__.pop("cheap", None)
        object.__setattr__(case.design if where == "X" else case.data, where, data)
        crowd = crowd_of(kind, case, slice(0, 3))
    measured = []
    measure = Crowd._measure
    monkeypatch.setattr(
        Crowd, "_measure", lambda self, live: (measured.append(1), measure(self, live))
    )
    with np.errstate(all="ignore"):
        solved = crowd.refine(np.ones(crowd.b.shape[1], dtype=bool))
    assert not solved.any()
    assert len(measured) == 1


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_a_crowd_at_its_solutions_stays_there(kind, family, l1_ratio, setting):
    case = setting(family, l1_ratio=l1_ratio)
    intercepts, coefs = case.solve(newton)
    some = slice(3, 4)
    crowd = crowd_of(kind, case, some, intercepts[3], coefs[3])
    crowd.targets[:] = 1e-8
    solved, _ = refined(crowd, case)
    assert solved.all()
    assert crowd.coefs == pytest.approx(coefs[some], abs=1e-9)


@pytest.mark.parametrize("l1_ratio", [1.0, 0.5])
def test_second_derivatives_of_another_group_serve_too(family, l1_ratio, setting):
    """A factor from elsewhere is a first guess like any other: steps correct it."""
    case = setting(family, l1_ratio=l1_ratio)
    first = crowd_of(Factored, case, slice(0, 3))
    refined(first, case)
    second = crowd_of(Factored, case, slice(3, 5), first.intercepts[-1], first.coefs[-1])
    second.factor = first.factor
    solved, size = refined(second, case)
    assert solved.all()
    assert (size <= second.targets).all()
    if family == "gaussian":
        assert second.factor is first.factor


def test_the_nearest_point_is_kept_where_none_is_near(kind, setting, monkeypatch):
    case = setting("binomial")
    crowd = crowd_of(kind, case, slice(8, 9))
    monkeypatch.setattr(type(crowd), "max_rounds", 3)
    sizes = []
    measure = Crowd._measure

    def watched(self, live):
        measure(self, live)
        sizes.append((self.size[0], self.b[0].copy()))

    monkeypatch.setattr(Crowd, "_measure", watched)
    with np.errstate(all="ignore"):
        solved = crowd.refine(np.ones(crowd.b.shape[1], dtype=bool))
    assert not solved.any()
    _, nearest = min(sizes, key=lambda pair: pair[0])
    assert crowd.b[0].tolist() == nearest.tolist()


class Scripted(Crowd):
    """A point whose violations, and whether they are those of steps too far, are given."""

    max_rounds, stuck_after = 20, 3
    script: list

    def _measure(self, live):
        self.size[0], far = self.script.pop(0)
        self.back[0], self.drop[0] = (-1.0 if far else 1.0), 1.0

    def _prepare(self, live, turn, likely):
        return np.ones(live.size, dtype=bool)

    def _step_within_orthants(self, live):
        pass

    def _step_across(self, live):
        pass

    def _look_down(self, live):
        self.drop[live] = 1.0


def scripted(case, target, script, doubted=False):
    """Whether such a point counts as solved, and how many of its violations were looked at."""
    crowd = crowd_of(Scripted, case, slice(0, 1))
    crowd.targets[:], crowd.lambdas, crowd.doubted[:] = target, np.zeros(1), doubted
    crowd.script = list(script)
    solved = crowd.refine(np.ones(crowd.b.shape[1], dtype=bool))
    return bool(solved[0]), len(script) - len(crowd.script)


def test_a_step_is_trusted_for_the_rate_of_those_before(setting):
    case = setting("binomial")
    # From 1 to 1e-3: another such step, with a margin, will do.
    assert scripted(case, 1e-4, [(1.0, False), (1e-3, False), (9.0, False)]) == (True, 2)
    # Where a guess has gone astray before, every step is checked.
    script = [(1.0, False), (1e-3, False), (1e-5, False)]
    assert scripted(case, 1e-4, script, doubted=True) == (True, 3)
    # That a step too far was worse says nothing of the rate.
    script = [(1.0, False), (1e3, True), (0.5, False), (0.05, False), (1e-5, False)]
    assert scripted(case, 0.02, script) == (True, 5)


def test_a_proximal_step_that_is_too_long_has_not_failed(setting):
    case = setting("binomial")
    script = [(1.0, False), *[(5.0, True)] * 9, (1e-9, False)]
    assert scripted(case, 1e-6, script) == (True, 11)
    script = [(1.0, False), *[(1.0, False)] * 9]
    assert scripted(case, 1e-6, script) == (False, 5)
