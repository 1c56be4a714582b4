import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba import njit

import regpath
from regpath.core.solvers.kernels import compile as module
from regpath.core.solvers.kernels.compile import OPTIONS, compiled, exp

ROOT = Path(regpath.__file__).parents[1]


@njit("void(f8[::1], f8[::1])", **OPTIONS)  # no cache: it would not see changes of `exp`
def exp_each(x, result):
    for i in range(x.size):
        result[i] = exp(x[i])


def exp_of(x):
    x = np.array(x, dtype=float)
    result = np.empty_like(x)
    exp_each(x, result)
    return result


def test_exp_is_right_to_its_last_digits():
    far, near = np.linspace(-708.0, 708.0, 200_001), np.linspace(-1.0, 1.0, 100_001)
    halves = np.log(2.0) * (np.arange(-1000, 1000) + 0.5)  # as far as can be from powers of 2
    tiny = [-1e-300, 0.0, 1e-300, 1e-16]
    x = np.concatenate([far, near, np.arange(-700, 701), halves, tiny])
    expected = np.exp(x)
    assert (np.abs(exp_of(x) / expected - 1.0) <= 2e-16 * (2.0 + np.abs(x))).all()


def test_exp_beyond_the_range_is_nothing_or_huge():
    low, high = exp_of([-709.0, -745.2, -1e4, -1e308, -np.inf]), exp_of([709.0, 1e4, np.inf])
    assert (low < 1e-307).all()
    assert (low >= 0.0).all()
    assert (high > 1e307).all()
    # Probabilities made of them are exact: 0 and 1.
    assert (1.0 / (1.0 + low) == 1.0).all()
    assert (1.0 / (1.0 + high) < 1e-307).all()


def test_infinite_and_missing_numbers_keep_their_meaning():
    assert "nnan" not in OPTIONS["fastmath"]
    assert "ninf" not in OPTIONS["fastmath"]


def test_without_a_folder_for_its_cache_a_kernel_still_works(monkeypatch):
    right, caches = module.njit, []

    def njit(*args, **options):
        caches.append(options.get("cache", False))
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available for file")
        return right(*args, **options)

    monkeypatch.setattr(module, "njit", njit)

    @compiled("f8(f8)")
    def double(x):
        return 2.0 * x

    assert double(3.0) == 6.0
    assert caches == [True, False]


STALE = """
from typing import NamedTuple
from regpath.core.solvers.kernels.compile import compiled, record

@record("f8")
class {name}(NamedTuple):
    x: float

@compiled("f8({name})")
def double(pair):
    return 2.0 * pair.x

print(double({name}(3.0)))
"""


@pytest.mark.parametrize("spoilt", ["renamed", "cut off"])
def test_a_cache_that_cannot_be_read_is_made_anew(tmp_path, spoilt):
    kernel, cache = tmp_path / "kernel.py", tmp_path / "cache"
    run = {
        "args": [sys.executable, "-c", "import kernel"],
        "cwd": tmp_path,
        "env": {**os.environ, "NUMBA_CACHE_DIR": str(cache), "PYTHONPATH": str(ROOT)},
        "capture_output": True,
        "text": True,
    }
    kernel.write_text(STALE.format(name="Pair"))
    assert subprocess.run(**run).stdout == "6.0\n"
    (index,) = cache.rglob("*.nbi")
    if spoilt == "renamed":
        kernel.write_text(STALE.format(name="Both"))
    else:
        index.write_bytes(index.read_bytes()[:40])
    done = subprocess.run(**run)
    assert (done.stdout, done.returncode) == ("6.0\n", 0), done.stderr
    kept = index.read_bytes()
    assert subprocess.run(**run).stdout == "6.0\n"
    assert index.read_bytes() == kept  # and read again


def nowhere_to_write(folder):
    """Variables of a process that has no home to write to; and a path that is no folder."""
    home = folder / "home"
    home.write_text("not a folder")
    homes = dict.fromkeys(["HOME", "XDG_CACHE_HOME", "IPYTHONDIR", "LOCALAPPDATA"], str(home))
    environment = {**os.environ, **homes, "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("NUMBA_CACHE_DIR", None)
    return environment, home


def run_there(code, folder, environment):
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def keep_no_cache_in(folder):
    """Even where permissions bind nobody (root), no folder can be made of a file."""
    (folder / "__pycache__").write_text("not a folder")


KERNEL = """
from regpath.core.solvers.kernels.compile import compiled

@compiled("f8(f8)")
def double(x):
    return 2.0 * x

print(double(3.0), double.stats.cache_path)
"""


@pytest.mark.parametrize("cache", ["a file", "missing", "not set"])
def test_a_kernel_that_can_be_kept_nowhere_works(cache, tmp_path):
    """No `__pycache__` beside the module, no home to write to, a cache folder that is none."""
    keep_no_cache_in(tmp_path)
    (tmp_path / "kernel.py").write_text(KERNEL)
    environment, home = nowhere_to_write(tmp_path)
    environment["PYTHONPATH"] = str(ROOT)
    if cache != "not set":
        environment["NUMBA_CACHE_DIR"] = str(home if cache == "a file" else home / "below" / "it")
    done = run_there("import kernel", tmp_path, environment)
    assert (done.stdout, done.returncode) == ("6.0 None\n", 0), done.stderr


FIT = """
import numpy as np, regpath
from regpath.core.solvers.kernels import hessian_products
assert regpath.__file__.startswith({root!r}), regpath.__file__
y = np.arange(12) % 2
X = np.column_stack([np.sin(np.arange(12.0)), y + np.cos(np.arange(12.0))])
path = regpath.fit_path(regpath.Problem.from_arrays(X, y), n_lambdas=3)
assert path.converged.all()
"""


def test_a_package_that_cannot_be_written_works(tmp_path):
    """All of it, with every kernel of a fit, as `test_a_kernel_that_can_be_kept_nowhere_works`."""
    root = tmp_path / "site"
    shutil.copytree(
        Path(regpath.__file__).parent,
        root / "regpath",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    for folder in [path for path in root.rglob("*") if path.is_dir()]:
        keep_no_cache_in(folder)
    environment, _ = nowhere_to_write(tmp_path)
    environment["PYTHONPATH"] = str(root)
    environment["NUMBA_OPT"] = "0"  # 18 instead of 31 s: what is tried is where they are kept
    done = run_there(FIT.format(root=str(root)), tmp_path, environment)
    assert done.returncode == 0, done.stderr
