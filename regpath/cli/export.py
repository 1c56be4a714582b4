"""`regpath export`: a file in; the model at one strength out, in the form that is wanted."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import regpath
from regpath.cli.arguments import Groups
from regpath.cli.choosing import choose
from regpath.cli.reading import add_reading, explaining, table_of, tell
from regpath.cli.recipes import EVERYTHING, add_recipe, recipe_of
from regpath.cli.shared import refuse_own_file, say
from regpath.export.model_file import to_text
from regpath.export.script import sklearn_script
from regpath.study import Study


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Fit the rows of FILE, choose a strength by a rule or by --lambda, and write the model "
        "there: as a file for 'regpath predict', as one SQL query, as a score card (HTML, to be "
        "printed), or as a scikit-learn script that fits it again."
    )
    groups = Groups(parser)
    add_reading(groups)
    add_recipe(parser, groups, EVERYTHING)
    groups["choice"].add_argument(
        "--lambda",
        dest="lam",
        type=float,
        metavar="NUMBER",
        help="this strength, fit and proven there, in place of a rule",
    )
    groups["choice"].add_argument(
        "--threshold",
        type=float,
        metavar="NUMBER",
        help="of two classes: predict the second from this probability on",
    )
    groups["output"].add_argument(
        "--as", dest="form", choices=tuple(FORMS), default="model", help="(default: model)"
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
            choice = choose(study)
            lam = choice.lam
            say([f"chosen by {choice.rule}: {choice.reason}"])
        else:
            study, lam = study.with_strength(options.lam), options.lam
    tell(table, study.train.notes)
    text = FORMS[options.form](study, lam, options)
    if options.out is None:
        sys.stdout.buffer.write(text.encode())
    else:
        Path(options.out).write_text(text, encoding="utf-8", newline="\n")
    return 0


def _model(study: Study, lam: float, options: argparse.Namespace) -> str:
    return to_text(regpath.export.model(study, lam, threshold=options.threshold))


def _sql(study: Study, lam: float, options: argparse.Namespace) -> str:
    return regpath.export.sql(study, lam, threshold=options.threshold)


def _card(study: Study, lam: float, options: argparse.Namespace) -> str:
    _refuse_threshold(options)
    return regpath.export.score_card(study, lam).to_html()


def _script(study: Study, lam: float, options: argparse.Namespace) -> str:
    _refuse_threshold(options)
    name = Path(options.out).name if options.out else "regpath_model.py"
    return sklearn_script(study, lam, file_name=name)


def _refuse_threshold(options: argparse.Namespace) -> None:
    if options.threshold is not None:
        raise regpath.ParameterError(
            f"--threshold decides nothing in a {options.form}; leave it out."
        )


FORMS: dict[str, Callable[[Study, float, argparse.Namespace], str]] = {
    "model": _model,
    "sql": _sql,
    "card": _card,
    "script": _script,
}
