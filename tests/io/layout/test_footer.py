"""What stands below the data is no data, whatever delimiters it holds."""

import pytest

from regpath.io import read_table
from regpath.io.layout.footer import Tail, begins_like_note
from regpath.io.text.records import Records

MARKS = [",", ";", "\t", "|"]
ROWS = [[f"R{i}", str(1000 + 137 * i % 7000), str(200 + 31 * i % 90)] for i in range(14)]


def read(below, delimiter=",", rows=ROWS, header=("region", "pop", "income")):
    lines = [delimiter.join(row) for row in [header, *rows]] + list(below)
    data = "".join(line + "\n" for line in lines).encode()
    return data, read_table(data)


def keys(table):
    diagnosis = table.diagnosis
    return {found.key for found in (*diagnosis.repairs, *diagnosis.questions)}


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize(
    "note",
    [
        "Note: figures are rounded,estimated,and provisional",
        "Quelle: Amt für Statistik,2021",
        "Source: an office, 2020",
        "Fuente: INE,datos provisionales,2020",
        "Примечание: данные,округлены",
        "(1) Rounded,estimated",
        "a) Rounded,estimated",
        "* provisional,as of May",
        "(a) Source: an office, 2020",
        "¹ without islands,with lakes",
        "注：四舍五入,初步",
        "Nota: dati provvisori,arrotondati",
    ],
)
def test_what_begins_like_a_note_is_one_with_delimiters_in_it(note, delimiter):
    _, table = read([note.replace(",", delimiter)], delimiter)
    assert len(table.frame) == 14
    assert table.frame["pop"].dtype.kind == "i"
    assert "footer" in keys(table)


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize(
    "below",
    [
        ["", "as reported by the regions,without corrections"],
        ["", "(1) Rounded", "(2) Estimated,by the office"],
        ["", "Prepared,by,Ann"],
        [",,", "Office of Statistics,Berlin,"],
        ["", "* provisional", "(a) Source: an office,2020"],
        ["", "", "printed on Monday,page one"],
    ],
)
def test_words_below_a_blank_row_are_no_data(below, delimiter):
    _, table = read([line.replace(",", delimiter) for line in below], delimiter)
    assert table.frame["region"].tolist() == [row[0] for row in ROWS]
    assert table.frame["income"].dtype.kind == "i"


@pytest.mark.parametrize(
    "total",
    ["Total", "TOTAL:", "Summe", "Somme", "Totaal", "Итого", "合计", "Mean", "Mittelwert", "SD"],
)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_totals_above_notes_are_left_out_with_them(total, delimiter):
    below = [f"{total},65432,6543", "", "* provisional", "(a) Source: an office, 2020"]
    _, table = read([line.replace(",", delimiter) for line in below], delimiter)
    assert len(table.frame) == 14
    assert total not in table.frame["region"].tolist()


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize("width", [2, 3])
@pytest.mark.parametrize("of", ["mean", "mean of two digits", "sum"])
def test_sums_and_means_without_a_name_are_no_data(of, width, delimiter):
    rows = [row[:width] for row in ROWS]
    columns = [[int(row[j]) for row in rows] for j in range(1, width)]
    values = [sum(c) if of == "sum" else sum(c) / len(c) for c in columns]
    form = "{:.2f}" if of == "mean of two digits" else "{!r}"
    below = delimiter.join(["", *map(form.format, values)])
    _, table = read([below], delimiter, rows, ("region", "pop", "income")[:width])
    assert table.frame["region"].tolist() == [row[0] for row in ROWS]
    assert "footer" in keys(table)


def test_sentences_below_sentences_are_no_note():
    rows = [[f"R{i}", str(i), f"a text of some words, {i}"] for i in range(9)]
    _, table = read(["R9;unknown;a text of more words"], ";", rows)
    assert len(table.frame) == 10


def test_a_last_row_that_has_no_name_and_is_no_mean_is_data():
    _, table = read([",1500.2,238.1"])
    assert len(table.frame) == 15


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize(
    "note",
    [
        "Prepared by Ann,Bob",
        "Downloaded from www.example.org,2021-05-01",
        "Champ : France,hors Mayotte",
        "Retrieved on 2021-05-01,9:30",
        "Extrait le 01/05/2021,INSEE",
        "Abgerufen am 01.05.2021,Bonn",
        "Actualizado el 01/05/2021,INE",
    ],
)
@pytest.mark.parametrize("width", [2, 3])
def test_what_says_where_a_file_is_from_is_a_note(note, width, delimiter):
    rows = [row[:width] for row in ROWS]
    below = note.replace(",", delimiter) + delimiter * (width - 2)
    _, table = read([below], delimiter, rows, ("region", "pop", "income")[:width])
    assert table.frame["region"].tolist() == [row[0] for row in ROWS]


def test_the_lines_of_a_summary_are_no_data():
    below = ["count,14,14", "mean,1500.5,240.25", "std,10.5,3.5", "min,1,2", "50%,3,4", "max,9,9"]
    _, table = read(below)
    assert len(table.frame) == 14


@pytest.mark.parametrize(
    "row", ["R14,figures of the year before are,not comparable with these", "see page two,text,end"]
)
def test_words_where_all_have_numbers_are_asked_about(row):
    data, table = read([row])
    (question,) = [q for q in table.diagnosis.questions if q.key == "footer"]
    assert len(table.frame) == 14
    assert len(read_table(data, options=question.answers[1].options).frame) == 15


@pytest.mark.parametrize(
    "row",
    [
        "R14,unknown,NA",
        "R14,suppressed,suppressed",
        "R14,,",
        "R14,n.d.,250",
        "R14,5,",
        "R14,NA,NA",
    ],
)
def test_a_last_row_of_missing_values_is_data(row):
    _, table = read([row])
    assert table.frame["region"].tolist()[-1] == "R14"


