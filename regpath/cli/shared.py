"""What several commands share: data and where to write, notes and progress on standard error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

import regpath
from regpath.core.progress import Progress
from regpath.export.tables import to_csv
from regpath.recipe import FAMILY_CHOICES, MISSING_CHOICES


def add_data(parser: argparse.ArgumentParser) -> None:
    """Add the options of every command that reads data, fits it and writes a table."""
    parser.add_argument("file", metavar="FILE", help="a CSV file, or - for standard input")
    parser.add_argument("--target", required=True, help="the column to predict")
    parser.add_argument(
        "--features", nargs="+", metavar="COLUMN", help="default: all that can serve"
    )
    parser.add_argument("--family", choices=FAMILY_CHOICES, default="auto")
    parser.add_argument("--missing", choices=MISSING_CHOICES, default="impute")
    parser.add_argument("--group", metavar="COLUMN", help="rows that belong together")
    parser.add_argument("--time", metavar="COLUMN", help="the order in which rows came")
    parser.add_argument("--n-lambdas", type=int, default=100)
    parser.add_argument(
        "--min-ratio", type=float, help="default: 1e-4 if rows > features, else 1e-2"
    )
    parser.add_argument("--no-standardize", action="store_true")
    parser.add_argument("--out", metavar="CSV", help="file to write (default: standard output)")


def read_problem(options: argparse.Namespace) -> regpath.Problem:
    """The problem that the options describe; its notes go to standard error."""
    refuse_own_file(options)
    table = regpath.read_table(sys.stdin.buffer if options.file == "-" else options.file)
    problem = regpath.make_problem(
        table,
        options.target,
        features=options.features,
        family=options.family,
        missing=options.missing,
        group=options.group,
        time=options.time,
    )
    say(f"note: {note}" for note in (*table.notes, *problem.notes))
    return problem


def refuse_own_file(options: argparse.Namespace) -> None:
    """Keep --out from replacing the data."""
    files = [Path(word) for word in (options.file, options.out or "")]
    if all(path.is_file() for path in files) and files[0].samefile(files[1]):
        raise regpath.ParameterError(
            f"--out {options.out!r} is the file to read.", "Write to another file."
        )


def say(lines: Iterable[object]) -> None:
    """Tell a person what was done; standard output is for the table alone."""
    for line in lines:
        print(line, file=sys.stderr)


def write(frame: pd.DataFrame, options: argparse.Namespace) -> None:
    """Write a frame as CSV to where the options say."""
    content = to_csv(frame)
    if options.out is None:
        sys.stdout.buffer.write(content)  # as bytes, so that no locale can change or refuse them
    else:
        Path(options.out).write_bytes(content)


def progress_line() -> Progress | None:
    """A line that counts to 100 %, if a person is watching standard error."""
    if not sys.stderr.isatty():
        return None

    def show(share: float) -> None:
        end = "\n" if share >= 1.0 else ""
        print(f"\r{share:4.0%}", end=end, file=sys.stderr, flush=True)

    return show
