import pytest

import regpath
from regpath.core.progress import Cancelled, part_of, tell


def test_shares_are_told_and_stay_between_none_and_all():
    heard = []
    tell(heard.append, 3, 4)
    tell(heard.append, 5, 4)
    tell(heard.append, 0, 0)
    tell(None, 1, 2)
    assert heard == [0.75, 1.0, 1.0]


def test_a_stage_is_a_part_of_the_whole():
    heard = []
    stage = part_of(heard.append, 0.5, 0.9)
    stage(0.0)
    stage(0.5)
    assert heard == pytest.approx([0.5, 0.7])
    assert part_of(None, 0.0, 1.0) is None


def test_a_callback_that_raises_ends_the_call():
    def stop(share):
        raise Cancelled

    with pytest.raises(regpath.RegpathError, match="Stopped before it was done"):
        tell(stop, 0.5)
