"""The layer law: imports go down only, and each library is imported in one place."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from regpath.core.families import FAMILIES
from tests.sources import MODULES, PACKAGE, ROOT, where

CORE = PACKAGE / "core" / "__init__.py"
IO = PACKAGE / "io"
UI = PACKAGE / "ui"
IMPORT_NAMES = {
    "sklearn": "scikit-learn",
    "llvmlite": "numba",  # a part of it
    "python_calamine": "python-calamine",
}
LAW = re.findall(
    r"```layers\n(.*?)```", (ROOT / "docs/architecture.md").read_text(encoding="utf-8"), re.DOTALL
)
Law = dict[str, tuple[int, int, set[str] | None]]


def read_law(block: str) -> Law:
    """Of each room its floor, which room it is part of, and which rooms alone it may know."""
    law: Law = {}
    for floor, line in enumerate(reversed(block.splitlines())):
        for which, room in enumerate(re.findall(r"[^,(]+(?:\([^)]*\))?", line)):
            parts, _, only = room.partition("(")
            allowed = (
                set(re.findall(r"\w+", only)) | {"errors", "wording", "number_format"}
                if only
                else None
            )
            law |= {part.strip(): (floor, which, allowed) for part in parts.split("+")}
    return law


PACKAGE_LAW, CORE_LAW, IO_LAW, UI_LAW = map(read_law, LAW)


def broken(law: Law, room: str, known: set[str]) -> set[str]:
    """The rooms that a room knows and must not."""
    floor, which, allowed = law[room]
    own = {other for other in known if law[other][:2] == (floor, which)}
    below = {other for other in known if law[other][0] < floor}
    return known - own - (below if allowed is None else below & allowed)


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def core_room_of(name: str) -> str:
    return name if name in CORE_LAW else "..."


@cache  # a dozen tests ask
def imported(path: Path) -> frozenset[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


def ours(path: Path) -> set[str]:
    rooms = {name.split(".")[1] for name in imported(path) if name.startswith("regpath.")}
    return rooms & set(PACKAGE_LAW)


def test_the_law_is_read_as_it_is_written():
    law = read_law("top\na (c), b\nc + d\n")
    assert broken(law, "top", {"a", "b", "c", "d"}) == set()
    assert broken(law, "a", {"top", "b", "c", "d", "a"}) == {"top", "b", "d"}
    assert broken(law, "b", {"c", "d"}) == set()
    assert broken(law, "c", {"d", "a"}) == {"a"}


def test_every_room_has_its_place_in_the_law_and_no_place_is_empty():
    rooms = {room_of(path) for path in MODULES} - {"__init__"}
    assert rooms == set(PACKAGE_LAW)
    inside = {path.stem if path.is_file() else path.name for path in (PACKAGE / "core").iterdir()}
    assert set(CORE_LAW) - {"..."} <= inside
    for room, law in ((IO, IO_LAW), (UI, UI_LAW)):
        wings = {path.relative_to(room).with_suffix("").parts[0] for path in room.rglob("*.py")}
        assert set(law) == wings - {"__init__"}


def breaks(path: Path) -> set[str]:
    """The rooms of the package that a file knows and must not."""
    if path == PACKAGE / "__init__.py":
        return ours(path)
    return broken(PACKAGE_LAW, room_of(path), ours(path))


def test_imports_go_down_only():
    assert not where(breaks)


def breaks_in_core(path: Path) -> set[str]:
    """What a file of the core knows of its rooms and must not."""
    room = core_room_of(path.relative_to(PACKAGE / "core").with_suffix("").parts[0])
    known = {core_room_of(n.split(".")[2]) for n in imported(path) if n.startswith("regpath.core.")}
    return broken(CORE_LAW, room, known)


def test_imports_within_the_core_go_down_only():
    inside = [path for path in MODULES if CORE.parent in path.parents and path != CORE]
    assert inside
    assert not where(breaks_in_core, inside)


def breaks_in(room: Path, law: Law, path: Path) -> set[str]:
    """What a file of a room knows of its wings and must not."""
    wing = path.relative_to(room).with_suffix("").parts[0]
    beginning = f"regpath.{room.name}."
    known = {name.split(".")[2] for name in imported(path) if name.startswith(beginning)}
    return broken(law, wing, known)


@pytest.mark.parametrize(("room", "law"), [(IO, IO_LAW), (UI, UI_LAW)], ids=["io", "ui"])
def test_imports_within_reading_and_within_the_app_go_down_only(room, law):
    inside = [path for path in MODULES if room in path.parents and path != room / "__init__.py"]
    assert inside
    assert not where(lambda path: breaks_in(room, law, path), inside)


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


# What a cached function may be asked by: names, numbers, a set of colours, what is to be drawn.
OF_NOBODY = {"str", "int", "Look", "Story"}


def caches_of_data(source: str) -> list[str]:
    """Functions that remember their answers and are asked by more than names."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        and any(
            re.match(r"(functools\.)?(lru_)?cache\b", ast.unparse(d)) for d in node.decorator_list
        )
        and any(
            arg.annotation is None or ast.unparse(arg.annotation) not in OF_NOBODY
            for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        )
    ]


