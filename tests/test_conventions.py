"""How code is written: short files, formatted, numbers explained, names that the field knows."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

import regpath
from benchmarks.thresholds import THRESHOLDS
from tests.sources import MODULES, PACKAGE, ROOT, where

LONGEST = 300  # lines of a module without its docstrings, which are as long as they need to be


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def lines_of_docstrings(tree: ast.AST) -> int:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    return sum(
        node.body[0].end_lineno - node.body[0].lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, documented) and ast.get_docstring(node) is not None
    )


def test_files_stay_short():
    long = {}
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        count = len(text.splitlines()) - lines_of_docstrings(ast.parse(text))
        if count > LONGEST:
            long[str(path.relative_to(ROOT))] = count
    assert not long


def test_docstrings_are_counted_line_by_line():
    text = '"""One."""\n\n\ndef f():\n    """Two\n\n    three."""\n    return "four"\n'
    assert lines_of_docstrings(ast.parse(text)) == 4


OWN_CODE = [
    path
    for folder in ("regpath", "tests", "benchmarks", "docs", "datasets", ".ci")
    for path in sorted((ROOT / folder).rglob("*.py"))
] + [ROOT / "app.py", ROOT / "run.py"]
UNFORMATTED = re.compile("#" + " *(fmt|yapf): *(skip|off|disable)")


def test_all_code_can_be_seen_as_it_is_formatted():
    assert UNFORMATTED.search("x = [1,\n     2]  " + "# fmt" + ": skip")
    texts = {path: path.read_text(encoding="utf-8") for path in OWN_CODE}
    assert not [str(path.relative_to(ROOT)) for path in OWN_CODE if UNFORMATTED.search(texts[path])]


# -ize, as in the API; "analysis" and "analyses" are nouns, "compromise" and its like have no -ize.
BRITISH = re.compile(
    r"\b\w*(?:analys(?:ed?|er|ing)|(?:general|global|initial|linear|local|material|maxim|minim|normal|"
    r"optim|organ|penal|random|rational|real|recogn|regular|serial|special|standard|summar|util|"
    r"vector|visual|categor|character|colour|emphas|equal|factor|parametr|parameter|symmetr|"
    r"synchron|token|winsor)is(?:e[drs]?|ing|ation\w*|ab\w+))\b",
    re.IGNORECASE,
)
PROSE = [
    path
    for folder in ("regpath", "docs", "datasets", "deploy")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".py", ".md", ".toml", ".js", ".css") and "vendor" not in path.parts
] + sorted(ROOT.glob("*.md"))


@pytest.mark.parametrize("word", ["minimise", "linearised", "Analysed", "generalisability"])
def test_a_word_of_the_other_spelling_is_noticed(word):
    assert BRITISH.search(f"they {word} it")


def test_there_is_one_spelling():
    assert not BRITISH.search(
        "analyses, analysis, promise, realistic, otherwise, optimism, a likely rise"
    )
    found = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in PROSE
        for match in BRITISH.finditer(path.read_text(encoding="utf-8"))
    }
    assert not found


def is_number(node: ast.expr) -> bool:
    """Whether an expression is a number, computed from numbers, or some of them."""
    if isinstance(node, ast.Tuple | ast.List):
        return bool(node.elts) and all(map(is_number, node.elts))
    if isinstance(node, ast.BinOp):
        return is_number(node.left) and is_number(node.right)
    if isinstance(node, ast.UnaryOp):
        return is_number(node.operand)
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def unexplained_numbers(text: str) -> list[str]:
    """Constants of a module that are numbers, with no comment beside them or above."""
    lines = ["", *text.splitlines()]
    return [
        lines[node.lineno]
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and node.value is not None
        and is_number(node.value)
        and "#" not in lines[node.lineno] + lines[node.end_lineno]
        and not lines[node.lineno - 1].startswith("#")
    ]


def test_a_number_says_what_is_compared_with_it():
    assert not where(lambda path: unexplained_numbers(read(path)))


def test_a_bare_number_is_noticed():
    text = "# why\nA = 1\nB = 2  # of rows\nC = -3.0\nD: tuple = (1, 2**4)\nE = 'x'\n\nF = True\n"
    assert unexplained_numbers(text) == ["C = -3.0", "D: tuple = (1, 2**4)"]


NOTIONS = {  # what the literature calls it: how a file, a definition or its first line says it
    "stability selection": "stability.selection",
    "complementary pairs": "complementary.pairs",
    "L-BFGS": "l.?bfgs",
    "working set": "working.set",
    "strong rule": "strong.rule",
    "proximal Newton": "proximal.newton",
    "orthant-wise step": "orthant.?wise.step",
    "coordinate descent": "coordinate.descent",
    "Gram": r"\bgram\b",
    "cross-validation": "cross.valid",
    "one-standard-error rule": "one.(standard.error|se).rule",
    "calibration": "calibration",
    "bootstrap": "bootstrap",
    "relaxed lasso": "relaxed.lasso",
    "separation": "separation",
    "recession cone": "recession.cone",
    "degrees of freedom": "degrees.of.freedom",
}


def signposts(folder: Path) -> list[str]:
    """Names of files and definitions, and first lines of docstrings, as `ls` and `grep` show."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        found.append(path.relative_to(folder).with_suffix("").as_posix())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                found.append(getattr(node, "name", ""))
                found.append((ast.get_docstring(node) or "").partition("\n")[0])
    return found


