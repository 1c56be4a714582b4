import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regpath.core.solvers.ledger import LEAST_RATE, LONGEST, OVERSHOT, Ledger, StepRules

BY_BEST = StepRules(margin=2.0, gain=0.7, over_best=True, patience=3)
BY_LAST = StepRules(margin=2.0, gain=0.7, over_best=False, patience=3)
ONE = np.zeros(1, dtype=np.intp)
NO, YES = np.zeros(1, dtype=bool), np.ones(1, dtype=bool)


def ledger_of(rules, target=1e-6, count=1):
    return Ledger(np.full(count, target), rules)


def after(ledger, *sizes, far=NO, unsure=NO):
    """The last verdict of one point that had these violations."""
    for size in sizes:
        ledger.count_stalls(ONE, np.array([size]), YES)
        verdict = ledger.judge(ONE, np.array([size]), far, unsure)
    return verdict


def test_a_point_ends_at_its_target_or_where_numbers_end():
    assert not after(ledger_of(BY_BEST), 1.0).ended
    for size in (1e-6, 0.0, np.nan, np.inf):
        assert after(ledger_of(BY_BEST), 1.0, size).ended


@pytest.mark.parametrize("rules", [BY_BEST, BY_LAST])
def test_rounds_without_gain_make_a_point_stuck_and_a_gain_forgives_them(rules):
    ledger = ledger_of(rules)
    assert not after(ledger, 1.0, 0.9, 0.9).ended
    assert not after(ledger, 0.1).ended
    assert not ledger.stalls
    assert after(ledger, 0.1, 0.1, 0.1).ended
    assert ledger.stuck.tolist() == [True]


def test_gains_are_over_the_best_violation_or_over_the_last():
    up_and_down = 1.0, 4.0, 1.0, 4.0, 1.0
    assert after(ledger_of(BY_BEST), *up_and_down).ended
    assert not after(ledger_of(BY_LAST), *up_and_down).ended


def test_rounds_that_do_not_count_are_no_stalls():
    ledger = ledger_of(BY_BEST)
    for _ in range(9):
        ledger.count_stalls(ONE, np.ones(1), NO)
    assert not ledger.stuck.any()


def test_a_step_is_trusted_for_the_rate_of_those_before():
    # From 1 to 1e-3, which makes 1e-6 of it, with a margin.
    assert after(ledger_of(BY_BEST, 2.1e-6), 1.0, 1e-3).enough
    assert not after(ledger_of(BY_BEST, 1.9e-6), 1.0, 1e-3).enough
    assert not after(ledger_of(BY_BEST, 2.1e-6), 1e-3).enough  # nothing came before
    assert not after(ledger_of(BY_BEST, 2.1e-6), 1.0, 1e-3, unsure=YES).enough
    # However well the last one went.
    assert not after(ledger_of(BY_BEST, 1e-3 * LEAST_RATE), 1e9, 1e-3).enough


def test_a_step_too_far_says_nothing_of_the_rate():
    ledger = ledger_of(BY_BEST, 1e-9)
    after(ledger, 1.0)
    verdict = after(ledger, 50.0, far=YES)
    assert not verdict.enough
    assert after(ledger, 0.5).rate == pytest.approx(0.5)


@given(st.floats(-10.0, 10.0), st.floats(0.1, 10.0), st.floats(0.5, 9.0))
def test_on_a_parabola_a_step_is_too_far_beyond_three_halves_of_the_way(start, bend, length):
    """And what is kept of it ends at the minimum, where the slope vanishes."""
    ledger = ledger_of(BY_BEST)
    way = -length * start  # from `start`, past the minimum at 0 if length > 1
    ledger.drop[:] = -bend * start * way
    back = np.array([bend * (start + way) * -way])
    far = bool(ledger.too_far(ONE, np.ones(1), back)[0])
    if abs(length - 1.0 - OVERSHOT) > 1e-9 and bend * start**2 > 1e-9:
        assert far == (length > 1.0 + OVERSHOT)
    if far:
        kept = ledger.share_to_keep(ONE, back, 0.05)[0]
        assert kept == pytest.approx(np.clip(1.0 / length, 0.05, LONGEST), rel=1e-6)


def test_no_step_to_the_target_is_too_far_and_none_beyond_numbers_is_kept_for_its_slope():
    ledger = ledger_of(BY_BEST)
    ledger.drop[:] = 1.0
    assert ledger.too_far(ONE, np.ones(1), np.array([-9.0]))
    assert ledger.too_far(ONE, np.ones(1), np.array([np.nan]))
    assert not ledger.too_far(ONE, np.array([1e-7]), np.array([-9.0]))
    assert not ledger.too_far(ONE, np.array([np.nan]), np.array([np.nan]))


def test_points_are_judged_by_their_numbers():
    ledger = Ledger(np.array([1.0, 1e-3, 1e-6]), BY_BEST)
    some, size = np.array([2, 0]), np.array([0.5, 0.5])
    ledger.count_stalls(some, size, np.ones(2, dtype=bool))
    verdict = ledger.judge(some, size, np.zeros(2, dtype=bool), np.zeros(2, dtype=bool))
    assert verdict.ended.tolist() == [False, True]
    assert ledger.best.tolist() == ledger.last.tolist() == [0.5, np.inf, 0.5]
