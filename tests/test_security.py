"""What security.md promises of the code: what is foreign is never run, and nobody is called."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "regpath"
PYTHON = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = sorted(path for path in PACKAGE.rglob("*.js") if "vendor" not in path.parts)
RUNS_TEXT = re.compile(r"(?<![\w.])(?:eval|exec|__import__)\(|import (?:marshal|dill|shelve)\b")
UNPICKLES = re.compile(r"import (?:cloud)?pickle|from (?:cloud)?pickle|\bjoblib\b|read_pickle")
CALLS = re.compile(
    r"\burlopen\b|\bbuild_opener\b|import (?:httpx|requests|ftplib|smtplib)\b|from http\.client"
)
TEXT_TO_CODE = re.compile(r"\beval\(|new Function|document\.write|insertAdjacentHTML|outerHTML =")
# The server and its own processes, which speak to nobody else.
OWN_PICKLES = {
    "ui/session/first_page.py",
    "ui/session/first_page_worker.py",
    "ui/workers/lending.py",
    "core/solvers/kernels/compile.py",  # what numba raises of its own cache
}
OWN_TEXT = {"core/solvers/kernels/compile.py"}  # signatures, written in the package
ASKS_THE_SERVER = {"ui/server/check.py"}  # whose address is given to it
OWN_HTML = {"widget/widget.js"}  # the explorer's own frame, which is part of the package


def found(pattern, paths):
    return {
        path.relative_to(PACKAGE).as_posix()
        for path in paths
        if pattern.search(path.read_text(encoding="utf-8"))
    }


def test_no_text_becomes_code():
    assert found(RUNS_TEXT, PYTHON) == OWN_TEXT
    assert found(TEXT_TO_CODE, SCRIPTS) == set()
    assert found(re.compile(r"innerHTML"), SCRIPTS) == OWN_HTML


def test_scripts_of_components_are_files_as_the_policy_asks():
    named = {
        each["name"]: each["asset_dir"]
        for each in tomllib.loads((PACKAGE / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
            "streamlit"
        ]["component"]["components"]
    }
    made = {}
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("v2.component"):
                options = {each.arg: each.value for each in node.keywords}
                made[ast.unparse(node.args[0])] = ast.literal_eval(options["js"])
    assert {name.strip("'").removeprefix("regpath.") for name in made} - {"NAME"} <= named.keys()
    for name, script in made.items():
        folder = named[name.strip("'").removeprefix("regpath.").replace("NAME", "explorer")]
        assert (PACKAGE / folder / script).is_file(), name


def test_pickles_travel_between_the_server_and_its_own_processes_alone():
    assert found(UNPICKLES, PYTHON) == OWN_PICKLES


def test_nobody_is_called():
    assert found(CALLS, PYTHON) == ASKS_THE_SERVER
    assert found(re.compile(r"\bfetch\(|XMLHttpRequest|sendBeacon|EventSource"), SCRIPTS) == set()


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (RUNS_TEXT, "x = eval(text)"),
        (RUNS_TEXT, "exec(code)"),
        (UNPICKLES, "import pickle"),
        (UNPICKLES, "frame = pd.read_pickle(file)"),
        (CALLS, "import requests"),
        (TEXT_TO_CODE, "node.insertAdjacentHTML('x', text)"),
    ],
)
def test_what_must_not_be_is_noticed(pattern, text):
    assert pattern.search(text)
    assert not pattern.search("frame.eval_(x); model.evaluate(y); node.textContent = text")
