"""The shell command that prints alarms."""

import pytest

from regpath.cli import main
from regpath.cli.check import sentences_of


@pytest.fixture
def leaky(tmp_path, make_csv):
    return make_csv(leak=True)


@pytest.fixture
def make_csv(tmp_path):
    import numpy as np

    def write(leak):
        rng = np.random.default_rng(0)
        rows = ["x,w,label,code"]
        for _ in range(60):
            y = int(rng.integers(2))
            code = 9 - 4 * y if leak else rng.integers(5)
            rows.append(f"{rng.normal():.4f},{rng.normal():.4f},{'ny'[y]},{code}")
        path = tmp_path / "data.csv"
        path.write_text("\n".join(rows), encoding="utf-8")
        return str(path)

    return write


def test_alarms_are_printed_with_their_remedies(leaky, capsys):
    assert main(["check", leaky, "--target", "label"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("SEVERE target_copy: 'code' repeats 'label' in another coding")
    assert "Remedy: Leave 'code' out." in out
    assert "1 alarm: 1 severe." in out
    assert max(map(len, out.splitlines())) <= 100


def test_strict_fails_on_severe_alarms_only(leaky, make_csv, capsys):
    assert main(["check", leaky, "--target", "label", "--strict"]) == 1
    assert main(["check", leaky, "--target", "label", "--features", "x", "w", "--strict"]) == 0
    assert "No alarms." in capsys.readouterr().out
    assert main(["check", make_csv(leak=False), "--target", "label", "--strict"]) == 0


def test_what_cannot_be_checked_is_an_error(leaky, capsys):
    assert main(["check", leaky, "--target", "nobody"]) == 1
    assert "nobody" in capsys.readouterr().err
    assert main(["check", leaky, "--target", "label", "--n-folds", "1"]) == 2


def test_no_alarms():
    assert sentences_of(()) == "No alarms."
