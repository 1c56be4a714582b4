"""`regpath report`: a file in, a page out."""

import pytest

import regpath
from regpath import cli

WORDS = ("--target", "species", "--n-lambdas", "20", "--n-folds", "4")


def test_a_file_becomes_a_page(tmp_path, capsys):
    file, out = tmp_path / "iris.csv", tmp_path / "iris.html"
    file.write_bytes(regpath.datasets.read_bytes("iris"))
    more = ("--form", "clinical", "--stability", "3", "--out", str(out))
    assert cli.main(["report", str(file), *WORDS, *more]) == 0
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "TRIPOD+AI" in page
    assert "of 6 halves" in page


def test_a_strength_that_is_said_is_the_one_of_the_page(tmp_path, capsysbinary):
    file = tmp_path / "iris.csv"
    file.write_bytes(regpath.datasets.read_bytes("iris"))
    assert cli.main(["report", str(file), *WORDS, "--lambda", "0.0456"]) == 0
    assert "λ = 0.0456" in capsysbinary.readouterr().out.decode()
    with pytest.raises(SystemExit, match="2"):
        cli.main(["report", str(file), *WORDS, "--lambda", "-1"])
    assert b"A strength is above 0; -1 is not." in capsysbinary.readouterr().err
