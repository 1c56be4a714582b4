"""Regularization paths for linear and logistic regression, every point certified.

Layer law: app > ui > cli, export > charts, alarms, datasets > study, estimators > recipe > core >
io > errors; imports go down only. Importing this package loads neither Streamlit nor Plotly,
nor the estimators before they are asked for.

>>> import regpath
>>> table = regpath.datasets.load("breast_cancer")
>>> problem = regpath.make_problem(table, target="diagnosis")
>>> path = regpath.fit_path(problem, l1_ratio=1.0)
>>> bool(path.converged.all())
True
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from regpath import datasets
from regpath.alarms import Alarm, alarms_frame, find_alarms
from regpath.core.building import make_problem
from regpath.core.collinear import collinear_groups
from regpath.core.lambdas import lambda_grid, lambda_max
from regpath.core.path import check_path, fit_path
from regpath.core.problem import Problem
from regpath.core.regpath import RegPath
from regpath.core.scores import score_path
from regpath.core.selection import Selection, select_lambda
from regpath.core.separated import Separation
from regpath.core.separation import find_separation
from regpath.core.split import Split, split_problem
from regpath.core.telling import separating_columns
from regpath.core.validation import CVResult, cross_validate
from regpath.errors import DataError, NothingToFindError, ParameterError, RegpathError
from regpath.io import ColumnOptions, ReadOptions, Table, read_table
from regpath.recipe import Recipe
from regpath.study import Study, run_study

if TYPE_CHECKING:
    from regpath.estimators import PathClassifier, PathRegressor

__version__ = "0.1.0"
__all__ = [
    "Alarm",
    "CVResult",
    "ColumnOptions",
    "DataError",
    "NothingToFindError",
    "ParameterError",
    "PathClassifier",
    "PathRegressor",
    "Problem",
    "ReadOptions",
    "Recipe",
    "RegPath",
    "RegpathError",
    "Selection",
    "Separation",
    "Split",
    "Study",
    "Table",
    "alarms_frame",
    "check_path",
    "collinear_groups",
    "cross_validate",
    "datasets",
    "find_alarms",
    "find_separation",
    "fit_path",
    "lambda_grid",
    "lambda_max",
    "make_problem",
    "read_table",
    "run_study",
    "score_path",
    "select_lambda",
    "separating_columns",
    "split_problem",
]

LATER = ("PathClassifier", "PathRegressor")  # loaded when first asked for, with scikit-learn


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("regpath.estimators"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *LATER})
