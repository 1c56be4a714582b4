"""Processes that are killed are replaced, and nothing changes in the answers."""

import os
import signal
from functools import partial
from pathlib import Path

import numpy as np
import pytest

import regpath
from regpath.engines.engine import Engine, EngineError
from regpath.engines.processes import Processes
from regpath.engines.serial import Serial
from tests.rows.stored import planted, written

SAME = 1e-10  # of a coefficient, whoever added up the sums


@pytest.fixture
def engine():
    processes = Processes(2)
    yield processes
    processes.close()


def square(x):
    return x * x


def kill_once(mark, x):
    """End the process in which this runs, the first time."""
    if x == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return x * x


def kill_always(x):
    if x == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return x


def fail(x):
    raise regpath.DataError(f"part {x} is bad", "mend it")


def test_answers_come_in_the_order_of_the_parts(engine):
    assert isinstance(engine, Engine)
    assert isinstance(Serial(), Engine)
    for each in (engine, Serial()):
        assert list(each.gather(each.map_blocks(square, range(9)))) == [i * i for i in range(9)]


def test_a_killed_worker_is_replaced_and_its_part_handed_out_anew(engine, tmp_path):
    work = partial(kill_once, tmp_path / "killed")
    assert list(engine.gather(engine.map_blocks(work, range(8)))) == [i * i for i in range(8)]
    assert (tmp_path / "killed").exists()


def test_a_part_that_ends_every_worker_is_named(engine):
    with pytest.raises(EngineError, match=r"ended 4 times while they had 3"):
        list(engine.gather(engine.map_blocks(kill_always, range(6))))


def test_an_error_of_the_function_is_told_and_not_tried_again(engine):
    with pytest.raises(regpath.DataError, match=r"part 0 is bad mend it") as caught:
        list(engine.gather(engine.map_blocks(fail, range(3))))
    assert caught.value.hint == "mend it"


def test_what_nobody_waits_for_is_taken_back(engine):
    ticket = engine.map_blocks(square, range(50))
    next(engine.gather(ticket))
    engine.cancel(ticket)
    assert list(engine.gather(engine.map_blocks(square, [7]))) == [49]


class Killer(Processes):
    """Kills a worker of its own in the midst of some passes."""

    passes = 0

    def map_blocks(self, function, parts):
        ticket = super().map_blocks(function, parts)
        self.passes += 1
        if self.passes in (2, 4):
            os.kill(next(iter(self._executor._processes)), signal.SIGKILL)
        return ticket


def test_a_path_and_its_folds_are_the_same_when_workers_are_killed_twice(tmp_path):
    file = written(planted("binomial"), tmp_path / "t.parquet", rows=50)
    here = regpath.read_rows(file, "y")
    quiet = regpath.fit_path(here, n_lambdas=20)
    expected = regpath.cross_validate(here, quiet, n_folds=3)
    engine = Killer(2)
    try:
        rows = regpath.read_rows(file, "y", engine=engine)
        path = regpath.fit_path(rows, n_lambdas=20, engine=engine)
        cv = regpath.cross_validate(rows, path, n_folds=3, engine=engine)
    finally:
        engine.close()
    assert engine.passes > 4
    assert np.abs(path.coefs("standardized") - quiet.coefs("standardized")).max() <= SAME
    assert cv.fold_scores == pytest.approx(expected.fold_scores, rel=SAME)
    assert rows.digest == here.digest
    assert (path.passes, cv.passes) == (quiet.passes, expected.passes)
    assert Path(file).exists()


def test_a_block_that_workers_cannot_read_is_named(tmp_path):
    file = written(planted("gaussian"), tmp_path / "t.parquet")
    rows = regpath.read_rows(file, "y", keep_megabytes=0)
    file.unlink()
    with pytest.raises(regpath.DataError, match=r"t\.parquet, row group 0 cannot be read"):
        regpath.fit_path(rows, engine="processes")