@pytest.mark.parametrize("gap", [3, 13])
def test_rows_below_a_blank_one_that_are_like_the_others_are_data(gap):
    lines = [",".join(row) for row in ROWS]
    lines.insert(gap, "")
    table = read_table("\n".join(["region,pop,income", *lines, ""]).encode())
    assert len(table.frame) == 14


def test_cells_that_all_begin_like_notes_are_data():
    rows = [["*" + row[0], *row[1:]] for row in ROWS]
    _, table = read([], rows=rows)
    assert len(table.frame) == 14
    assert not begins_like_note(["*x", "1"], [["*y", "2"], ["*z", "3"]])


def test_a_tail_knows_where_blank_rows_stand():
    tail = Tail.of(Records([["a", "b"], ["x", "1"], ["y", "2"], ["z", "3"]], [1, 2, 4, 5]))
    assert tail.gaps == [False, True, False]


@pytest.mark.parametrize("blank", ["", "\n"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize(
    "note",
    [
        "Query executed on 2020-01-01, rows, 14",
        "© Office, 2020, all rights reserved",
        "Note: rounded, 5, later",
        "Quelle: Amt, 2020, Tabelle 4",
        "Last updated, 3 May 2020, 12:00",
        "the last of it, so far, 12",
    ],
)
def test_a_note_of_which_some_cells_are_numbers_is_no_data(note, delimiter, blank):
    rows = "".join(f"R{k},{k * 37 % 101},{k * 53 % 97}\n" for k in range(14))
    data = f"region,n,m\n{rows}{blank}{note}\n".replace(",", delimiter).encode()
    table = read_table(data)
    assert table.frame["n"].tolist() == [k * 37 % 101 for k in range(14)]
    key = "footer"
    found = {f.key: f for f in (*table.diagnosis.repairs, *table.diagnosis.questions)}
    assert key in found


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize(
    "below",
    [
        ["Quelle:,Statistisches Amt,2021", "Stand:,12.03.2021,"],
        ["Source:,an office,2021", "Note:,rounded,1", "Updated:,2021-03-04,7"],
        ["Fuente:,INE,2020", "Nota:,provisional,2"],
        ["(1) Rounded,to,10", "(2) Estimated,by,2020"],
        ["* rounded,to,10", "† estimated,in,2020", "‡ revised,in,2021"],
    ],
)
def test_several_notes_with_numbers_in_them_are_all_left_out(below, delimiter):
    _, table = read([line.replace(",", delimiter) for line in below], delimiter)
    assert table.frame["region"].tolist() == [row[0] for row in ROWS]
    assert table.frame["pop"].dtype.kind == table.frame["income"].dtype.kind == "i"
    assert "footer" in keys(table)


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize(
    "below", [["Σ,{s0},{s1}"], ["∑,{s0},{s1}", "Ø,{m0},{m1}"], ["ø,{m0},{m1}"], ["Sum Σ,{s0},{s1}"]]
)
def test_signs_for_sums_and_means_are_called_so(below, delimiter):
    pop, income = ([int(row[j]) for row in ROWS] for j in (1, 2))
    figures = {"s0": sum(pop), "s1": sum(income)}
    figures |= {"m0": round(sum(pop) / 14, 1), "m1": round(sum(income) / 14, 1)}
    lines = [line.format(**figures).replace(",", delimiter) for line in below]
    _, table = read(lines, delimiter)
    assert table.frame["region"].tolist() == [row[0] for row in ROWS]


@pytest.mark.parametrize(
    "name",
    [
        "Record count",
        "Total records",
        "Number of rows",
        "No. of records",
        "Row count:",
        "Records",
        "Anzahl Datensätze",
        "Nombre de lignes",
        "Número de registros",
        "Count of rows",
    ],
)
@pytest.mark.parametrize("line", ["{},14,", "{},,14", "{},14,14"])
def test_the_number_of_the_rows_called_so_is_no_data(name, line):
    _, table = read([line.format(name)])
    assert table.frame["region"].tolist() == [row[0] for row in ROWS]
    assert keys(table) & {"footer", "subtotals", "totals"}


def test_a_row_called_records_that_is_not_their_number_is_data():
    _, table = read(["Records,4015,222"])
    assert len(table.frame) == 15


@pytest.mark.parametrize("delimiter", MARKS)
@pytest.mark.parametrize(
    "below",
    [
        [",Quelle: Amt,"],
        [",,Source: an office"],
        ["", ",Note: rounded,2021"],
        ["", "31.12.2020,,"],
        ["", "2021-03-04,,"],
        ["", ",,31.12.2020"],
    ],
)
def test_notes_and_dates_that_begin_further_right_are_no_data(below, delimiter):
    _, table = read([line.replace(",", delimiter) for line in below], delimiter)
    assert table.frame["region"].tolist() == [row[0] for row in ROWS]
    assert table.frame["pop"].dtype.kind == table.frame["income"].dtype.kind == "i"
    assert "footer" in keys(table)


@pytest.mark.parametrize("delimiter", MARKS)
def test_a_date_of_its_own_below_a_blank_row_of_dates_is_data(delimiter):
    rows = [[f"2020-01-{k + 1:02d}", str(k * 7 % 11), "" if k % 3 else "4"] for k in range(14)]
    lines = ["", "2020-02-01,5,", "2020-02-02,,3"]
    _, table = read([line.replace(",", delimiter) for line in lines], delimiter, rows)
    assert len(table.frame) == 16
