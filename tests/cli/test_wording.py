"""What a command says calls choices by their options."""

import pytest

import regpath
from regpath.cli import main
from regpath.cli.wording import in_options


@pytest.mark.parametrize(
    ("python", "shell"),
    [
        ("(level_groups joins them)", "(--level-groups joins them)"),
        ("Use features=['a'].", "Use --features ['a']."),
        ("Column 'l1_ratio' holds features.", "Column 'l1_ratio' holds features."),
        ("Choose another target.", "Choose another target."),
        ("see missing_by_class", "see missing_by_class"),
    ],
)
def test_names_of_choices_are_written_as_options(python, shell):
    assert in_options(python) == shell


def test_a_command_calls_its_own_words_by_their_options():
    sentence = "The 'lam' parameter of convert must be positive: give n=... and sd_y=..."
    assert in_options(sentence, "convert") == (
        "The value of --from must be positive: give --n ... and --sd-y ..."
    )
    assert in_options(sentence, "export").startswith("--lambda must be positive: give n=...")


def test_notes_and_refusals_of_commands_name_options(tmp_path, capsys):
    rows = "".join(f"{k},{('male', 'Male', 'f')[k % 3]},{k % 2}.{k}\n" for k in range(30))
    file = tmp_path / "a.csv"
    file.write_text(f"a,b,y\n{rows}")
    assert main(["path", str(file), "--target", "y", "--n-lambdas", "3"]) == 0
    said = capsys.readouterr().err
    assert "(--level-groups joins them)" in said
    assert "--column-kind b=category --column-levels b=Male" in said or "b=male" in said


@pytest.mark.parametrize(
    ("command", "words", "told"),
    [
        ("stability", ["--pairs", "0"], "--pairs must be a whole number of at least 2. Got 0"),
        ("report", ["--stability", "0"], "--stability must be a whole number of at least 2"),
        ("compare", ["--l1-ratios", "2"], "--l1-ratios must be a number in [0, 1]"),
        ("report", ["--lambda", "1,000"], "1,000 could be 1000 or 1.000. Write it without a comma"),
        ("export", ["--lambda", "0"], "A strength is above 0; 0 is not."),
        ("export", ["--out", "no/m.json"], "Make the folder 'no' first"),
        ("handout", ["--text", "no.txt"], "'no.txt': No such file or directory. Check the name"),
    ],
)
def test_wrong_words_are_named_as_they_were_typed(command, words, told, tmp_path, capsys):
    file = tmp_path / "a.csv"
    file.write_text("a;y\n" + "".join(f"{k},5;{k * k % 7}\n" for k in range(30)))
    try:
        code = main([command, str(file), "--target", "y", "--n-lambdas", "3", *words])
    except SystemExit as stop:
        code = stop.code
    assert code in (1, 2)
    said = capsys.readouterr().err
    assert told in said
    assert " parameter of " not in said


def test_a_strength_may_have_a_decimal_comma(tmp_path):
    file, out = tmp_path / "a.csv", tmp_path / "m.json"
    file.write_text("a;y\n" + "".join(f"{k},5;{k * k % 7}\n" for k in range(30)))
    words = ["export", str(file), "--target", "y", "--n-lambdas", "3", "--out", str(out)]
    assert main([*words, "--lambda", "0,0123"]) == 0
    assert regpath.load_model(out).lam == 0.0123
