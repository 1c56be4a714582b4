"""Options by the names that they had."""

from shlex import split

import pytest

from regpath.cli import main
from regpath.cli.renamed import renewed


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("--value 3", "--rule-value 3", ["--value", "--rule-value"]),
        ("--value=-3", "--rule-value=-3", ["--value", "--rule-value"]),
        ("--repeats 2", "--n-repeats 2", ["--repeats", "--n-repeats"]),
        ("--folds 5", "--n-folds 5", ["--folds", "--n-folds"]),
        ("--folds=-1", "--n-folds=-1", ["--folds", "--n-folds"]),
        ("--folds -1", "--n-folds -1", ["--folds", "--n-folds"]),
        ("--kind a=number b=text", "--column-kind a=number b=text", ["--kind", "--column-kind"]),
        ("--kind=a=number", "--column-kind=a=number", ["--kind", "--column-kind"]),
        ("--kind ordered", "--folds ordered", ["--kind", "--folds"]),
        ("--kind=leave_one_out", "--folds=leave_one_out", ["--kind", "--folds"]),
    ],
)
def test_an_old_name_still_works_and_says_the_new_one(old, new, named, capsys):
    assert renewed(old.split()) == new.split()
    assert capsys.readouterr().err == "note: {} is called {} now.\n".format(*named)


@pytest.mark.parametrize("words", ["--folds ordered", "--kind blocks", "--kind", "--kinds a=b"])
def test_what_is_no_old_name_stays_as_it_is(words, capsys):
    assert renewed(words.split()) == words.split()
    assert capsys.readouterr().err == ""


def test_a_command_takes_them(tmp_path, capsys):
    file = tmp_path / "d.csv"
    file.write_text("a,b,y\n" + "".join(f"{i % 7},{i % 5},{i * i % 11}\n" for i in range(40)))
    words = ["cv", str(file), "--target", "y", "--n-lambdas", "5"]
    assert (
        main([*words, *split("--folds 4 --repeats 2 --kind random --rule within --value 9")]) == 0
    )
    old = capsys.readouterr()
    new = "--n-folds 4 --n-repeats 2 --folds random --rule within --rule-value 9"
    assert main([*words, *new.split()]) == 0
    assert old.out == capsys.readouterr().out
    assert old.err.count(" now.\n") == 4
