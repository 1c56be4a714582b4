"""Turns: pages are made in the order in which they were asked for, and nobody waits for ever."""

from threading import Barrier, Event, Thread

import pytest

from regpath.ui.session.turns import Turns

SECONDS = 60  # of patience


def started(act):
    thread = Thread(target=act)
    thread.start()
    return thread


def until_waiting(turns, number):
    """Wait until that many wait for their turn."""
    while len(turns._waiting) < number:
        Event().wait(0.001)


def test_they_come_in_the_order_of_their_asking():
    turns, order, threads = Turns(SECONDS), [], []

    def page(number):
        with turns.taken():
            order.append(number)

    with turns.taken():
        for number in range(5):
            threads.append(started(lambda number=number: page(number)))
            until_waiting(turns, number + 1)
        assert order == []
    for thread in threads:
        thread.join(SECONDS)
    assert order == [0, 1, 2, 3, 4]


def test_who_only_waits_lets_the_next_begin_and_goes_on_before_later_ones():
    turns, order = Turns(SECONDS), []
    answered, second_is_at_work, third_waits, is_left = Event(), Event(), Event(), Event()

    def first():
        with turns.taken():
            order.append("first")
            with turns.left():
                is_left.set()
                assert answered.wait(SECONDS)
            order.append("first again")

    def second():
        with turns.taken():
            second_is_at_work.set()
            assert third_waits.wait(SECONDS)
            order.append("second")

    def third():
        with turns.taken():
            order.append("third")

    threads = [started(first)]
    assert is_left.wait(SECONDS)
    threads.append(started(second))
    assert second_is_at_work.wait(SECONDS)
    threads.append(started(third))
    until_waiting(turns, 1)
    answered.set()
    until_waiting(turns, 2)
    third_waits.set()
    for thread in threads:
        thread.join(SECONDS)
    assert order == ["first", "second", "first again", "third"]


def test_a_turn_that_lasts_too_long_keeps_nobody():
    turns, together = Turns(0.0), Barrier(2)

    def page():
        with turns.taken():
            together.wait(SECONDS)  # both have their turn at once, or this breaks

    threads = [started(page), started(page)]
    for thread in threads:
        thread.join(SECONDS)
    assert not together.broken


def test_what_ends_with_an_error_gives_its_turn_back():
    turns = Turns(SECONDS)
    with pytest.raises(ZeroDivisionError), turns.taken(), turns.left():
        raise ZeroDivisionError
    with turns.taken():
        assert turns.asked() is not None
    assert turns.asked() is None


def test_a_wait_within_a_wait_leaves_the_turn_once():
    turns = Turns(SECONDS)
    with turns.taken():
        with turns.left():
            turns.wait_for_others(SECONDS)
            with turns.left():
                pass
        assert list(turns._begun)
    assert not turns._begun


def test_a_thread_without_a_turn_waits_for_nothing():
    turns = Turns(SECONDS)
    with turns.left():
        turns.wait_for_others(SECONDS)
    assert turns.asked() is None


def test_what_can_wait_lets_all_others_begin():
    turns, begun = Turns(SECONDS), []

    def page():
        with turns.taken():
            begun.append(True)

    with turns.taken():
        thread = started(page)
        until_waiting(turns, 1)
        turns.wait_for_others(SECONDS)
        assert begun == [True]
    thread.join(SECONDS)


def test_who_is_called_away_waits_for_nobody_and_keeps_a_turn():
    turns, begun, done = Turns(0.01), Event(), Event()

    def leave():
        turns._waiting.remove(-1)
        done.set()
        raise ZeroDivisionError

    def page():
        with turns.taken():
            begun.set()

    with turns.taken():
        turns._waiting.append(-1)  # somebody who has no turn as long as this one waits
        with pytest.raises(ZeroDivisionError):
            turns.wait_for_others(SECONDS, leave)
    assert done.is_set()
    started(page).join(SECONDS)
    assert begun.is_set()
