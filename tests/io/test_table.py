"""A frame with its name, its digest and its notes."""

import pandas as pd

from regpath.io import Table

FRAME = pd.DataFrame({"x": [1.0, 2.0]}, index=[2, 3])


def test_the_digest_of_a_frame_covers_values_names_and_index():
    digest = Table.from_frame(FRAME).digest
    assert Table.from_frame(FRAME.copy(), name="other").digest == digest
    for other in (FRAME + 1, FRAME.rename(columns={"x": "z"}), FRAME.set_axis([2, 4])):
        assert Table.from_frame(other).digest != digest


def test_a_table_shows_its_size():
    assert repr(Table.from_frame(FRAME)) == "Table('data frame', 2 rows x 1 columns, 0 notes)"
