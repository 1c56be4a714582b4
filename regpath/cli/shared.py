"""What several commands share: where to write, what to say and progress on standard error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from regpath.cli.arguments import Groups
from regpath.core.conversions.typed import read_strength
from regpath.core.progress import Progress
from regpath.errors import ParameterError, RegpathError
from regpath.export.tables import to_csv, to_parquet

# Endings of files that hold no CSV: under such a name nobody could open one.
OTHERS = (".xlsx", ".xls", ".xlsb", ".ods", ".json", ".feather", ".arrow", ".html", ".zip", ".gz")


def add_out(groups: Groups) -> None:
    """Add where to write."""
    groups["output"].add_argument(
        "--out", metavar="FILE", help="a .csv or .parquet (default: CSV on standard output)"
    )


def add_strength(groups: Groups) -> None:
    """Add a strength that is said in place of a rule."""
    groups["choice"].add_argument(
        "--lambda",
        dest="lam",
        type=strength,
        metavar="NUMBER",
        help="this strength, fit and proven there, in place of a rule",
    )


def strength(word: str) -> float:
    """A strength as somebody types it, with a decimal point or comma."""
    try:
        return read_strength(word)
    except ParameterError as error:
        raise argparse.ArgumentTypeError(f"{error.message} {error.hint}") from None


def check_place(out: str | None, option: str, *, is_table: bool = False) -> None:
    """Refuse before any work what could not be written after it."""
    if out is None:
        return
    file = Path(out)
    if file.is_dir():
        raise RegpathError(f"{option} {out!r} is a folder.", "Name a file in it.")
    if not file.parent.is_dir():
        raise RegpathError(
            f"{option} {out!r} lies in a folder that is not there.",
            f"Make the folder {str(file.parent)!r} first, or write elsewhere.",
        )
    if is_table and file.suffix.lower() in OTHERS:
        raise ParameterError(f"{option} writes a table as .csv or .parquet. Got {out!r} instead.")


def add_broom(target: argparse._ActionsContainer) -> None:
    """Add whether columns are called as R's broom calls them."""
    target.add_argument(
        "--broom",
        action="store_true",
        help="write what R's broom would: term, estimate, lambda, dev.ratio and their like",
    )


def refuse_own_file(options: argparse.Namespace, *, is_table: bool = False) -> None:
    """Keep --out from replacing the data, and from a place where nothing can be written."""
    check_place(options.out, "--out", is_table=is_table)
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
    """Write a frame to where the options say, as Parquet where the ending is that, else as CSV."""
    write_table(frame, options.out)


def write_table(frame: pd.DataFrame, out: str | None) -> None:
    """Write a frame to a file, or to standard output."""
    if out is None:
        sys.stdout.buffer.write(to_csv(frame))  # as bytes, which no locale can change or refuse
    else:
        packed = Path(out).suffix.lower() == ".parquet"
        Path(out).write_bytes(to_parquet(frame) if packed else to_csv(frame))


def progress_line() -> Progress | None:
    """A line that counts to 100 %, if a person is watching standard error."""
    if not sys.stderr.isatty():
        return None

    def show(share: float) -> None:
        end = "\n" if share >= 1.0 else ""
        print(f"\r{share:4.0%}", end=end, file=sys.stderr, flush=True)

    return show
