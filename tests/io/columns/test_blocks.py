"""Columns that are parsed together give what each of them gives alone."""

import numpy as np
import pyarrow as pa
import pytest

from regpath.io.columns.blocks import WIDE, number_block
from regpath.io.columns.numbers import plain_numbers

ODD = [
    ["1", "2", "3"],
    ["1.5", "", "-2"],
    ["", "", ""],
    ["007", "1", "2"],
    ["-01", "1", "2"],
    ["0.5", "00.5", "0"],
    ["1.234", "2.345", "12.500"],
    ["1.234", "2.3456", "5"],
    ["0.123", "0.456", "0.789"],
    ["12E4", "1", "2"],
    ["1e5", "1.2e-5", "2"],
    ["2E3", "7E1", ""],
    ["9007199254740993", "1", "2"],
    ["1-2", "3", "4"],
    ["-", "3", "4"],
    ["+5", "-6", "7"],
    ["x", "y", "z"],
    [" 1", "2", "3"],
    ["inf", "1", "2"],
    ["NA", "1", "2"],
    ["1,5", "2", "3"],
    [".5", "5.", "-.5"],
    ["1e400", "1", "2"],
    ["1.2.3", "1", "2"],
    ["", "5", "6"],
    ["-1.234", "", "+1.234"],
    ["\u0661", "1", "2"],
]
EXTRA = [[str(k), f"{k}.5", f"-{k}"] for k in range(WIDE)]


def arrays(columns):
    return [pa.array(column, pa.string()) for column in columns]


@pytest.mark.parametrize("chunks", [1, 2])
@pytest.mark.parametrize("where", ["before", "behind", "between"])
def test_a_block_agrees_with_each_column_alone(chunks, where):
    columns = {
        "before": ODD + EXTRA,
        "behind": EXTRA + ODD,
        "between": EXTRA[:77] + ODD + EXTRA[77:],
    }[where]
    cells = arrays(columns)
    if chunks == 2:
        cells = [pa.chunked_array([column[:1], column[1:]]) for column in cells]
    block = number_block(cells)
    assert block is not None
    alone = {j: plain_numbers(column) for j, column in enumerate(arrays(columns))}
    as_others = [["1.234", "2.345", "12.500"], ["-1.234", "", "+1.234"]]  # points are decimal
    more = [*as_others, ["1,5", "2", "3"]]
    more = {j for j, cells in enumerate(columns) if cells in more}
    plain = {j for j, values in alone.items() if values is not None}
    assert block.places.tolist() == sorted(plain | more)
    assert [columns[j] for j in block.notations] == [["1,5", "2", "3"]]
    for k, j in enumerate(block.places.tolist()):
        if j in more:
            assert j not in plain
            continue
        found = block.column(k)
        assert found.dtype == alone[j].dtype
        np.testing.assert_array_equal(found, alone[j])


def test_many_cells_are_parsed_part_by_part(monkeypatch):
    monkeypatch.setattr("regpath.io.columns.blocks.CELLS", 100)
    block = number_block(arrays([*EXTRA, *ODD]))
    whole = block.values
    monkeypatch.undo()
    np.testing.assert_array_equal(number_block(arrays([*EXTRA, *ODD])).values, whole)


@pytest.mark.parametrize("columns", [EXTRA[:50], [["a", "b", "c"]] * 300, [[]] * 300])
def test_few_columns_and_words_are_no_block(columns):
    assert number_block(arrays(columns)) is None


def test_bytes_of_a_part_of_a_larger_array_are_its_own():
    long = arrays([["x", "y", *column, "z"] for column in EXTRA])
    block = number_block([column[2:5] for column in long])
    np.testing.assert_array_equal(block.values[:, 5], [5.0, 5.5, -5.0])
