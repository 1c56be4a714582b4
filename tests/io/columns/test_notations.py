"""Columns that write numbers alike are read together as each would be alone."""

import numpy as np
import pyarrow as pa
import pytest

from regpath.io import read_table
from regpath.io.columns.blocks import WIDE, number_block

RNG = np.random.default_rng(5)
N = 14
VALUES = RNG.gamma(2.0, 4000.0, size=(N, WIDE + 30)) * RNG.choice([1.0, 1.0, 0.01], size=(N, 1))


def in_german(value):
    return f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")


WRITINGS = {
    "decimal commas": lambda v: f"{v / 1000:.4f}".replace(".", ","),
    "negative, with commas": lambda v: f"{4 - v / 1000:.3f}".replace(".", ","),
    "commas, and blanks": lambda v: "" if int(v) % 5 == 0 else f"{v / 1000:.2f}".replace(".", ","),
    "thousands, as in German": in_german,
    "thousands, as in English": lambda v: f"{v:,.2f}",
    "many thousands": lambda v: f"{1e6 + v * 1000:,.0f}",
    "percent": lambda v: f"{v / 100:.1f}%",
    "percent behind a blank, commas": lambda v: f"{v / 100:.1f} %".replace(".", ","),
    "dollars": lambda v: f"${v:,.2f}",
    "pounds": lambda v: f"\u00a3{v:.2f}",
    "euros": lambda v: in_german(v) + " \u20ac",
}
ODD = {
    "leading zeros": ["007,5", *["1,5"] * (N - 1)],
    "two marks": ["1,2,3", *["1,5"] * (N - 1)],
    "a point beside": ["1.5", *["1,25"] * (N - 1)],
    "thousands of two digits": ["1.23,5", *["1.234,5"] * (N - 1)],
    "behind the decimals": ["1,5.234", *["1.234,5"] * (N - 1)],
    "a sign within": ["1-2,5", *["1,5"] * (N - 1)],
    "one without": ["5", *["5,25 %"] * (N - 1)],
    "another currency": ["$5", *["\u20ac6"] * (N - 1)],
    "both sides": ["$5 \u20ac"] * N,
    "a word": ["k.A.", *["1,5"] * (N - 1)],
    "blank": [""] * N,
    "few": [["1,5", "2,5"][k % 2] for k in range(N)],
    "constant": ["1,5"] * N,
}


def table_of(columns):
    lines = [";".join(columns), *map(";".join, zip(*columns.values(), strict=True)), ""]
    return read_table("\n".join(lines).encode())


def facts_of(table, name):
    diagnosis = table.diagnosis
    report = next(r for r in diagnosis.columns if r.name == name)
    repairs = [(r.key, r.what, r.cells, r.before, r.after, r.undo) for r in diagnosis.repairs]
    return (
        report,
        table.reading.columns[name],
        [r for r in repairs if r[0].endswith(f":{name}")],
        [(q.key, q.what) for q in diagnosis.questions if q.column == name],
    )


@pytest.mark.parametrize("writing", WRITINGS)
def test_a_wide_table_is_read_as_its_columns_alone(writing):
    write = WRITINGS[writing]
    columns = {f"g{j}": [write(v) for v in VALUES[:, j]] for j in range(WIDE + 30)}
    columns |= ODD
    wide = table_of(columns)
    some = [f"g{j}" for j in range(0, WIDE + 30, 9)]
    narrow = table_of({name: columns[name] for name in [*some, *ODD]})
    for name in [*some, *ODD]:
        assert wide.frame[name].dtype == narrow.frame[name].dtype
        np.testing.assert_array_equal(wide.frame[name], narrow.frame[name])
        assert facts_of(wide, name) == facts_of(narrow, name)


@pytest.mark.parametrize("writing", WRITINGS)
def test_such_columns_are_parsed_in_a_block(writing):
    cells = [[WRITINGS[writing](v) for v in VALUES[:, j]] for j in range(WIDE + 30)]
    block = number_block([pa.array(column, pa.string()) for column in cells])
    assert len(block.places) > 0.9 * len(cells)
    assert set(block.notations) == set(block.places.tolist())


def test_a_repair_that_is_taken_back_is_not_made_in_a_block():
    lines = ["; ".join(f"g{j}" for j in range(WIDE + 30)).replace(" ", "")]
    lines += [";".join(f"{v:.2f}".replace(".", ",") for v in row) for row in VALUES]
    data = "\n".join([*lines, ""]).encode()
    table = read_table(data)
    assert table.frame["g7"].dtype == float
    again = read_table(data, options=table.diagnosis.options.keeping("decimal:g7"))
    alone = read_table(
        "\n".join(line.split(";")[7] + ";1" for line in lines).encode(),
        options=table.diagnosis.options.keeping("decimal:g7"),
    )
    assert again.frame["g7"].tolist() == alone.frame["g7"].tolist()
    np.testing.assert_array_equal(again.frame["g8"], table.frame["g8"])
