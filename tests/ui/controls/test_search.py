import pytest
from streamlit.testing.v1 import AppTest

from regpath.ui.controls.search import LISTED, OFFERED, matching
from regpath.ui.controls.widgets import CHIPS

NAMES = [f"gene {j}" for j in range(LISTED + 1)]
SCRIPT = """
from regpath.ui.controls.widgets import Choice, ColumnBox, Many

names = tuple(f"gene {j}" for j in range(%d))
Choice("Target", names={name: name for name in names}).draw("target", names[-1])
ColumnBox("Group", columns=names).draw("group", None)
Many("Leave out", options=names).draw("without", [])
"""


def drawn(n, **chosen):
    at = AppTest.from_string(SCRIPT % n, default_timeout=240)
    for key, value in chosen.items():
        at.session_state[key] = value
    return at.run()


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ("gene 17", ["gene 17", "gene 170", "gene 171"]),  # itself, then what begins so
        ("GENE 17", ["gene 17", "gene 170", "gene 171"]),
        ("  17 ", ["gene 17", "gene 117", "gene 170"]),
        ("no such", []),
        ("", NAMES[:3]),
    ],
)
def test_a_part_of_a_name_finds_the_names_that_hold_it(part, wanted):
    assert matching(part, NAMES, 3) == wanted


def test_few_columns_are_listed_and_many_are_searched():
    few = drawn(LISTED)
    assert len(few.selectbox(key="target").options) == LISTED
    assert not few.text_input
    many = drawn(LISTED + 1)
    assert [len(box.options) for box in many.selectbox] == [OFFERED + 1, OFFERED]
    assert len(many.multiselect(key="without").options) == OFFERED
    assert many.selectbox(key="target").value == NAMES[-1]  # it was not among those found


def test_what_a_search_finds_can_be_chosen_and_stays_when_another_follows():
    at = drawn(LISTED + 1)
    at.text_input(key="search:group").set_value("1999").run()
    assert at.selectbox(key="group").options == ["gene 1999"]
    at.selectbox(key="group").set_value("gene 1999").run()
    at.text_input(key="search:group").set_value("no such").run()
    assert at.selectbox(key="group").value == "gene 1999"
    at.text_input(key="search:without").set_value("gene 150").run()
    at.multiselect(key="without").set_value(["gene 1500", "gene 1501"]).run()
    at.text_input(key="search:without").set_value("").run()
    assert at.multiselect(key="without").value == ["gene 1500", "gene 1501"]
    assert not at.exception


def test_more_chosen_columns_than_a_field_can_show_are_counted_and_can_be_forgotten():
    at = drawn(LISTED, without=NAMES[: CHIPS + 1])
    assert f"{CHIPS + 1} columns are chosen" in at.caption[0].value
    assert not at.multiselect
    at.button(key="anew:without").click().run()
    assert at.multiselect(key="without").value == []
