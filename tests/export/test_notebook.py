"""The notebook is valid, and a kernel runs it from top to bottom to the same model."""

import json
import subprocess
import sys

import nbformat
import numpy as np
import pandas as pd
import pytest

import regpath
from regpath.export import notebook, table_csv
from tests.export.studies import bundled_study, messy_study

# In a process of its own, where the warnings of kernels are none of ours.
EXECUTE = """
import sys, nbclient, nbformat
book = nbformat.read(sys.argv[1], 4)
nbclient.NotebookClient(book, timeout=240, kernel_name="python3").execute()
nbformat.write(book, sys.argv[1])
"""


def carry_out(study, lam, folder, **how):
    """Run it in a folder; return the executed notebook and the model it saved."""
    file = folder / "book.ipynb"
    nbformat.validate(json.loads(notebook(study, lam, file, **how)))
    done = subprocess.run(
        [sys.executable, "-c", EXECUTE, str(file)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    (saved,) = folder.glob("*.model.json")
    return nbformat.read(file, 4), regpath.load_model(saved)


def kinds(book):
    return [set(out.data) for cell in book.cells[1:] for out in cell.outputs if "data" in out]


def test_a_messy_file_gives_the_same_model_and_its_charts(tmp_path):
    (tmp_path / "my {data}.csv").write_bytes(table_csv(messy_study().table))
    table = regpath.read_table(tmp_path / "my {data}.csv")
    study = regpath.run_study(table, messy_study().recipe).with_strength(0.0123)
    book, model = carry_out(study, 0.0123, tmp_path, threshold=0.4)
    rows = table.frame.head(100)
    np.testing.assert_allclose(
        model.predict_proba(rows), study.path.predict_proba(rows, 0.0123), atol=1e-9
    )
    assert model.threshold == 0.4
    shown = kinds(book)
    assert sum("application/vnd.plotly.v1+json" in kind for kind in shown) == 3
    assert sum("text/html" in kind for kind in shown) == 4  # table, study, choice, scored rows


def test_names_stay_text_and_ridge_has_no_stability():
    evil = "</script><b>x</b>\n# `boom`"
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"a": rng.normal(size=40), evil: rng.normal(size=40)})
    table = regpath.Table.from_frame(frame, name=evil)
    study = regpath.run_study(table, regpath.Recipe(evil, l1_ratio=0.0, n_lambdas=5))
    book = nbformat.reads(notebook(study, study.path.lambdas[3]), 4)
    opening = book.cells[0].source
    assert "<b>" not in opening
    assert opening.count("\n# ") == 0
    for cell in book.cells[1:]:
        compile(cell.source, "cell", "exec")
    assert not any("stability" in cell.source for cell in book.cells)


def test_a_strength_beside_the_grid_is_refused():
    with pytest.raises(regpath.ParameterError, match="not on the grid"):
        notebook(bundled_study("iris"), 0.123456)
