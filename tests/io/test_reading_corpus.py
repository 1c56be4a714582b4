"""Every file of the corpus is read right, or refused with the reason."""

import re

import pytest

from regpath.errors import DataError
from regpath.io import read_table
from tests.corpus import CASES
from tests.corpus.case import faults


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_is_read_right_or_refused(case):
    if case.truth is None:
        with pytest.raises(DataError, match=re.escape(case.message)) as caught:
            read_table(case.content, name=case.name, options=case.options)
        assert caught.value.hint
        return
    table = read_table(case.content, name=case.name, options=case.options)
    assert faults(case, table) == []


def test_the_corpus_is_large_and_says_what_is_wrong_with_each_file():
    assert len(CASES) >= 150
    assert len({case.name for case in CASES}) == len(CASES)
    assert all(case.wrong for case in CASES)
