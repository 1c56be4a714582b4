"""Regularization paths for linear and logistic regression, every point certified.

Layer law: app > ui > cli, export > charts, datasets > study, estimators > recipe > core > io >
errors; imports go down only. Importing this package loads neither Streamlit nor Plotly, nor
the estimators before they are asked for.

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
from regpath.core.base_rate import null_scores
from regpath.core.bootstrap import bootstrap_band
from regpath.core.calibration import calibration_curve, calibration_slope
from regpath.core.class_weights import intercept_shift, weigh_classes
from regpath.core.cost import cv_seconds
from regpath.core.criteria import information_criteria
from regpath.core.fold_kinds import FoldPlan, plan_folds
from regpath.core.lambdas import lambda_grid, lambda_max
from regpath.core.leak import LeakGap, leak_gap
from regpath.core.path import check_path, fit_path
from regpath.core.problem import Problem, make_problem
from regpath.core.progress import Cancelled
from regpath.core.regpath import RegPath
from regpath.core.scores import score_path, scores_by_class
from regpath.core.selection import Selection, select_lambda, stability_rule
from regpath.core.split import Split, split_problem
from regpath.core.threshold import Threshold, choose_threshold, threshold_curve
from regpath.core.validation import CVResult, cross_validate
from regpath.errors import DataError, NothingToFindError, ParameterError, RegpathError
from regpath.io import Table, read_table
from regpath.recipe import Recipe
from regpath.study import Study, run_study

if TYPE_CHECKING:
    from regpath.estimators import PathClassifier, PathRegressor

__version__ = "0.1.0"
__all__ = [
    "Cancelled",
    "CVResult",
    "DataError",
    "FoldPlan",
    "LeakGap",
    "NothingToFindError",
    "ParameterError",
    "PathClassifier",
    "PathRegressor",
    "Problem",
    "Recipe",
    "RegPath",
    "RegpathError",
    "Selection",
    "Split",
    "Study",
    "Table",
    "Threshold",
    "bootstrap_band",
    "calibration_curve",
    "calibration_slope",
    "check_path",
    "choose_threshold",
    "cross_validate",
    "cv_seconds",
    "datasets",
    "fit_path",
    "information_criteria",
    "intercept_shift",
    "lambda_grid",
    "leak_gap",
    "lambda_max",
    "make_problem",
    "null_scores",
    "plan_folds",
    "read_table",
    "run_study",
    "score_path",
    "scores_by_class",
    "select_lambda",
    "split_problem",
    "stability_rule",
    "threshold_curve",
    "weigh_classes",
]

LATER = ("PathClassifier", "PathRegressor")  # loaded when first asked for, with scikit-learn


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("regpath.estimators"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *LATER})
