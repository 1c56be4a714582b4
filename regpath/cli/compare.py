"""`regpath compare`: lasso, elastic net and ridge side by side, or validated on common folds."""

from __future__ import annotations

import argparse
from typing import Any

import pandas as pd

import regpath
from regpath.cli.arguments import Groups, dest_of, flag
from regpath.cli.picture import comparison_picture, map_picture
from regpath.cli.plotting import add_plot, check_plot, draw, show_picture
from regpath.cli.reading import add_reading, explaining, table_of, tell_of_table
from regpath.cli.recipes import COMPARED, add_recipe, recipe_of
from regpath.cli.shared import add_out, progress_line, refuse_own_file, say, write
from regpath.core.comparison.compare import L1_RATIOS
from regpath.core.comparison.comparison import SCALES, Comparison
from regpath.core.comparison.validation_map import MAP_RATIOS, ValidationMap
from regpath.recipe import FIELDS, Recipe, names_of
from regpath.study import factors_of, problems_of


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Fit the rows of FILE under several penalties and write one line per level and penalty: "
        "the strongest point that reaches the level. With --validate, cross-validate them on the "
        "same folds and write one line per penalty and lambda."
    )
    groups = Groups(parser)
    add_reading(groups)
    add_recipe(parser, groups, COMPARED)
    groups["fit"].add_argument(
        "--l1-ratios",
        type=float,
        nargs="+",
        metavar="RATIO",
        help="from 1 (lasso) to 0 (ridge); default: 1 0.5 0, with --validate seven of them",
    )
    groups["validation"].add_argument(
        "--validate", action="store_true", help="needed by the other options of this group"
    )
    groups["output"].add_argument(
        "--by",
        choices=SCALES,
        default="deviance",
        help="compare at equal deviance explained (default) or at equal size of the coefficients",
    )
    groups["output"].add_argument(
        "--levels", type=int, default=50, help="at which they are compared (default: 50)"
    )
    add_out(groups)
    add_plot(groups)


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    refuse_own_file(options, is_table=True)
    check_plot(options)
    _check_validation(options)
    recipe = recipe_of(options, COMPARED)
    table = table_of(options)
    with explaining(table):
        _, train, _ = problems_of(table, recipe)
        compared = _validated if options.validate else _fitted
        found = compared(train, recipe, options.l1_ratios)
    tell_of_table(table, train.notes)
    say([found])
    show_picture(lambda: _picture(found, options))
    draw(found, options)
    write(_frame(found, options), options)
    return 0


def _check_validation(options: argparse.Namespace) -> None:
    said = [FIELDS[n] for n in names_of("validation") if dest_of(FIELDS[n]) in vars(options)]
    if said and not options.validate:
        raise regpath.ParameterError(
            f"{flag(said[0])} decides nothing without --validate.", "Add it, or leave this out."
        )


def _grid(recipe: Recipe) -> dict[str, Any]:
    return {
        "n_lambdas": recipe.n_lambdas,
        "min_ratio": recipe.min_ratio,
        "lambdas": recipe.lambdas,
        "extra_lambdas": recipe.extra_lambdas,
        "standardize": recipe.standardize,
        "progress": progress_line(),
    }


def _fitted(train: regpath.Problem, recipe: Recipe, ratios: list[float] | None) -> Comparison:
    weighted = regpath.weigh_classes(train, recipe.class_weight)
    return regpath.compare_paths(
        weighted,
        l1_ratios=ratios or L1_RATIOS,
        penalty_factor=factors_of(weighted, recipe),
        **_grid(recipe),
    )


def _validated(train: regpath.Problem, recipe: Recipe, ratios: list[float] | None) -> ValidationMap:
    weighted = regpath.weigh_classes(train, recipe.class_weight)
    return regpath.map_validation(
        train,
        l1_ratios=ratios or MAP_RATIOS,
        penalty_factor=factors_of(weighted, recipe),
        kind=recipe.folds,
        n_folds=recipe.n_folds,
        n_repeats=recipe.n_repeats,
        measure=recipe.measure,
        seed=recipe.seed,
        class_weight=recipe.class_weight,
        **_grid(recipe),
    )


def _picture(found: Comparison | ValidationMap, options: argparse.Namespace) -> str:
    if isinstance(found, Comparison):
        return comparison_picture(found, options.by)
    return map_picture(found)


def _frame(found: Comparison | ValidationMap, options: argparse.Namespace) -> pd.DataFrame:
    if isinstance(found, Comparison):
        return found.to_frame(options.by, options.levels)
    return found.to_frame()
