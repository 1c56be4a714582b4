"""`regpath export`: a file in; the model at one strength out, in the form that is wanted."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import regpath
from regpath.cli.arguments import Groups
from regpath.cli.choosing import choose_by_recipe
from regpath.cli.reading import add_reading, explaining, table_of, tell_of_table
from regpath.cli.recipes import EVERYTHING, add_recipe, recipe_of
from regpath.cli.shared import add_strength, refuse_own_file, say
from regpath.export.forms import FORMS, Leaving


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Fit the rows of FILE, choose a strength by a rule or by --lambda, and write the model "
        "there, in one of these forms. "
        + " ".join(f"{form.name}: {form.what}" for form in FORMS.values()).replace("%", "%%")
    )
    groups = Groups(parser)
    add_reading(groups)
    add_recipe(parser, groups, EVERYTHING)
    add_strength(groups)
    groups["choice"].add_argument(
        "--threshold",
        type=float,
        metavar="NUMBER",
        help="of two classes: predict the second from this probability on",
    )
    groups["output"].add_argument(
        "--as",
        "--format",
        dest="form",
        choices=tuple(FORMS),
        default="model",
        metavar="FORM",
        help=f"{', '.join(FORMS)} (default: model)",
    )
    groups["output"].add_argument(
        "--out", metavar="FILE", help="file to write (default: standard output)"
    )


def run(options: argparse.Namespace) -> int:
    """Fit, choose and write."""
    refuse_own_file(options)
    recipe = recipe_of(options, EVERYTHING)
    table = table_of(options)
    with explaining(table):
        study = regpath.run_study(table, recipe)
        if options.lam is None:
            choice = choose_by_recipe(study)
            lam = choice.lam
            say([f"chosen by {choice.rule}: {choice.reason}"])
        else:
            study, lam = study.with_strength(options.lam), options.lam
    tell_of_table(table, study.train.notes)
    form = FORMS[options.form]
    name = Path(options.out).name if options.out else f"regpath{form.ending}"
    leaving = Leaving(study, lam, options.threshold, name)
    content = form.content(leaving)
    if options.out is None:
        sys.stdout.buffer.write(content)
    else:
        Path(options.out).write_bytes(content)
        if form.beside is not None:
            card = Path(f"{options.out}.md")
            card.write_text(form.beside(leaving), encoding="utf-8", newline="\n")
            say([f"its model card: {card}"])
    return 0
