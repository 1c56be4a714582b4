"""`regpath predict`: a model and a file in, the file with predictions out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

import regpath
from regpath.cli.arguments import Groups
from regpath.cli.reading import add_reading_options, explaining, reading_of, tell_of_table
from regpath.cli.shared import add_broom, check_place, say, write_table
from regpath.export.broom import augment
from regpath.new_rows import ScoredRows
from regpath.wording import free_name


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Predict the rows of FILE with a model that regpath.export.model, the app or "
        "'regpath export' has written. Columns of FILE are read as those of the fit were, where "
        "options say nothing else. What was "
        "filled, never seen, outside the range of the fit, or could not be scored is told row by "
        "row in the output and in sum on standard error; with the target in the file, so are the "
        "scores."
    )
    parser.add_argument("model", metavar="MODEL", help="the file of a model")
    parser.add_argument("file", metavar="FILE", help="the rows to score, or - for standard input")
    parser.add_argument(
        "--only", action="store_true", help="write the predictions without the columns of FILE"
    )
    add_broom(parser)
    parser.add_argument(
        "--columns", metavar="CSV", help="also write how each column differs from that of the fit"
    )
    parser.add_argument("--out", metavar="FILE", help="a .csv or .parquet (default: a CSV here)")
    add_reading_options(Groups(parser))


def run(options: argparse.Namespace) -> int:
    """Score the rows and write them; 1 if some could not be scored."""
    _refuse_own_files(options)
    model = regpath.load_model(options.model)
    source = sys.stdin.buffer if options.file == "-" else options.file
    table = model.read(source, options=reading_of(options))
    with explaining(table):
        rows = regpath.score_rows(model, table)
    tell_of_table(table, rows.notes)
    if rows.scores is not None:
        say(f"{name}: {value:.6g}" for name, value in rows.scores.items())
        say(_calibrated(rows))
    frame = rows.predictions if options.only else _beside(table.frame, rows)
    row = free_name("row", frame.columns)
    numbered = frame.rename_axis(row).reset_index()
    write_table(augment(rows) if options.broom else numbered, options.out)
    if options.columns is not None:
        write_table(rows.columns, options.columns)
    return int((rows.predictions["not scored"] != "").any())


def _calibrated(rows: ScoredRows) -> list[str]:
    """What happened beside what was told, in sum."""
    assert rows.calibration_summary is not None
    lines = []
    for line in rows.calibration_summary.to_dict("records"):
        of = f" of {line['class']}" if "class" in line else ""
        slope = f", slope {line['slope']:.4g}" if np.isfinite(line.get("slope", np.nan)) else ""
        observed = f"observed {line['observed']:.6g}{slope}"
        lines.append(f"mean predicted{of}: {line['mean_predicted']:.6g}, {observed}")
    return lines


def _beside(frame: pd.DataFrame, rows: ScoredRows) -> pd.DataFrame:
    """The file with what was found; a column of the file keeps its name."""
    found = rows.predictions
    names = {name: free_name(name, frame.columns) for name in found.columns}
    return pd.concat([frame, found.rename(columns=names)], axis=1)


def _refuse_own_files(options: argparse.Namespace) -> None:
    """Keep what is written from replacing what is read."""
    check_place(options.out, "--out", is_table=True)
    check_place(options.columns, "--columns", is_table=True)
    for out in (options.out, options.columns):
        for read in (options.model, options.file):
            if out and Path(out).is_file() and Path(read).is_file() and Path(out).samefile(read):
                raise regpath.ParameterError(
                    f"{out!r} is a file to be read.", "Write to another file."
                )
