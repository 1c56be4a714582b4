"""`regpath compare`: lasso, elastic net and ridge side by side, or validated on common folds."""

from __future__ import annotations

import argparse
from typing import Any

import regpath
from regpath.cli.shared import add_data, progress_line, read_problem, say, write
from regpath.core.comparison.compare import L1_RATIOS
from regpath.core.comparison.comparison import SCALES
from regpath.core.comparison.validation_map import MAP_RATIOS


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Fit all rows of FILE under several penalties and write one line per level and penalty: "
        "the strongest point that reaches the level. With --validate, cross-validate them on the "
        "same folds and write one line per penalty and lambda."
    )
    add_data(parser)
    parser.add_argument(
        "--l1-ratios",
        type=float,
        nargs="+",
        metavar="RATIO",
        help="from 1 (lasso) to 0 (ridge); default: 1 0.5 0, with --validate seven of them",
    )
    parser.add_argument(
        "--by",
        choices=SCALES,
        default="deviance",
        help="compare at equal deviance explained (default) or at equal size of the coefficients",
    )
    parser.add_argument("--levels", type=int, default=50)
    parser.add_argument("--validate", action="store_true")
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--measure", default="auto", help="score to validate by (default: auto)")
    parser.add_argument("--seed", type=int, default=0)


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    problem = read_problem(options)
    grid: dict[str, Any] = {
        "n_lambdas": options.n_lambdas,
        "min_ratio": options.min_ratio,
        "standardize": not options.no_standardize,
        "progress": progress_line(),
    }
    if options.validate:
        validated = regpath.map_validation(
            problem,
            l1_ratios=options.l1_ratios or MAP_RATIOS,
            n_folds=options.folds,
            measure=options.measure,
            seed=options.seed,
            **grid,
        )
        say([validated])
        write(validated.to_frame(), options)
        return 0
    found = regpath.compare_paths(problem, l1_ratios=options.l1_ratios or L1_RATIOS, **grid)
    say([found])
    write(found.to_frame(options.by, options.levels), options)
    return 0
