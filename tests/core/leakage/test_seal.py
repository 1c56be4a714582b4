import pytest

import regpath
from regpath.core.leakage.seal import Seal


def test_openings_are_counted_and_an_open_envelope_is_not_opened_again():
    seal = Seal(on=True)
    assert seal.hides
    assert "has not been opened" in seal.sentence
    once = seal.opened()
    assert (once.hides, once.openings) == (False, 1)
    assert once.opened() is once
    assert once.sentence.endswith("was opened 1 time.")
    twice = once.closed().opened()
    assert twice.openings == 2
    assert "opened 2 times; a score that was looked at before is no longer new" in twice.sentence
    with pytest.raises(regpath.DataError, match="sealed"):
        once.closed().check_visible()
    once.check_visible()


def test_without_a_seal_nothing_is_hidden_or_counted():
    seal = Seal()
    assert not seal.hides
    assert seal.opened() is seal
    assert seal.sentence == ""
    seal.check_visible()
    with pytest.raises(regpath.ParameterError, match="'openings'"):
        Seal(openings=-1)
