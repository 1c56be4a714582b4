"""`regpath report`: a file in; what was asked, done and found as one page out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import regpath
from regpath.cli.arguments import Groups
from regpath.cli.reading import add_reading, explaining, table_of, tell_of_table
from regpath.cli.recipes import CHECKED, add_recipe, recipe_of
from regpath.cli.shared import add_strength, progress_line, refuse_own_file

FORMS = ("plain", "clinical")


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Fit FILE, choose a strength by a rule or by --lambda, and write a page of HTML that says "
        "what was asked, repaired, chosen and found; it prints well and loads nothing."
    )
    groups = Groups(parser)
    add_reading(groups)
    add_recipe(parser, groups, CHECKED)
    add_strength(groups)
    groups["validation"].add_argument(
        "--stability",
        type=int,
        metavar="PAIRS",
        help="also count selections on so many pairs of halves of the rows, such as 50",
    )
    groups["output"].add_argument(
        "--form",
        choices=FORMS,
        default="plain",
        help="clinical adds the items of TRIPOD+AI (default: plain)",
    )
    groups["output"].add_argument(
        "--out", metavar="FILE", help="page to write (default: standard output)"
    )


def run(options: argparse.Namespace) -> int:
    """Fit, choose and write."""
    refuse_own_file(options)
    recipe = recipe_of(options, CHECKED)
    table = table_of(options)
    with explaining(table):
        study = regpath.run_study(table, recipe)
        if options.lam is not None:
            study = study.with_strength(options.lam)
        stability = None
        if options.stability is not None:
            stability = regpath.assess_stability(
                study.weighted_train,
                study.path,
                n_pairs=options.stability,
                seed=recipe.seed,
                progress=progress_line(),
            )
        page = regpath.export.report(study, lam=options.lam, stability=stability, form=options.form)
    tell_of_table(table, study.train.notes)
    if options.out is None:
        sys.stdout.buffer.write(page.encode())
    else:
        Path(options.out).write_text(page, encoding="utf-8", newline="\n")
    return 0