def test_what_is_computed_of_data_is_remembered_in_the_one_store():
    assert not where(lambda path: caches_of_data(path.read_text(encoding="utf-8")))


def test_a_cache_of_data_is_noticed():
    assert caches_of_data("@lru_cache(maxsize=8)\ndef f(table: Table): pass") == ["f"]
    assert caches_of_data("@functools.cache\ndef f(x): pass") == ["f"]
    assert caches_of_data("class A:\n    @cache\n    def f(self): pass") == ["f"]
    assert not caches_of_data("@cache\ndef f(name: str, seed: int): pass\n\ndef g(x): pass")


CROSSING = {  # tests of what no single module owns
    "export/test_hostile.py": "every export, of hostile names and values",
    "export/test_round_trips.py": "every form, run outside",
    "alarms/test_any_frame.py": "every alarm, on frames of every sort",
    "alarms/test_orders.py": "row_order, time_order and row_groups, on tables they share",
    "alarms/test_sizes.py": "imbalance and few_rows, on tables they share",
    "io/test_any_bytes.py": "reading, of hostile and damaged files",
    "core/post_selection/test_sparse.py": "the whole room on sparse features",
    "test_architecture.py": "the tree",
    "test_conventions.py": "how code is written",
    "test_deploy.py": "deploy/ and its page",
    "test_docs.py": "the pages",
    "test_import.py": "the package as a whole",
    "test_tour.py": "the notebook of the docs",
    "test_properties.py": "the line from problem to scores, on random problems",
    "test_run.py": "run.py",
    "test_security.py": "what docs/security.md promises of the code",
}


def lies_elsewhere(path: Path) -> bool:
    """Whether no module has the name that a file of tests begins with where it lies."""
    place = path.relative_to(ROOT / "tests")
    if place.parts[0] == "e2e" or place.as_posix() in CROSSING:
        return False
    words = place.stem.removeprefix("test_").split("_")
    names = {"_".join(words[: i + 1]) for i in range(len(words))}
    room = PACKAGE / place.parent
    return not names & {module.stem for module in [room, *room.iterdir()]}


