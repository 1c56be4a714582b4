"""`--engine`: rows that are read where they lie, in place of a table in memory."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple

from regpath.cli.arguments import Groups, flag
from regpath.cli.plotting import check_class
from regpath.cli.reading import reading_of
from regpath.cli.shared import say
from regpath.cli.wording import in_options
from regpath.core.families import family_of
from regpath.core.path import fit_path
from regpath.core.regpath import RegPath
from regpath.core.selection import RULES, Selection, select_lambda
from regpath.core.stability_selection.assess_stability import assess_stability, check_halves
from regpath.core.stability_selection.stability import Stability
from regpath.core.validation.cross_validate import cross_validate
from regpath.core.validation.cv_result import CVResult
from regpath.engines.naming import engine_of
from regpath.engines.watched import PassSeen, Watched
from regpath.errors import ParameterError
from regpath.io import ReadOptions
from regpath.recipe import FIELDS, Recipe
from regpath.rows.cost import run_cost
from regpath.rows.reading import read_rows
from regpath.rows.stored_rows import StoredRows
from regpath.rows.validating import check_row_measure
from regpath.wording import counted

HERE = "here"
LEARNED = ("target", "features", "family", "missing", "classes", "weights", "exposure")
FITTED = ("l1_ratio", "standardize", "n_lambdas", "min_ratio", "lambdas")
VALIDATED = ("n_folds", "measure", "rule", "rule_value")


def add_engine(groups: Groups) -> None:
    """Add the option."""
    groups["data"].add_argument(
        "--engine",
        metavar="ENGINE",
        help="read FILE (Parquet, Arrow, .npy, or a directory of files) block by block, for tables "
        f"beyond memory: {HERE}, processes, dask or dask://HOST:PORT",
    )
    groups["data"].add_argument(
        "--checkpoint",
        metavar="FILE",
        help="with --engine: keep what finished passes found in FILE, so that the same command "
        "goes on from there after it was stopped",
    )


def refuse_checkpoint(options: argparse.Namespace) -> None:
    """Refuse a checkpoint of a table in memory."""
    if options.checkpoint is not None:
        raise ParameterError("--checkpoint decides nothing without --engine.", "Leave it out.")


class Chosen(NamedTuple):
    """A validation, and the strength that a rule chose by it."""

    cv: CVResult
    choice: Selection


def path_elsewhere(options: argparse.Namespace, recipe: Recipe) -> RegPath:
    """The path of the rows of a file, by an engine.

    Raises
    ------
    ParameterError
        If a choice was made that such rows do not take; it names the option.
    """
    _refuse_others(options, recipe, (*LEARNED, *FITTED))
    with _opened(options, recipe) as (rows, engine):
        check_class(family_of(rows.family), rows.classes, options.plot_class)
        path = _path(rows, recipe, engine)
        _tell(rows, rows.passes + path.passes, engine, options.checkpoint)
    return path


def validated_elsewhere(options: argparse.Namespace, recipe: Recipe) -> Chosen:
    """The validation of the rows of a file, and the choice of a rule, by an engine.

    Raises
    ------
    ParameterError
        If a choice was made that such rows do not take; it names the option.
    """
    if recipe.folds == "random":  # what "auto" is for such rows
        recipe = replace(recipe, folds="auto")
    _refuse_others(options, recipe, (*LEARNED, *FITTED, *VALIDATED))
    _refuse_rule(recipe.rule)
    with _opened(options, recipe, n_folds=recipe.n_folds) as (rows, engine):
        check_row_measure(recipe.measure, rows.family)  # before any pass that it would waste
        path = _path(rows, recipe, engine)
        cv = cross_validate(
            rows,
            path,
            n_folds=recipe.n_folds,
            measure=recipe.measure,
            seed=recipe.seed,
            engine=engine,
        )
        _tell(rows, rows.passes + path.passes + cv.passes, engine, options.checkpoint)
    return Chosen(cv, select_lambda(cv, rule=recipe.rule, value=recipe.rule_value))


def stability_elsewhere(options: argparse.Namespace, recipe: Recipe, n_pairs: int) -> Stability:
    """What halves of the rows of a file select, by an engine.

    Raises
    ------
    ParameterError
        If a choice was made that such rows do not take; it names the option.
    """
    _refuse_others(options, recipe, (*LEARNED, *FITTED))
    check_halves(recipe.l1_ratio, n_pairs, recipe.seed)  # before any pass that it would waste
    with _opened(options, recipe, n_pairs=n_pairs) as (rows, engine):
        path = _path(rows, recipe, engine)
        found = assess_stability(rows, path, n_pairs=n_pairs, seed=recipe.seed, engine=engine)
        _tell(rows, rows.passes + path.passes + found.passes, engine, options.checkpoint)
    return found


@contextmanager
def _opened(
    options: argparse.Namespace, recipe: Recipe, **more: int
) -> Iterator[tuple[StoredRows, Watched]]:
    """The rows, and one engine for all that follows, whose workers keep what they decoded."""
    if options.engine not in (HERE, "processes", "dask") and "://" not in options.engine:
        raise ParameterError(
            f"--engine must be {HERE}, processes, dask or dask://HOST:PORT. Got "
            f"{options.engine!r} instead."
        )
    with engine_of(None if options.engine == HERE else options.engine) as opened:
        line = _PassLine()
        engine = Watched(opened, line)
        learned = {name: getattr(recipe, name) for name in LEARNED}
        try:
            rows = read_rows(options.file, engine=engine, checkpoint=options.checkpoint, **learned)
            say(f"note: {in_options(note)}" for note in rows.notes)
            say(_expected(rows, engine, n_lambdas=recipe.n_strengths, **more))
            yield rows, engine
        except BaseException as error:
            line.end()
            if isinstance(error, KeyboardInterrupt) and options.checkpoint is not None:
                say([f"stopped: the same command goes on from {options.checkpoint!r}"])
            raise


def _path(rows: StoredRows, recipe: Recipe, engine: Watched) -> RegPath:
    return fit_path(rows, engine=engine, **{name: getattr(recipe, name) for name in FITTED})


def _tell(rows: StoredRows, passes: int, engine: Watched, checkpoint: str | None) -> None:
    before = passes - engine.count
    taken_up = f", {before} of them before, from {checkpoint!r}" if before else ""
    say([f"{rows}: {counted(passes, 'pass', 'passes')} over the rows{taken_up}"])


def _expected(rows: StoredRows, engine: Watched, **sizes: int) -> Iterator[str]:
    """What is known of the cost before the run begins."""
    first = engine.seconds[0]
    cost = run_cost(rows, first, workers=engine.workers, **sizes)
    passes = ", ".join(f"{stage.what} {_span(*stage.passes)}" for stage in cost.stages)
    yield (
        f"note: the first pass over {cost.n_bytes / 1e6:,.1f} MB took {first:.1f} s; expected are "
        f"passes of {passes}, and about {_span(*map(round, cost.seconds))} s in all"
    )
    if rows.checkpoint is not None and len(rows.checkpoint):
        yield f"note: {rows.checkpoint.file.name!r} holds passes of a run before: these are free"


def _span(few: int, many: int) -> str:
    """Two whole numbers as a range.

    >>> _span(5, 11), _span(2, 2)
    ('5 to 11', '2')
    """
    return f"{few}" if few == many else f"{few} to {many}"


class _PassLine:
    """A line that counts each pass to 100 %, if a person is watching standard error."""

    def __init__(self) -> None:
        self._watched, self._open = sys.stderr.isatty(), False

    def __call__(self, seen: PassSeen) -> None:
        if self._watched:
            self._open = seen.done < seen.parts
            line = f"\rpass {seen.number}: {seen.done / seen.parts:4.0%}, {seen.seconds:.1f} s"
            print(line, end="" if self._open else "\n", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Begin a new line where a pass was broken off."""
        if self._open:
            print(file=sys.stderr)


def _refuse_others(options: argparse.Namespace, recipe: Recipe, taken: tuple[str, ...]) -> None:
    usual = Recipe(recipe.target, test_size=0.0)
    for name, choice in FIELDS.items():
        # Without test rows and folds, a seed decides nothing.
        if name not in (*taken, "seed") and getattr(recipe, name) != getattr(usual, name):
            raise ParameterError(
                f"{flag(choice)} is for tables in memory, not for rows that --engine reads.",
                "Leave one of the two out.",
            )
    if reading_of(options) != ReadOptions():
        raise ParameterError(
            "--engine reads files whose columns have types; options of reading are for text.",
            "Leave them out.",
        )


def _refuse_rule(name: str) -> None:
    """Refuse a rule that asks for more than a validation."""
    if not set(RULES[name].needs) <= {"cv"}:
        able = [rule.name for rule in RULES.values() if set(rule.needs) <= {"cv"}]
        raise ParameterError(
            f"--rule {name} asks for more than a validation, and rows that --engine reads are not "
            "at hand for it.",
            f"Use one of these: {', '.join(able)}.",
        )
