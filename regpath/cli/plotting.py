"""What commands draw: --plot FILE, and a small picture where a person is watching."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from regpath.cli.arguments import Groups
from regpath.cli.shared import check_place
from regpath.core.families import Family
from regpath.errors import ParameterError
from regpath.shown import Drawn

SIZES = ("page", "print", "slide")


def add_plot(groups: Groups) -> None:
    """Add where to draw, and for what."""
    groups["output"].add_argument(
        "--plot",
        metavar="FILE",
        help="also draw the result: .html (needs no network), .svg or .png",
    )
    groups["output"].add_argument(
        "--plot-size", choices=SIZES, default="page", help="of --plot (default: page)"
    )


def check_plot(options: argparse.Namespace) -> None:
    """Refuse before any work what could not be drawn after it."""
    if options.plot is None:
        if options.plot_size != SIZES[0]:
            raise ParameterError("--plot-size decides nothing without --plot.", "Add it.")
        return
    from regpath.export.chart_file import KINDS, check_drawable

    kind = Path(options.plot).suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise ParameterError(f"--plot takes .html, .svg or .png. Got {options.plot!r} instead.")
    check_place(options.plot, "--plot")
    files = [Path(options.file), Path(options.plot)]
    if all(file.is_file() for file in files) and files[0].samefile(files[1]):
        raise ParameterError(f"--plot {options.plot!r} is the file to read.")
    check_drawable(kind)


def check_class(family: Family, classes: Sequence[Any], label: str | None) -> None:
    """Refuse a class without curves once the classes are known, before any path."""
    if label is None:
        return
    from regpath.charts.of_results import position_of_class

    position_of_class(family, classes, label)


def draw(result: Drawn, options: argparse.Namespace, **choices: Any) -> None:
    """Draw a result to where the options say."""
    if options.plot is None:
        return
    from regpath.export.chart_file import chart

    chart(result, options.plot, size=options.plot_size, title=Path(options.file).name, **choices)


def show_picture(picture: Callable[[], str]) -> None:
    """Show a small picture to a person; neither a pipe nor a log is one."""
    if sys.stderr.isatty() and (sys.stderr.encoding or "").lower().startswith("utf"):
        print(picture(), file=sys.stderr)
