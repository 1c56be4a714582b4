"""`regpath cv`: the validation curve of a file, and the strength that a rule chooses by it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import regpath
from regpath.cli.arguments import Groups
from regpath.cli.choosing import choose_by_recipe
from regpath.cli.elsewhere import add_engine, refuse_checkpoint, validated_elsewhere
from regpath.cli.picture import picture
from regpath.cli.plotting import add_plot, check_plot, draw, show_picture
from regpath.cli.reading import add_reading, explaining, table_of, tell_of_table
from regpath.cli.recipes import EVERYTHING, add_recipe, recipe_of
from regpath.cli.shared import add_broom, add_out, progress_line, refuse_own_file, say, write
from regpath.cli.wording import in_options
from regpath.core.leakage.leak import LEAKS
from regpath.core.selection import Selection
from regpath.core.validation.cv_result import CVResult
from regpath.errors import ParameterError
from regpath.export.broom import tidy
from regpath.recipe import Recipe
from regpath.study import Study

SLOW = 2.0  # seconds, from which the estimate is worth a line


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Score every strength on rows that its fit has not seen, and choose one by a rule. Writes "
        "one line per lambda: strength, features kept, mean score, standard error, each fold; says "
        "the choice, its reason and what it costs on standard error, and with --test-size how the "
        "choice does on the rows to test on."
    )
    groups = Groups(parser)
    add_reading(groups)
    add_engine(groups)
    add_recipe(parser, groups, EVERYTHING)
    groups["validation"].add_argument(
        "--leak", nargs="+", choices=LEAKS, help="say what such a leak would have claimed"
    )
    add_broom(groups["output"])
    add_out(groups)
    add_plot(groups)


def run(options: argparse.Namespace) -> int:
    """Validate, choose, and write the curve."""
    refuse_own_file(options, is_table=True)
    check_plot(options)
    recipe = recipe_of(options, EVERYTHING)
    if options.engine is not None:
        if options.leak:
            raise ParameterError(
                "--leak is for tables in memory, not for rows that --engine reads.",
                "Leave one of the two out.",
            )
        cv, choice = validated_elsewhere(options, recipe)
        _tell(cv, choice)
    else:
        cv, choice = _validated(options, recipe)
    show_picture(lambda: picture(cv.path))
    draw(cv, options, lam=choice.lam)
    write(tidy(cv) if options.broom else cv.to_frame(), options)
    return 0


def _validated(options: argparse.Namespace, recipe: Recipe) -> tuple[CVResult, Selection]:
    refuse_checkpoint(options)
    table = table_of(options)
    with explaining(table):
        study = regpath.run_study(table, recipe)
        say(_expected(study))
        cv = regpath.validate_study(study, progress=progress_line())
        choice = choose_by_recipe(study, cv)
    tell_of_table(table, study.train.notes)
    _tell(cv, choice)
    say(_tested(study, choice))
    if options.leak:
        how = {"leak": options.leak, "class_weight": recipe.class_weight}
        say([f"leak: {regpath.leak_gap(study.train, study.path, cv, **how).reason}"])
    return cv, choice


def _tell(cv: CVResult, choice: Selection) -> None:
    say([cv, f"base rate: {cv.measure} {cv.null_score:.4g} without any feature"])
    say([f"chosen by {choice.rule}: {choice.reason}"])
    say(in_options(hint) for hint in [choice.suggestion] if hint)


def _expected(study: Study) -> Iterator[str]:
    """How long the folds will take, where that is long."""
    recipe = study.recipe
    plan = regpath.plan_folds(
        study.train,
        kind=recipe.folds,
        n_folds=recipe.n_folds,
        n_repeats=recipe.n_repeats,
        seed=recipe.seed,
        caller="regpath cv",
    )
    seconds = regpath.cv_seconds(study.train, study.path, plan)
    if seconds > SLOW:
        yield f"note: {len(plan.folds)} folds, about {seconds:.0f} seconds"


def _tested(study: Study, choice: Selection) -> Iterator[str]:
    """How the choice does on rows that had no part in it."""
    if study.test is None:
        return
    if study.seal.hides:
        yield f"test: the scores of {study.test.n_obs} rows are sealed"
        return
    score = study.scores_of("test")[choice.measure].iloc[choice.index]
    yield f"test: {choice.measure} {score:.4g} on {study.test.n_obs} rows that had no part in it"
