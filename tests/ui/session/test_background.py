"""Work beside a page: who has it stopped, and who is told what."""

from types import SimpleNamespace

import pytest

from regpath.core.progress import Cancelled
from regpath.ui.session import waiting
from regpath.ui.session.background import Job
from regpath.ui.session.waiting import AGAIN, How, Left, wait_for
from regpath.ui.workers.task import NoProcessError
from regpath.ui.workers.worker import End


class Endless:
    """A task that is begun anew at every look."""

    share, attempts, is_queued = 0.5, 1, False

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


class Queued:
    """A task that waits in the queue of a pool; from a look on a worker answers, or begins it."""

    share, attempts, pool = 0.0, 0, SimpleNamespace(is_ready=False)

    def __init__(self, clock, *, begins=float("inf"), ends=float("inf")):
        self.clock, self.begins, self.ends, self.end = clock, begins, ends, End.MADE

    @property
    def is_queued(self):
        return self.clock[0] < self.begins

    def wait(self, seconds):
        self.clock[0] += 1.0
        self.attempts = int(not self.is_queued)
        return self.clock[0] >= self.ends


def test_what_waited_in_the_queue_and_was_begun_once_has_not_begun_anew(clock):
    said = []
    wait_for(Queued(clock, begins=5.0, ends=9.0), How(say=said.append))
    assert said == []


@pytest.mark.parametrize(
    ("is_foreign", "longest"), [(False, waiting.REPLACED), (True, waiting.FOREIGN)]
)
def test_who_is_queued_while_no_worker_answers_waits_no_longer_than_a_start_takes(
    clock, is_foreign, longest
):
    with pytest.raises(NoProcessError):
        wait_for(Queued(clock), How(is_foreign=is_foreign))
    assert longest < clock[0] < longest + 3.0


@pytest.mark.parametrize(("begun", "heard"), [(0, []), (1, [AGAIN])])
def test_who_computes_what_a_process_that_was_ended_had_begun_is_told(clock, begun, heard):
    class Given(Queued):
        def wait(self, seconds):
            super().wait(seconds)
            self.attempts = begun
            return False

    said = []
    with pytest.raises(NoProcessError):
        wait_for(Given(clock), How(say=said.append))
    assert said == heard


def test_who_is_queued_behind_others_or_at_work_waits_as_long_as_it_takes(clock, monkeypatch):
    wait_for(Queued(clock, begins=1.0, ends=500.0), How())
    assert clock[0] == 500.0
    monkeypatch.setattr(Queued, "pool", SimpleNamespace(is_ready=True))
    wait_for(Queued(clock, ends=1000.0), How())
    assert clock[0] == 1000.0


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
