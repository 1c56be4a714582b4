"""What watches an engine changes nothing, and tells each part that is done."""

import pytest

import regpath
from regpath.engines.engine import Engine
from regpath.engines.serial import Serial
from regpath.engines.watched import Watched
from tests.rows.stored import planted, written


class Recording(Serial):
    """Notes what it is told to give up and to end."""

    workers = 3

    def __init__(self):
        self.cancelled, self.closed = [], False

    def cancel(self, ticket):
        self.cancelled.append(ticket)

    def close(self):
        self.closed = True


def test_everything_is_handed_on_and_nothing_closed_that_another_opened():
    inner, seen = Recording(), []
    engine = Watched(inner, seen.append)
    assert isinstance(engine, Engine)
    assert engine.workers == 3
    ticket = engine.map_blocks(abs, [-2, -1, 0])
    assert next(engine.gather(ticket)) == 2
    engine.cancel(ticket)
    engine.close()
    assert len(inner.cancelled) == 1
    assert not inner.closed
    assert [each.done for each in seen] == [0, 1]
    assert seen[1].seconds >= 0.0


def test_what_a_part_raises_is_raised():
    def fails(part):
        raise ValueError(part)

    engine = Watched(Serial(), lambda seen: None)
    with pytest.raises(ValueError, match="7"):
        list(engine.gather(engine.map_blocks(fails, [7])))


def test_each_pass_over_the_rows_is_seen_once_and_to_its_end(tmp_path):
    file, seen = written(planted("binomial"), tmp_path / "t.parquet"), []
    engine = Watched(Serial(), seen.append)
    rows = regpath.read_rows(file, "y", engine=engine)
    path = regpath.fit_path(rows, n_lambdas=10, engine=engine)
    cv = regpath.cross_validate(rows, path, n_folds=3, engine=engine)
    ended = [each.number for each in seen if each.done == each.parts]
    assert ended == list(range(1, rows.passes + path.passes + cv.passes + 1))
