import json

import pytest
from babel import Locale, localedata
from hypothesis import given
from hypothesis import strategies as st

from regpath.number_format import (
    APOSTROPHE,
    COMMA,
    FORMATS,
    POINT,
    SPACE,
    current_format,
    format_of,
    let_visitors_say,
    localized,
    num,
    writing,
)
from regpath.wording import in_symbols, number_text

ALL = list(FORMATS.values())


@pytest.mark.parametrize("numbers", ALL, ids=FORMATS)
@given(value=st.floats(allow_nan=False, allow_infinity=False), places=st.integers(0, 17))
def test_what_is_written_is_read_back(numbers, value, places):
    for spec in (f",.{places}f", f".{places}f", f",.{places + 1}g", f".{places}e"):
        text = format(value, spec)
        assert numbers.read(numbers.written(text)) == float(text.replace(",", ""))
    assert numbers.read(numbers.written(repr(value))) == value


@pytest.mark.parametrize("numbers", ALL, ids=FORMATS)
@given(value=st.integers())
def test_whole_numbers_are_read_back(numbers, value):
    assert numbers.read(numbers.written(f"{value:,}")) == float(value)


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        (COMMA, "1,234.5"),
        (COMMA, "1.23"),
        (POINT, "1.234,5"),
        (SPACE, "1.5"),
        (SPACE, "1 234"),
        (APOSTROPHE, "1,234"),
        (POINT, ""),
        (POINT, "one"),
        (COMMA, "12.34,5"),
    ],
)
def test_what_a_format_does_not_write_it_does_not_read(numbers, text):
    with pytest.raises(ValueError, match="is no number as"):
        numbers.read(text)


@given(
    st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["", ".3f", ",.1f", ".0%"])
)
def test_with_a_point_nothing_changes(value, spec):
    assert f"{num(value):{spec}}" == f"{value:{spec}}"
    with writing(POINT):
        assert f"{num(value):{spec}}" == f"{value:{spec}}"


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        (POINT, "1,234.5"),
        (COMMA, "1.234,5"),
        (SPACE, "1\u202f234,5"),
        (APOSTROPHE, "1\u2019234.5"),
    ],
)
def test_who_writes_a_number_asks_the_present_format(numbers, text):
    with writing(numbers):
        assert f"{num(1234.5):,.1f}" == text
        assert number_text(1234.5, 5) == text
    assert current_format() is POINT


def test_a_format_within_another_ends_with_it():
    with writing(COMMA):
        with writing(POINT):
            assert current_format() is POINT
        assert current_format() is COMMA
    with pytest.raises(RuntimeError), writing(SPACE):
        raise RuntimeError
    assert current_format() is POINT


def test_the_app_says_how_a_visitor_writes_and_what_is_made_for_all_does_not_ask():
    before = current_format
    try:
        let_visitors_say(lambda: COMMA)
        assert f"{num(0.5)}" == "0,5"
        with writing(POINT):
            assert f"{num(0.5)}" == "0.5"
    finally:
        let_visitors_say(lambda: POINT)
    assert before() is POINT


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("0.5 of 1,234 rows.", "0,5 of 1.234 rows."),
        ("-0.5, 1.25 and 2.5%", "-0,5, 1,25 and 2,5%"),
        ("\u22121,234.5 (3.5)", "\u22121.234,5 (3,5)"),
        ("1.2e-05 and 1e-05", "1,2e-05 and 1e-05"),
        ("6.451\u00d710\u207b\u2076", "6,451\u00d710\u207b\u2076"),
        ("the level '0.5' of \"1.5\" or `x > 2.5`", "the level '0.5' of \"1.5\" or `x > 2.5`"),
        ("a set's 0.5 and another's 1.5", "a set's 0,5 and another's 1,5"),
        (
            "x1.5, v1.2.3, 2024.05.01, 0.1,0.2, 1.5/2.5",
            "x1.5, v1.2.3, 2024.05.01, 0.1,0.2, 1.5/2.5",
        ),
        ("rows 1, 2, 3", "rows 1, 2, 3"),
        ("Ends with 4.5.", "Ends with 4,5."),
    ],
)
def test_a_text_made_for_all_is_rewritten_but_for_what_is_quoted(text, written):
    with writing(COMMA):
        assert localized(text) == written
    assert localized(text) == text


@given(st.floats(-1e6, 1e6, allow_nan=False), st.sampled_from(ALL))
def test_rewriting_a_text_is_writing_its_number(value, numbers):
    with writing(numbers):
        assert localized(f"It is {value:,.2f} here.") == f"It is {num(value):,.2f} here."


def test_a_rule_s_reason_is_rewritten_once():
    with writing(COMMA):
        assert in_symbols("lambda = 6.451e-06 of 1,234.5") == "λ = 6,451×10⁻⁶ of 1.234,5"
        assert in_symbols("lambda = 1.234e-06") == "λ = 1,234×10⁻⁶"


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        *((tag, "point") for tag in ("en-US", "en", "en-GB", "ja-JP", "zh-Hans-CN", "he", "es-MX")),
        *((tag, "point") for tag in (None, "", "C", "x-klingon", "-", "\u0000")),
        *(
            (tag, "comma")
            for tag in ("de-DE", "de", "de_DE", "DE-de", "nl-BE", "es", "pt-BR", "tr")
        ),
        *((tag, "comma") for tag in ("sr-Latn-RS", "de-DE-1996")),
        *((tag, "space") for tag in ("fr-FR", "fr-CA", "sv-SE", "pl", "pt-PT", "ru-RU", "fr-CH")),
        *((tag, "apostrophe") for tag in ("de-CH", "it-CH", "de-LI")),
    ],
)
def test_a_language_tag_says_how_numbers_are_written(locale, name):
    assert format_of(locale).name == name


def test_the_signs_before_decimals_are_those_of_the_unicode_locales():
    wrong = []
    for name in localedata.locale_identifiers():
        locale = Locale.parse(name)
        signs = locale.number_symbols.get("latn") or {}
        ours = format_of(name)
        if "decimal" in signs and locale.default_numbering_system == "latn":
            wrong += [name] * (signs["decimal"] != ours.decimal)
    # Arabic and Cyrillic spellings of languages that else write a comma.
    assert {name.split("_")[0] for name in wrong} <= {"az", "kk", "ku"}
    assert all("_Arab" in name or "_Cyrl" in name for name in wrong)


def test_separators_are_as_plotly_takes_them():
    assert json.dumps([each.separators for each in ALL]) == json.dumps(
        [".,", ",.", ",\u202f", ".\u2019"]
    )
