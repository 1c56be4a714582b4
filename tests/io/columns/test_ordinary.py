"""A wide table is described as each of its columns would be alone."""

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.io import ReadOptions, read_table
from regpath.io.columns.blocks import WIDE

RNG = np.random.default_rng(0)
N = 24
SPECIAL = {
    "constant": ["5"] * N,
    "counter": [str(k) for k in range(1, N + 1)],
    "patientId": [str(k) for k in RNG.choice(10**6, N, replace=False)],
    "orderId": [f"{k}.0" for k in RNG.choice(10**5, N, replace=False)],
    "sample no": [f"{v:.2f}" for v in RNG.normal(size=N)],
    "row id": ["", *[str(k) for k in RNG.choice(10**6, N - 1, replace=False)]],
    "grade": [str(k % 4 + 1) for k in range(N)],
    "two": [str(k % 2) for k in range(N)],
    "sentinel": ["-999", *[f"{v:.2f}" for v in RNG.normal(size=N - 1)]],
    "day": [f"202401{k + 1:02d}" for k in range(N)],
    "zip": [f"0{k}" for k in range(N)],
    "gap": ["", *[f"{v:.3f}" for v in RNG.normal(size=N - 1)]],
    "word": [f"w{k % 3}" for k in range(N)],
    "empty": [""] * N,
    "flag": [f"{k}.5*" if k % 3 == 0 else f"{k}.5" for k in range(N)],
    "thousands": [f"{k}.{k:03d}" for k in range(1, N + 1)],
    "comma": [f'"{k},5"' for k in range(N)],
    "code": [f"{k}E4" for k in range(10, N + 10)],
    "NA": ["NA", *map(str, range(5, N + 4))],
}


def columns_of(n_more):
    genes = {f"g{j}": [f"{v:.3f}" for v in RNG.normal(size=N)] for j in range(n_more)}
    counts = {f"c{j}": [str(v) for v in RNG.integers(0, 9999, N)] for j in range(n_more // 2)}
    return {**genes, **SPECIAL, **counts}


def csv_of(columns):
    return "\n".join(
        [",".join(columns), *map(",".join, zip(*columns.values(), strict=True))]
    ).encode()


@pytest.fixture(scope="module")
def columns():
    return columns_of(WIDE)


def test_every_column_is_what_it_is_in_a_narrow_table(columns):
    wide = read_table(csv_of(columns))
    reports = {report.name: report for report in wide.diagnosis.columns}
    names = list(columns)
    questions = {q.key: q for q in wide.diagnosis.questions}
    assert list(wide.frame) == names
    for low in range(0, len(names), 100):
        some = names[low : low + 100]
        narrow = read_table(csv_of({"a": ["0.5"] * N, **{name: columns[name] for name in some}}))
        pd.testing.assert_frame_equal(wide.frame[some], narrow.frame[some])
        for report in narrow.diagnosis.columns[1:]:
            assert reports[report.name] == report
            assert wide.reading.columns[report.name] == narrow.reading.columns[report.name]
        for question in narrow.diagnosis.questions:
            assert questions[question.key].what == question.what


def test_what_is_said_of_a_column_holds_in_a_wide_table(columns):
    options = ReadOptions().saying("g3", kind="text").saying("c1", kind="ignore")
    table = read_table(csv_of(columns), options=options)
    assert table.frame["g3"].tolist() == columns["g3"]
    assert "c1" not in table.frame
    assert table.frame["g4"].dtype == float


@pytest.mark.parametrize(
    "above",
    [b"Measured in 2019\n\n", b"# a comment\n", b"", b"\xef\xbb\xbf"],
)
@pytest.mark.parametrize("below", [b"", b"\n\nSource: us\n", b"\n\n\n"])
def test_what_stands_around_a_wide_table_is_found(columns, above, below):
    table = read_table(above + csv_of(columns) + below)
    assert table.frame.shape == (N, len(columns))
    assert list(table.frame) == list(columns)


def test_a_total_below_a_wide_table_is_found():
    genes = {f"g{j}": [f"{v}" for v in RNG.integers(1, 99, N)] for j in range(WIDE + 50)}
    columns = {"sample": [f"s{k}" for k in range(N)], **genes}
    total = ["Total", *[str(sum(map(int, cells))) for cells in genes.values()]]
    table = read_table(csv_of(columns) + b"\n" + ",".join(total).encode())
    assert len(table.frame) == N


def test_a_wide_table_without_a_header_keeps_its_first_row(columns):
    genes = {f"g{j}": [f"{v:.3f}" for v in RNG.normal(size=N)] for j in range(WIDE + 50)}
    data = csv_of(genes).partition(b"\n")[2]
    assert read_table(data).frame.shape == (N, WIDE + 50)


def test_names_that_are_numbers_or_blank_or_occur_twice_are_told(columns):
    genes = [[f"{v:.3f}" for v in RNG.normal(size=N)] for j in range(WIDE + 50)]
    names = [f"g{j // 2}" for j in range(len(genes))]
    rows = [",".join(names), *map(",".join, zip(*genes, strict=True))]
    table = read_table("\n".join(rows).encode())
    assert list(table.frame)[:4] == ["g0", "g0 (2)", "g1", "g1 (2)"]
    rows[0] = ",".join(["", *names[1:]])
    assert next(iter(read_table("\n".join(rows).encode()).frame)) == "column 1"
    rows[0] = ",".join(str(1900 + j) for j in range(len(genes)))
    assert [q.key for q in read_table("\n".join(rows).encode()).diagnosis.questions] == ["header"]


def test_a_wide_table_becomes_a_problem(columns):
    table = read_table(csv_of(columns_of(WIDE)))
    problem = regpath.make_problem(table, "two")
    assert problem.n_features > WIDE
    assert problem.n_obs == N
