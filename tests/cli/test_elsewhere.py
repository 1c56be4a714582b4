"""`regpath path --engine`: rows that are read block by block, and what such rows do not take."""

from io import StringIO

import pandas as pd
import pytest

import regpath
from regpath.cli import main
from tests.rows.stored import planted, written


@pytest.mark.parametrize("engine", ["here", "processes"])
def test_the_path_of_a_file_beyond_memory_is_written(tmp_path, capsys, engine):
    file = written(planted("binomial"), tmp_path / "big.parquet")
    words = ["path", str(file), "--target", "y", "--engine", engine, "--l1-ratio", "0.5"]
    assert main([*words, "--n-lambdas", "12"]) == 0
    printed = capsys.readouterr()
    rows = regpath.read_rows(file, "y")
    expected = regpath.fit_path(rows, l1_ratio=0.5, n_lambdas=12).to_frame()
    found = pd.read_csv(StringIO(printed.out))
    assert list(found) == list(expected)
    assert found.to_numpy(float) == pytest.approx(expected.to_numpy(float), rel=1e-8, abs=1e-10)
    assert "passes over the rows" in printed.err
    assert "400 rows" in printed.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--test-size", "0.2"], "--test-size is for tables in memory"),
        (["--coding", "reference"], "--coding is for tables in memory"),
        (["--decimal", ","], "options of reading are for text"),
        (["--engine", "spark"], "--engine must be"),
        (["--missing", "drop"], "--missing must be"),
    ],
)
def test_what_such_rows_do_not_take_is_refused_by_its_option(tmp_path, capsys, words, message):
    file = written(planted("binomial"), tmp_path / "big.parquet")
    assert main(["path", str(file), "--target", "y", "--engine", "here", *words]) != 0
    assert message.lower() in capsys.readouterr().err.lower()
