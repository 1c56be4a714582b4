"""Threads; the limits are asked of BLAS itself, which must be one that threadpoolctl knows."""

import ast
import os
import signal
import subprocess
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from regpath.core import threads
from regpath.core.threads import n_threads, shares, side_by_side


def of_blas():
    return [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]


def set_blas(n):
    """Set the limit from a thread that ends, so that it belongs to nobody."""
    with ThreadPoolExecutor(1) as other:
        other.submit(lambda: threadpool_limits(n, user_api="blas")).result()


@pytest.fixture
def two(monkeypatch):
    """A machine of two processors whose BLAS may use both."""
    monkeypatch.setattr(threads.os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    before = of_blas()
    set_blas(2)
    if set(of_blas()) != {2}:
        pytest.skip("this BLAS cannot be told how many threads to use")
    yield
    set_blas(before[0])


def test_limits_of_blas_hold(two):
    assert n_threads() == 2
    with threadpool_limits(1, user_api="blas"):
        assert n_threads() == 1
    assert n_threads() == 2


def test_processors_that_are_not_ours_are_not_used(two, monkeypatch):
    monkeypatch.setattr(threads.os, "sched_getaffinity", lambda _: {3}, raising=False)
    assert n_threads() == 1


def test_without_affinity_processors_are_counted(two, monkeypatch):
    monkeypatch.delattr(threads.os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(threads.os, "cpu_count", lambda: None)
    assert n_threads() == 1


def test_blas_is_asked_once_in_a_fit_on_one_thread(two, monkeypatch):
    with threadpool_limits(1, user_api="blas"), threads.team():
        monkeypatch.setattr(threads, "_controller", lambda: pytest.fail("BLAS is asked again"))
        assert n_threads() == 1
        assert side_by_side(lambda part: part, [1, 2]) == [1, 2]
    monkeypatch.undo()
    assert threads._here.team is None


def test_hands_are_summed(two):
    found = threads.summed(lambda hand: np.full(2, float(sum(hand))), list(range(7)))
    assert found.tolist() == [21.0, 21.0]


def test_results_come_in_the_order_of_their_parts(two):
    def work(part):
        time.sleep(0.01 * (5 - part))
        return part

    assert side_by_side(work, range(6)) == list(range(6))
    assert side_by_side(work, []) == []


def test_blas_runs_alone_inside_and_as_before_afterwards(two):
    inside = side_by_side(lambda _: of_blas(), range(4))
    assert {count for counts in inside for count in counts} == {1}
    assert set(of_blas()) == {2}


def test_blas_runs_alone_inside_the_limits_of_a_caller(two):
    with threadpool_limits(2, user_api="blas"):
        inside = side_by_side(lambda _: of_blas(), range(4))
        assert {count for counts in inside for count in counts} == {1}
        assert set(of_blas()) == {2}
    assert set(of_blas()) == {2}


def test_any_thread_may_call(two):
    def call():
        return side_by_side(lambda _: of_blas(), range(4))

    for _ in range(2):
        with ThreadPoolExecutor(1) as caller:
            inside = caller.submit(call).result()
        assert {count for counts in inside for count in counts} == {1}
        assert set(of_blas()) == {2}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_process_has_threads_of_its_own(two):
    """Those of its parent are gone; waiting for them would never end."""
    side_by_side(str, range(4))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        signal.alarm(20)
        os._exit(0 if side_by_side(str, range(4)) == ["0", "1", "2", "3"] else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_one_part_keeps_all_threads_of_blas(two):
    assert set(side_by_side(lambda _: of_blas(), [0])[0]) == {2}


def test_nested_work_does_not_wait_for_itself(two):
    """Inside, BLAS has one thread, so the inner work runs where it is."""

    def outer(i):
        return sum(side_by_side(lambda j: i * j, range(5)))

    assert side_by_side(outer, range(8)) == [10 * i for i in range(8)]


def test_an_error_inside_is_raised_and_blas_restored(two):
    def work(part):
        if part == 2:
            raise ZeroDivisionError
        return part

    with pytest.raises(ZeroDivisionError):
        side_by_side(work, range(4))
    assert set(of_blas()) == {2}


@pytest.mark.parametrize("first_leaves_first", [True, False])
def test_callers_that_overlap_restore_blas_when_the_last_leaves(two, first_leaves_first):
    first_in, second_in = Event(), Event()
    leave = {name: Event() for name in ("first", "second")}

    def first():
        with threads._alone:
            first_in.set()
            assert leave["first"].wait(240)
            return of_blas()

    def second():
        assert first_in.wait(240)
        with threads._alone:
            second_in.set()
            assert leave["second"].wait(240)
            return of_blas()

    with ThreadPoolExecutor(2) as callers:
        calls = {"first": callers.submit(first), "second": callers.submit(second)}
        assert second_in.wait(240)
        order = ["first", "second"] if first_leaves_first else ["second", "first"]
        leave[order[0]].set()
        assert set(calls[order[0]].result(240)) == {1}
        assert set(of_blas()) == {1}
        leave[order[1]].set()
        assert set(calls[order[1]].result(240)) == {1}
        assert set(of_blas()) == {2}


def test_callers_side_by_side_get_their_own_results(two):
    def call(i):
        return side_by_side(lambda j: (i, j), range(7))

    with ThreadPoolExecutor(4) as callers:
        found = list(callers.map(call, range(20)))
    assert found == [[(i, j) for j in range(7)] for i in range(20)]
    assert set(of_blas()) == {2}


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize(("total", "least"), [(10, 1), (10, 4), (1, 1), (0, 1), (3, 0)])
def test_shares_cover_everything_once(n, total, least, monkeypatch):
    monkeypatch.setattr(threads, "n_threads", lambda: n)
    found = shares(total, least)
    assert [i for part in found for i in range(part.start, part.stop)] == list(range(total))
    assert len(found) <= n
    if len(found) > 1:
        assert min(part.stop - part.start for part in found) >= least


SHOWS_LIMITS = """
from regpath.core.threads import team
with team():
    import scipy.linalg
    from threadpoolctl import threadpool_info
    print([lib["num_threads"] for lib in threadpool_info() if lib["user_api"] == "blas"])
"""


def test_a_blas_that_comes_later_is_held_to_one_thread_too():
    """Scipy brings its own, and loads it when a solver first asks for it."""
    env = os.environ | {"OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"}
    found = subprocess.run(
        [sys.executable, "-c", SHOWS_LIMITS], capture_output=True, text=True, check=True, env=env
    )
    assert set(ast.literal_eval(found.stdout)) == {1}
