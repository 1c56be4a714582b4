import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from shlex import split

import numpy as np
import pytest

import regpath
from regpath import cli
from regpath.cli import app


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text("a;b;y\n" + "".join(f"{i % 7},5;{i % 5};{i * i % 11}\n" for i in range(40)))
    return path


def shell(*words, **options):
    command = [sys.executable, "-m", "regpath", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def test_path_writes_the_whole_path(data, tmp_path, capsys):
    out = tmp_path / "path.csv"
    words = ["path", str(data), *split("--target y --family gaussian --l1-ratio 0.5 --out")]
    words.append(str(out))
    assert cli.main(words) == 0
    problem = regpath.make_problem(regpath.read_table(data), "y", family="gaussian")
    path = regpath.fit_path(problem, l1_ratio=0.5)
    written = regpath.read_table(out).frame.drop(columns="certified")
    expected = path.to_frame().drop(columns="certified")
    assert list(written.columns) == list(expected.columns)
    assert np.array_equal(written.to_numpy(float), expected.to_numpy(float))
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "note: Columns are separated by semicolons." in printed.err
    assert "certified 100 of 100" in printed.err


def test_standard_output_is_for_the_table_alone_and_a_dash_reads_standard_input(data):
    done = shell("path", "-", "--target", "y", "--n-lambdas", "5", input=data.read_text())
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 6
    assert lines[0].startswith("lambda,C,n_nonzero")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["path", "nope.csv", "--target", "y"], 1, "'nope.csv' cannot be read: No such file"),
        (["path", ".", "--target", "y"], 1, "'.' cannot be read"),
        (["path", "DATA", "--target", "y", "--out", "."], 1, "--out '.' is a folder"),
        (["path", "DATA", "--target", "y", "--n-lambdas", "0"], 2, "--n-lambdas must be"),
        (["path", "DATA", "--target", "y", "--l1-ratio", "nan"], 2, "must be a number in [0, 1]"),
        (["path", "DATA", "--target", "z"], 1, "There is no column 'z' to predict."),
        (["path", "DATA", "--target", "y", "--l1-ratio", "2"], 2, "must be a number in [0, 1]"),
        (["path", "DATA", "--target", "y", "--out", "no/such/f.csv"], 1, "Make the folder"),
        (["path", "DATA", "--target", "y", "--features", "q"], 1, "There is no column 'q'"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_a_code(data, words, code, message, capsys):
    assert cli.main([str(data) if word == "DATA" else word for word in words]) == code
    printed = capsys.readouterr()
    assert message in printed.err.replace("\\\\", "\\")
    assert printed.err.count("regpath: ") == 1
    assert "Traceback" not in printed.err


@pytest.mark.parametrize(
    "words", [["path"], ["fly"], ["path", "d.csv", "--target"], ["--port", "99999"]]
)
def test_wrong_usage_ends_with_two(words):
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2


def test_version_and_datasets(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert cli.main(["datasets"]) == 0
    printed = capsys.readouterr().out
    assert f"regpath {regpath.__version__}" in printed
    assert all(entry.name in printed for entry in regpath.datasets.catalog())


@pytest.mark.skipif(sys.platform == "win32", reason="pipes to head are a POSIX habit")
def test_a_reader_that_stops_early_is_no_error(data):
    command = f'"{sys.executable}" -m regpath path "{data}" --target y | head -n 1'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_a_sentence_and_a_code(data):
    command = f'"{sys.executable}" -m regpath path "{data}" --target y > /dev/full'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("regpath: ")
    assert "Traceback" not in done.stderr


def test_names_are_utf8_in_every_locale(data):
    text = data.read_text().replace("a;", "größe;", 1)
    done = subprocess.run(
        [sys.executable, "-m", "regpath", "path", "-", "--target", "y", "--n-lambdas", "3"],
        input=text.encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert done.returncode == 0, done.stderr
    assert "[größe]" in done.stdout.decode("utf-8").splitlines()[0]


def test_an_interrupt_ends_with_130(monkeypatch):
    def interrupted(command):
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "serve", interrupted)
    assert cli.main([]) == 130


def test_without_a_command_the_app_starts(monkeypatch):
    calls = []
    monkeypatch.setattr(app, "serve", lambda words: calls.append(words) or 0)
    assert cli.main([]) == 0
    assert cli.main(["--port", "1234", "--host", "0.0.0.0", "--no-browser"]) == 0
    assert calls[0] == [str(app.app_script())]
    assert calls[1][1:] == [
        "--server.port=1234",
        "--server.address=0.0.0.0",
        "--server.headless=true",
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to pass on")
def test_the_server_ends_with_the_command():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "regpath", "--port", str(port), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as app:
        try:
            assert answers_within(240, port)
        finally:
            app.terminate()
        app.wait(240)
    assert not answers_within(0, port)


def answers_within(seconds, port):
    """Whether the app answers on this port."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                return True
        except OSError:
            if time.monotonic() >= end:
                return False
            time.sleep(0.1)


def test_the_settings_lie_beside_the_script():
    script = app.app_script()
    settings = (script.parent / ".streamlit" / "config.toml").read_text()
    assert "gatherUsageStats = false" in settings
    assert len(script.read_text().strip().splitlines()) == 3


@pytest.mark.parametrize("port", ["0", "65536", "-1", "x"])
def test_a_port_that_cannot_be_is_wrong_usage(port, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([f"--port={port}"])
    assert ended.value.code == 2
    assert "argument --port: " in capsys.readouterr().err


def test_the_data_are_never_replaced_by_their_path(data, tmp_path, capsys):
    before = data.read_bytes()
    same = tmp_path / "." / "sub" / ".." / data.name
    (tmp_path / "sub").mkdir()
    for out in (data, same):
        assert cli.main(["path", str(data), "--target", "y", "--out", str(out)]) == 2
        message = f"regpath: --out {str(out)!r} is the file to read. Write to another file.\n"
        assert capsys.readouterr().err == message
    assert data.read_bytes() == before
    other = tmp_path / "old.csv"
    other.write_text("old")
    words = ["path", str(data), "--target", "y", "--n-lambdas", "3", "--out", str(other)]
    assert cli.main(words) == 0
    assert other.read_text().startswith("lambda,C,")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (
            ["--target", "z"],
            1,
            "There is no column 'z' to predict. Choose among 'a', 'b', 'y'.",
        ),
        (
            ["--target", "y", "--min-ratio", "-1"],
            2,
            "--min-ratio must be a number in (0, 1). Got -1.0 instead.",
        ),
        (
            ["--target", "y", "--n-lambdas", "-3"],
            2,
            "--n-lambdas must be a whole number of at least 1. Got -3 instead.",
        ),
    ],
)
def test_the_message_is_all_there_is(data, words, code, message, capsys):
    assert cli.main(["path", str(data), *words]) == code
    assert capsys.readouterr() == ("", f"regpath: {message}\n")


def test_choices_of_coding_and_of_kinds(tmp_path, capsys):
    file = tmp_path / "d.csv"
    rows = [
        f"{i % 5},{'uvw'[i % 3]},{'ja' if i * i % 7 > 2 else 'nein'},{i % 4}" for i in range(40)
    ]
    file.write_text("\n".join(["a,b,y,w", *rows]))
    words = ["path", str(file), "--target", "y"]
    words += split("--terms a:b --coding reference --classes ja nein --weights w")
    words += ["--column-kind", "a=number"]
    assert cli.main(words) == 0
    header = capsys.readouterr().out.splitlines()[0]
    for name in ("a", "b=v", "b=w", "a × b=v", "a × b=w"):
        assert name in header
    assert "b=u" not in header
    assert cli.main([*words[:4], "--column-kind", "a=float"]) == 2
    assert "--column-kind of column 'a' must be one of 'number', " in capsys.readouterr().err
