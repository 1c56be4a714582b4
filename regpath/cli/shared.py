"""What several commands share: where to write, what to say and progress on standard error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from regpath.cli.arguments import Groups
from regpath.core.progress import Progress
from regpath.errors import ParameterError
from regpath.export.tables import to_csv


def add_out(groups: Groups) -> None:
    """Add where to write."""
    groups["output"].add_argument(
        "--out", metavar="CSV", help="file to write (default: standard output)"
    )


def add_strength(groups: Groups) -> None:
    """Add a strength that is said in place of a rule."""
    groups["choice"].add_argument(
        "--lambda",
        dest="lam",
        type=float,
        metavar="NUMBER",
        help="this strength, fit and proven there, in place of a rule",
    )


def refuse_own_file(options: argparse.Namespace) -> None:
    """Keep --out from replacing the data."""
    files = [Path(word) for word in (options.file, options.out or "")]
    if all(path.is_file() for path in files) and files[0].samefile(files[1]):
        raise ParameterError(
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
