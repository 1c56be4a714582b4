"""What travels to a worker, what is only named, and how long it is kept."""

import gc
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
    whole = len(lender.dumps(study.train.X)) + len(lender.dumps(study.table.frame))
    content = lender.dumps(lambda: study)
    assert len(content) < whole
    there = borrower.loads(content)()
    np.testing.assert_array_equal(there.path.coef_path, study.path.coef_path)
    assert there.train is borrower.loads(lender.dumps(study.train))  # read once
    back = lender.loads(borrower.dumps((there.train, there.path, there.table)))
    assert [a is b for a, b in zip(back, (study.train, study.path, study.table), strict=True)] == [
        True
    ] * 3


def test_what_a_worker_made_travels_as_it_is(study):
    lender, borrower = Lender(), Borrower()
    made = run_study(borrower.loads(lender.dumps(study.table)), study.recipe)
    back = lender.loads(borrower.dumps(made))
    assert back.table is study.table
    assert back.path is not study.path
    np.testing.assert_array_equal(back.path.coef_path, study.path.coef_path)


def test_memory_is_given_back_when_a_value_dies(study):
    lender = Lender()
    table = datasets.load("wine")
    lender.dumps(table)
    (name,) = lender._values
    SharedMemory(name).close()
    del table
    gc.collect()
    assert len(lender) == 0
    with pytest.raises(FileNotFoundError):
        SharedMemory(name)


def test_a_worker_keeps_no_more_than_its_bound(study):
    lender, borrower = Lender(), Borrower(most=1)
    content = lender.dumps(study.table)
    first = borrower.loads(content)
    borrower.loads(lender.dumps(study.train))
    assert borrower.loads(content) is not first


def test_without_room_in_shared_memory_a_value_travels(monkeypatch, study):
    def refuse(*_, **__):
        raise OSError("no space")

    monkeypatch.setattr(lending, "SharedMemory", refuse)
    there = Borrower().loads(Lender().dumps(study.table))
    assert there.digest == study.table.digest


def test_errors_travel_with_their_hint_and_the_option_that_answers_them():
    error = DataError("Is 1,234 a thousand?", "Say so.").answered_by("decimal")
    back = Lender().loads(Borrower().dumps(error))
    assert type(back) is DataError
    assert (str(back), back.option, back.__notes__) == (str(error), "decimal", error.__notes__)
