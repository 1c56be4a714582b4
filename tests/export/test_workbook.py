"""The workbook is opened and calculated by LibreOffice, and must predict what the path predicts."""

import io
import zipfile

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.export import excel
from tests.export.programs import needs_office
from tests.export.studies import BUNDLED, bundled_study, counts_path, messy_study

AGREES = 1e-9


def check(found, path, rows, lam):
    if path.classes:
        shares = found.filter(like="probability of ").to_numpy(float)
        np.testing.assert_allclose(shares, path.predict_proba(rows, lam), rtol=0, atol=AGREES)
        labels = [str(label) for label in path.predict(rows, lam)]
        assert found["prediction"].astype(str).tolist() == labels
    else:
        expected = path.predict(rows, lam)
        np.testing.assert_allclose(found["prediction"].to_numpy(float), expected, rtol=AGREES)


CHOICES = [
    {},
    {"missing": "mean"},
    {"missing": "impute"},
    {"coding": "reference"},
    {"min_level_count": 1},
]


@needs_office
def test_a_sheet_predicts_what_the_path_predicts(calculate):
    studies = {name: bundled_study(name) for name in BUNDLED}
    studies |= {f"messy{k}": messy_study(**how) for k, how in enumerate(CHOICES)}
    books, rows = {}, {}
    for name, study in studies.items():
        rows[name] = study.table.frame.head(100)
        if name.startswith("messy"):
            unseen = rows[name].head(1).assign(**{"city's": "never seen"})
            rows[name] = pd.concat([rows[name], unseen], ignore_index=True)
        books[name] = excel(study, study.path.lambdas[12], rows=rows[name])
    for name, found in calculate(books).items():
        check(found, studies[name].path, rows[name], studies[name].path.lambdas[12])


@needs_office
def test_counts_thresholds_the_average_row_and_what_is_no_number(calculate):
    frame, path = counts_path()
    lam = path.lambdas[12]
    messy = messy_study()
    at = messy.path.lambdas[12]
    wrong = messy.table.frame.head(3).astype(object)
    wrong.iloc[1, 0] = "heavy"
    books = {
        "counts": excel(path, lam, rows=frame.head(50)),
        "cut": excel(messy, at, rows=messy.table.frame.head(80), threshold=0.3),
        "average": excel(bundled_study("penguins"), bundled_study("penguins").path.lambdas[9]),
        "wrong": excel(messy, at, rows=wrong),
    }
    found = calculate(books)
    check(found["counts"], path, frame.head(50), lam)
    cut = found["cut"]
    expected = np.where(cut["probability of ill"] >= 0.3, "ill", "well")
    assert cut["prediction"].tolist() == expected.tolist()
    assert found["average"]["prediction"].notna().tolist() == [True]  # the others are empty
    assert found["wrong"]["prediction"].isin(["ill", "well"]).tolist() == [True, False, True]


def test_names_and_values_are_text_and_never_formulas():
    rng = np.random.default_rng(2)
    evil = '=HYPERLINK("http://x","y")'
    frame = pd.DataFrame({evil: rng.normal(size=60), "@w": rng.choice([evil, "+1", "a"], 60)})
    frame["y"] = np.where(frame[evil] + rng.normal(size=60) > 0, evil, "-no")
    study = regpath.run_study(regpath.Table.from_frame(frame), regpath.Recipe("y", n_lambdas=8))
    content = excel(study, study.path.lambdas[6], rows=frame.head(5))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = "".join(
            book.read(name).decode() for name in book.namelist() if "worksheets" in name
        )
    assert "HYPERLINK" not in sheets  # it stands among the shared strings, as text
    assert "hyperlink" not in sheets.lower()


def test_what_has_no_columns_is_refused():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(30, 3))
    path = regpath.fit_path(regpath.Problem.from_arrays(X, X[:, 0] + rng.normal(size=30)))
    with pytest.raises(regpath.ParameterError, match="knows no columns"):
        excel(path, path.lambdas[5])
