"""The layer law: imports go down only, and each library is imported in one place."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "regpath"
LONGEST = 340  # lines of a module
LEVELS = {
    "errors": 0,
    "wording": 0,
    "io": 1,
    "core": 2,
    "recipe": 3,
    "study": 4,
    "choosing": 5,
    "estimators": 4,
    "differences": 5,
    "alarms": 5,
    "datasets": 5,
    "charts": 5,
    "export": 6,
    "explorer": 6,
    "lessons": 6,
    "cli": 7,
    "__main__": 8,
    "ui": 8,
}
# recipe and core name the same choices, so they stand side by side; study joins them.
MODULES = sorted(PACKAGE.rglob("*.py"))
IMPORT_NAMES = {"sklearn": "scikit-learn", "llvmlite": "numba"}  # llvmlite is a part of numba


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def ours(path: Path) -> set[str]:
    rooms = {name.split(".")[1] for name in imported(path) if name.startswith("regpath.")}
    return rooms & set(LEVELS)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down_only(path):
    if path == PACKAGE / "__init__.py":
        assert not ours(path) & {"charts", "export", "cli", "ui", "explorer"}
        return
    room = room_of(path)
    assert room in LEVELS, f"a new room, {room!r}, needs its place in the law"
    above = {other for other in ours(path) if other != room and LEVELS[other] >= LEVELS[room]}
    assert not above


@pytest.mark.parametrize(
    ("library", "rooms"),
    [("streamlit", {"ui"}), ("plotly", {"charts"}), ("numba", {"core"})],
)
def test_a_library_is_imported_in_its_room_only(library, rooms):
    users = {
        room_of(path)
        for path in MODULES
        if any(name.split(".")[0] == library for name in imported(path))
    }
    assert users == rooms


def test_only_solvers_know_the_kernels():
    users = {
        path.relative_to(PACKAGE / "core").parts[0] if room_of(path) == "core" else room_of(path)
        for path in MODULES
        if any(
            name.split(".")[0] in {"numba", "llvmlite"}
            or name.startswith("regpath.core.solvers.kernels")
            for name in imported(path)
        )
    }
    assert users == {"solvers"}


def test_numba_is_imported_in_one_module_only():
    users = {
        str(path.relative_to(PACKAGE))
        for path in MODULES
        if {"numba", "llvmlite"} & {name.split(".")[0] for name in imported(path)}
    }
    assert users == {str(Path("core", "solvers", "kernels", "compile.py"))}


def test_threads_of_the_core_are_started_in_one_module_only():
    users = {
        str(path.relative_to(PACKAGE))
        for path in MODULES
        if room_of(path) == "core"
        and {"threadpoolctl", "concurrent", "threading"}
        & {name.split(".")[0] for name in imported(path)}
    }
    assert users == {str(Path("core", "threads.py"))}


CORE_ROOMS = {  # the trunk of the core (problems, mathematics, solvers, paths) is 0
    "metrics": 1,
    "validation": 2,
    "leakage": 3,
    "selection": 3,
    "stability_selection": 3,
    "comparison": 3,
    "uniqueness": 3,
    "separation": 4,
    "post_selection": 5,
}


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if room_of(path) == "core"],
    ids=lambda p: str(p.relative_to(PACKAGE)),
)
def test_rooms_of_the_core_know_only_rooms_below(path):
    room = path.relative_to(PACKAGE / "core").parts[0]
    used = {n.split(".")[2] for n in imported(path) if n.startswith("regpath.core.")} - {room}
    assert not {other for other in used if CORE_ROOMS.get(other, 0) >= CORE_ROOMS.get(room, 0) > 0}
    assert CORE_ROOMS.get(room, 0) or not used & set(CORE_ROOMS)


def test_solvers_know_no_problem():
    allowed = {"families", "objective", "penalty", "evidence", "design", "threads", "solvers"}
    for path in MODULES:
        if "solvers" in path.parts:
            rooms = {n.split(".")[2] for n in imported(path) if n.startswith("regpath.core.")}
            assert rooms <= allowed, path


def test_the_mathematics_knows_no_solver():
    for name in ("design", "evidence", "families", "objective", "penalty", "threads"):
        assert not any("solvers" in other for other in imported(PACKAGE / "core" / f"{name}.py"))


def test_estimators_stand_on_the_core_alone():
    files = [path for path in MODULES if room_of(path) == "estimators"]
    assert set().union(*map(ours, files)) <= {"core", "errors", "estimators"}


def test_every_library_is_a_declared_dependency():
    import sys

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=\[ ]", line)[0] for line in project["dependencies"]}
    used = {name.split(".")[0] for path in MODULES for name in imported(path)}
    foreign = used - set(sys.stdlib_module_names) - {"regpath", "_csv"}
    assert {IMPORT_NAMES.get(name, name) for name in foreign} <= declared


def test_lowest_versions_are_the_floors():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    floors = dict(line.split(">=") for line in project["dependencies"])
    lines = (ROOT / ".github" / "lowest.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if "==" in line)
    assert {name: pins[name].strip().removesuffix(".*") for name in floors} == floors


def test_files_stay_short():
    long = {
        str(path.relative_to(ROOT)): count
        for path in MODULES
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long
