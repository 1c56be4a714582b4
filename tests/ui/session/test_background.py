"""Work beside a page: who has it stopped, and who is told what."""

import pytest

from regpath.core.progress import Cancelled
from regpath.ui.session import waiting
from regpath.ui.session.background import Job
from regpath.ui.session.waiting import AGAIN, How, Left, wait_for
from regpath.ui.workers.worker import End


class Endless:
    """A task that is begun anew at every look."""

    share, attempts = 0.5, 1

    def __init__(self, clock):
        self.clock = clock

    def wait(self, seconds):
        self.clock[0] += 1.0
        self.attempts += self.clock[0] == 3.0
        return False


class EndedAtOnce:
    """A task that has ended at its second attempt before anybody looks."""

    share, attempts = 1.0, 2

    def __init__(self, end):
        self.end = end

    def wait(self, seconds):
        return True


@pytest.fixture
def clock(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(waiting.time, "monotonic", lambda: now[0])
    return now


def test_a_closed_page_ends_what_waits_beside_it_after_a_while(clock, monkeypatch):
    monkeypatch.setattr(waiting, "_is_here", lambda session: clock[0] < 5.0)
    with pytest.raises(Left):
        wait_for(Endless(clock), How(visitor="me", say=lambda text: None))
    assert waiting.LEFT < clock[0] < 2.0 * waiting.LEFT


def test_who_comes_back_in_time_goes_on(clock, monkeypatch):
    class EnoughError(Exception):
        pass

    def tell(share):
        if clock[0] > 100.0:
            raise EnoughError

    monkeypatch.setattr(waiting, "_is_here", lambda session: clock[0] % 8.0 < 4.0)
    with pytest.raises(EnoughError):
        wait_for(Endless(clock), How(tell=tell, visitor="me", say=lambda text: None))


def test_that_work_begins_anew_is_said_once(clock, monkeypatch):
    monkeypatch.setattr(waiting, "_is_here", lambda session: clock[0] < 5.0)
    said = []
    with pytest.raises(Left):
        wait_for(Endless(clock), How(visitor="me", say=said.append))
    assert said == [AGAIN]


@pytest.mark.parametrize(("end", "heard"), [(End.MADE, [AGAIN]), (None, [])])
def test_what_began_anew_and_ended_between_two_looks_is_said_where_it_came_to_something(end, heard):
    said = []
    wait_for(EndedAtOnce(end), How(visitor="me", say=said.append))
    assert said == heard


@pytest.mark.parametrize(("stopped_by", "left"), [(Left, True), (Cancelled, False)])
def test_who_left_may_come_back_and_who_stopped_is_asked(stopped_by, left):
    def make(tell):
        if not left:
            job.stop()
        raise stopped_by

    job = Job(make)
    assert job.start().wait(240)
    assert job.is_stopped
    assert job.was_left == left
