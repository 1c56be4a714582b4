"""What travels to a worker, what is only named, and how long it is kept."""

import gc
import os
import pickle
from multiprocessing.shared_memory import SharedMemory

import numpy as np
import pandas as pd
import pytest

from regpath import Recipe, datasets, read_table, run_study
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


def test_a_wide_table_travels_without_a_question_for_each_column(monkeypatch):
    names = [f"column {i}" for i in range(2000)]
    row = ",".join(str(i % 7) for i in range(2000))
    table = read_table(f"{','.join(names)}\n{row}\n{row[::-1]}\n{row}\n".encode(), name="wide")
    asked = []
    large = lending.is_large
    monkeypatch.setattr(lending, "is_large", lambda value: asked.append(1) or large(value))
    lender, borrower = Lender(), Borrower()
    content = lender.dumps(lambda: table)
    assert len(asked) < 500
    assert len(lender) == (table.frame.size >= lending.CELLS)
    there = borrower.loads(content)()
    pd.testing.assert_frame_equal(there.frame, table.frame)
    assert (there.diagnosis, there.reading) == (table.diagnosis, table.reading)
    assert (there.digest, there.notes) == (table.digest, table.notes)


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
    (name,) = lender._lent
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
    borrower.forget(list(lender._lent))
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


class Holder:
    """Somebody at whose work a value is."""


@pytest.fixture
def tables():
    """Three that are lent, and a lender who has room for two of them."""
    made = [pd.DataFrame({"a": np.arange(20_000.0) + n}) for n in range(3)]
    size = len(pickle.dumps(made[0]))
    return made, Lender(most=5 * size // 2)


def names_of(lender):
    return {each.value().iat[0, 0]: name for name, each in lender._lent.items()}


def test_what_was_not_used_for_longest_makes_room(tables):
    (first, second, third), lender = tables
    lender.dumps([first, second])
    lender.dumps(first)
    there = names_of(lender)
    lender.dumps(third)
    assert set(names_of(lender)) == {0.0, 2.0}
    assert lender.take_gone() == [there[1.0]]  # and workers are told to forget it
    with pytest.raises(FileNotFoundError):
        SharedMemory(there[1.0])
    borrower = Borrower()
    assert borrower.loads(lender.dumps(second)).iat[0, 0] == 1.0  # lent anew
    assert lender.n_bytes <= lender._most


def test_what_somebody_is_at_work_with_stays(tables):
    (first, second, third), lender = tables
    one, other = Holder(), Holder()
    calls = [lender.dumps(first, one), lender.dumps(second, other)]
    lender.dumps(third)
    assert set(names_of(lender)) == {0.0, 1.0}
    there = [Borrower().loads(call) for call in calls]
    assert [each.iat[0, 0] for each in there] == [0.0, 1.0]
    lender.dumps("nothing", other)  # it is at something else now
    lender.dumps(third)
    assert set(names_of(lender)) == {0.0, 2.0}
    del one
    gc.collect()
    lender.dumps(second)
    assert len(lender) == 2
    assert 0.0 not in names_of(lender)


def test_what_a_value_refers_to_is_there_as_long_as_it_is_lent(study):
    lender = Lender()
    inner = pd.DataFrame({"a": np.arange(20_000.0)})
    outer = pd.DataFrame({"b": np.arange(20_000.0)})
    outer.attrs["inner"] = inner
    lender.dumps(outer)
    (name,) = [name for name, each in lender._lent.items() if each.value() is inner]
    lender._most = lender.n_bytes
    lender.dumps(study.path)  # makes room for itself: of the two, the outer goes
    assert name in lender._lent
    assert lender._names.get(id(outer)) is None


def test_a_value_in_the_place_of_a_dead_one_is_not_taken_for_it(tables):
    (first, second, _), lender = tables
    lender.dumps(first)
    (name,) = lender._lent
    lender._names[id(second)] = name  # as where it dies while others are pickled
    there = Borrower().loads(lender.dumps(second))
    assert there.iat[0, 0] == 1.0


def test_values_that_die_while_others_are_lent_are_taken_back_by_the_next(tables):
    (first, second, third), lender = tables

    class Dies:
        """Its pickling is the moment in which another value dies."""

        def __reduce__(self):
            lender._lent[name].finalizer()
            return int, ()

    lender.dumps(first)
    (name,) = lender._lent
    assert Borrower().loads(lender.dumps([Dies(), second, third]))[2].iat[0, 0] == 2.0
    assert name not in lender._lent
    assert name in lender.take_gone()


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
