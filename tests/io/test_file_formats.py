"""Files of any kind to cells, and a description of it that is true."""

import io

import pandas as pd
import pytest

from regpath.io import Limits, ReadOptions, read_table
from regpath.io.file_formats import read_grid
from regpath.io.findings import Findings
from tests.corpus import CASES
from tests.corpus.case import csv, lines, text

READ = [case for case in CASES if case.truth is not None and case.name != "wide.csv"]


def read_by_pandas(content, reading, names):
    """Read a file as the exported script does."""
    frame = pd.read_csv(
        io.BytesIO(content),
        sep=reading.delimiter,
        encoding=reading.encoding,
        header=None,
        names=names,
        usecols=range(len(names)),
        skiprows=reading.skipped_lines,
        dtype=str,
        keep_default_na=False,
        index_col=False,
    )
    frame = frame.apply(lambda column: column.str.strip())
    frame = frame.mask(frame == "").dropna(how="all")
    return frame.iloc[1:] if reading.has_header else frame


@pytest.mark.parametrize("part", range(4))
def test_what_has_no_obstacle_pandas_reads_alike(part):
    plain = 0
    for case in READ[part::4]:
        raw = read_grid(case.content, case.name, Findings(case.options), Limits())
        if raw.reading.obstacles:
            continue
        plain += 1
        frame = read_by_pandas(case.content, raw.reading, list(raw.grid.names))
        for name, cells in zip(raw.grid.names, raw.grid.columns, strict=True):
            ours = [cell.strip() or None for cell in cells.to_pylist()]
            theirs = frame[name].astype(object).where(frame[name].notna(), None).tolist()
            assert theirs == ours, (case.name, name)
    assert plain > 10


def test_what_plain_pandas_does_not_read_has_an_obstacle():
    for case in READ:
        raw = read_grid(case.content, case.name, Findings(case.options), Limits())
        left_out = {"footer", "comments", "repeated_headers", "blank_columns", "header_rows"}
        table = read_table(case.content, options=case.options)
        if left_out & {repair.key for repair in table.diagnosis.repairs}:
            assert raw.reading.obstacles, case.name


def test_a_clean_file_has_no_obstacle():
    findings = Findings(ReadOptions())
    assert read_grid(csv(), "clean.csv", findings, Limits()).reading.obstacles == ()


def test_steps_count_rows_and_columns():
    data = text(["Title", "", *lines(), "Total,496,21,", "", "Source: me"])
    steps = read_table(data).diagnosis.steps
    assert [(step.rows, step.columns) for step in steps] == [(14, 4), (12, 4), (12, 4)]


@pytest.mark.parametrize(
    ("key", "data", "shape"),
    [
        ("footer", text([*lines(), "Total,496,21,"]), (13, 4)),
        ("surplus_fields", text([lines()[0], *(line + "," for line in lines()[1:])]), None),
        ("repeated_headers", csv() * 2, (25, 4)),
        ("blank_columns", text(line + "," for line in lines()), (12, 5)),
        ("header_rows", text(["a,b", "mm,kg", "1,2", "3,5"]), (3, 2)),
        ("no_header", b"1.5,2\n2.5,3\n3.5,7\n", (2, 2)),
        ("delimiter", csv(";"), (12, 1)),
        ("comments", text([*lines()[:4], "# measured again", *lines()[4:]]), (13, 4)),
    ],
)
def test_a_repair_can_be_undone(key, data, shape):
    table = read_table(data)
    repairs = {repair.key: repair for repair in table.diagnosis.repairs}
    if shape is None:  # nothing could be read then
        assert repairs[key].undo is None
        return
    again = read_table(data, options=repairs[key].undo)
    assert again.frame.shape == shape
    assert key not in {repair.key for repair in again.diagnosis.repairs}
    assert again.digest != table.digest


def test_each_answer_to_a_question_reads_that():
    data = text([*lines(), "", "drug,dose", "a,1", "b,2", "c,5"])
    (question,) = read_table(data).diagnosis.questions
    shapes = [read_table(data, options=a.options).frame.shape for a in question.answers]
    assert shapes == [(12, 4), (3, 2)]
    assert question.what.startswith("The file holds 2 tables (rows 1 to 13 and rows 15 to 18)")


def test_short_rows_are_asked_about_and_may_be_left_out():
    data = text([*lines()[:5], "Dan,42,1.914", *lines()[6:]])
    (question,) = read_table(data).diagnosis.questions
    assert question.key == "short_rows"
    assert read_table(data, options=question.answers[0].options).frame.shape == (12, 4)
    assert read_table(data, options=question.answers[1].options).frame.shape == (11, 4)


@pytest.mark.parametrize(
    ("options", "columns", "n"),
    [
        (ReadOptions(skip_rows=2, header_rows=1), ["b", "2"], 2),
        (ReadOptions(skip_rows=1, header_rows=0), ["column 1", "column 2"], 4),
        (ReadOptions(skip_footer=1), ["x", "y"], 3),
        (ReadOptions(delimiter=";"), ["x,y"], 4),
    ],
)
def test_what_a_person_says_of_rows_is_followed(options, columns, n):
    table = read_table(b"x,y\na,1\nb,2\nc,3\nd,4\n", options=options)
    assert list(table.frame.columns) == columns
    assert len(table.frame) == n
