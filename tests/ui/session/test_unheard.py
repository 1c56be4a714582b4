import pytest
from streamlit.testing.v1 import AppTest

from regpath.ui.session.state import Key
from regpath.ui.session.unheard import MOST_BEFORE
from tests.ui.controls.test_strength_strip import mix_field, unfold


def resend(at, late):
    """Ask for a run as a browser that shows the fields of a run before."""
    at._run(late)


def two_widgets():
    import streamlit as st

    from regpath.ui.session.unheard import choose, chosen_value, keep_unheard, tell_browser

    keep_unheard()
    st.radio("Mix", ["a", "b", "c"], key="mix")
    st.toggle("Open", key="open")
    tell_browser()
    for word in "abc":
        st.button(f"to {word}", on_click=choose, args=("mix", word))
    st.button("again", on_click=lambda: choose("mix", chosen_value("mix")))


@pytest.fixture
def at():
    return AppTest.from_function(two_widgets).run()


def press(at, label):
    (button,) = [each for each in at.button if each.label == label]
    return button.click().run()


def test_a_browser_that_has_not_heard_takes_no_choice_back(at):
    late = at._tree.get_widget_states()
    press(at, "to b")
    resend(at, late)
    assert at.radio(key="mix").value == "b"
    press(at, "to c")
    resend(at, late)  # it has heard of neither
    assert at.radio(key="mix").value == "c"
    assert not at.exception


def test_what_a_person_chose_meanwhile_is_honoured(at):
    late = at._tree.get_widget_states()
    press(at, "to b")
    for each in late.widgets:
        if each.id == at.radio(key="mix").proto.id:
            each.CopyFrom(at.radio(key="mix").set_value("c")._widget_state)
    resend(at, late)
    assert at.radio(key="mix").value == "c"


def test_a_browser_that_has_heard_may_go_back(at):
    press(at, "to b")
    at.radio(key="mix").set_value("a").run()
    assert at.radio(key="mix").value == "a"
    at.toggle(key="open").set_value(True).run()
    assert at.radio(key="mix").value == "a"


def test_what_else_a_late_browser_says_counts(at):
    states = at._tree.get_widget_states()
    press(at, "to b")
    for each in states.widgets:
        if each.id == at.toggle(key="open").proto.id:
            each.bool_value = True
    resend(at, states)
    assert (at.radio(key="mix").value, at.toggle(key="open").value) == ("b", True)


def test_a_callback_of_a_late_browser_reads_what_was_chosen(at):
    late = at._tree.get_widget_states()
    press(at, "to b")
    (again,) = [each for each in at.button if each.label == "again"]
    for each in late.widgets:
        if each.id == again.proto.id:
            each.trigger_value = True
    resend(at, late)
    assert at.radio(key="mix").value == "b"


def test_little_is_remembered(at):
    for word in "bcabcabcabcabc":
        press(at, f"to {word}")
    (known,) = at.session_state[Key.UNHEARD].values()
    assert len(known.before) <= MOST_BEFORE


def test_a_typed_mix_survives_a_cursor_that_was_let_go_before_it_was_heard_of(open_page):
    page = unfold(open_page(data="iris"))
    late = page.at._tree.get_widget_states()
    mix_field(page.at, "lambda").set_value("0").run()
    assert page.at.radio(key=Key.PENALTY).value == "L2"
    resend(page.at, late)
    assert page.fine()
    assert page.at.radio(key=Key.PENALTY).value == "L2"
    assert page.address["l1_ratio"] == "0.0"
    page.at.radio(key=Key.PENALTY).set_value("L1").run()
    assert page.at.radio(key=Key.PENALTY).value == "L1"
