import json
import os

import pytest

import regpath
from regpath import ReadOptions, cli
from regpath.cli import app
from regpath.cli.environment import BOUNDS, check_environment
from regpath.errors import ParameterError
from regpath.export.options_json import from_json
from regpath.lessons.catalog import OWN, clear
from regpath.ui import serve
from regpath.ui.server.settings import Settings
from regpath.ui.session.limits import MAX_CELLS, MAX_COLUMNS, reading_limits
from regpath.ui.workers.serving import MEGABYTES, SECONDS, WORKERS


@pytest.fixture
def started(monkeypatch):
    monkeypatch.setattr(os, "environ", dict(os.environ))
    calls = []
    monkeypatch.setattr(app, "serve", lambda words: calls.append(words) or 0)
    return calls


def test_limits_of_the_app_are_options_of_its_command(started):
    words = ["--max-upload", "50", "--max-cells", "3000000", "--max-columns", "9000"]
    assert cli.main(["app", *words]) == 0
    assert started[0][1:] == ["--server.maxUploadSize=50"]
    limits = reading_limits()
    assert (limits.n_cells, limits.n_columns) == (3_000_000, 9_000)


def test_workers_and_their_budget_are_options_of_the_command(started):
    words = ["--workers", "0", "--job-seconds", "30", "--job-megabytes", "500"]
    assert cli.main(["app", *words]) == 0
    assert [os.environ[name] for name in (WORKERS, SECONDS, MEGABYTES)] == ["0", "30", "500"]


@pytest.mark.parametrize("word", ["0", "-5", "many"])
def test_a_limit_is_a_number_above_zero(started, word):
    with pytest.raises(SystemExit):
        cli.main(["app", f"--max-cells={word}"])
    assert started == []


def test_what_is_not_set_leaves_the_usual_limit(monkeypatch):
    for name in BOUNDS:
        monkeypatch.setenv(name, "")
    check_environment()
    limits = reading_limits()
    assert (limits.n_cells, limits.n_columns) == (MAX_CELLS, MAX_COLUMNS)
    assert limits.n_bytes == 20_000_000


@pytest.mark.parametrize("name", BOUNDS)
@pytest.mark.parametrize(
    "word", [" ", "none", "-1", "1e9", "1.5", "1_0", "٣", "9" * 15, "9" * 5000]
)
def test_a_setting_that_cannot_be_is_refused_by_its_name_before_the_server_starts(
    monkeypatch, name, word
):
    monkeypatch.setenv(name, word)
    with pytest.raises(ParameterError, match=rf"^{name}: .*\. Leave it out for [\d,]+\.$"):
        check_environment()
    monkeypatch.setattr(serve, "share_heaps", None)  # nothing was begun
    with pytest.raises(ParameterError):
        serve.main()


@pytest.mark.parametrize(
    ("option", "word", "why"),
    [
        ("--workers", "-1", "-1 is below 0"),
        ("--workers", "1000000000", "1,000,000,000 is above 1,024"),
        ("--job-seconds", "0", "0 is below 1"),
        ("--job-megabytes", "1e3", "'1e3' is no whole number"),
        ("--max-upload", "a", "'a' is no whole number"),
        ("--max-upload", " ", "it is blank"),
        ("--port", "0", "0 is below 1"),
        ("--port", "65536", "65,536 is above 65,535"),
        ("--port", "http", "'http' is no whole number"),
    ],
)
def test_an_option_that_cannot_be_is_refused_in_words(started, capsys, option, word, why):
    with pytest.raises(SystemExit) as ended:
        cli.main(["app", f"{option}={word}"])
    assert ended.value.code == 2
    assert f"{option}: {why}" in capsys.readouterr().err
    assert started == []


def test_a_session_or_a_table_is_named_for_the_app_and_a_broken_one_is_told(
    started, tmp_path, capsys
):
    study = regpath.run_study(
        regpath.datasets.load("iris"), regpath.Recipe("species", n_lambdas=10)
    )
    file = tmp_path / "iris.regpath"
    regpath.export.session(study, file)
    for command in ("app", "open"):
        os.environ.pop(app.OPEN, None)
        assert cli.main([command, str(file), "--no-browser"]) == 0
        assert os.environ[app.OPEN] == str(file)
    file.write_text(file.read_text(encoding="utf-8").replace("iris", "wine"), encoding="utf-8")
    assert cli.main(["open", str(file)]) == 1
    assert "was changed after it was written" in capsys.readouterr().err
    assert cli.main(["open", str(tmp_path / "gone.regpath")]) == 1
    assert len(started) == 2


def test_a_folder_of_lessons_is_named_for_the_app_and_a_broken_one_is_told(
    started, tmp_path, capsys, monkeypatch
):
    monkeypatch.setenv(OWN, "")
    assert cli.main(["app", "--lessons", str(tmp_path)]) == 0
    assert os.environ[OWN] == str(tmp_path)
    (tmp_path / "mine.toml").write_text('title = "Mine"', encoding="utf-8")
    clear()
    assert cli.main(["app", "--lessons", str(tmp_path)]) == 2
    assert "mine.toml: A lesson needs 'goal'" in capsys.readouterr().err
    assert len(started) == 1


def test_a_file_is_opened_as_options_of_reading_say(started, tmp_path, capsys):
    file = tmp_path / "odd.csv"
    file.write_text("made by hand\nsize;price\n" + "1;2,5\n2;3,5\n" * 9)
    words = ["--skip-rows", "1", "--delimiter", ";", "--column-kind", "size=category"]
    for command in ("app", "open"):
        assert cli.main([command, str(file), *words]) == 0
        told = json.loads(os.environ[app.OPEN_READING])
        assert told["words"] == "--delimiter ';' --skip-rows 1 --column-kind size=category"
        said = from_json(told["options"])
        assert said == ReadOptions(skip_rows=1, delimiter=";").saying("size", kind="category")
    assert cli.main(["app", str(file)]) == 0
    assert app.OPEN_READING not in os.environ  # what was said once is not said of the next
    assert cli.main(["open", "--skip-rows", "1"]) == 2
    assert "--skip-rows says how a file is read. Name the file, too." in capsys.readouterr().err
    session = tmp_path / "iris.regpath"
    study = regpath.run_study(regpath.datasets.load("iris"), regpath.Recipe("species", n_lambdas=9))
    regpath.export.session(study, session)
    assert cli.main(["app", str(session), "--encoding", "utf-8"]) == 2
    assert "--encoding decides nothing for a session" in capsys.readouterr().err
    assert len(started) == 3


def test_how_the_server_answers_is_an_option_of_the_command(started):
    frames = ["--embed-from", "https://a.example", "--embed-from", "https://b.example"]
    words = ["--base-path", "/apps/regpath", *frames, "--metrics", "all", "--no-browser"]
    assert cli.main(["app", *words, "--trust-origin", "https://hub.example"]) == 0
    settings = Settings.read()
    assert settings.base == "/apps/regpath"
    assert settings.embed_from == ("https://a.example", "https://b.example")
    assert settings.trusted == ("https://hub.example",)
    assert settings.metrics_for_all
