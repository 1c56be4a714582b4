"""`regpath check`: the alarms that a file and a target set off, with their remedies."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Sequence

from regpath.alarms import Alarm, find_alarms
from regpath.alarms.alarm import SEVERITIES
from regpath.core.problems.response import FAMILY_CHOICES
from regpath.io import read_table
from regpath.recipe import MISSING_CHOICES, Recipe
from regpath.wording import counted

WIDTH = 100
INDENT = "  "


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Look for target leaks, IDs, repeated rows, copies of columns, separation and "
        "the like, and say what each would do to the path."
    )
    parser.add_argument("file", metavar="FILE", help="a CSV file, or - for standard input")
    parser.add_argument("--target", required=True, help="the column to predict")
    parser.add_argument("--features", nargs="+", metavar="COLUMN", help="default: all that serve")
    parser.add_argument("--family", choices=FAMILY_CHOICES, default="auto")
    parser.add_argument("--missing", choices=MISSING_CHOICES, default="impute")
    parser.add_argument("--group", metavar="COLUMN", help="which rows belong together")
    parser.add_argument("--time", metavar="COLUMN", help="in which order rows came")
    parser.add_argument(
        "--test-size", type=float, default=0.25, help="share of the rows to test on"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the split")
    parser.add_argument("--folds", type=int, default=10, help="of the cross-validation to come")
    parser.add_argument("--strict", action="store_true", help="exit with 1 on a severe alarm")


def run(options: argparse.Namespace) -> int:
    """Print the alarms, severe ones first."""
    table = read_table(sys.stdin.buffer if options.file == "-" else options.file)
    recipe = Recipe(
        target=options.target,
        features=None if options.features is None else tuple(options.features),
        family=options.family,
        missing=options.missing,
        group=options.group,
        time=options.time,
        test_size=options.test_size,
        seed=options.seed,
        n_folds=options.folds,
    )
    alarms = find_alarms(table, recipe)
    print(report(alarms))
    severe = any(alarm.severity == "severe" for alarm in alarms)
    return 1 if options.strict and severe else 0


def report(alarms: Sequence[Alarm]) -> str:
    """All alarms as text, and how many there are of each severity."""
    if not alarms:
        return "No alarms."
    counts = {level: sum(a.severity == level for a in alarms) for level in SEVERITIES}
    told = ", ".join(f"{count} {level}" for level, count in counts.items() if count)
    return "\n\n".join([*map(_paragraph, alarms), f"{counted(len(alarms), 'alarm')}: {told}."])


def _paragraph(alarm: Alarm) -> str:
    lines = [f"{alarm.severity.upper()} {alarm.kind}: {alarm.what}"]
    lines += [f"{INDENT}{alarm.effect}", f"{INDENT}Remedy: {alarm.remedy}."]
    wrap = textwrap.TextWrapper(WIDTH, subsequent_indent=INDENT, break_on_hyphens=False)
    return "\n".join("\n".join(wrap.wrap(line)) for line in lines)
