"""U+0080 to U+009F in a text."""

import pytest

from regpath.io.text.control_letters import without_control_letters


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("Queen\u0092s", "Queen’s"),
        ("the \u0093red\u0094 lamp", "the “red” lamp"),
        ("5 \u0080", "5 €"),
        ("2001\u00962005", "2001–2005"),
        ("\u008aibenik, \u009eena", "Šibenik, žena"),
        ("wait\u0085", "wait…"),
        ("caf\u00e9, Queen\u0092s", "café, Queen’s"),
    ],
)
def test_windows_1252_that_was_taken_for_latin_1_is_read(found, meant):
    assert without_control_letters(found) == meant


@pytest.mark.parametrize(
    "meant",
    [
        "Queen’s",
        "“red”",
        "5 €",
        "Évry",
        "Ľubomír",
        "Łódź",
        "имя",
        "名前",
        "🙂 Évry",
        "café – Œuvre",
    ],
)
@pytest.mark.parametrize("taken_for", ["latin-1", "cp1252"])
def test_utf_8_that_was_coded_twice_is_put_together_again(meant, taken_for):
    text = f"Ça va, {meant}, É"  # É is C3 89: what proves that it was coded twice
    twice = "".join(
        bytes([code]).decode(taken_for, errors="ignore") or chr(code) for code in text.encode()
    )
    if taken_for == "latin-1" or "\u0081" in twice or "\u008d" in twice or "\u009d" in twice:
        assert without_control_letters(twice) == text


def test_letters_side_by_side_are_left_alone_without_proof():
    assert without_control_letters("SÃ©, Â£5") == "SÃ©, Â£5"
    assert without_control_letters("Â£5, Queen\u0092s") == "Â£5, Queen’s"


def test_what_stands_for_nothing_is_shown_as_damage():
    assert without_control_letters("x\u0081y\u009d") == "x\ufffdy\ufffd"
