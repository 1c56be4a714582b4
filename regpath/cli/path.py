"""`regpath path`: a CSV file in, one line per lambda out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import regpath
from regpath.cli.shared import refuse_own_file
from regpath.core.regpath import RegPath
from regpath.export import path_csv
from regpath.io.options import KINDS
from regpath.recipe import CODING_CHOICES, FAMILY_CHOICES, MISSING_CHOICES

_CHOICES = (
    "features", "family", "missing", "min_level_count", "coding", "terms", "classes", "weights",
)  # fmt: skip


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Fit all rows of FILE and write one line per lambda: strength, features kept, proof, "
        "coefficients."
    )
    parser.add_argument("file", metavar="FILE", help="a CSV file, or - for standard input")
    parser.add_argument("--target", required=True, help="the column to predict")
    parser.add_argument(
        "--features", nargs="+", metavar="COLUMN", help="default: all that can serve"
    )
    parser.add_argument("--family", choices=FAMILY_CHOICES, default="auto")
    parser.add_argument("--missing", choices=MISSING_CHOICES, default="impute")
    parser.add_argument(
        "--min-level-count", type=int, default=1, metavar="ROWS", help="pool levels in fewer rows"
    )
    parser.add_argument("--coding", choices=CODING_CHOICES, default="all")
    parser.add_argument(
        "--terms", nargs="+", default=(), metavar="TERM", help='such as "age:dose" or "age^2"'
    )
    parser.add_argument("--classes", nargs="+", metavar="CLASS", help="the classes in order")
    parser.add_argument("--weights", metavar="COLUMN", help="the column with the weights of rows")
    parser.add_argument(
        "--kind", nargs="+", default=(), metavar="COLUMN=KIND", type=_column_kind,
        help=f"what columns hold: {', '.join(KINDS)}",
    )  # fmt: skip
    parser.add_argument("--l1-ratio", type=float, default=1.0, help="1 lasso (default), 0 ridge")
    parser.add_argument("--n-lambdas", type=int, default=100)
    parser.add_argument(
        "--min-ratio", type=float, help="default: 1e-4 if rows > features, else 1e-2"
    )
    parser.add_argument("--no-standardize", action="store_true")
    parser.add_argument("--units", choices=("original", "standardized"), default="original")
    parser.add_argument("--out", metavar="CSV", help="file to write (default: standard output)")


def run(options: argparse.Namespace) -> int:
    """Compute the path and write it."""
    refuse_own_file(options)
    source = sys.stdin.buffer if options.file == "-" else options.file
    reading = regpath.ReadOptions()
    for column, kind in options.kind:
        reading = reading.saying(column, kind=kind)
    table = regpath.read_table(source, options=reading)
    choices = {name: getattr(options, name) for name in _CHOICES}
    problem = regpath.make_problem(table, options.target, **choices)
    path = regpath.fit_path(
        problem,
        l1_ratio=options.l1_ratio,
        n_lambdas=options.n_lambdas,
        min_ratio=options.min_ratio,
        standardize=not options.no_standardize,
    )
    _say(table.notes + problem.notes, path)
    content = path_csv(path, options.units)
    if options.out is None:
        sys.stdout.buffer.write(content)  # as bytes, so that no locale can change or refuse them
    else:
        Path(options.out).write_bytes(content)
    return 0


def _column_kind(word: str) -> tuple[str, str]:
    column, sign, kind = word.rpartition("=")
    if not sign or kind not in KINDS:
        raise argparse.ArgumentTypeError(f"{word} is not COLUMN=KIND with one of {KINDS}")
    return column, kind


def _say(notes: Sequence[str], path: RegPath) -> None:
    """Tell a person what was done; standard output is for the table alone."""
    for note in notes:
        print(f"note: {note}", file=sys.stderr)
    print(path, file=sys.stderr)
    if not path.converged.all():
        missed = ", ".join(f"{lam:.4g}" for lam in path.lambdas[~path.converged][:5])
        print(f"warning: not certified at lambda = {missed}", file=sys.stderr)
