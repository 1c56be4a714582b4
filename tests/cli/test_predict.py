"""`regpath predict`: the file with predictions, and what is to be known of them."""

import io
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath import cli

FIT = b"""\
dose;ward;price;outcome
1,5;north;10;12,5
2,5;south;11;14,0
0,5;north;12;9,9
3,5;south;10;17,7
4,0;north;13;18,1
2,0;south;11;13,2
1,0;north;12;11,4
3,0;north;10;15,8
2,2;south;13;13,9
"""
NEW = b"price,outcome,dose,ward\n11,12.5,1.5,north\n,,9.5,west\n"


@pytest.fixture
def files(tmp_path):
    study = regpath.run_study(
        regpath.read_table(FIT), regpath.Recipe("outcome", n_lambdas=10, test_size=0.0)
    )
    regpath.export.model(study, study.path.lambdas[6], tmp_path / "model.json")
    (tmp_path / "new.csv").write_bytes(NEW)
    return study, tmp_path


def predict(folder, *words):
    return cli.main(["predict", str(folder / "model.json"), str(folder / "new.csv"), *words])


def test_the_file_comes_back_with_predictions(files, capsys):
    study, folder = files
    assert predict(folder) == 0
    out, told = capsys.readouterr()
    frame = pd.read_csv(io.StringIO(out))
    assert frame["row"].tolist() == [2, 3]
    assert frame.columns[:5].tolist() == ["row", "price", "outcome", "dose", "ward"]
    rows = pd.DataFrame({"dose": [1.5, 9.5], "ward": ["north", "west"], "price": [11.0, np.nan]})
    expected = study.path.predict(rows, study.path.lambdas[6])
    np.testing.assert_allclose(frame["prediction"], expected)
    assert frame["filled"].iloc[1] == "price"
    assert "never seen" in told
    assert "extrapolates" in told


def test_a_column_called_prediction_keeps_its_name(files):
    _, folder = files
    (folder / "new.csv").write_bytes(b"price,dose,ward,prediction\n11,1.5,north,mine\n")
    assert predict(folder, "--out", str(folder / "out.csv")) == 0
    frame = pd.read_csv(folder / "out.csv")
    assert frame["prediction"].tolist() == ["mine"]
    assert np.isfinite(frame["prediction (regpath)"]).all()


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_what_was_predicted_once_is_predicted_again(files, kind):
    _, folder = files
    read = pd.read_csv if kind == "csv" else pd.read_parquet
    tables = [folder / f"{n}.{kind}" for n in range(4)]
    assert predict(folder, "--out", str(tables[0])) == 0
    for before, after in pairwise(tables):
        words = ["predict", str(folder / "model.json"), str(before), "--out", str(after)]
        assert cli.main(words) == 0
    last, first = read(tables[-1]), read(tables[0])
    assert last.columns.is_unique
    assert {"row", "row (regpath)", "prediction (regpath)", "prediction (regpath 2)"} <= set(last)
    np.testing.assert_allclose(last["prediction (regpath 3)"], first["prediction"])


def test_parquet_and_the_table_of_columns(files):
    _, folder = files
    out, columns = folder / "out.parquet", folder / "columns.csv"
    assert predict(folder, "--only", "--out", str(out), "--columns", str(columns)) == 0
    assert pd.read_parquet(out).columns.tolist()[:2] == ["row", "prediction"]
    assert set(pd.read_csv(columns)["column"]) == {"dose", "ward", "price"}


def test_rows_that_cannot_be_scored_make_the_exit_code_one(files, capsys):
    _, folder = files
    (folder / "new.csv").write_bytes(b"price,dose,ward\n11,1e999,north\n12,1.5,south\n")
    assert predict(folder) == 1
    assert "not scored, the first in row 2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"price,ward\n11,north\n", "'dose'"), (b"", "empty"), (b"dose,ward,price\n", "row")],
)
def test_files_that_do_not_serve_are_refused_with_a_sentence(files, capsys, data, told):
    _, folder = files
    (folder / "new.csv").write_bytes(data)
    assert predict(folder) == 1
    assert told in capsys.readouterr().err


def test_what_is_read_is_never_written_over(files, capsys):
    _, folder = files
    for name in ("model.json", "new.csv"):
        before = (folder / name).read_bytes()
        assert predict(folder, "--out", str(folder / name)) == 2
        assert (folder / name).read_bytes() == before


def test_a_formula_in_a_cell_stays_text(files, capsys):
    _, folder = files
    (folder / "new.csv").write_bytes(b"price,dose,ward\n11,1.5,=1+1\n")
    assert predict(folder) == 0
    assert "'=1+1" in capsys.readouterr().out


def test_rows_to_score_are_read_as_options_say(files, capsys):
    _, folder = files
    new = "from the till\nprice;dose;ward\n1.100;1,5;n\u00f6rd\n1.200;0,5;n\u00f6rd\n"
    (folder / "new.csv").write_bytes(new.encode("cp1252"))
    words = ["--skip-rows", "1", "--delimiter", ";", "--encoding", "cp1252", "--header-rows", "1"]
    words += ["--decimal", ",", "--column-kind", "ward=category", "--column-decimal", "price=."]
    assert predict(folder, *words, "--out", str(folder / "out.csv")) == 0
    frame = pd.read_csv(folder / "out.csv")
    assert frame["dose"].tolist() == [1.5, 0.5]
    assert frame["price"].tolist() == [1.1, 1.2]
    assert frame["ward"].tolist() == ["n\u00f6rd"] * 2
    assert predict(folder, "--header-rows", "many") == 2
    assert "--header-rows" in capsys.readouterr().err


def test_a_question_about_rows_to_score_names_the_option_that_answers_it(files, capsys):
    _, folder = files
    rows = "".join(f"{dose};north;{dose}.250\n" for dose in range(1, 9))
    (folder / "new.csv").write_text(f"dose;ward;weight\n{rows}".replace("weight", "amount"))
    assert predict(folder, "--out", str(folder / "out.csv")) == 1  # there is no price
    assert "--column-decimal amount=," in capsys.readouterr().err


def test_what_the_file_leaves_open_is_asked_and_the_printed_option_answers_it(files, capsys):
    _, folder = files
    rows = "".join(f"{price},1.5,north\n" for price in (999, 10, 11, 999, 12))
    (folder / "new.csv").write_text(f"price,dose,ward\n{rows}", encoding="utf-8")
    assert predict(folder, "--out", str(folder / "as_it_is.csv")) == 0
    told = capsys.readouterr().err
    assert "question: Column 'price' holds 999 in 2 cells" in told
    answers = [line.split() for line in told.splitlines() if line.startswith("  --")]
    assert [words[-1] for words in answers] == ["(taken)", "missing"]
    assert not any("dose" in word or "ward" in word for words in answers for word in words)
    words = answers[1][:-1]
    assert predict(folder, *words, "--out", str(folder / "answered.csv")) == 0
    assert "question:" not in capsys.readouterr().err
    frame = pd.read_csv(folder / "answered.csv", keep_default_na=False)
    assert frame["filled"].tolist() == ["price", "", "", "price", ""]
