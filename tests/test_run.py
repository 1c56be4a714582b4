"""run.py, without installing anything."""

import ast
import importlib.util
import os
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "run.py"


@pytest.fixture
def run():
    spec = importlib.util.spec_from_file_location("regpath_run_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(run, monkeypatch, tmp_path):
    """Stand run.py in an empty checkout outside of any environment, and record its commands."""
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run.sys, "prefix", run.sys.base_prefix)
    monkeypatch.setattr(run.signal, "signal", lambda *_: None)
    return tmp_path


@pytest.fixture
def calls(run, checkout, monkeypatch):
    """Every command that run.py would have run, in order; each one succeeds."""
    recorded = []

    def call(command, cwd=None, env=None):
        recorded.append(command)
        if "venv" in command:
            python = Path(run.python_of(checkout / ".venv"))
            python.parent.mkdir(parents=True)
            python.touch()
        return 0

    monkeypatch.setattr(run, "call", call)
    return recorded


def installations(calls):
    return [command[-1] for command in calls if "pip" in command]


def test_an_old_python_can_read_the_script():
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_is_refused_in_one_sentence(run):
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer and this is .* 3\.6\.15:"):
        run.refuse_old_python((3, 6, 15, "final", 0))


def test_the_oldest_supported_python_is_the_one_in_pyproject(run):
    needed = ".".join(map(str, run.OLDEST))
    assert f'requires-python = ">={needed}"' in (SCRIPT.parent / "pyproject.toml").read_text()
    run.refuse_old_python((*run.OLDEST, 0))


def test_an_active_environment_is_used(run):
    assert run.choose_environment("some/env", "some/base") == Path("some/env")


def test_without_an_active_environment_it_is_the_one_beside_the_script(run):
    assert run.choose_environment("some/base", "some/base") == SCRIPT.parent / ".venv"


@pytest.mark.parametrize(
    ("windows", "relative"), [(True, "Scripts/python.exe"), (False, "bin/python")]
)
def test_the_interpreter_stands_where_the_platform_puts_it(run, windows, relative):
    assert run.python_of(Path("env"), windows) == str(Path("env") / relative)


@pytest.mark.parametrize("arguments", [[], ["-h"], ["--help"]])
def test_usage(run, capsys, arguments):
    assert run.main(arguments) == 0
    assert "python run.py app" in capsys.readouterr().out


def test_an_unknown_command_is_named_and_usage_follows(run, capsys):
    assert run.main(["serve"]) == 2
    message = capsys.readouterr().err
    assert message.startswith("Unknown command 'serve'.")
    assert "python run.py test" in message


def test_the_fingerprint_follows_everything_an_installation_depends_on(run, tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    for root in (here, there):
        root.mkdir()
        (root / "pyproject.toml").write_text("[project]\n")
    before = run.fingerprint("app", here, "3.12.1")
    assert before == run.fingerprint("app", here, "3.12.1")
    others = {
        run.fingerprint("test", here, "3.12.1"),
        run.fingerprint("app", there, "3.12.1"),
        run.fingerprint("app", here, "3.13.0"),
    }
    (here / "pyproject.toml").write_text("[project]\nname = 'regpath'\n")
    others.add(run.fingerprint("app", here, "3.12.1"))
    assert len(others) == 4
    assert before not in others


@pytest.mark.parametrize(
    ("installed", "wanted", "current"),
    [("app", "app", True), ("app", "test", False), ("test", "app", True), ("test", "test", True)],
)
def test_a_test_setup_covers_the_app_and_not_the_reverse(run, tmp_path, installed, wanted, current):
    stamp = tmp_path / "stamp"
    stamp.write_text(run.fingerprint(installed, run.ROOT, sys.version))
    assert run.is_current(stamp, wanted) is current


def test_without_a_stamp_nothing_is_current(run, tmp_path):
    assert not run.is_current(tmp_path / "stamp", "app")


def test_the_first_run_creates_installs_and_starts(run, checkout, calls):
    assert run.main(["app", "patients.csv"]) == 0
    python = run.python_of(checkout / ".venv")
    assert calls[0] == [sys.executable, "-m", "venv", "--clear", str(checkout / ".venv")]
    assert installations(calls) == ["."]
    assert calls[-1] == [python, "-m", "regpath", "patients.csv"]


def test_the_second_run_only_starts(run, calls):
    run.main(["test"])
    calls.clear()
    assert run.main(["test", "-k", "solvers"]) == 0
    assert [command[1:] for command in calls] == [
        ["-m", "pytest", *run.SIDE_BY_SIDE, "-k", "solvers"]
    ]


def test_a_changed_project_is_installed_again_into_the_same_environment(run, checkout, calls):
    run.main(["test"])
    calls.clear()
    (checkout / "pyproject.toml").write_text("[project]\nname = 'regpath'\n")
    run.main(["test"])
    assert installations(calls) == [".[test]"]
    assert not any("venv" in command for command in calls)


def test_a_failed_installation_says_so_and_is_tried_again(run, checkout, calls, monkeypatch):
    run.main(["app"])
    monkeypatch.setattr(run, "call", lambda command, cwd=None, env=None: int("pip" in command))
    with pytest.raises(SystemExit, match="pip could not install regpath"):
        run.main(["test"])
    assert not run.is_current(checkout / ".venv" / "regpath-setup.txt", "app")


def test_a_python_without_ensurepip_names_the_missing_package(run, tmp_path, monkeypatch):
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"apt install python3\.\d+-venv"):
        run.create(tmp_path / ".venv")


def test_an_environment_whose_interpreter_is_gone_does_not_work(run, tmp_path):
    assert not run.works(tmp_path)


@pytest.mark.parametrize("said", [None, "4"])
def test_tests_on_every_core_have_a_thread_each_unless_it_is_said_otherwise(
    run, checkout, calls, monkeypatch, said
):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    if said:
        monkeypatch.setenv("OMP_NUM_THREADS", said)
    told = {}
    monkeypatch.setattr(run, "call", lambda command, cwd=None, env=None: told.update(env or {}))
    monkeypatch.setattr(run, "set_up", lambda environment, command: None)
    run.main(["app"])
    assert told.get("OMP_NUM_THREADS") == said
    run.main(["test"])
    assert told["OMP_NUM_THREADS"] == (said or "1")
    assert told["PATH"] == os.environ["PATH"]


def test_exit_codes_are_passed_on(run):
    assert run.call([sys.executable, "-c", "raise SystemExit(7)"]) == 7


def test_ctrl_c_ends_quietly_with_130(run, checkout, monkeypatch, capsys):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "set_up", interrupt)
    assert run.main(["app"]) == 130
    assert capsys.readouterr() == ("", "")