CORE_SIGNPOSTS = signposts(PACKAGE / "core")


@pytest.mark.parametrize("notion", NOTIONS)
def test_whoever_knows_the_literature_finds_the_place(notion):
    assert any(re.search(NOTIONS[notion], post, re.IGNORECASE) for post in CORE_SIGNPOSTS)


LONGEST_BODY = 40  # lines of code of a function, without blank ones, comments and the docstring
REASON = "# Over 40 lines: "


def long_bodies(text):
    """The functions that are longer, and do not say why."""
    lines = text.splitlines()
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        body = node.body[1:] if ast.get_docstring(node) is not None else node.body
        if not body:
            continue
        inside = [line.strip() for line in lines[node.lineno : body[-1].end_lineno]]
        first = body[0].lineno - 1 - node.lineno
        code = [line for line in inside[first:] if line and not line.startswith("#")]
        if len(code) > LONGEST_BODY and not any(line.startswith(REASON) for line in inside):
            found.append(node.name)
    return found


def test_a_body_that_is_long_says_why():
    assert not where(lambda path: long_bodies(read(path)))


def test_a_long_body_is_noticed():
    body = "".join(f"    x{i} = {i}\n" for i in range(LONGEST_BODY))
    assert not long_bodies(f"def f():\n{body}")
    assert long_bodies(f"def f():\n{body}    y = 1\n") == ["f"]
    assert not long_bodies(f"def f():\n    {REASON}a table\n{body}    y = 1\n")


MOST_ARGUMENTS = 7  # beside self; more that travel together are a frozen value
# A person who calls these says each choice by its name, and leaves most as they are.
CALLED_BY_NAME = set(regpath.__all__) | {"__init__"}


def named(arguments: ast.arguments) -> list[ast.arg]:
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]


def many_arguments(text: str) -> list[str]:
    """Functions, private ones too, that take more."""
    tree = ast.parse(text)
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name not in CALLED_BY_NAME
        and len({arg.arg for arg in named(node.args)} - {"self", "cls"}) > MOST_ARGUMENTS
    ]


def test_what_travels_together_is_one_value():
    assert not where(lambda path: many_arguments(read(path)))


def test_many_arguments_are_noticed():
    names = ", ".join("abcdefg")
    assert not many_arguments(f"def f(self, {names}): pass")
    assert many_arguments(f"def _f({names}, *, h=1): pass") == ["_f"]
    assert not many_arguments(f"def fit_path({names}, h): pass")


# One to a module, found by its place: a command, a page, a process, a solver.
OF_THEIR_PLACE = {"configure", "run", "show", "main", "solve"}
KERNELS = PACKAGE / "core" / "solvers" / "kernels"  # tables by family: one name in each table


def public_notions(path: Path) -> list[str]:
    """Classes, functions and aliases of types that a module defines without an underscore."""
    names = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign) and "TypeVar(" not in ast.unparse(node.value):
            names += [name.id for name in node.targets if isinstance(name, ast.Name)]
    return [name for name in names if not name.startswith("_") and not name.isupper()]


def test_one_name_means_one_thing():
    places: dict[str, set[Path]] = {}
    for path in MODULES:
        for name in set(public_notions(path)) - OF_THEIR_PLACE - {"logger"}:
            places.setdefault(name, set()).add(KERNELS if KERNELS in path.parents else path)
    assert not {name: found for name, found in places.items() if len(found) > 1}


TINY = 1e-4  # a number below this is a tolerance, and what is compared with it is worth a word
SERIES = PACKAGE / "core" / "solvers" / "kernels" / "compile.py"  # the coefficients of exp


def bare_tolerances(text: str) -> list[str]:
    """Tolerances in bodies of functions that have no name."""
    bodies = [
        statement
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for statement in node.body
    ]
    found = [node for statement in bodies for node in ast.walk(statement)]
    return [
        repr(node.value)
        for node in found
        if isinstance(node, ast.Constant) and type(node.value) is float and 0 < node.value < TINY
    ]


def test_a_tolerance_has_a_name():
    assert SERIES in MODULES
    assert not where(lambda path: path != SERIES and bare_tolerances(read(path)))


def test_a_bare_tolerance_is_noticed():
    assert bare_tolerances("def f(x):\n    return x < 1e-9 * x") == ["1e-09"]
    assert not bare_tolerances("def f(x, tol=1e-7):\n    return x < EXACT")


def test_what_a_benchmark_changes_are_numbers_that_modules_have():
    for each in THRESHOLDS:
        found = {getattr(import_module(module), each.name) for module in (each.module, *each.also)}
        assert len(found) == 1
        assert type(found.pop()) in (int, float), each.name
