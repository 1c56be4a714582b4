from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regpath.ui.session.view_words import LONGEST_VIEW, view_in_link, view_of_link

words = st.text(st.characters(codec="utf-8"), max_size=6)
plain = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
places = st.lists(st.integers(0, 500), max_size=3)
AS_THE_EXPLORER_SAYS = st.fixed_dictionaries(
    {},
    optional={
        "axis": plain,
        "units": plain,
        "class": st.sampled_from(["all", "0", "12"]),
        "span": plain,
        "enlarged": plain,
        "zoom": places,
        "scale": st.sampled_from(["own", "global"]),
        "scores": st.lists(plain, max_size=3),
        "threshold": st.integers(1, 99),
        "speed": st.sampled_from([0.5, 1, 2]),
        "large": st.booleans(),
        "pins": st.lists(plain, max_size=3),
        "open": places,
    },
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
ANYTHING = st.dictionaries(words | st.sampled_from(["zoom", "axis", "speed"]), json_values)


def alike(one, other):
    """The same values of the same types: 1 is not True."""
    return repr(one) == repr(other)


@given(AS_THE_EXPLORER_SAYS)
def test_a_view_comes_back_from_words_that_no_address_escapes(view):
    written = view_in_link(view)
    assert alike(view_of_link(written), view)
    assert not view or "{" not in written
    query = urlencode({"view": written}, safe="*")
    assert "%" not in query
    assert parse_qs(query, keep_blank_values=True)["view"] == [written]


@given(ANYTHING)
def test_whatever_a_view_is_it_comes_back(view):
    written = view_in_link(view)
    if len(written) <= LONGEST_VIEW:
        assert view_of_link(written) == view


@given(words)
def test_whatever_an_address_holds_is_a_view_or_none(text):
    assert isinstance(view_of_link(text), dict)


@pytest.mark.parametrize("text", ["[" * 5000, "{" * 5000, '{"a":' * 900, "zoom*1*1e999", "a**a*1"])
def test_nonsense_is_no_view(text):
    assert view_of_link(text) == {}
