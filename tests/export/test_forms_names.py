"""Names of a frame's columns that are no text: every export takes them, under their spelling."""

import datetime
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import regpath
from regpath import export
from regpath.export.forms import FORMS, Leaving

NAMES = {
    "whole numbers": (10, 20, 30),
    "years": (2019, 2020, 2021),
    "positions": (0, 1, 2),
    "numbers": (1.5, 2.0, 3.25),
    "tuples": (("a", 1), ("b", 2), ("c", 3)),
    "nothing": (None, "b", "c"),
    "no number": (np.nan, "b", "c"),
    "dates": (datetime.date(2020, 1, 1), pd.Timestamp("2021-01-01"), "c"),
    "truth": (True, False, "c"),
    "NumPy's": (np.int64(4), np.float32(2.5), np.str_("q")),
    "text": ("a", "b", "c"),
}


def frame_of(names, target):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(60, 3)).round(2))
    frame["target"] = np.where(frame[0] + rng.normal(size=60) > 0, "ill", "well")
    frame.columns = pd.Index([*names, target], dtype=object, tupleize_cols=False)
    return frame


@pytest.mark.parametrize("target", ["y", 99])
@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
def test_a_study_of_any_names_is_exported_and_scored_in_every_form(names, target):
    frame = frame_of(names, target)
    study = regpath.run_study(
        regpath.Table.from_frame(frame), regpath.Recipe(target, n_lambdas=8, n_folds=3)
    )
    lam = float(study.path.lambdas[5])
    model = regpath.Model.from_study(study, lam)
    assert model.needs == tuple(map(str, names))
    rows = regpath.score_rows(model, frame)
    assert rows.predictions["prediction"].tolist() == model.predict(frame).tolist()
    assert rows.scores is not None  # the target is found, too
    for form in FORMS.values():
        assert form.content(Leaving(study, lam, file_name="data"))
    assert export.excel(model, rows=frame.head(2))
    assert export.report(study, lam=lam)


def test_an_exposure_may_have_a_number_for_its_name():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(
        {1: rng.normal(size=60), 2: rng.uniform(1.0, 3.0, 60), "w": ["a", "b"] * 30}
    )
    frame[3] = rng.poisson(frame[2])
    recipe = regpath.Recipe(3, family="poisson", exposure=2, n_lambdas=8)
    study = regpath.run_study(regpath.Table.from_frame(frame), recipe)
    lam = float(study.path.lambdas[5])
    rows = regpath.score_rows(regpath.Model.from_study(study, lam), frame)
    np.testing.assert_allclose(rows.predictions["prediction"], study.path.predict(frame, lam))


def test_what_becomes_one_name_is_refused():
    frame = frame_of((1, "1", "c"), "y")
    table = regpath.Table.from_frame(frame)
    with pytest.raises(regpath.DataError, match="Two columns are called '1'"):
        regpath.run_study(table, regpath.Recipe("y"))
    study = regpath.run_study(
        regpath.Table.from_frame(frame_of((1, 2, "c"), "y")), regpath.Recipe("y", n_lambdas=8)
    )
    model = regpath.Model.from_study(study, float(study.path.lambdas[5]))
    for takes in (regpath.score_rows, lambda made, rows: export.excel(made, rows=rows)):
        with pytest.raises(regpath.DataError, match="Two columns are called '1'"):
            takes(model, frame.assign(**{"2": 0.0}))
        with pytest.raises(regpath.DataError, match="1 column of the fit missing: '2'"):
            takes(model, frame_of((1, "b", "c"), "y"))


@pytest.mark.parametrize("names", [(10, 20, 30), (2019, 2020, 2021)])
def test_the_short_script_takes_a_row_of_numbers_for_names(names, tmp_path):
    frame = frame_of(names, 99)
    frame[99] = frame[names[0]] - frame[names[1]]
    study = regpath.run_study(
        regpath.Table.from_frame(frame), regpath.Recipe(99, n_lambdas=8, test_size=0.0)
    )
    lam = float(study.path.lambdas[5])
    (tmp_path / "data.csv").write_bytes(export.table_csv(study.table))
    export.python_script(study, lam, tmp_path / "again.py")
    done = subprocess.run(
        [sys.executable, "-W", "error", "again.py", "data.csv"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (file,) = tmp_path.glob("*.model.json")
    made = regpath.load_model(file)
    np.testing.assert_allclose(made.predict(frame), study.path.predict(frame, lam), atol=1e-9)
