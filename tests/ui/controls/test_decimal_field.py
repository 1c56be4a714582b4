"""A number with decimals is read with a point and with a comma, and never as another one."""

import pytest
from streamlit.testing.v1 import AppTest

from regpath.number_format import COMMA, POINT
from regpath.ui.controls import decimal_field


def page():
    import streamlit as st

    from regpath.ui.controls.decimal_field import DecimalField

    def send():
        st.session_state["sent"] = field.take()

    field = DecimalField("Amount", "amount", -5.0, 2000.0, optional=True)
    st.write(f"drawn: {field.draw(0.5, help='How much.')}")
    st.button("Send", on_click=send)
    st.button("Other", on_click=lambda: st.session_state.update(amount=7.25))


@pytest.fixture
def app():
    return AppTest.from_function(page).run()


def field_of(app):
    (field,) = app.text_input
    return field


def drawn(app):
    return app.markdown[0].value.removeprefix("drawn: ")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("2,5", "2.5"), ("2.5", "2.5"), ("-1,25", "-1.25"), ("1.234,5", "1234.5"), ("", "None")),
        *(("1,234.5", "1234.5"), (" 12 ", "12.0"), ("2e-3", "0.002"), ("\u22120,5", "-0.5")),
    ],
)
def test_what_is_typed_is_the_number_whichever_sign_it_has(app, text, value):
    field_of(app).set_value(text).run()
    assert drawn(app) == value
    assert not app.error
    assert not app.exception


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,234", "Amount: 1,234 could be 1234 or 1.234."),
        ("much", "Amount: much is no number."),
        ("2001", "Amount: It goes from -5 to 2000."),
        ("-5,1", "Amount: It goes from -5 to 2000."),
        ("nan", "no number"),
        ("inf", "must be finite"),
    ],
)
def test_what_could_be_two_or_is_outside_is_said_and_stays_to_be_mended(app, text, message):
    field_of(app).set_value(text).run()
    assert message in app.error[0].value.replace("\\", "")
    assert field_of(app).value == text
    assert drawn(app) == "0.5"
    app.run()  # whatever else is done meanwhile
    assert app.error
    field_of(app).set_value("3,5").run()
    assert not app.error
    assert drawn(app) == "3.5"


def test_a_callback_takes_what_stands_in_the_field_now(app):
    field_of(app).set_value("1,5").run()
    field_of(app).set_value("2,5")  # and at once, with no run between
    app.button[0].click().run()
    assert app.session_state["sent"] == 2.5
    field_of(app).set_value("1,234")
    app.button[0].click().run()
    assert app.session_state["sent"] is None
    assert app.error


def test_a_number_that_is_chosen_elsewhere_stands_in_the_field(app):
    field_of(app).set_value("much").run()
    app.button[1].click().run()
    assert (field_of(app).value, drawn(app), len(app.error)) == ("7.25", "7.25", 0)


@pytest.mark.parametrize("numbers", [POINT, COMMA])
def test_a_field_shows_its_number_as_the_visitor_writes_it_and_keeps_all_digits(
    numbers, monkeypatch
):
    monkeypatch.setattr(decimal_field, "current_format", lambda: numbers)
    app = AppTest.from_function(page).run()
    field_of(app).set_value("0,123456789").run()
    assert field_of(app).value == numbers.written("0.123457")
    assert drawn(app) == "0.123456789"
    app.run()
    assert drawn(app) == "0.123456789"
