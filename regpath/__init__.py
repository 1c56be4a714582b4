"""Regularization paths for linear and logistic regression, every point certified.

Imports within it go down only: docs/architecture.md has the layer law. Importing this package loads
nothing else: each name is loaded when it is first asked for, and none of them loads Streamlit or
Plotly. What is public, and where it lives, stands in `__init__.pyi` beside this file.

>>> import regpath
>>> table = regpath.datasets.load("breast_cancer")
>>> problem = regpath.make_problem(table, target="diagnosis")
>>> path = regpath.fit_path(problem, l1_ratio=1.0)
>>> bool(path.converged.all())
True
"""

from importlib import import_module
from itertools import pairwise

__version__ = "0.1.0"


def _homes() -> dict[str, str]:
    """The module of each public name, from the stub's `from module import name as name`.

    The words are read by hand: `ast` would take as long as everything else here.
    """
    stub = __loader__.get_data(f"{__path__[0]}/__init__.pyi").decode()  # from a zip file too
    words = stub.rpartition('"""')[2].split()
    homes, home = {}, ""
    for before, word in pairwise(words):
        if before == "from":
            home = word
        elif before == "as":
            homes[word.rstrip(",")] = home
    return homes


_HOMES = _homes()
__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(_HOMES[name])
    value = import_module(f"regpath.{name}") if home.__name__ == __name__ else getattr(home, name)
    globals()[name] = value  # asked once
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