def test_tests_lie_where_the_module_lies_whose_name_they_begin_with():
    """test_path.py and test_path_limits.py test path.py, or what the room path holds."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    assert files
    assert not where(lies_elsewhere, files)


@pytest.mark.parametrize("room", ["", "core", "core/solvers", "io"])
def test_every_file_and_room_has_its_place_in_the_docs(room):
    words = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    here = [
        p for p in (PACKAGE / room).iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()
    ]
    names = {p.stem for p in here if not p.name.startswith("__")}
    assert names
    assert not [name for name in sorted(names) if not re.search(rf"\b{name}\b", words)]


def test_no_test_is_listed_that_is_gone():
    assert all((ROOT / "tests" / place).is_file() for place in CROSSING)


def test_every_library_is_a_declared_dependency():
    import sys

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["pictures"]]
    lines += [*project["optional-dependencies"]["notebook"], "traitlets"]  # anywidget's own
    declared = {re.split(r"[<>=\[ ]", line)[0] for line in lines}
    used = {name.split(".")[0] for path in MODULES for name in imported(path)}
    foreign = used - set(sys.stdlib_module_names) - {"regpath", "_csv"}
    assert {IMPORT_NAMES.get(name, name) for name in foreign} <= declared


def test_lowest_versions_are_the_floors():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    floors = dict(line.split(">=") for line in project["dependencies"])
    lines = (ROOT / ".github" / "lowest.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if "==" in line)
    assert {name: pins[name].strip().removesuffix(".*") for name in floors} == floors


FAMILY_NAMES = set(FAMILIES)
OWN_HOME = PACKAGE / "core" / "families"
ELSEWHERE = [path for path in MODULES if OWN_HOME not in path.parents]


def plain_constants(node: ast.AST) -> list[ast.Constant]:
    """Constants of an expression that are its value, not what it compares or looks up with."""
    if isinstance(node, ast.Constant):
        return [node]
    if isinstance(node, ast.Compare | ast.Dict | ast.Subscript | ast.Call):
        return []
    return [found for child in ast.iter_child_nodes(node) for found in plain_constants(child)]


def lines_that_name_a_family(source: str) -> list[int]:
    """Lines with a family's name that neither return it nor pass it on as `family=`."""
    tree = ast.parse(source)
    passed = {
        id(constant)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Return) and node.value)
        or (isinstance(node, ast.keyword) and node.arg == "family")
        for constant in plain_constants(node.value)
    }
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value in FAMILY_NAMES
        and id(node) not in passed
    )


def test_a_family_is_asked_for_its_traits_never_for_its_name():
    assert not where(
        lambda path: lines_that_name_a_family(path.read_text(encoding="utf-8")), ELSEWHERE
    )


@pytest.mark.parametrize(
    "source",
    [
        'if family == "gaussian": pass',
        'if "binomial" != problem.family: pass',
        'many = path.family in ("gaussian", "multinomial")',
        'KERNELS = {"gaussian": 1}',
        'f(FAMILIES["binomial"])',
        'AMOUNTS = ("gaussian",)',
        'match family:\n    case "gaussian" | "binomial": pass',
        'def f(x):\n    return 1 if x == "gaussian" else 2',
        'def f(x):\n    return {"gaussian": 1}[x]',
        'f(family={"binomial": 1}[x])',
        'def f(x):\n    return x.family.startswith("gaussian")',
        'def f(x):\n    return eq(x, "gaussian")',
        'def f(x):\n    return ["gaussian", "poisson"].index(x)',
        'f(family=g(x, "gaussian"))',
    ],
)
def test_whoever_asks_for_a_name_is_noticed(source):
    assert lines_that_name_a_family(source)


@pytest.mark.parametrize(
    "source", ['f(family="binomial")', 'def f(x):\n    return "gaussian" if x else "binomial"']
)
def test_a_name_may_be_passed_on(source):
    assert not lines_that_name_a_family(source)


FAMILY_MODULES = {
    f"regpath.core.families.{path.stem}"
    for path in OWN_HOME.glob("*.py")
    if path.stem in FAMILY_NAMES
}


def families_imported(source: str) -> list[str]:
    """Modules of single families that are imported: whoever has the class can ask for it."""
    tree = ast.parse(source)
    return [
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        )
        if name in FAMILY_MODULES
    ]


def test_nobody_asks_whether_a_family_is_of_a_class():
    assert not where(lambda path: families_imported(path.read_text(encoding="utf-8")), ELSEWHERE)


@pytest.mark.parametrize(
    "source",
    [
        "from regpath.core.families.gaussian import Gaussian",
        "from regpath.core.families import poisson",
        "import regpath.core.families.binomial",
    ],
)
def test_whoever_imports_a_family_is_noticed(source):
    assert families_imported(source)


def test_the_page_is_told_traits_of_a_family():
    names = "|".join(FAMILY_NAMES)
    for path in (PACKAGE / "explorer" / "assets").glob("*.js"):
        assert not re.search(f"[\"'`]({names})[\"'`]", path.read_text(encoding="utf-8")), path
