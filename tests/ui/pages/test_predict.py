"""The Predict page: another file through the chosen model, and the model as a file."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.export.forms import FORMS
from regpath.ui.session.state import Key
from regpath.ui.workers.task import Task
from regpath.ui.workers.worker import End
from tests.ui.conftest import plain

PENGUINS = {"data": "penguins", "target": "species", "n_lambdas": "12", "n_folds": "4"}


def bring(page, content, name="new.csv"):
    page.at.file_uploader(key=Key.NEW_ROWS).upload(name, content)
    page.at.run()
    return page


@pytest.mark.parametrize(
    ("data", "target"),
    [("diabetes", "progression"), ("iris", "species"), ("breast_cancer", "diagnosis")],
)
def test_the_file_of_the_fit_is_predicted_for_every_family(visit, data, target):
    page = visit("predict", data=data, target=target, n_lambdas="12", n_folds="4")
    bring(page, regpath.datasets.read_bytes(data))
    assert page.fine()
    table = regpath.datasets.load(data)
    frame = page.at.dataframe[0].value
    assert len(frame) == len(table.frame)
    assert (frame["not scored"] == "").all()
    assert len(page.at.metric) > 3
    assert len(page.at.get("plotly_chart")) == 1  # calibration
    assert any(each.value.startswith("Told on average") for each in page.at.markdown)


def test_a_file_of_strangers_is_read_and_scored_by_workers_where_there_are_some(visit, monkeypatch):
    asked = []

    class Carrier:
        def submit(self, request, when_done):
            asked.append(request.make.func.__name__)
            task = Task(request, self, when_done)
            task.finish(End.MADE, request.make(lambda share: None))
            return task

    page = visit("predict", data="iris", n_lambdas="12", n_folds="4")
    monkeypatch.setattr("regpath.ui.session.results.working_pool", Carrier)
    bring(page, regpath.datasets.read_bytes("iris"))
    assert page.fine()
    assert asked == ["compute_new_table", "compute_scored_rows"]


def test_the_predictions_are_those_of_the_chosen_strength(visit):
    page = visit("predict", **PENGUINS)
    bring(page, regpath.datasets.read_bytes("penguins"))
    slider = page.at.select_slider[0]
    query = "&".join(f"{k}={v}" for k, v in PENGUINS.items() if k != "data")
    table = regpath.datasets.load("penguins")
    study = regpath.run_study(table, regpath.Recipe.from_query(query))
    lam = study.path.lambdas[slider.value]
    frame = page.at.dataframe[0].value
    assert (frame["prediction"].to_numpy() == study.path.predict(table, lam)).all()
    shares = frame.filter(like="probability of ").to_numpy()
    np.testing.assert_allclose(shares, study.path.predict_proba(table, lam), atol=1e-9)


def test_new_levels_and_a_missing_target_are_told_and_nothing_breaks(visit):
    page = visit("predict", **PENGUINS)
    frame = regpath.datasets.load("penguins").frame.drop(columns="species").head(5)
    words = next(c for c in frame if not pd.api.types.is_numeric_dtype(frame[c]))
    frame.loc[frame.index[1], words] = "Atlantis"
    bring(page, frame.to_csv(index=False).encode())
    assert page.fine()
    assert any("Atlantis" in each.value for each in page.at.markdown)
    assert not page.at.metric
    assert not page.at.get("plotly_chart")


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n3,4\n", b"\x00\x01\x02", b"<html><body>no</body></html>"]
)
def test_a_file_that_does_not_serve_is_refused_and_the_next_one_works(visit, content):
    page = bring(visit("predict", **PENGUINS), content)
    assert page.at.error
    assert not page.at.exception
    bring(page, regpath.datasets.read_bytes("penguins"))
    assert page.fine()


AMBIGUOUS = {  # a column of new wines, its cells, and what the two answers make of them
    "decimal": ("proline", ["1,234", "2,345"], [1234.0, 2345.0], [1.234, 2.345]),
    "sentinel": ("alcohol", ["999", "999"], [999.0, 999.0], [None, None]),
    "zero": ("malic_acid", ["-", "-"], [None, None], [0.0, 0.0]),
}


@pytest.mark.parametrize("kind", AMBIGUOUS)
def test_what_a_new_file_leaves_open_is_asked_and_the_answer_predicts_anew(visit, kind):
    column, cells, taken, other = AMBIGUOUS[kind]
    page = visit("predict", data="wine", target="cultivar", n_lambdas="12", n_folds="4")
    frame = regpath.datasets.load("wine").frame.drop(columns="cultivar").iloc[::15].astype(str)
    frame[column] = cells * 6 if kind == "decimal" else [*cells, *frame[column][2:]]
    bring(page, frame.to_csv(index=False).encode())
    assert open_questions(page, kind).value == 0
    assert "1 open question about this file" in page.at.warning[0].value
    first, before = read_and_told(page, column)
    assert first == taken
    open_questions(page, kind).set_value(1).run()
    assert page.fine()
    assert not page.at.warning
    second, after = read_and_told(page, column)
    assert second == other
    assert np.abs(after - before).max() > 1e-6
    open_questions(page, kind).set_value(0).run()  # said, it is what was taken before
    assert page.fine()
    assert not page.at.warning
    third, again = read_and_told(page, column)
    assert third == taken
    assert (again == before).all()


def read_and_told(page, column):
    """What the first two cells of a column are, and what is predicted of their rows."""
    shown = page.at.dataframe[0].value.head(2)
    cells = [None if np.isnan(cell) else cell for cell in shown[column].astype(float)]
    return cells, shown.filter(like="probability of ").to_numpy()


def open_questions(page, kind):
    (asked,) = (each for each in page.at.radio if f":{kind}:" in (each.key or ""))
    return asked


def test_a_question_that_changes_no_prediction_stands_in_a_fold(visit):
    page = visit("predict", **PENGUINS)
    frame = regpath.datasets.load("penguins").frame.drop(columns="species").head(8)
    frame["visited"] = ["01/02/2023", "03/04/2023"] * 4
    bring(page, frame.to_csv(index=False).encode())
    assert page.fine()
    assert not page.at.warning
    fold = next(each for each in page.at.expander if "does not use" in each.label)
    assert len(fold.radio) == 1


def test_a_threshold_decides(visit):
    page = visit("predict", data="breast_cancer", target="diagnosis", n_lambdas="12", n_folds="4")
    bring(page, regpath.datasets.read_bytes("breast_cancer"))
    page.decimal(Key.CUT).set_value("0.9").run()
    frame = page.at.dataframe[0].value
    likely = frame["probability of malignant"] >= 0.9
    assert (frame["prediction"] == np.where(likely, "malignant", "benign")).all()


def test_a_link_opens_the_same_model_anew_with_its_threshold(visit):
    page = visit("predict", data="breast_cancer", n_lambdas="12", n_folds="4")
    page.decimal(Key.CUT).set_value("0.3").run()
    slider = page.at.select_slider[0]
    slider.set_value(slider.value + 3).run()
    again = visit("predict", **page.address)
    assert again.at.select_slider[0].value == slider.value
    assert again.decimal(Key.CUT).value == "0.3"
    assert again.address == page.address
    assert again.fine()


@pytest.mark.parametrize("word", ["1.5", "0", "nan", "half", ""])
def test_a_threshold_of_a_link_that_is_none_is_told(open_page, word):
    page = open_page(data="breast_cancer", threshold=word)
    assert any("'threshold' goes from 0.01 to 0.99" in plain(each.value) for each in page.at.info)


def test_every_form_can_be_taken_away(visit):
    page = visit("predict", **PENGUINS)
    for name, form in FORMS.items():
        page.at.button_group(key=Key.FORM).set_value(name).run()
        assert page.fine()
        said = " ".join(caption.value for caption in page.at.caption)
        assert form.what in said or (name == "card" and "one for each of 3 classes" in said)


def test_a_form_is_made_once_for_each_strength_and_threshold(visit, monkeypatch):
    made = []
    write = FORMS["pipeline"].write

    def counted(leaving):
        made.append((leaving.lam, leaving.threshold))
        return write(leaving)

    monkeypatch.setitem(FORMS, "pipeline", replace(FORMS["pipeline"], write=counted))
    page = visit("predict", data="breast_cancer", target="diagnosis", n_lambdas="12", n_folds="4")
    page.at.button_group(key=Key.FORM).set_value("pipeline").run()
    for _ in range(2):
        page.at.run()
    assert len(made) == 1
    slider = page.at.select_slider[0]
    slider.set_value(slider.value + 3).run()
    page.decimal(Key.CUT).set_value("0.3").run()
    page.at.run()
    assert len(set(made)) == len(made) == 3
    assert page.fine()


def test_a_pipeline_has_its_card_beside_it_at_the_same_threshold(visit):
    page = visit("predict", data="breast_cancer", target="diagnosis", n_lambdas="12", n_folds="4")
    page.at.button_group(key=Key.FORM).set_value("pipeline").run()
    assert page.fine()
    labels = [each.proto.label for each in page.at.get("download_button")]
    assert [label for label in labels if label.endswith(".skops")]
    assert "Its model card" in labels
    page.at.button_group(key=Key.FORM).set_value("sql").run()
    assert "Its model card" not in [each.proto.label for each in page.at.get("download_button")]
