"""What a command says calls choices by their options."""

import pytest

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


def test_notes_and_refusals_of_commands_name_options(tmp_path, capsys):
    rows = "".join(f"{k},{('male', 'Male', 'f')[k % 3]},{k % 2}.{k}\n" for k in range(30))
    file = tmp_path / "a.csv"
    file.write_text(f"a,b,y\n{rows}")
    assert main(["path", str(file), "--target", "y", "--n-lambdas", "3"]) == 0
    said = capsys.readouterr().err
    assert "(--level-groups joins them)" in said
    assert "--column-kind b=category --column-levels b=Male" in said or "b=male" in said
