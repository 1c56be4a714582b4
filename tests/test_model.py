"""A model keeps what a path predicts, how its file was read and what its columns held."""

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.core.problems.problem import Problem
from regpath.model import Model, point_of

MESSY = b"""\
patient;seen;ward;weight;fever;outcome
1;3.1.2024;north;61,5;yes;ill
2;4.1.2024;south;72,0;no;well
3;5.1.2024;None;80,2;no;well
4;6.1.2024;north;n.a.;yes;ill
5;7.1.2024;south;59,9;yes;ill
6;8.1.2024;None;91,3;no;well
7;9.1.2024;north;77,7;no;ill
8;10.1.2024;south;68,4;yes;well
9;11.1.2024;north;64,0;yes;ill
10;12.1.2024;south;83,5;no;well
11;13.1.2024;None;70,1;yes;ill
12;14.1.2024;north;66,6;no;well
"""


def study_of(text=MESSY, target="outcome", **choices):
    table = regpath.read_table(text)
    return regpath.run_study(table, regpath.Recipe(target, n_lambdas=20, test_size=0.0, **choices))


def test_a_point_predicts_what_the_path_predicts_there():
    table = regpath.datasets.load("wine")
    path = regpath.fit_path(regpath.make_problem(table, "cultivar"), n_lambdas=20)
    lam = path.lambdas[12]
    point = point_of(path, lam)
    assert point.lambdas.tolist() == [lam]
    assert (point.coef_path[..., 0] == path.coef_path[..., 12]).all()
    np.testing.assert_allclose(
        point.predict_proba(table, lam), path.predict_proba(table, lam), rtol=1e-10, atol=1e-14
    )


def test_a_model_is_one_point():
    path = regpath.fit_path(
        Problem.from_arrays(np.arange(12.0).reshape(6, 2) % 5, np.arange(6.0)), n_lambdas=5
    )
    with pytest.raises(regpath.ParameterError, match="one point"):
        Model(path)
    with pytest.raises(regpath.ParameterError, match="not on the grid"):
        Model.from_path(path, 1.2345)


@pytest.mark.parametrize("threshold", [0.0, 1.0, -1.0, True])
def test_a_threshold_lies_between_zero_and_one(threshold):
    study = study_of()
    with pytest.raises(regpath.ParameterError, match="between 0 and 1"):
        Model.from_study(study, study.path.lambdas[3], threshold=threshold)


def test_a_threshold_is_for_two_classes():
    study = study_of(target="weight", family="gaussian")
    with pytest.raises(regpath.ParameterError, match="two classes"):
        Model.from_study(study, study.path.lambdas[3], threshold=0.3)


def test_a_threshold_decides_the_class():
    study = study_of()
    lam = study.path.lambdas[8]
    proba = study.path.predict_proba(study.table, lam)[:, 1]
    ordered = np.sort(proba)
    widest = int(np.argmax(np.diff(ordered)))
    at = float(ordered[widest : widest + 2].mean())
    model = Model.from_study(study, lam, threshold=at)
    assert (model.predict(study.table) == np.where(proba >= at, "ill", "well")).all()


def test_another_file_is_read_as_that_of_the_fit():
    """Kinds are kept for a single row too; marks and orders are the new file's own."""
    study = study_of()
    model = Model.from_study(study, study.path.lambdas[8])
    other = b"ward,weight,fever,patient,seen\nsouth,72.5,no,77,2024-02-01\n"
    table = model.read(other)
    assert table.frame["weight"].tolist() == [72.5]
    assert table.frame["ward"].tolist() == ["south"]
    again = model.read(MESSY)
    for column in model.needs:
        assert again.frame[column].equals(study.table.frame[column]), column


def test_a_column_that_is_blank_in_the_new_file_is_filled():
    study = study_of()
    model = Model.from_study(study, study.path.lambdas[8])
    table = model.read(b"ward,weight,fever\nsouth,,no\nnorth,,yes\n")
    assert table.frame["weight"].isna().all()
    rows = regpath.score_rows(model, table)
    assert rows.predictions["filled"].tolist() == ["weight", "weight"]


def test_a_true_or_false_of_the_fit_keeps_its_words():
    study = study_of()
    model = Model.from_study(study, study.path.lambdas[8])
    for word, value in [("yes", 1.0), ("no", 0.0)]:
        table = model.read(f"ward;weight;fever\nsouth;70,5;{word}\n".encode())
        assert table.frame["fever"].to_numpy(float).tolist() == [value]


