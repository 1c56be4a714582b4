"""Engines by their names; what is opened for a call is closed after it."""

import pytest

from regpath.engines.naming import engine_of
from regpath.engines.processes import Processes
from regpath.engines.serial import Serial
from regpath.errors import ParameterError


def test_an_engine_that_a_caller_brings_is_used_and_left_open():
    with engine_of(None) as here:
        assert isinstance(here, Serial)
    own = Processes(1)
    with engine_of(own) as used:
        assert used is own
        assert list(used.gather(used.map_blocks(abs, [-1]))) == [1]
    assert own._executor is not None
    own.close()


@pytest.mark.parametrize("engine", ["spark", 3, "http://127.0.0.1"])
def test_what_is_no_engine_is_refused(engine):
    with pytest.raises(ParameterError, match="'engine' parameter must be"), engine_of(engine):
        pass
