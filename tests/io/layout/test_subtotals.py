"""Totals and means among the rows, at whatever place and by whatever name."""

import re

import pandas as pd
import pytest

from regpath.io import read_table
from regpath.io.layout import totals

MARKS = [",", ";", "\t", "|"]
PLACES = [0, 3, 7, 12]
ROWS = [(f"R{i}", 10 + i * 37 % 101, 100 + i * 53 % 211) for i in range(12)]
SUMS = (sum(row[1] for row in ROWS), sum(row[2] for row in ROWS))


def read(rows, delimiter=","):
    lines = ["region,n,income", *(",".join(map(str, row)) for row in rows)]
    data = "".join(line.replace(",", delimiter) + "\n" for line in lines).encode()
    return data, read_table(data)


def found(table):
    diagnosis = table.diagnosis
    return {f.key: f for f in (*diagnosis.repairs, *diagnosis.questions)}


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["Total", "Summe", "Итого", "all regions", "Germany"])
def test_a_row_that_is_the_sum_of_all_others_is_left_out_wherever_it_stands(name, place, delimiter):
    data, table = read([*ROWS[:place], (name, *SUMS), *ROWS[place:]], delimiter)
    assert table.frame["n"].tolist() == [row[1] for row in ROWS]
    key = "footer" if "footer" in found(table) else "subtotals"
    again = read_table(data, options=found(table)[key].undo).frame
    assert len(again) == 13


@pytest.mark.parametrize("place", PLACES[:3])
@pytest.mark.parametrize("name", ["Total", "Gesamt", "Summa", "Razem"])
def test_one_row_that_is_called_a_total_but_is_no_sum_is_asked_about(name, place):
    data, table = read([*ROWS[:place], (name, 5, 7), *ROWS[place:]])
    question = found(table)["totals"]
    assert len(table.frame) == 12
    sizes = [len(read_table(data, options=a.options).frame) for a in question.answers]
    assert sizes == [12, 13]


def test_rows_that_are_called_totals_again_and_again_are_data_and_asked_about():
    rows = [*ROWS[:3], ("total", 5, 7), *ROWS[3:8], ("total", 8, 9), *ROWS[8:]]
    data, table = read(rows)
    question = found(table)["totals"]
    assert len(table.frame) == 14
    sizes = [len(read_table(data, options=a.options).frame) for a in question.answers]
    assert sizes == [14, 12]


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["whole country", "Total (all)", "Total 2020", "мир", "World"])
def test_the_sum_of_the_only_column_of_numbers_is_asked_about(name, place, delimiter):
    rows = [f"{name_of},{n}" for name_of, n, _ in ROWS]
    rows.insert(place, f"{name},{SUMS[0]}")
    data = "\n".join(["region,n", *rows, ""]).replace(",", delimiter).encode()
    table = read_table(data)
    assert table.frame["n"].tolist() == [row[1] for row in ROWS]
    question = found(table)["totals"]
    assert f"Row {place + 2}" in question.what
    sizes = [len(read_table(data, options=a.options).frame) for a in question.answers]
    assert sizes == [12, 13]


@pytest.mark.parametrize(
    "numbers", [[1, 0, 0, 0, 0, 0, 1], [0, 0, 2, 0, 0, 1, 1, 0], [3, 1, 1, 1, 0, 0, 0], [5, 2, 3]]
)
def test_few_counts_that_happen_to_add_up_are_data(numbers):
    data = "\n".join(["word,n", *(f"w{i},{n}" for i, n in enumerate(numbers)), ""]).encode()
    table = read_table(data)
    assert table.frame["n"].tolist() == numbers
    assert "totals" not in found(table)


@pytest.mark.parametrize("thousands", [True, False])
def test_sums_are_seen_through_signs(thousands):
    rows = [(f"R{i}", 1000 * i + 234, 5.5 * i) for i in range(1, 9)]
    total = ("Sum", sum(r[1] for r in rows), sum(r[2] for r in rows))
    lines = [f'{a},"{b:,}",${c:.2f}' if thousands else f"{a},{b},{c:.1f}" for a, b, c in rows]
    last = f'{total[0]},"{total[1]:,}",${total[2]:.2f}' if thousands else ",".join(map(str, total))
    table = read_table("\n".join(["a,b,c", *lines[:4], last, *lines[4:], ""]).encode())
    assert len(table.frame) == 8


@pytest.mark.parametrize("values", [[1, 2, 3], [1, 2, 3, 6], [5, 5, 10, 7, 1]])
def test_few_rows_of_one_number_are_no_totals(values):
    table = read_table("\n".join(["a,n", *(f"x{i},{v}" for i, v in enumerate(values))]).encode())
    assert len(table.frame) == len(values)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["Mean", "Average", "Mittelwert", "Moyenne", "Среднее"])
