"""Works that ask at the same time share passes; an error of one ends all."""

import threading

import pytest

import regpath
from regpath.engines.serial import Serial
from regpath.rows.passes import RowPasses
from regpath.rows.queries import RowQuery
from tests.rows.stored import planted, written


@pytest.fixture
def passes(tmp_path):
    rows = regpath.read_rows(written(planted("gaussian"), tmp_path / "t.parquet"), "y")
    return RowPasses(Serial(), rows.coding), RowQuery("moments", rows.whole(True))


def test_what_works_ask_at_the_same_time_is_one_pass(passes):
    passes, query = passes

    def work(times):
        return [passes.ask([query] * times)[0].sums[5] for _ in range(times)]

    found = passes.together([lambda k=k: work(k) for k in (1, 3, 0, 2)])
    assert found == [[400], [400] * 3, [], [400] * 2]
    assert passes.count == 3


def test_only_one_works_at_a_time_and_in_their_order(passes):
    passes, query = passes
    order = []

    def work(k):
        order.append(k)
        passes.ask([query])
        order.append(k)

    passes.together([lambda k=k: work(k) for k in range(5)])
    assert order == [*range(5), *range(5)]


def test_an_error_of_one_work_ends_the_others_and_leaves_no_thread(passes):
    passes, query = passes
    before = threading.active_count()

    def fails():
        passes.ask([query])
        raise ValueError("no")

    def goes_on():
        while True:
            passes.ask([query])

    with pytest.raises(ValueError, match="no"):
        passes.together([goes_on, fails, goes_on])
    assert threading.active_count() == before
