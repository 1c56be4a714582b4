import pytest

import regpath
from regpath.core.checks import check_choice, check_count, check_fraction, check_positive


@pytest.mark.parametrize(
    ("check", "value", "constraint"),
    [
        (check_fraction, 1.5, "a number in [0, 1]"),
        (check_fraction, "1", "a number in [0, 1]"),
        (check_fraction, float("nan"), "a number in [0, 1]"),
        (check_fraction, True, "a number in [0, 1]"),
        (check_positive, 0, "a positive number"),
        (check_positive, float("inf"), "a positive number"),
        (check_count, 0, "a whole number of at least 1"),
        (check_count, 2.0, "a whole number of at least 1"),
    ],
)
def test_one_wording_for_all(check, value, constraint):
    with pytest.raises(regpath.ParameterError) as refused:
        check(value, "size", "fit")
    expected = f"The 'size' parameter of fit must be {constraint}. Got {value!r} instead."
    assert str(refused.value) == expected


def test_choices_are_listed():
    with pytest.raises(regpath.ParameterError, match=r"must be one of 'a', 'b'\. Got 'c' instead."):
        check_choice("c", "kind", "fit", ("a", "b"))
    check_choice("a", "kind", "fit", ("a", "b"))
