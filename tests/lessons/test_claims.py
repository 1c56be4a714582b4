"""What is said of a claim's numbers: a sentence's end, whether it holds or not."""

import re

import pytest

from regpath import lessons
from regpath.lessons import claims

AS_CODE = re.compile(r"\b(True|False|None|nan)\b|\d[eE][+-]?\d")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (claims.close(3.19991, 3.2, 0.01), "3.2, as expected (3.2, give or take 0.01)"),
        (claims.close(4.5, 3.2, 0.01), "4.5, not the expected 3.2, give or take 0.01"),
        (claims.close(1.0, 1.0, 0.0), "exactly 1"),
        (claims.close(2.0, 1.0, 0.0), "2, not 1"),
        (claims.above(9.0, 5.0), "9 is more than 5"),
        (claims.above(5.0, 5.0), "5 is not more than 5"),
        (claims.below(9.25482e-13, 1e-4), "next to nothing (9.255×10⁻¹³) is less than 0.0001"),
        (claims.below(0.0, 1e-4), "0 is less than 0.0001"),
        (claims.at_least(4.0, 5.0), "4 is less than 5"),
        (claims.at_most(5000.0, 4999.0), "5,000 is more than 4,999"),
        (claims.within_sum(3.0, [1.0, 2.5]), "3 is at most 3.5"),
        (claims.rises([0.5, 1.0, 12.021]), "0.5, then 1, then 12.02"),
        (claims.steady([1.0, 1.0], 0.0), "1, then 1: all the same"),
        (claims.steady([1.0, 1.04], 0.1), "1, then 1.04: no more than 0.1 apart"),
        (claims.steady([1.0, 1.4], 0.1), "1, then 1.4: more than 0.1 apart"),
        (claims.yes(True), "it is so"),
        (claims.yes(False), "it is not so"),
        (claims.no(False), "it is so"),
        (claims.no(True), "it is not so"),
        (claims.begins_with(["honest", "rare"], "honest"), "honest, then rare"),
    ],
)
def test_numbers_of_a_claim_are_said_in_words(found, words):
    assert found[1] == words


def test_a_large_or_small_number_that_is_no_rounding_is_written_as_it_is():
    assert claims.above(2e9, 5e-5)[1] == "2×10⁹ is more than 0.00005"


def test_no_lesson_says_a_claim_as_code_does():
    for lesson in lessons.catalog():
        for claim in lesson.claims:
            assert not AS_CODE.search(claim.verdict()[1]), (lesson.name, claim.says)