def test_the_columns_of_the_fit_are_remembered():
    study = study_of()
    columns = Model.from_study(study, study.path.lambdas[8]).columns
    weights = study.train.frame["weight"].dropna()
    assert columns["weight"].edges[0] == weights.min()
    assert columns["weight"].edges[-1] == weights.max()
    assert sum(columns["weight"].counts) == len(weights)
    assert columns["weight"].n_missing == 1
    ward = study.train.frame["ward"].value_counts()
    assert dict(zip(columns["ward"].levels, columns["ward"].counts, strict=True)) == ward.to_dict()


def test_a_sealed_test_set_stays_sealed():
    table = regpath.datasets.load("breast_cancer")
    study = regpath.run_study(table, regpath.Recipe("diagnosis", n_lambdas=10, seal=True))
    facts = Model.from_study(study, study.path.lambdas[4]).facts
    assert not any(name.startswith("test ") and "loss" in name for name in facts)
    assert facts["test set"] == study.seal.sentence


def test_bins_hold_every_row_once():
    values = pd.DataFrame({"x": [1.0, 1.0, 1.0, 2.0, 5.0, 9.0] * 5, "y": np.arange(30.0)})
    study = regpath.run_study(
        regpath.Table.from_frame(values), regpath.Recipe("y", n_lambdas=5, test_size=0.0)
    )
    column = Model.from_study(study, study.path.lambdas[2]).columns["x"]
    assert sum(column.counts) == 30
    assert len(column.counts) == len(column.edges) - 1


CLINIC = "age,dose,cost\n"
PAIRS = [(20 + k % 60, 0.25 + k % 7 / 8, 10.0 + k % 9) for k in range(80)]


def clinic_model(first_age="20"):
    """Of plain numbers: the file of the fit left nothing open."""
    rows = [
        f"{age},{dose},{cost},{(age + 9 * (k % 3)) // 2}"
        for k, (age, dose, cost) in enumerate(PAIRS)
    ]
    rows[0] = ",".join([first_age, *rows[0].split(",")[1:]])
    study = study_of(("age,dose,cost,days\n" + "\n".join(rows)).encode(), "days")
    return Model.from_study(study, study.path.lambdas[8])


def new_rows(column, cells):
    """Ten rows of the clinic, with some cells of a column written otherwise."""
    place = ("age", "dose", "cost").index(column)
    rows = [list(map(str, row)) for row in PAIRS[:10]]
    for i, cell in cells.items():
        rows[i][place] = cell
    return (CLINIC + "\n".join(",".join(row) for row in rows)).encode()


OPEN = [
    ("sentinel", "age", {1: "999", 4: "999"}, 999.0, np.nan),
    ("sentinel", "cost", {1: "-999", 4: "-999"}, -999.0, np.nan),
    ("zero", "dose", {1: "-", 4: "-"}, np.nan, 0.0),
    ("brackets", "cost", {1: "(12)", 4: "(12)"}, -12.0, np.nan),
    ("unit", "age", {1: "24 kg", 4: "24 kg", 6: "31 kg", 8: "33 kg"}, 24.0, np.nan),
]


@pytest.mark.parametrize(("kind", "column", "cells", "taken", "other"), OPEN)
def test_what_the_fit_knew_answers_no_question_of_another_file(kind, column, cells, taken, other):
    """The file of the fit held no such cells, so nobody has said what they mean."""
    model, content = clinic_model(), new_rows(column, cells)
    table = model.read(content)
    (question,) = table.diagnosis.questions
    assert question.key.startswith(f"{kind}:")
    assert question.key.endswith(f":{column}")
    for answer, value in zip(question.answers, (taken, other), strict=True):
        again = model.read(content, options=answer.options)
        assert not again.diagnosis.questions
        np.testing.assert_array_equal(again.frame[column].iloc[[1, 4]], [value, value])
        assert (again.frame.columns == table.frame.columns).all()
    np.testing.assert_array_equal(table.frame[column].iloc[[1, 4]], [taken, taken])


def test_a_word_in_a_scale_of_numbers_is_a_gap_and_refuses_no_file():
    model = clinic_model()
    assert model.reading["cost"].kind == "ordinal"
    table = model.read(new_rows("cost", {1: "unknown"}))
    assert table.frame["cost"].isna().sum() == 1
    assert any("unknown" in note for note in table.notes)


def test_a_number_that_the_fit_knew_is_not_asked_about():
    model = clinic_model(first_age="999")
    assert not model.read(new_rows("age", {1: "999", 4: "999"})).diagnosis.questions
    assert model.read(new_rows("age", {1: "-999", 4: "-999"})).diagnosis.questions
