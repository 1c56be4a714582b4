"""What leaves the program is run outside, and predicts a hundred rows as the path does.

Six data sets of every family, one with every kind of repair; each outside program is started once.
"""

import html
import os
import re
import shutil
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath import export
from tests.export.outside import ROWS, studies
from tests.export.programs import RSCRIPT, needs_office, needs_r
from tests.export.test_sql_query import answered

NAMES = (
    "two classes, balanced",
    "amounts, elastic net",
    "several classes, gaps and words",
    "softmax, ridge",
    "counts, exposure, weights",
    "every repair",
)
CARDS = tuple(name for name in NAMES if name not in (NAMES[2], NAMES[3]))  # of one predictor
PIPELINES = tuple(name for name in NAMES if name != NAMES[4])  # scikit-learn has no exposures
FITTED_AGAIN, COPIED = 1e-6, 1e-9
ROUNDED = 1e-15  # scikit-learn takes the first of two probabilities for 1 minus the second

# Every script in one process: imports cost more than fits. Nothing of ours is at hand, but where
# the script says that it lets regpath read the file.
SCIKIT_LEARN = """
import runpy, sys
import pandas as pd
for folder in sys.argv[1:]:
    if "import regpath" not in open(f"{folder}/model.py", encoding="utf-8").read():
        sys.modules["regpath"] = None
    sys.argv = ["model.py", f"{folder}/data.csv"]
    made = runpy.run_path(f"{folder}/model.py")
    sys.modules.pop("regpath", None)
    model, rows = made["model"], made["X"].head(100)
    if "e" in made:
        told = model[-1].predict(model[:-1].transform(rows), made["e"].head(100))
    else:
        told = getattr(model, "predict_proba", model.predict)(rows)
    pd.DataFrame(told).to_csv(f"{folder}/scikit-learn.csv", index=False)
    print(folder, "done")
"""
OURS = """
import json, os, runpy, sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance(colors="nocolor")
for folder in sys.argv[1:]:
    os.chdir(folder)
    sys.argv = ["again.py", "data.csv"]
    runpy.run_path("again.py")
    os.chdir("book")
    for cell in json.load(open("book.ipynb", encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            shell.run_cell("".join(cell["source"]), silent=True).raise_error()
"""
PIPELINE = """
import sys, warnings
sys.modules["regpath"] = None
warnings.simplefilter("error")
import pandas as pd, skops.io
for folder in sys.argv[1:]:
    assert skops.io.get_untrusted_types(file=f"{folder}/model.skops") == []
    pipeline = skops.io.load(f"{folder}/model.skops")
    words = dict.fromkeys(pipeline.regpath_["words"], "str")
    rows = pd.read_csv(
        f"{folder}/table.csv", dtype=words, keep_default_na=False, na_values=[""]
    )
    found = pd.DataFrame({"prediction": pipeline.predict(rows)})
    if hasattr(pipeline, "predict_proba"):
        shares = pipeline.predict_proba(rows).T
        found = found.assign(**dict(zip(pipeline.classes_, shares, strict=True)))
    found.to_csv(f"{folder}/pipeline.csv", index=False)
"""
GLMNET = """
for (folder in commandArgs(trailingOnly = TRUE)) {
  setwd(folder)
  given <- new.env()
  given$commandArgs <- function(...) c("table.csv", "r.csv")
  source("model.R", local = given)
}
"""


@pytest.fixture(scope="module")
def subjects(tmp_path_factory):
    """Each study with its strength, a folder with all its exports, and what is to be predicted."""
    root = tmp_path_factory.mktemp("outside")
    found = {}
    for number, (name, (study, lam, file)) in enumerate(studies(root).items()):
        folder = root / str(number)
        (folder / "book").mkdir(parents=True)
        for place in (folder, folder / "book"):
            shutil.copy(file, place / "data.csv")
            shutil.copy(file, place / file.name)
        (folder / "model.py").write_text(export.sklearn_script(study, lam), encoding="utf-8")
        (folder / "table.csv").write_bytes(export.table_csv(study.table))
        if name in PIPELINES:
            export.sklearn_pipeline(study, lam, folder / "model.skops")
        export.r_script(study, lam, folder / "model.R")
        export.python_script(study, lam, folder / "again.py")
        export.notebook(study, lam, folder / "book" / "book.ipynb")
        rows = study.table.frame.loc[study.problem.frame.index[:ROWS]]
        found[name] = SimpleNamespace(study=study, lam=lam, folder=folder, rows=rows)
    assert tuple(found) == NAMES
    return found


