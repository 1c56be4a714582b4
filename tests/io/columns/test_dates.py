"""Dates in many layouts, and their parts."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from regpath.io import read_table
from regpath.io.columns.infer import type_columns
from regpath.io.grid import Grid
from regpath.io.options import ColumnOptions, ReadOptions


def typed(*cells, delimiter=",", other=None, **choices):
    columns = {"x": cells, **({"y": other} if other else {})}
    rows = list(zip(*columns.values(), strict=True))
    grid = Grid.of_rows(list(columns), rows, range(2, 2 + len(rows)))
    options = ReadOptions(columns={"x": ColumnOptions(**choices)}) if choices else None
    return type_columns(grid, options, delimiter=delimiter)


def answered(options):
    """What an answer or an undo says of x."""
    said = options.columns["x"]
    return {"kind": said.kind, "date_order": said.date_order}


def days(result):
    return [str(value)[:10] for value in pd.DatetimeIndex(result.values["x"])]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("2024-01-31", "2024-02-29"), ["2024-01-31", "2024-02-29"]),
        (("2024/1/31", ""), ["2024-01-31", "NaT"]),
        (("31.12.1999", "1.2.2000"), ["1999-12-31", "2000-02-01"]),
        (("25/06/2020", "03/04/2021"), ["2020-06-25", "2021-04-03"]),
        (("06/25/2020", "03/04/2021"), ["2020-06-25", "2021-03-04"]),
        (("31.12.99", "01.02.05"), ["1999-12-31", "2005-02-01"]),
        (("3 Jan 2020", "14. März 2021"), ["2020-01-03", "2021-03-14"]),
        (("Feb 4, 2020", "March 5, 2021"), ["2020-02-04", "2021-03-05"]),
        (("Mon, 6 Jan 2020", "Tue, 7 Jan 2020"), ["2020-01-06", "2020-01-07"]),
        (("03-Jan-20", "04-Feb-21"), ["2020-01-03", "2021-02-04"]),
        (("2020-03", "2020-04"), ["2020-03-01", "2020-04-01"]),
        (("Mar 2020", "April 2020"), ["2020-03-01", "2020-04-01"]),
        (tuple(f"2020010{k}" for k in range(1, 8)), [f"2020-01-0{k}" for k in range(1, 8)]),
    ],
)
def test_layouts(cells, expected):
    result = typed(*cells)
    assert days(result) == expected
    assert result.reports[0].kind == "date"


def test_times_and_zones():
    moments = typed("2020-01-02T12:30:00.25Z", "2020-01-02 01:30:00+02:00").values["x"]
    expected = pd.to_datetime(["2020-01-02 12:30:00.25", "2020-01-01 23:30"], format="ISO8601")
    pd.testing.assert_index_equal(pd.DatetimeIndex(moments), expected.as_unit("us"))
    late = typed("1/31/2020 11:05 PM", "1/31/2020 12:05 am").values["x"]
    assert [str(value) for value in late] == ["2020-01-31 23:05:00", "2020-01-31 00:05:00"]


@pytest.mark.parametrize(
    "cells", [("2023-02-29", "2023-02-28"), ("31.04.2020", "01.01.2020"), ("2020-01-01 25:00",) * 2]
)
def test_days_that_never_were_are_no_dates(cells):
    assert typed(*cells).reports[0].kind != "date"


@pytest.mark.parametrize(
    ("cells", "other", "delimiter", "order", "evidence"),
    [
        (("03/04/2020", "01/02/2020", "03/05/2020"), None, ",", "mdy", "No cell tells"),
        (("03/04/2020", "01/02/2020", "03/05/2020"), None, ";", "dmy", "No cell tells"),
        (("03/04/2020", "01/02/2020"), ("25/12/2020", "01/01/2020"), ",", "dmy", "day first"),
        (("03/04/2020", "01/02/2020"), ("12/25/2020", "01/01/2020"), ",", "mdy", "month first"),
        (("03/01/2020", "01/02/2020", "02/02/2020"), None, ",", "dmy", "in the order of time"),
        (("01/02/2020", "02/02/2020", "03/02/2020"), None, ",", "dmy", "evenly apart"),
    ],
)
def test_day_or_month_first_is_asked_with_evidence(cells, other, delimiter, order, evidence):
    result = typed(*cells, other=other, delimiter=delimiter)
    first, second = (int(part) for part in cells[0].split("/")[:2])
    day, month = (first, second) if order == "dmy" else (second, first)
    assert days(result)[0] == f"2020-{month:02d}-{day:02d}"
    (question,) = result.questions
    assert evidence in question.evidence
    assert len(question.answers) == 2
    assert question.answers[0].options.of("x").date_order == order
    settled = typed(*cells, other=other, date_order=question.answers[1].options.of("x").date_order)
    assert days(settled)[0] == f"2020-{day:02d}-{month:02d}"
    assert not settled.questions


def test_parts_are_made_on_request():
    result = typed("2000-01-02 06:00", "", "1999-12-31 00:00", parts=("days", "year", "month"))
    assert list(result.values) == ["x", "x (days)", "x (year)", "x (month)"]
    np.testing.assert_array_equal(result.values["x (days)"], [1.25, np.nan, -1])
    np.testing.assert_array_equal(result.values["x (year)"], [2000, np.nan, 1999])
    assert result.values["x (month)"].tolist()[::2] == ["01 Jan", "12 Dec"]
    parts = typed("2024-01-31 18:30", "2024-02-04", parts=("weekday", "hour")).values
    assert parts["x (weekday)"].tolist() == ["3 Wed", "7 Sun"]
    assert parts["x (hour)"].tolist() == [18.5, 0]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("45322", "45323.5"), "2024-01-31 00:00:00"),
        (("1706659200", "1706659201"), "2024-01-31 00:00:00"),
        (("1706659200000", "1706659201000"), "2024-01-31 00:00:00"),
        (("20240131", "20240201"), "2024-01-31 00:00:00"),
        (("2024", "2025"), "2024-01-01 00:00:00"),
        (("12:30", "01:15"), "2000-01-01 12:30:00"),
    ],
)
def test_numbers_and_times_are_dates_only_when_asked(cells, expected):
    assert typed(*cells).reports[0].kind != "date"
    assert str(typed(*cells, kind="date").values["x"][0]) == expected


def test_a_few_words_among_dates_are_asked_about():
    cells = (*(f"2020-01-{day:02d}" for day in range(1, 29)), "soon")
    result = typed(*cells)
    (question,) = result.questions
    assert question.what == (
        "Column 'x' holds 1 value that is no date (first: 'soon', row 30), so it is read as text."
    )
    chosen = typed(*cells, kind="date")
    assert days(chosen)[-1] == "NaT"
    assert chosen.repairs[0].cells == 1


def test_years_of_two_digits_are_those_of_spreadsheets_and_said():
    result = typed("11/05/29", "13/05/30", "14/05/68")
    years = [moment.year for moment in pd.DatetimeIndex(result.values["x"])]
    assert years == [2029, 1930, 1968]
    (question,) = result.questions
    assert "are they 1930 to 2029, or 1929 to 1968?" in question.what
    (repair,) = typed("11/05/29", "13/05/30", "14/05/68", kind="date").repairs
    assert repair.what == "In 'x', years of two digits are read as 1930 to 2029."
    assert typed("11/05/29", "13/05/30", **answered(repair.undo)).reports[0].kind == "text"


def test_years_of_two_digits_may_come_first_where_dates_then_lie_close():
    cells = ("24-01-01", "24-01-09", "24-02-03", "24-02-28")
    result = typed(*cells)
    assert str(result.values["x"][1]) == "2024-01-09 00:00:00"
    (question,) = result.questions
    assert question.evidence == "With the year first, the dates lie within a far shorter time."
    first, second = (typed(*cells, **answered(answer.options)) for answer in question.answers)
    assert str(first.values["x"][1]) == "2024-01-09 00:00:00"
    assert str(second.values["x"][1]) == "2009-01-24 00:00:00"
    assert not first.questions
    assert not second.questions
    others = typed("15/03/24", "16/04/24", "30/05/24")
    assert str(others.values["x"][0]) == "2024-03-15 00:00:00"
    assert not others.questions


def _of_years(years, form):
    days = [date(year, 1 + k % 12, 13 + k % 15) for k, year in enumerate(years)]
    rows = [f"{day.strftime(form)};{k * 7 % 11}.5" for k, day in enumerate(days)]
    return days, "\n".join(["x;y", *rows]).encode()


@pytest.mark.parametrize("form", ["%d/%m/%y", "%d.%m.%y", "%d-%b-%y", "%d-%m-%y"])
@pytest.mark.parametrize(
    "years", [range(1922, 2000), range(1922, 2009, 2), [1925, 1926, 1940, 1960, 1985, 1999]]
)
def test_births_of_two_centuries_are_asked_about(years, form):
    days, data = _of_years(years, form)
    table = read_table(data)
    (question,) = table.diagnosis.questions
    assert question.key == "century:x"
    assert f"{min(years)} to {max(years)}" in question.what
    usual, text = question.answers
    assert read_table(data, options=usual.options).frame.equals(table.frame)
    assert read_table(data, options=text.options).frame["x"].tolist()[0] == days[0].strftime(form)


@pytest.mark.parametrize("form", ["%d/%m/%y", "%d-%b-%y"])
@pytest.mark.parametrize(
    "years",
    [range(1990, 2020), range(1931, 2000), range(2001, 2028), [1985, 2010] * 3, range(1930, 2025)],
)
def test_years_of_two_digits_in_the_usual_hundred_are_noted(years, form):
    days, data = _of_years(years, form)
    table = read_table(data)
    assert table.frame["x"].dt.date.tolist() == days
    assert not table.diagnosis.questions
    assert "century:x" in {each.key for each in table.diagnosis.repairs}
