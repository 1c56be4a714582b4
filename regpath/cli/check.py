"""`regpath check`: the alarms that a file and a target set off, with their remedies."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Sequence

from regpath.alarms import Alarm, find_alarms
from regpath.alarms.alarm import SEVERITIES
from regpath.cli.arguments import Groups
from regpath.cli.reading import add_reading, explaining, questions, table_of
from regpath.cli.recipes import CHECKED, add_recipe, recipe_of
from regpath.cli.shared import progress_line, say
from regpath.wording import counted

WIDTH = 100  # letters of a line
INDENT = "  "


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Look for target leaks, IDs, repeated rows, copies of columns, separation and the like, "
        "and say what each would do to the path. Takes every choice of a recipe, so that the words "
        "of any other command may be checked first."
    )
    groups = Groups(parser)
    add_reading(groups)
    add_recipe(parser, groups, CHECKED)
    groups["output"].add_argument(
        "--strict", action="store_true", help="exit with 1 on a severe alarm"
    )


def run(options: argparse.Namespace) -> int:
    """Print the alarms, severe ones first."""
    recipe = recipe_of(options, CHECKED)
    table = table_of(options)
    with explaining(table):
        alarms = find_alarms(table, recipe, progress=progress_line())
    say(questions(table))
    print(sentences_of(alarms))
    severe = any(alarm.severity == "severe" for alarm in alarms)
    return 1 if options.strict and severe else 0


def sentences_of(alarms: Sequence[Alarm]) -> str:
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
