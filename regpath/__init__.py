"""Regularization paths for linear and logistic regression, every point certified.

Layer law: app > ui > cli > commands, export > charts, datasets > study, estimators > recipe > core >
io > errors; imports go down only. Importing this package loads neither Streamlit nor Plotly, nor
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
from regpath.core.collinear import collinear_groups
from regpath.core.compare import Comparison, compare_paths
from regpath.core.contributions import Contributions, contributions
from regpath.core.cost import cv_seconds
from regpath.core.criteria import information_criteria
from regpath.core.fold_kinds import FoldPlan, plan_folds
from regpath.core.half_paths import assess_stability, stability_seconds
from regpath.core.intervals import SplitIntervals, split_intervals, why_no_p_values
from regpath.core.lambdas import lambda_grid, lambda_max
from regpath.core.leak import LeakGap, leak_gap
from regpath.core.path import check_path, fit_path
from regpath.core.problem import Problem, make_problem
from regpath.core.progress import Cancelled
from regpath.core.regpath import RegPath
from regpath.core.relaxed import RelaxedPath, relax_path
from regpath.core.scores import score_path, scores_by_class
from regpath.core.selection import Selection, select_lambda, stability_rule
from regpath.core.separated import Separation
from regpath.core.separation import find_separation
from regpath.core.split import Split, split_problem
from regpath.core.stability import Stability, StableSet
from regpath.core.telling import separating_columns
from regpath.core.threshold import Threshold, choose_threshold, threshold_curve
from regpath.core.uniqueness import path_uniqueness
from regpath.core.validation import CVResult, cross_validate
from regpath.core.validation_map import ValidationMap, map_validation
from regpath.differences import Differences, compare_studies
from regpath.errors import DataError, NothingToFindError, ParameterError, RegpathError
from regpath.io import Table, read_table
from regpath.recipe import Recipe
from regpath.study import Study, run_study

if TYPE_CHECKING:
    from regpath.estimators import PathClassifier, PathRegressor

__version__ = "0.1.0"
__all__ = [
    "CVResult",
    "Cancelled",
    "Comparison",
    "Contributions",
    "DataError",
    "Differences",
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
    "RelaxedPath",
    "Selection",
    "Separation",
    "Split",
    "SplitIntervals",
    "Stability",
    "StableSet",
    "Study",
    "Table",
    "Threshold",
    "ValidationMap",
    "assess_stability",
    "bootstrap_band",
    "calibration_curve",
    "calibration_slope",
    "check_path",
    "choose_threshold",
    "collinear_groups",
    "compare_paths",
    "compare_studies",
    "contributions",
    "cross_validate",
    "cv_seconds",
    "datasets",
    "find_separation",
    "fit_path",
    "information_criteria",
    "intercept_shift",
    "lambda_grid",
    "lambda_max",
    "leak_gap",
    "make_problem",
    "map_validation",
    "null_scores",
    "path_uniqueness",
    "plan_folds",
    "read_table",
    "relax_path",
    "run_study",
    "score_path",
    "scores_by_class",
    "select_lambda",
    "separating_columns",
    "split_intervals",
    "split_problem",
    "stability_rule",
    "stability_seconds",
    "threshold_curve",
    "weigh_classes",
    "why_no_p_values",
]

LATER = ("PathClassifier", "PathRegressor")  # loaded when first asked for, with scikit-learn


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("regpath.estimators"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *LATER})