def ran(command, subjects):
    folders = [str(one.folder) for one in subjects.values()]
    surroundings = {"PLOTLY_RENDERER": "json", "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [*command, *folders],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **surroundings},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def by_scikit_learn(subjects):
    strict = ["-W", "error::FutureWarning", "-W", "error::DeprecationWarning"]
    return ran([sys.executable, *strict, "-c", SCIKIT_LEARN], subjects)


@pytest.fixture(scope="module")
def by_regpath(subjects):
    return ran([sys.executable, "-W", "error::FutureWarning", "-c", OURS], subjects)


@pytest.fixture(scope="module")
def by_pipeline(subjects):
    return ran([sys.executable, "-c", PIPELINE], {name: subjects[name] for name in PIPELINES})


@pytest.fixture(scope="module")
def by_glmnet(subjects):
    return ran([RSCRIPT, "-e", GLMNET], subjects)


def close(told, one, within):
    """Predictions are those of the path: probabilities, or amounts in parts of the largest."""
    path = one.study.path
    if path.classes:
        np.testing.assert_allclose(told, path.predict_proba(one.rows, one.lam), rtol=0, atol=within)
        return
    expected = path.predict(one.rows, one.lam)
    told = np.asarray(told, float).reshape(len(expected))
    np.testing.assert_allclose(told, expected, rtol=0, atol=within * np.abs(expected).max())


def shares_or_amounts(found, one):
    """What a table of predictions says, its rows those of the subject."""
    if not one.study.path.classes:
        return found["prediction"]
    labels = [str(label) for label in one.study.path.predict(one.rows, one.lam)]
    assert found["prediction"].astype(str).tolist() == labels
    return found.filter(like="probability of ").to_numpy(float)


def test_the_repaired_file_has_every_kind_of_repair(subjects):
    study = subjects["every repair"].study
    reading, encoder = study.table.reading, study.train.encoder
    assert reading.encoding == "cp1252"
    assert reading.delimiter == ";"
    assert (",", ".") in reading.columns["Dosis"].rewrites
    assert [len(reading.columns[c].missing) > 0 for c in ("Größe", "Laktat")] == [True, True]
    assert not {"Nr", "Besuch"} & set(encoder.kinds)
    assert {"Besuch (days)", "Besuch (month)", "Proben"} <= set(encoder.kinds)
    names = " ".join(study.path.feature_names)
    assert all(word in names for word in ("Stadt=Rhein", "Stadt=other", "Größe × Dosis"))
    assert study.problem.n_obs < len(study.table.frame)  # repeats, and rows without a target


@pytest.mark.parametrize("name", NAMES)
def test_scikit_learn(name, subjects, by_scikit_learn):
    one = subjects[name]
    close(pd.read_csv(one.folder / "scikit-learn.csv").to_numpy(), one, FITTED_AGAIN)
    found = re.findall(r"largest difference from regpath, per SD: (\S+)", by_scikit_learn)
    assert float(found[NAMES.index(name)]) < FITTED_AGAIN


@pytest.mark.parametrize("name", PIPELINES)
def test_a_pipeline_in_a_python_without_regpath(name, subjects, by_pipeline):
    one = subjects[name]
    found = pd.read_csv(one.folder / "pipeline.csv")
    found.index = one.study.table.frame.index
    told, path = found.loc[one.rows.index], one.study.path
    expected = path.predict(one.rows, one.lam)
    if path.classes:
        assert told["prediction"].astype(str).tolist() == [str(label) for label in expected]
        told, expected = told[[*map(str, path.classes)]], path.predict_proba(one.rows, one.lam)
    else:
        told = told["prediction"]
    np.testing.assert_allclose(told, expected, rtol=COPIED, atol=ROUNDED)


@needs_r
@pytest.mark.parametrize("name", NAMES)
def test_glmnet(name, subjects, by_glmnet):
    one = subjects[name]
    found = pd.read_csv(one.folder / "r.csv")
    found.index = one.study.table.frame.index
    close(shares_or_amounts(found.loc[one.rows.index], one), one, FITTED_AGAIN)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["script", "notebook"])
def test_regpath_itself(name, kind, subjects, by_regpath):
    one = subjects[name]
    (file,) = (one.folder if kind == "script" else one.folder / "book").glob("*.model.json")
    model = regpath.load_model(file)
    assert model.lam == one.lam
    told = model.predict_proba(one.rows) if model.path.classes else model.predict(one.rows)
    close(told, one, COPIED)


@pytest.mark.parametrize("name", NAMES)
def test_a_database(name, subjects):
    one = subjects[name]
    found = answered(one.study, one.lam, one.rows)
    close(shares_or_amounts(found, one), one, COPIED)


@needs_office
def test_a_spreadsheet(subjects, calculate):
    books = {
        str(k): export.excel(one.study, one.lam, rows=one.rows)
        for k, one in enumerate(subjects.values())
    }
    for found, one in zip(calculate(books).values(), subjects.values(), strict=True):
        close(shares_or_amounts(found, one), one, COPIED)


@pytest.mark.parametrize("name", CARDS)
def test_a_score_card_added_up_by_hand(name, subjects):
    """Between two lines of a card lies a line; what is printed is rounded to tenths of points."""
    one = subjects[name]
    path, card = one.study.path, export.score_card(one.study, one.lam)
    values = dict(zip(path.feature_names, path.encoder.encode(one.rows).T, strict=True))
    cells = re.findall(r"<tr><td>(.*?)</td><td>([^<]*)</td><td>([^<]*)</td></tr>", card.to_html())
    printed = pd.DataFrame(
        [(html.unescape(feature), float(v), float(points)) for feature, v, points in cells],
        columns=list(card.points),
    )
    exact, rounded = (added_up(lines, values) for lines in (card.points, printed))
    one_unit = {"exposure": 1.0} if path.exposure_name else {}
    if path.classes:
        expected = path.predict_proba(one.rows, one.lam)[:, 1]
    else:
        expected = path.predict(one.rows, one.lam, **one_unit)
    np.testing.assert_allclose(card.outcome(exact), expected, rtol=COPIED)
    # Half a tenth at either end of a line, and as much again for rows beyond those of the fit.
    np.testing.assert_allclose(rounded, exact, rtol=0, atol=0.1 * card.points["feature"].nunique())


def added_up(lines, values):
    """The points of rows: of each feature on the line between the ends that a card tells."""
    total = 0.0
    for feature, ends in lines.groupby("feature", sort=False):
        low, high = ends.iloc[0], ends.iloc[-1]
        slope = (high["points"] - low["points"]) / (high["value"] - low["value"])
        total = total + low["points"] + slope * (values[feature] - low["value"])
    return total
