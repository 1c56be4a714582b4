"""`regpath check-codes`: what the completion codes of a class say."""

from __future__ import annotations

import argparse
import codecs
import csv
import sys
from importlib import import_module
from pathlib import Path

from regpath.errors import RegpathError
from regpath.export.tables import neutral


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", metavar="FILE", help="text with a completion code on each line")
    parser.add_argument(
        "--lessons", metavar="FOLDER", help="the folder of your own lessons, as the app was given"
    )


def run(options: argparse.Namespace) -> int:
    """Write a line for each code; 1 if one of them is none."""
    read_code = import_module("regpath.lessons.codes").read_code  # loads what fits, too
    import_module("regpath.lessons.catalog").lesson_catalog(options.lessons)  # all or none is read
    lines = _text(Path(options.file).read_bytes()).splitlines()
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["line", "student", "lesson", "right", "of", "trouble"])
    good = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            code = read_code(line, options.lessons)
            right = [code.n_right, len(code.answers)]
            # A student writes that name, and a teacher's spreadsheet opens it.
            out.writerow([number, neutral(code.student), code.lesson, *right, ""])
        except RegpathError as error:
            good = False
            out.writerow([number, "", "", "", "", str(error)])
    return 0 if good else 1


def _text(content: bytes) -> str:
    """The text of a file; a code is ASCII, whatever the letters around it are written in."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if wide else "utf-8-sig", errors="replace")
