import re
from decimal import Decimal
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regpath.core.conversions.typed import read_mix, read_number, read_strength, read_strengths
from regpath.errors import ParameterError
from regpath.number_format import COMMA, FORMATS, SPACE


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1.0),
        (" 0.0025 ", 0.0025),
        ("0,0025", 0.0025),
        ("0,100", 0.1),
        ("2,5e-3", 0.0025),
        ("1E-3", 0.001),
        ("1,000,000", 1e6),
        ("1,234.5", 1234.5),
        ("1.000,5", 1000.5),
        ("1.234.567", 1234567.0),
        ("1.234.567,8", 1234567.8),
        ("1 234,5", 1234.5),
        ("1\u202f234\u202f567", 1234567.0),
        ("1'234.5", 1234.5),
        ("1\u2019234", 1234.0),
        ("1.234", 1.234),
        ("+1.234,5", 1234.5),
        ("+3", 3.0),
        ("2.5e\u22123", 0.0025),
        ("inf", inf),
    ],
)
def test_numbers_are_read_as_people_write_them(text, value):
    assert read_strength(text) == value


@given(value=st.floats(1e-300, 1e300))
def test_a_number_is_taken_with_all_its_digits_and_with_either_sign(value):
    assert read_strength(repr(value)) == value
    assert read_strength(f"{value:.17e}".replace(".", ",")) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,000", "1,000 could be 1000 or 1.000"),
        ("", "no number"),
        ("strong", "strong is no number"),
        ("1,2,3", "is no number"),
        ("1.00,5", "is no number"),
        ("1'23", "is no number"),
        ("1,234,5", "is no number"),
        ("1.234,567.8", "is no number"),
        ("0", "above 0; 0 is not"),
        ("-1", "above 0"),
        ("nan", "nan is no number"),
        ("1e999", "more than a computer's numbers hold"),
        ("9" * 400, "more than a computer's numbers hold"),
        ("x" * 500, "x{30}… is no number"),
    ],
)
def test_what_is_no_strength_or_could_be_two_gets_a_sentence(text, message):
    with pytest.raises(ParameterError, match=message):
        read_strength(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1.234", "1.234 could be 1234 or 1,234. Write 1234, or 1,2340 with one more digit."),
        ("1,234", "1,234 could be 1234 or 1,234. Write 1234, or 1,2340 with one more digit."),
    ],
)
@pytest.mark.parametrize("numbers", [COMMA, SPACE])
def test_who_writes_decimals_with_a_comma_may_mean_a_thousand_by_a_point(numbers, text, message):
    with pytest.raises(ParameterError) as refused:
        read_strength(text, numbers)
    assert str(refused.value) == message
    assert read_strength("1,2340", numbers) == read_strength("1.2340", numbers) == 1.234
    assert read_strength("0.123", numbers) == read_strength("0,123", numbers) == 0.123


@given(st.floats(1e-300, 1e300), st.sampled_from(list(FORMATS.values())))
def test_what_a_field_shows_is_read_back_as_it_was(value, numbers):
    assert read_strength(numbers.typed(value), numbers) == value
    assert read_strengths(f"{numbers.typed(value)} {numbers.typed(0.5 * value)}", numbers) == (
        value,
        0.5 * value,
    )


@given(st.floats(-1e300, 1e300), st.sampled_from(list(FORMATS.values())))
def test_any_number_that_a_field_shows_is_read_back_as_it_was(value, numbers):
    assert read_number(numbers.typed(value), numbers) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0.0), ("-0,5", -0.5), ("\u22122.5", -2.5), ("-1.234,5", -1234.5), ("-inf", -inf)],
)
def test_numbers_of_any_sign_are_read_with_point_or_comma(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["-1,234", "+1,234", "\u22121,234"])
def test_a_sign_does_not_tell_which_of_two_numbers_is_meant(text):
    with pytest.raises(ParameterError, match="could be"):
        read_number(text)


@given(
    st.decimals(0, 10**8, places=4).filter(bool),
    st.integers(0, 4),
    st.sampled_from(list(FORMATS.values())),
    st.sampled_from(list(FORMATS.values())),
)
def test_nobody_reads_another_number_silently(value, places, written_by, read_by):
    """What any format writes is read as that number, or refused with both that it could be."""
    value = round(value, places)
    text = written_by.written(f"{value:,.{places}f}")
    is_theirs = read_by.decimal == "." and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text)
    if is_theirs:  # 1.234 of who writes a point has decimals
        value = Decimal(text)
    may_be_two = not is_theirs and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", text)
    if value == 0 or may_be_two:
        with pytest.raises(ParameterError, match="could be" if value else "above 0"):
            read_strength(text, read_by)
    else:
        assert read_strength(text, read_by) == float(value)


@pytest.mark.parametrize(("text", "mix"), [("0", 0.0), (" 0,25 ", 0.25), ("1.0", 1.0), (".5", 0.5)])
def test_a_mix_is_read_with_point_or_comma(text, mix):
    assert read_mix(text) == mix


@pytest.mark.parametrize("text", ["", "half", "-0.1", "1.1", "nan", "inf", "50 %"])
def test_what_is_no_mix_is_refused(text):
    with pytest.raises(ParameterError, match="from 0"):
        read_mix(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1 0.1 0.01", (1.0, 0.1, 0.01)),
        ("1, 0.1, 0.01", (1.0, 0.1, 0.01)),
        ("[1.0, 0.1, 1e-2]", (1.0, 0.1, 0.01)),
        ("c(0.1,0.2,0.7)"[1:], (0.1, 0.2, 0.7)),
        ("1,10,100", (1.0, 10.0, 100.0)),
        ("0,1; 0,2\n0,3;", (0.1, 0.2, 0.3)),
        ("0,1, 0,2", (0.1, 0.2)),
        ("1,000,000 1,234.5", (1e6, 1234.5)),
        ("0,1", (0.1,)),
        ("5", (5.0,)),
        ("  ", ()),
    ],
)
def test_lists_are_read_as_people_write_them(text, values):
    assert read_strengths(text) == values


@given(st.lists(st.floats(1e-300, 1e300), min_size=1, unique=True), st.sampled_from(" ;\n"))
def test_a_list_is_taken_with_all_digits_and_with_either_sign(values, between):
    assert read_strengths(between.join(map(repr, values))) == tuple(values)
    # More than one: a comma between two digits of a number alone could part two numbers.
    long = [f"{value:.17e}".replace(".", ",") for value in (*values, 1e-310)]
    assert read_strengths(between.join(long))[:-1] == tuple(values)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1 -0.1 0.01", "A strength is above 0; -0.1 is not."),
        ("1 abc 0.01", "abc is no number."),
        ("1 1,000", "1,000 could be 1000 or 1.000"),
        ("1 0.5 0.10 0.1", "0.10 stands there twice."),
        ("10,1", "10,1 could be one number or two."),
        ("1.234,5 1", "1.234,5 could be one number or two."),
        ("1\u202f234 1", "1\u202f234 could be one number or several."),
    ],
)
def test_which_number_of_a_list_is_wrong_is_said(text, message):
    with pytest.raises(ParameterError) as refused:
        read_strengths(text)
    assert message in str(refused.value)
