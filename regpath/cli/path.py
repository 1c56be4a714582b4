"""`regpath path`: a file in, one line per lambda out."""

from __future__ import annotations

import argparse

import pandas as pd

from regpath.cli.arguments import Groups
from regpath.cli.elsewhere import add_engine, path_elsewhere, refuse_checkpoint
from regpath.cli.picture import picture
from regpath.cli.plotting import add_plot, check_class, check_plot, draw, show_picture
from regpath.cli.reading import add_reading, explaining, table_of, tell_of_table
from regpath.cli.recipes import PATH, add_recipe, recipe_of
from regpath.cli.shared import add_broom, add_out, refuse_own_file, say, write
from regpath.core.knots import knots
from regpath.core.regpath import RegPath
from regpath.errors import ParameterError
from regpath.export.broom import tidy, tidy_knots
from regpath.study import fit_recipe, problems_of

UNITS = ("original", "standardized")


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Fit the rows of FILE and write one line per lambda: strength, features kept, proof, "
        "coefficients. With --test-size, the rows to test on have no part in it."
    )
    groups = Groups(parser)
    add_reading(groups)
    add_engine(groups)
    add_recipe(parser, groups, PATH)
    groups["output"].add_argument(
        "--units", choices=UNITS, default="original", help="of the coefficients"
    )
    groups["output"].add_argument(
        "--write",
        choices=("path", "knots"),
        default="path",
        help="one line per lambda (default), or per event: what enters, leaves, changes its sign",
    )
    add_broom(groups["output"])
    add_out(groups)
    add_plot(groups)
    groups["output"].add_argument(
        "--plot-class",
        metavar="CLASS",
        help="of --plot: whose curves, where each class has its own (default: the first)",
    )


def run(options: argparse.Namespace) -> int:
    """Compute the path and write it."""
    refuse_own_file(options, is_table=True)
    check_plot(options)
    if options.plot_class is not None and options.plot is None:
        raise ParameterError("--plot-class decides nothing without --plot.", "Add it.")
    if options.units != UNITS[0] and (options.broom or options.write == "knots"):
        raise ParameterError(f"--units {options.units} decides nothing here.", "Leave it out.")
    recipe = recipe_of(options, PATH)
    if options.engine is not None:
        path = path_elsewhere(options, recipe)
    else:
        refuse_checkpoint(options)
        table = table_of(options)
        with explaining(table):
            _, train, _ = problems_of(table, recipe)
            check_class(train.loss, train.classes, options.plot_class)
            path = fit_recipe(train, recipe)
        tell_of_table(table, train.notes)
    say([path])
    say(_not_certified(path))
    show_picture(lambda: picture(path))
    draw(path, options, label=options.plot_class)
    write(_frame(path, options), options)
    return 0


def _frame(path: RegPath, options: argparse.Namespace) -> pd.DataFrame:
    if options.write == "knots":
        return tidy_knots(path) if options.broom else knots(path)
    return tidy(path) if options.broom else path.to_frame(options.units)


def _not_certified(path: RegPath) -> list[str]:
    if path.converged.all():
        return []
    missed = ", ".join(f"{lam:.4g}" for lam in path.lambdas[~path.converged][:5])
    return [f"warning: not certified at lambda = {missed}"]
