"""How much is too much, and how soon that is said."""

import gzip
import io
import os
import tracemalloc
from csv import reader
from functools import cache

import pytest

from regpath.errors import DataError
from regpath.io import Limits, read_table
from tests.corpus.case import csv
from tests.corpus.containers import ROWS, parquet, workbook, zipped

APP = Limits(n_bytes=20_000_000, n_unpacked=60_000_000, n_cells=1_000_000, n_columns=5000)
# Of the largest table that is taken, whose CPU one refusal may take: three times the most that was
# measured, 4.7, with other programs on both cores. To read 50,001 columns takes 70.
MOST_CUTS = 15


def cpu():
    """CPU seconds of this process and of those that it waited for: workbooks are read in one."""
    return sum(os.times()[:4])


@cache
def yardstick():
    """CPU seconds in which Python's csv cuts as many cells as are taken, two to a row."""
    text = "1,2\n" * (APP.n_cells // 2)

    def cut():
        start = cpu()
        assert sum(map(len, reader(io.StringIO(text)))) == APP.n_cells
        return cpu() - start

    return min(cut() for _ in range(3))


def refusal(source, limits=APP):
    start = cpu()
    with pytest.raises(DataError) as caught:
        read_table(source, name="x.csv", limits=limits)
    assert cpu() - start < MOST_CUTS * yardstick()
    assert caught.value.hint
    return caught.value.message


def test_a_few_lines_of_a_million_cells_are_refused_before_they_are_cut():
    line = b"1," * 900_000
    assert "900,001 columns" in refusal(line + b"\n" + line)
    assert "columns" in refusal(line)


def test_a_file_of_too_many_bytes_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 6_000_000)
    said = "'x.csv' has 24 MB; files of up to 20 MB are taken here."
    assert refusal(path) == refusal(path.read_bytes()) == said
    with path.open("rb") as stream:
        assert "files of up to 20 MB" in refusal(stream)


def test_too_many_cells_are_refused():
    said = refusal(b"a,b\n" + b"1,2\n" * 600_000)
    assert said == (
        "'x.csv' has 600,000 rows and 2 columns; tables of up to 5,000 columns and 1,000,000 "
        "cells are taken here."
    )
    assert "tables of up to" in refusal(b"a,b\n" + b"1,2\n" * 3_000_000)


def test_a_table_of_more_columns_than_rows_may_have_three_times_the_cells():
    limits = Limits(n_cells=600)

    def table(n, p):
        return "\n".join(",".join(f"{'x' * (i == 0)}{i + j}" for j in range(p)) for i in range(n))

    assert read_table(table(31, 50).encode(), limits=limits).frame.shape == (30, 50)
    said = "; tables of up to 1,800 cells are taken here."
    assert refusal(table(41, 60).encode(), limits).endswith(said)
    said = "; tables of up to 600 cells are taken here."
    assert refusal(table(51, 40).encode(), limits).endswith(said)


def test_too_many_columns_are_refused():
    line = b",".join(b"x%d" % i for i in range(5001)) + b"\n"
    assert "has 1 rows and 5,001 columns" in refusal(line + line.replace(b"x", b""))


@pytest.mark.parametrize(
    "make",
    [
        lambda: gzip.compress(b"0" * 150_000_000, 1, mtime=0),
        lambda: gzip.compress(b"a,b\n" + b"1,2\n" * 30_000_000, 1, mtime=0),
        lambda: zipped({"a.csv": b"\n" * 150_000_000}),
        lambda: zipped({"xl/workbook.xml": b" " * 150_000_000}),
    ],
    ids=["gzip of zeros", "gzip of rows", "zip of line ends", "a swollen workbook"],
)
def test_bombs_are_refused_soon_and_in_little_memory(make):
    bomb = make()
    yardstick()  # before every allocation is traced
    tracemalloc.start()
    assert "unpacks to" in refusal(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 150_000_000


def test_without_limits_a_bomb_is_known_by_its_ratio():
    with pytest.raises(DataError, match="over 200 times its size, as no table does"):
        read_table(gzip.compress(bytes(60_000_000), mtime=0))
    repetitive = gzip.compress(b"a,b\n" + b"1,2\n" * 10_000, mtime=0)
    assert read_table(repetitive).frame.shape == (10_000, 2)


def test_a_workbook_with_a_cell_far_away_is_refused_before_it_is_filled_up():
    far = workbook({"s": [*ROWS, *([[None] * 16_000 + [1]] * 100)]})
    assert "columns" in refusal(far)


def test_a_parquet_file_says_its_size_beforehand():
    assert "1,000,001 rows" in refusal(parquet({"a": [0] * 1_000_001}))


def test_what_is_within_the_limits_is_read():
    assert read_table(csv(), limits=APP).frame.shape == (12, 4)
    assert read_table(io.BytesIO(csv()), limits=APP).frame.shape == (12, 4)
