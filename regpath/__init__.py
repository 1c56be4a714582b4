"""Regularization paths for linear and logistic regression, every point certified.

Layer law: app > ui > cli, export > charts, alarms, datasets > study, estimators > recipe > core >
io > errors; imports go down only. Importing this package loads nothing else: each name is loaded
when it is first asked for, and none of them loads Streamlit or Plotly.

>>> import regpath
>>> table = regpath.datasets.load("breast_cancer")
>>> problem = regpath.make_problem(table, target="diagnosis")
>>> path = regpath.fit_path(problem, l1_ratio=1.0)
>>> bool(path.converged.all())
True
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regpath import datasets
    from regpath.alarms import Alarm, alarms_frame, find_alarms
    from regpath.choosing import BestOnTest, best_on_test, choose_strength, validate_study
    from regpath.core.comparison.compare import Comparison, compare_paths
    from regpath.core.comparison.validation_map import ValidationMap, map_seconds, map_validation
    from regpath.core.conversions.convert import convert, dialects
    from regpath.core.lambdas import lambda_grid, lambda_max
    from regpath.core.leakage.leak import LeakGap, leak_gap
    from regpath.core.leakage.peeking import peeking
    from regpath.core.leakage.seal import Seal
    from regpath.core.metrics.base_rate import null_scores
    from regpath.core.metrics.bootstrap import bootstrap_band
    from regpath.core.metrics.calibration import calibration_curve, calibration_slope
    from regpath.core.metrics.class_weights import intercept_shift, weigh_classes
    from regpath.core.metrics.scores import score_path, scores_by_class
    from regpath.core.path import check_path, fit_path
    from regpath.core.post_selection.contributions import Contributions, contributions
    from regpath.core.post_selection.relaxed import RelaxedPath, relax_path
    from regpath.core.post_selection.split_sample import (
        SplitIntervals,
        split_intervals,
        why_no_p_values,
    )
    from regpath.core.problems.building import make_problem
    from regpath.core.problems.problem import Problem
    from regpath.core.problems.split import Split, split_problem
    from regpath.core.progress import Cancelled
    from regpath.core.regpath import RegPath
    from regpath.core.selection import Selection, compare_rules, select_lambda, stability_rule
    from regpath.core.selection.criteria import information_criteria
    from regpath.core.selection.threshold import Threshold, choose_threshold, threshold_curve
    from regpath.core.separation.find_separation import find_separation
    from regpath.core.separation.result import Separation
    from regpath.core.separation.single_columns import separating_columns
    from regpath.core.stability_selection.half_paths import assess_stability, stability_seconds
    from regpath.core.stability_selection.stability import Stability, StableSet
    from regpath.core.uniqueness.collinear import collinear_groups
    from regpath.core.uniqueness.path_uniqueness import path_uniqueness
    from regpath.core.validation.cost import cv_seconds
    from regpath.core.validation.cross_validate import CVResult, cross_validate
    from regpath.core.validation.fold_kinds import FoldPlan, plan_folds
    from regpath.differences import Differences, compare_studies
    from regpath.errors import DataError, NothingToFindError, ParameterError, RegpathError
    from regpath.estimators import PathClassifier, PathRegressor
    from regpath.io import ColumnOptions, ReadOptions, Table, read_table
    from regpath.recipe import Recipe
    from regpath.study import Study, run_study

__version__ = "0.1.0"
__all__ = [
    "Alarm",
    "alarms_frame",
    "assess_stability",
    "best_on_test",
    "BestOnTest",
    "bootstrap_band",
    "calibration_curve",
    "calibration_slope",
    "Cancelled",
    "check_path",
    "choose_strength",
    "choose_threshold",
    "collinear_groups",
    "ColumnOptions",
    "compare_paths",
    "compare_rules",
    "compare_studies",
    "Comparison",
    "Contributions",
    "contributions",
    "convert",
    "cross_validate",
    "cv_seconds",
    "CVResult",
    "DataError",
    "datasets",
    "dialects",
    "Differences",
    "find_alarms",
    "find_separation",
    "fit_path",
    "FoldPlan",
    "information_criteria",
    "intercept_shift",
    "lambda_grid",
    "lambda_max",
    "leak_gap",
    "LeakGap",
    "make_problem",
    "map_seconds",
    "map_validation",
    "NothingToFindError",
    "null_scores",
    "ParameterError",
    "path_uniqueness",
    "PathClassifier",
    "PathRegressor",
    "peeking",
    "plan_folds",
    "Problem",
    "read_table",
    "ReadOptions",
    "Recipe",
    "RegPath",
    "RegpathError",
    "relax_path",
    "RelaxedPath",
    "run_study",
    "score_path",
    "scores_by_class",
    "Seal",
    "select_lambda",
    "Selection",
    "separating_columns",
    "Separation",
    "Split",
    "split_intervals",
    "split_problem",
    "SplitIntervals",
    "Stability",
    "stability_rule",
    "stability_seconds",
    "StableSet",
    "Study",
    "Table",
    "Threshold",
    "threshold_curve",
    "validate_study",
    "ValidationMap",
    "weigh_classes",
    "why_no_p_values",
]

# Where each name lives: loaded when it is first asked for, so that the app starts at once.
HOMES = {
    "alarms": (
        "Alarm",
        "alarms_frame",
        "find_alarms",
    ),
    "choosing": (
        "BestOnTest",
        "best_on_test",
        "choose_strength",
        "validate_study",
    ),
    "core.metrics.base_rate": ("null_scores",),
    "core.metrics.bootstrap": ("bootstrap_band",),
    "core.problems.building": ("make_problem",),
    "core.metrics.calibration": (
        "calibration_curve",
        "calibration_slope",
    ),
    "core.metrics.class_weights": (
        "intercept_shift",
        "weigh_classes",
    ),
    "core.uniqueness.collinear": ("collinear_groups",),
    "core.comparison.compare": ("compare_paths", "Comparison"),
    "core.post_selection.contributions": (
        "Contributions",
        "contributions",
    ),
    "core.validation.cost": ("cv_seconds",),
    "core.selection.criteria": ("information_criteria",),
    "core.validation.fold_kinds": (
        "FoldPlan",
        "plan_folds",
    ),
    "core.stability_selection.half_paths": ("assess_stability", "stability_seconds"),
    "core.post_selection.split_sample": (
        "SplitIntervals",
        "split_intervals",
        "why_no_p_values",
    ),
    "core.conversions.convert": ("convert", "dialects"),
    "core.lambdas": (
        "lambda_grid",
        "lambda_max",
    ),
    "core.leakage.leak": (
        "LeakGap",
        "leak_gap",
    ),
    "core.path": (
        "check_path",
        "fit_path",
    ),
    "core.leakage.peeking": ("peeking",),
    "core.problems.problem": ("Problem",),
    "core.progress": ("Cancelled",),
    "core.regpath": ("RegPath",),
    "core.post_selection.relaxed": (
        "RelaxedPath",
        "relax_path",
    ),
    "core.metrics.scores": (
        "score_path",
        "scores_by_class",
    ),
    "core.leakage.seal": ("Seal",),
    "core.selection": (
        "Selection",
        "compare_rules",
        "select_lambda",
        "stability_rule",
    ),
    "core.separation.result": ("Separation",),
    "core.separation.find_separation": ("find_separation",),
    "core.problems.split": (
        "Split",
        "split_problem",
    ),
    "core.stability_selection.stability": (
        "Stability",
        "StableSet",
    ),
    "core.separation.single_columns": ("separating_columns",),
    "core.selection.threshold": (
        "Threshold",
        "choose_threshold",
        "threshold_curve",
    ),
    "core.uniqueness.path_uniqueness": ("path_uniqueness",),
    "core.validation.cross_validate": (
        "CVResult",
        "cross_validate",
    ),
    "core.comparison.validation_map": ("map_seconds", "map_validation", "ValidationMap"),
    "differences": ("compare_studies", "Differences"),
    "errors": (
        "DataError",
        "NothingToFindError",
        "ParameterError",
        "RegpathError",
    ),
    "estimators": (
        "PathClassifier",
        "PathRegressor",
    ),
    "io": (
        "ColumnOptions",
        "ReadOptions",
        "Table",
        "read_table",
    ),
    "recipe": ("Recipe",),
    "study": (
        "Study",
        "run_study",
    ),
}
HOME_OF = {name: home for home, names in HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name == "datasets":
        return import_module("regpath.datasets")
    if name not in HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"regpath.{HOME_OF[name]}"), name)
    globals()[name] = value  # asked once
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
