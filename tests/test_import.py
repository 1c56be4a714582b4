import ast
import os
import re
import subprocess
import sys
import zipfile
from importlib import import_module
from pathlib import Path

import pytest

import regpath

ROOT = Path(__file__).parents[1]
HEAVY = ("streamlit", "plotly", "numba", "matplotlib", "sklearn", "scipy.stats")
LATER = ("numpy", "pandas", "scipy", "regpath.core")  # than the import of the package


def test_importing_regpath_loads_nothing_and_its_names_are_light():
    code = (
        "import sys, regpath\n"
        f"print([m for m in {LATER + HEAVY!r} if m in sys.modules])\n"
        "estimators = {'PathClassifier', 'PathPoissonRegressor', 'PathRegressor'}\n"
        "names = set(regpath.__all__) - estimators\n"
        "[getattr(regpath, name) for name in names]\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "[]"]


def test_fitting_loads_no_reader_of_files():
    code = (
        "import sys, regpath\n"
        "regpath.fit_path\n"
        "readers = ('regpath.io.reading', 'regpath.io.formats', 'scipy.special')\n"
        "print([m for m in readers if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_stub_alone_says_which_names_are_public_and_where_they_live():
    tree = ast.parse(Path(regpath.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    lines = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    homes = {alias.asname: line.module for line in lines for alias in line.names}
    assert all(alias.asname == alias.name for line in lines for alias in line.names)
    assert list(homes) == regpath.__all__
    assert set(homes) <= set(dir(regpath))
    for name, home in homes.items():
        value = getattr(regpath, name)
        lives = import_module(f"regpath.{name}") if home == "regpath" else None
        assert value is (lives or getattr(import_module(home), name))
        assert value.__doc__, f"{name} has no docstring"


def test_names_can_be_imported_by_a_star_and_unknown_ones_are_refused():
    found: dict = {}
    exec("from regpath import *", found)
    assert set(regpath.__all__) <= set(found)
    with pytest.raises(AttributeError, match="no attribute 'fit_paths'"):
        _ = regpath.fit_paths


def test_a_package_in_a_zip_file_knows_its_names(tmp_path):
    package = Path(regpath.__file__).parent
    with zipfile.ZipFile(tmp_path / "site.zip", "w") as site:
        for file in (package / "__init__.py", package / "__init__.pyi", package / "errors.py"):
            site.write(file, f"regpath/{file.name}")
    code = "import regpath; print(regpath.__file__, regpath.DataError.__module__)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site.zip")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "site.zip" in done.stdout
    assert "regpath.errors" in done.stdout


def test_errors_share_a_base():
    for error in (regpath.DataError, regpath.NothingToFindError, regpath.ParameterError):
        assert issubclass(error, regpath.RegpathError)
        assert issubclass(error, ValueError)
    assert str(regpath.DataError("What.", "Do this.")) == "What. Do this."


def test_the_version_stands_once():
    assert not [
        name
        for name in ("pyproject.toml", "regpath/pyproject.toml", "CITATION.cff")
        if re.search(r"(?m)^version\b", (ROOT / name).read_text(encoding="utf-8"))
    ]


def test_no_public_name_of_the_exports_turns_into_a_module():
    """The import of a module puts it under its name, over a function that is loaded later."""
    code = (
        "import pkgutil, importlib, types, regpath.export as export\n"
        "names = [m.name for m in pkgutil.walk_packages(export.__path__, 'regpath.export.')]\n"
        "[importlib.import_module(name) for name in names]\n"
        "of = {name: getattr(export, name) for name in export.__all__}\n"
        "print([name for name, value in of.items() if isinstance(value, types.ModuleType)])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
