"""Damage of any kind ends in a table or in an error of ours; ten thousand are run by night."""

import pytest

from tests.corpus.mutate import fault, mutation


@pytest.mark.parametrize("part", range(20))
def test_damage_is_survived(part):
    for number in range(25 * part, 25 * part + 25):
        name, data = mutation(number)
        assert fault(data) == "", (number, name)
