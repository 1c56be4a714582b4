import pandas as pd
import pytest

from regpath.number_format import COMMA, POINT, writing
from regpath.ui.display import MOST_TEXTS, NAME_WIDTHS, in_numbers, width_of_names

FRAME = pd.DataFrame(
    {"lambda": [1.26e-5, 0.5], "cost": [57_123.4, float("nan")], "year": [2019.0, 2020.0]}
)


def texts(shown):
    assert not isinstance(shown, pd.DataFrame)
    cells = shown._translate(False, False)["body"]
    return [[cell["display_value"] for cell in row if cell["type"] == "td"] for row in cells]


@pytest.mark.parametrize(
    ("numbers", "first"), [(POINT, ["1.26×10⁻⁵", "57,123.4"]), (COMMA, ["1,26×10⁻⁵", "57.123,4"])]
)
def test_a_table_is_written_as_texts_are(numbers, first):
    with writing(numbers):
        shown = in_numbers(FRAME)
        assert texts(shown)[0][:2] == first
        assert texts(in_numbers(FRAME, {"lambda": 2}))[0][0] == first[0].replace("26", "3")
    assert texts(shown)[1][1] == ""
    assert shown.data is FRAME or shown.data.equals(FRAME)  # which is what it sorts by


def test_what_was_read_from_a_file_stays_as_it_is():
    assert in_numbers(FRAME, as_read=True) is FRAME
    with writing(COMMA):
        assert texts(in_numbers(FRAME, as_read=True))[0][0] == "1,26×10⁻⁵"


def test_a_table_that_streamlit_would_refuse_with_texts_is_shown_without():
    wide = pd.DataFrame({f"x{j}": [0.5] * 1000 for j in range(263)})
    for numbers in (POINT, COMMA):
        with writing(numbers):
            assert in_numbers(wide) is wide
    long = pd.DataFrame({"residual": [0.5] * (MOST_TEXTS + 1)})
    assert in_numbers(long) is long
    with writing(COMMA):
        assert in_numbers(long) is not long


def test_a_column_of_long_names_has_room_for_them_within_bounds():
    least, most = NAME_WIDTHS
    assert width_of_names([]) == width_of_names(["age", "dose"]) == least
    assert least < width_of_names(["income, after tax (monthly)", "age"]) < most
    assert width_of_names(["x" * 500]) == most
