import os

import pytest

from regpath import cli
from regpath.cli import app
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


@pytest.mark.parametrize("word", ["", "none", "0", "-1", "1e9"])
def test_a_setting_that_is_no_count_leaves_the_usual_limit(monkeypatch, word):
    monkeypatch.setenv("REGPATH_MAX_CELLS", word)
    monkeypatch.setenv("REGPATH_MAX_COLUMNS", word)
    limits = reading_limits()
    assert (limits.n_cells, limits.n_columns) == (MAX_CELLS, MAX_COLUMNS)
    assert limits.n_bytes == 20_000_000