def test_a_row_of_means_is_left_out_wherever_it_stands(name, place):
    means = (SUMS[0] / 12, SUMS[1] / 12)
    _, table = read([*ROWS[:place], (name, *means), *ROWS[place:]])
    assert table.frame["n"].tolist() == [row[1] for row in ROWS]


@pytest.mark.parametrize("delimiter", [",", "\t", "|"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["", "Overall", "Germany", "all regions"])
def test_the_mean_of_all_others_is_asked_about_wherever_it_stands(name, place, delimiter):
    means = tuple(f"{total / 12:.2f}" for total in SUMS)
    data, table = read([*ROWS[:place], (name, *means), *ROWS[place:]], delimiter)
    assert table.frame["n"].tolist() == [row[1] for row in ROWS]
    if "footer" in found(table):
        return  # the last row, which has no name, or one of a mean
    question = found(table)["totals"]
    assert "the mean of all others" in question.what
    assert len(read_table(data, options=question.answers[1].options).frame) == 13


def test_a_point_in_the_middle_of_a_design_is_data():
    rows = [(f"R{k}", 2 * (k % 2) - 1, 2 * (k // 2 % 2) - 1) for k in range(8)]
    _, table = read([*rows, ("R8", 0, 0)])
    assert len(table.frame) == 9


@pytest.mark.parametrize("cell", ["1.5e308", "-1.2e308", "9.5e200"])
def test_numbers_whose_sums_leave_the_range_are_no_totals_and_no_trouble(cell):
    rows = "".join(f"{i},{cell}\n" for i in range(9))
    for last in ("", "Total,5\n", f"\n,{cell}\n"):
        table = read_table(f"a,y\n{rows}{last}".encode())
        assert (table.frame["y"].iloc[:9] == float(cell)).all()


@pytest.mark.parametrize("n", [21, 101, 401, 899])
@pytest.mark.parametrize(
    "row",
    [
        lambda i: f"{i},{i}.5,red",  # a running number and a price that goes with it
        lambda i: f"{1900 + i},{2 * i + 7},{10 - i}",
        lambda i: f"{i},{i * 60},{0.25 * i:.2f}",
        lambda i: f"{i},{(i * 37) % 101},x",
        lambda i: f"2020-{1 + i % 12:02d},{i},{3 * i}",
    ],
)
def test_the_middle_row_of_columns_that_go_on_evenly_is_no_mean(n, row):
    table = read_table(("a,b,c\n" + "".join(f"{row(i)}\n" for i in range(1, n + 1))).encode())
    assert len(table.frame) == n


COSTS = {"Math": [12.5, 30.25, 7.0], "Bio": [5.75, 18.0, 44.5, 2.25], "Art": [9.0, 81.5, 3.25]}
GROUPED = [
    (group, f"i{k}", cost, 3 * k + 1) for group, c in COSTS.items() for k, cost in enumerate(c)
]


def grouped(name, *, first=False, grand=True, blank=False, means=False):
    """A table with a row of totals for each group, as spreadsheets make them."""
    lines = []
    for group in COSTS:
        rows = [row for row in GROUPED if row[0] == group]
        sums = [sum(row[2] for row in rows), sum(row[3] for row in rows)]
        total = (name.format(group), "", *(round(s / len(rows), 2) if means else s for s in sums))
        shown = [(g if k == 0 or not blank else "", *rest) for k, (g, *rest) in enumerate(rows)]
        lines += [total, *shown] if first else [*shown, total]
    end = ("Grand total", "", *(sum(row[j] for row in GROUPED) for j in (2, 3)))
    return ["dept,item,cost,n", *(",".join(map(str, row)) for row in [*lines, *[end] * grand]), ""]


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize(
    "name",
    [
        "{} Total",
        "Total {}",
        "Total for {}",
        "Summe {}",
        "{} (Summe)",
        "{} gesamt",
        "Total: {}",
        "Sub-total {}",
        "{} - Subtotal",
        "Totale {}",
        "Suma {}",
    ],
)
@pytest.mark.parametrize("way", ["first", "grand", "blank", "means"])
def test_totals_of_groups_that_are_named_are_left_out(name, way, delimiter):
    if way == "means":
        name = re.sub(r"\bTotal\b", "Average", name).replace("Sub-total", "Average")
        name = name.replace("Subtotal", "Mean").replace("Summe", "Mittelwert")
    if way == "means" and not any(word in name for word in ("Average", "Mean", "Mittel")):
        return
    options = {way: True} if way != "grand" else {}
    lines = grouped(name, **{"grand": way != "means", **options})
    table = read_table("\n".join(lines).replace(",", delimiter).encode())
    assert table.frame["cost"].tolist() == [row[2] for row in GROUPED]
    assert "subtotals" in found(table)


@pytest.mark.parametrize("name", ["2019 Total", "Total 2019"])
def test_totals_of_years_among_years_are_left_out(name):
    rows = [(year, 10 + year % 7 * k, 5 * k) for year in (2019, 2020, 2021) for k in range(1, 5)]
    lines = ["year,n,m"]
    for year in (2019, 2020, 2021):
        part = [row for row in rows if row[0] == year]
        lines += [",".join(map(str, row)) for row in part]
        lines.append(
            f"{name.replace('2019', str(year))},{sum(r[1] for r in part)},{sum(r[2] for r in part)}"
        )
    table = read_table("\n".join([*lines, ""]).encode())
    assert table.frame["year"].tolist() == [row[0] for row in rows]


def test_totals_of_groups_within_groups_are_left_out():
    lines, all_rows = ["land,town,n,m"], []
    for land in ("North", "South"):
        for town in ("Aa", "Bb", "Cc"):
            rows = [(land, town, len(all_rows) + k * k, 7 * k + 1) for k in range(1, 4)]
            all_rows += rows
            lines += [",".join(map(str, row)) for row in rows]
            lines.append(f"{land},{town} Total,{sum(r[2] for r in rows)},{sum(r[3] for r in rows)}")
        rows = [row for row in all_rows if row[0] == land]
        lines.append(f"{land} Total,,{sum(r[2] for r in rows)},{sum(r[3] for r in rows)}")
    table = read_table("\n".join([*lines, ""]).encode())
    assert table.frame["n"].tolist() == [row[2] for row in all_rows]


def test_groups_whose_totals_do_not_add_up_are_asked_about():
    lines = [line.replace("49.75", "49") for line in grouped("{} Total", grand=False)]
    data = "\n".join(lines).encode()
    question = found(read_table(data))["totals"]
    sizes = [len(read_table(data, options=a.options).frame) for a in question.answers]
    assert sizes == [13, 10]


def test_names_that_hold_the_word_total_are_data():
    names = ["Total bilirubin", "Albumin", "Total protein", "AST", "ALT", "Sum Ting", "Bad Sum"]
    lines = [
        "test,low,high",
        *(f"{name},{3 + 7 * k % 11},{40 + k * k}" for k, name in enumerate(names)),
    ]
    table = read_table("\n".join([*lines, ""]).encode())
    assert table.frame["test"].tolist() == names
    assert "totals" not in found(table)


FIGURES = {
    "SD": "std",
    "Std": "std",
    "Median": "median",
    "Minimum": "min",
    "StdAbw": "std",
    "SEM": "sem",
}


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", FIGURES)
def test_a_line_of_a_summary_is_left_out_wherever_it_stands(name, place, delimiter):
    frame = pd.DataFrame(ROWS, columns=["region", "n", "income"])
    figures = frame[["n", "income"]].agg(FIGURES[name]).round(2).tolist()
    _, table = read([*ROWS[:place], (name, *figures), *ROWS[place:]], delimiter)
    assert table.frame["n"].tolist() == frame["n"].tolist()


@pytest.mark.parametrize("place", [0, 5, 12])
@pytest.mark.parametrize(("name", "figure"), [("Max", "max"), ("N", "count"), ("min", "min")])
def test_a_figure_whose_name_may_be_that_of_a_row_is_asked_about(name, figure, place):
    frame = pd.DataFrame(ROWS, columns=["region", "n", "income"])
    figures = frame[["n", "income"]].agg(figure).tolist()
    data, table = read([*ROWS[:place], (name, *figures), *ROWS[place:]])
    question = found(table)["totals"]
    sizes = [len(read_table(data, options=a.options).frame) for a in question.answers]
    assert sizes == [12, 13]


def test_people_who_are_called_like_figures_are_data():
    people = [("Max", 1, 1), ("Anna", 0, 1), ("Eva", 1, 0), ("Jan", 0, 0), ("Ute", 1, 1)]
    _, table = read([*people, ("N", 3, 17), ("Count", 2, 9)])
    assert len(table.frame) == 7


@pytest.mark.parametrize("first", [True, False])
def test_the_lines_of_a_description_are_left_out_together(first):
    frame = pd.DataFrame(ROWS, columns=["region", "n", "income"])
    described = frame.describe().round(3)
    lines = [
        (name, *row)
        for name, row in zip(described.index, described.to_numpy().tolist(), strict=True)
    ]
    _, table = read([*lines[:4], *ROWS] if first else [*ROWS, *lines])
    assert table.frame["n"].tolist() == frame["n"].tolist()


def test_thousands_of_equal_rows_are_compared_with_the_others_once(monkeypatch):
    compared = []
    alone = totals.is_printed_mean
    monkeypatch.setattr(totals, "is_printed_mean", lambda *a: compared.append(a[2]) or alone(*a))
    table = read_table("\n".join(["a,b", "7,8", *["3,4"] * 4000]).encode())
    assert len(table.frame) == 4001
    assert sorted(compared) == ["3", "4"]
