"""Names are cut into words in every style; indexes that restart or have gaps are indexes."""

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.io.columns.ids import may_name_an_id, names_an_id, numbers_the_rows, words_in_name

RNG = np.random.default_rng(0)
N = 60
KEYS = RNG.choice(np.arange(15_000_000, 16_000_000), N, replace=False)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "CustomerId",
            "PatientID",
            "patient_id",
            "SUBJID",
            "OBJECTID",
            "fid",
            "userId",
            "USER_ID",
            "user-id",
            "user.id",
            "uid",
        ),
        *(
            "User Id",
            "customerid",
            "UUID",
            "id",
            "ID",
            "ids",
            "patientIDs",
            "id_customer",
            "idUser",
            "Id2",
        ),
    ],
)
def test_names_of_ids(name):
    assert names_an_id(name)


@pytest.mark.parametrize(
    "name",
    [
        *("OrderNo", "order_no", "No.", "Invoice Number", "invoicenumber", "Kundennummer", "Nr"),
        *("MRN", "recno", "HospNo", "Matr.-Nr.", "participant", "Teilnehmer", "N\u00b0", "\u2116"),
    ],
)
def test_names_that_may_be_of_ids(name):
    assert may_name_an_id(name)
    assert not names_an_id(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "covid",
            "paid",
            "humid",
            "participants",
            "subject matter",
            "acid",
            "fluid",
            "Idle",
            "grid",
            "number of rooms",
            "node",
            "idiom",
        ),
        *(
            "num_children",
            "keyboard",
            "casino",
            "noise",
            "thyroid",
            "width",
            "AvoidRate",
            "idiom",
            "",
        ),
    ],
)
def test_names_of_measures(name):
    assert not may_name_an_id(name)


def test_names_are_cut_where_capitals_begin():
    assert words_in_name("XMLHttpRequestID") == ["xml", "http", "request", "id"]


@pytest.mark.parametrize("name", ["CustomerId", "OrderNo", "PatientID", "uid", "accountnumber"])
def test_unique_numbers_of_such_a_name_are_set_aside_with_a_hint(name):
    frame = pd.DataFrame({name: KEYS, "age": RNG.integers(18, 90, N), "y": RNG.normal(size=N)})
    problem = regpath.make_problem(frame, "y")
    assert problem.feature_names == ("age",)
    assert f"Column {name!r} is set aside: it numbers the rows." in problem.notes
    kinds = {alarm.kind: alarm for alarm in regpath.find_alarms(frame, regpath.Recipe("y"))}
    assert kinds["id_column"].columns == (name,)
    asked = regpath.Recipe("y", features=(name, "age"))
    (alarm,) = [a for a in regpath.find_alarms(frame, asked) if a.kind == "id_column"]
    assert alarm.severity == "warning"


@pytest.mark.parametrize("name", ["CustomerId", "uid"])
def test_numbers_that_repeat_or_have_decimals_stay_features(name):
    for values in (RNG.integers(0, 9, N), RNG.normal(size=N)):
        frame = pd.DataFrame({name: values, "y": RNG.normal(size=N)})
        assert regpath.make_problem(frame, "y").feature_names == (name,)


def index_of(*lengths, start=0):
    return np.concatenate([np.arange(start, start + length) for length in lengths])


@pytest.mark.parametrize(
    "values",
    [
        index_of(10, 10, 10, 10),
        index_of(25, 3, 12),
        index_of(20, 20, start=1),
        index_of(39, 1),
        np.sort(RNG.choice(500, 40, replace=False)),
        np.delete(np.arange(60), [3, 7, 50]),
        np.repeat(np.arange(20), 2),
        np.repeat(np.arange(1, 21), RNG.integers(1, 6, 20)),
    ],
)
@pytest.mark.parametrize("name", ["", "Unnamed: 0", "index", "column 1"])
def test_a_column_beside_the_table_that_counts_is_its_index(name, values):
    assert numbers_the_rows(name, values)
    assert not numbers_the_rows("week", values)


@pytest.mark.parametrize(
    "values",
    [
        np.tile([0, 1], 20),
        RNG.normal(size=40).cumsum(),
        RNG.integers(0, 30, 40),
        [5, 3, 4] * 9,
        np.repeat([0, 1], 20),
        np.repeat([1, 2, 3, 4], 10),
        np.repeat(np.arange(1990, 2010), 2),
    ],
)
def test_what_does_not_count_is_no_index(values):
    assert not numbers_the_rows("Unnamed: 0", np.asarray(values))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_saved_index_that_restarts_is_set_aside(delimiter):
    lines = [f"{delimiter}week{delimiter}y"]
    for k, week in enumerate(RNG.integers(1, 52, 40)):
        lines.append(f"{k % 10}{delimiter}{week}{delimiter}{RNG.normal():.2f}")
    table = regpath.read_table("\n".join(lines).encode())
    assert table.diagnosis.columns[0].kind == "id"
    assert regpath.make_problem(table, "y").feature_names == ("week",)


def test_long_whole_numbers_that_all_differ_are_a_hint_whatever_they_are_called():
    frame = pd.DataFrame({"reference": KEYS, "age": RNG.normal(size=N), "y": RNG.normal(size=N)})
    (alarm,) = [a for a in regpath.find_alarms(frame, regpath.Recipe("y")) if a.kind == "id_column"]
    assert (alarm.severity, alarm.columns) == ("hint", ("reference",))
    prices = frame.assign(reference=RNG.integers(1000, 9999, N) * 100)
    assert not [
        a for a in regpath.find_alarms(prices, regpath.Recipe("y")) if a.columns == ("reference",)
    ]


RNG = np.random.default_rng(3)
DRAWN = {
    "shuffled": RNG.permutation(60),
    "drawn": RNG.choice(1000, 60, replace=False),
    "drawn with repeats": RNG.integers(0, 60, 60),
    "drawn again and again": np.concatenate([np.sort(RNG.choice(99, 20)) for _ in range(3)]),
}


@pytest.mark.parametrize("name", ["", "Unnamed: 0", "index"])
@pytest.mark.parametrize("values", DRAWN.values(), ids=DRAWN)
def test_a_first_column_without_a_name_numbers_rows_in_any_order(values, name):
    rows = "".join(f"{v},{20 + 7 * k % 31},{k % 2}\n" for k, v in enumerate(values))
    table = regpath.read_table(f"{name},age,left\n{rows}".encode())
    assert regpath.make_problem(table, "left").feature_names == ("age",)


@pytest.mark.parametrize("values", list(DRAWN.values())[:2])
def test_elsewhere_and_without_a_header_such_numbers_may_measure(values):
    rows = "".join(f"{20 + 7 * k % 31},{v},{k % 2}\n" for k, v in enumerate(values))
    table = regpath.read_table(f"age,,left\n{rows}".encode())
    assert "column 2" in regpath.make_problem(table, "left").feature_names
    bare = regpath.read_table(
        "".join(f"{v},{k % 9}.5,{k % 2}\n" for k, v in enumerate(values)).encode()
    )
    assert "column 1" in regpath.make_problem(bare, "column 3").feature_names
