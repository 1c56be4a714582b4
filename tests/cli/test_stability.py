"""regpath stability."""

import numpy as np
import pytest

import regpath
from regpath import cli


@pytest.fixture
def data(tmp_path):
    rng = np.random.default_rng(0)
    z = rng.normal(size=60)
    twins = np.round(z[:, None] + 0.1 * rng.normal(size=(60, 2)), 3)
    noise = np.round(rng.normal(size=(60, 4)), 3)
    y = np.round(z + 0.3 * rng.normal(size=60), 3)
    path = tmp_path / "d.csv"
    rows = np.column_stack([twins, noise, y])
    text = "=one,two,c,d,e,f,y\n" + "\n".join(",".join(map(str, row)) for row in rows)
    path.write_text(text + "\n")
    return path


def words_of(data, *more):
    return ["stability", str(data), "--target", "y", "--n-lambdas", "15", "--pairs", "8", *more]


def test_writes_the_frame_and_says_what_is_stable(data, tmp_path, capsys):
    out = tmp_path / "out.csv"
    assert cli.main(words_of(data, "--seed", "3", "--out", str(out))) == 0
    problem = regpath.make_problem(regpath.read_table(data), "y")
    path = regpath.fit_path(problem, n_lambdas=15)
    found = regpath.assess_stability(problem, path, n_pairs=8, seed=3)
    frame, want = regpath.read_table(out).frame, found.features_frame()
    np.testing.assert_array_equal(frame["largest"], want["largest"])
    assert "'=one" in out.read_text()
    said = capsys.readouterr().err
    assert "certified 240 of 240 points of 16 halves" in said
    assert f"stable: {', '.join(found.stable_set().features)}" in said


@pytest.mark.parametrize(("kind", "first"), [("frequencies", "lambda,C"), ("swaps", "a,b,lambda")])
def test_other_tables(data, kind, first, capfdbinary):
    assert cli.main(words_of(data, "--write", kind)) == 0
    assert capfdbinary.readouterr().out.decode().startswith(first)


def test_wrong_wishes_end_with_two(data, capsys):
    assert cli.main(words_of(data, "--l1-ratio", "0")) == 2
    assert "Ridge keeps every feature" in capsys.readouterr().err
    assert cli.main(words_of(data, "--threshold", "0.4")) == 2
    assert cli.main(words_of(data, "--out", str(data))) == 2


def test_groups_are_dealt_whole(data, tmp_path):
    lines = data.read_text().splitlines()
    grouped = [f"{line},{'g' if k == 0 else f'p{k % 9}'}" for k, line in enumerate(lines)]
    data.write_text("\n".join(grouped) + "\n")
    out = tmp_path / "out.csv"
    assert cli.main(words_of(data, "--group", "g", "--out", str(out))) == 0
    problem = regpath.make_problem(regpath.read_table(data), "y", group="g")
    found = regpath.assess_stability(problem, regpath.fit_path(problem, n_lambdas=15), n_pairs=8)
    frame = regpath.read_table(out).frame
    np.testing.assert_array_equal(frame["largest"], found.features_frame()["largest"])
