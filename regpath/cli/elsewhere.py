"""`--engine`: a path of rows that are read where they lie, in place of a table in memory."""

from __future__ import annotations

import argparse

from regpath.cli.arguments import Groups, flag
from regpath.cli.reading import reading_of
from regpath.cli.shared import say
from regpath.cli.wording import in_options
from regpath.core.path import fit_path
from regpath.core.regpath import RegPath
from regpath.errors import ParameterError
from regpath.io import ReadOptions
from regpath.recipe import FIELDS, Recipe
from regpath.rows.reading import read_rows
from regpath.wording import counted

HERE = "here"
LEARNED = ("target", "features", "family", "missing", "classes", "weights", "exposure")
FITTED = ("l1_ratio", "standardize", "n_lambdas", "min_ratio")


def add_engine(groups: Groups) -> None:
    """Add the option."""
    groups["data"].add_argument(
        "--engine",
        metavar="ENGINE",
        help="read FILE (Parquet, Arrow, .npy, or a directory of files) block by block, for tables "
        f"beyond memory: {HERE}, processes, dask or dask://HOST:PORT",
    )


def path_elsewhere(options: argparse.Namespace, recipe: Recipe) -> RegPath:
    """The path of the rows of a file, by an engine.

    Raises
    ------
    ParameterError
        If a choice was made that such rows do not take; it names the option.
    """
    _refuse_others(options, recipe)
    if options.engine not in (HERE, "processes", "dask") and "://" not in options.engine:
        raise ParameterError(
            f"--engine must be {HERE}, processes, dask or dask://HOST:PORT. Got "
            f"{options.engine!r} instead."
        )
    engine = None if options.engine == HERE else options.engine
    learned = {name: getattr(recipe, name) for name in LEARNED}
    rows = read_rows(options.file, engine=engine, **learned)
    say(f"note: {in_options(note)}" for note in rows.notes)
    path = fit_path(rows, engine=engine, **{name: getattr(recipe, name) for name in FITTED})
    say([f"{rows}: {counted(rows.passes + path.passes, 'pass', 'passes')} over the rows"])
    return path


def _refuse_others(options: argparse.Namespace, recipe: Recipe) -> None:
    taken = {*LEARNED, *FITTED, "seed"}  # without test rows, a seed decides nothing
    usual = Recipe(recipe.target, test_size=0.0)
    for name, choice in FIELDS.items():
        if name not in taken and getattr(recipe, name) != getattr(usual, name):
            raise ParameterError(
                f"{flag(choice)} is for tables in memory, not for rows that --engine reads.",
                "Leave one of the two out.",
            )
    if reading_of(options) != ReadOptions():
        raise ParameterError(
            "--engine reads files whose columns have types; options of reading are for text.",
            "Leave them out.",
        )
