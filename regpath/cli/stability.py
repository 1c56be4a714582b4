"""`regpath stability`: how often each feature is selected on halves of the rows."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pandas as pd

import regpath
from regpath.cli.arguments import Groups
from regpath.cli.elsewhere import add_engine, refuse_checkpoint, stability_elsewhere
from regpath.cli.picture import stability_picture
from regpath.cli.plotting import add_plot, check_plot, draw, show_picture
from regpath.cli.reading import add_reading, explaining, table_of, tell_of_table
from regpath.cli.recipes import PATH, add_recipe, recipe_of
from regpath.cli.shared import add_broom, add_out, progress_line, refuse_own_file, say, write
from regpath.core.stability_selection.stability import Stability
from regpath.errors import ParameterError
from regpath.export.broom import tidy
from regpath.recipe import Recipe
from regpath.study import fit_recipe, problems_of

TOLD_SWAPS, SWAP = 3, -0.5  # pairs that are named, and the correlation from which they are
TABLES = ("features", "frequencies", "swaps")


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Fit complementary halves of the rows of FILE along one path and write one line per "
        "feature: how often it is selected at the most, and from which strength on it is stable."
    )
    groups = Groups(parser)
    add_reading(groups)
    add_engine(groups)
    add_recipe(parser, groups, PATH)
    halves = groups["validation"]
    halves.add_argument("--pairs", type=int, default=50, help="pairs of halves (default: 50)")
    halves.add_argument(
        "--threshold",
        type=float,
        default=0.75,
        help="share of halves that counts as stable (default: 0.75)",
    )
    halves.add_argument(
        "--max-false",
        type=float,
        default=1.0,
        help="expected false selections to accept (default: 1)",
    )
    groups["output"].add_argument(
        "--write",
        choices=TABLES,
        default="features",
        help="one line per feature (default), per lambda, or per pair that replace each other",
    )
    add_broom(groups["output"])
    add_out(groups)
    add_plot(groups)


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    refuse_own_file(options, is_table=True)
    check_plot(options)
    if options.broom and options.write != "frequencies":
        raise ParameterError("--broom is for --write frequencies.", "Add it, or leave --broom out.")
    recipe = recipe_of(options, PATH)
    if options.engine is not None:
        found = stability_elsewhere(options, recipe, options.pairs)
    else:
        found = _assessed(options, recipe)
    say(_lines(found, options))
    show_picture(lambda: stability_picture(found, options.threshold))
    draw(found, options, threshold=options.threshold, max_false=options.max_false)
    write(_frame(found, options), options)
    return 0


def _assessed(options: argparse.Namespace, recipe: Recipe) -> Stability:
    refuse_checkpoint(options)
    table = table_of(options)
    with explaining(table):
        _, train, _ = problems_of(table, recipe)
        weighted = regpath.weigh_classes(train, recipe.class_weight)
        path = fit_recipe(train, recipe)
        found = regpath.assess_stability(
            weighted, path, n_pairs=options.pairs, seed=recipe.seed, progress=progress_line()
        )
    tell_of_table(table, train.notes)
    return found


def _lines(found: Stability, options: argparse.Namespace) -> Iterator[str]:
    chosen = found.stable_set(options.threshold, max_false=options.max_false)
    yield (
        f"certified {found.n_certified} of {found.selected[:, 0].size} points of "
        f"{len(found.selected)} halves"
    )
    yield f"stable: {', '.join(chosen.features) or 'none'}"
    yield chosen.reason
    swaps = found.swaps()
    for row in swaps[swaps["phi"] <= SWAP].head(TOLD_SWAPS).to_dict("records"):
        yield f"{row['a']} and {row['b']} replace each other (correlation {row['phi']:.2f})"


def _frame(found: Stability, options: argparse.Namespace) -> pd.DataFrame:
    if options.write == "features":
        return found.features_frame(options.threshold)
    if options.write == "frequencies":
        return tidy(found) if options.broom else found.to_frame()
    return found.swaps()
