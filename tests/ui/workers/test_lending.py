"""What travels to a worker, what is only named, and how long it is kept."""

import gc
import os
import pickle
from multiprocessing.shared_memory import SharedMemory

import numpy as np
import pytest

from regpath import Recipe, datasets, run_study
from regpath.errors import DataError
from regpath.ui.workers import lending
from regpath.ui.workers.lending import Borrower, Lender


@pytest.fixture
def study():
    return run_study(datasets.load("iris"), Recipe("species", n_lambdas=5))


def test_large_values_are_lent_once_and_come_back_as_themselves(study):
    lender, borrower = Lender(), Borrower()
    content = lender.dumps(lambda: study)
    assert len(lender) == 4  # all rows, both parts, and the path
    assert len(content) < len(pickle.dumps(study)) / 2
    there = borrower.loads(content)()
    np.testing.assert_array_equal(there.path.coef_path, study.path.coef_path)
    assert there.train is borrower.loads(lender.dumps(study.train))  # read once
    back = lender.loads(borrower.dumps((there.train, there.path)))
    assert back[0] is study.train
    assert back[1] is study.path


def test_what_a_worker_made_travels_as_it_is(study):
    lender, borrower = Lender(), Borrower()
    made = run_study(borrower.loads(lender.dumps(study.table)), study.recipe)
    back = lender.loads(borrower.dumps(made))
    assert back.path is not study.path
    np.testing.assert_array_equal(back.path.coef_path, study.path.coef_path)


def test_memory_is_given_back_when_a_value_dies(study):
    lender = Lender()
    table = datasets.load("digits")
    lender.dumps(table)
    (name,) = lender._values
    SharedMemory(name).close()
    del table
    gc.collect()
    assert len(lender) == 0
    assert lender.take_gone() == [name]
    assert lender.take_gone() == []
    with pytest.raises(FileNotFoundError):
        SharedMemory(name)


def test_a_worker_keeps_no_more_than_its_bound(study):
    lender, borrower = Lender(), Borrower(most=1)
    content = lender.dumps(study.path)
    first = borrower.loads(content)
    borrower.loads(lender.dumps(study.train))
    assert borrower.loads(content) is not first
    second = borrower.loads(content)
    borrower.forget(list(lender._values))
    assert borrower.loads(content) is not second


def test_what_is_lent_at_a_time_is_bounded_and_the_rest_travels():
    first, second = datasets.load("breast_cancer"), datasets.load("digits")
    room = len(pickle.dumps(second)) * 21 // 20  # for one of them
    lender, borrower = Lender(most=room), Borrower()
    there = borrower.loads(lender.dumps([first, second]))
    assert len(lender) == 1
    assert 0 < lender.n_bytes <= room
    assert [table.digest for table in there] == [first.digest, second.digest]
    del first
    gc.collect()
    assert (len(lender), lender.n_bytes) == (0, 0)
    assert borrower.loads(lender.dumps(second)).digest == second.digest
    assert len(lender) == 1


def test_without_room_in_shared_memory_a_value_travels(monkeypatch, study):
    def refuse(*_, **__):
        raise OSError("no space")

    monkeypatch.setattr(lending, "SharedMemory", refuse)
    there = Borrower().loads(Lender().dumps(study.path))
    np.testing.assert_array_equal(there.coef_path, study.path.coef_path)


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="memory is there when it is made")
def test_room_in_shared_memory_is_asked_for_before_it_is_written_to(monkeypatch, study):
    def refuse(*_):
        raise OSError("no space")

    monkeypatch.setattr(os, "posix_fallocate", refuse)
    lender = Lender()
    assert Borrower().loads(lender.dumps(study.path)).l1_ratio == study.path.l1_ratio
    assert len(lender) == 0


def test_errors_travel_with_their_hint_and_the_option_that_answers_them():
    error = DataError("Is 1,234 a thousand?", "Say so.").answered_by("decimal")
    back = Lender().loads(Borrower().dumps(error))
    assert type(back) is DataError
    assert (str(back), back.option, back.__notes__) == (str(error), "decimal", error.__notes__)
