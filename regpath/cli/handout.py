"""`regpath handout`: a file, lesson or course in; pages that need no server out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import regpath
from regpath.cli.arguments import Groups, dest_of, flag
from regpath.cli.reading import add_reading, explaining, table_of, tell_of_table
from regpath.cli.recipes import CHECKED, add_recipe, recipe_of
from regpath.cli.shared import add_strength, refuse_own_file, say
from regpath.errors import ParameterError
from regpath.io.options import COLUMN_FIELDS, READ_FIELDS
from regpath.recipe import FIELDS
from regpath.wording import counted

BUNDLED = ("lessons", "datasets")  # words for all that come with regpath
WORDS = {"title": "--title", "text": "--text", "lam": "--lambda"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Write the explorer of FILE as one page of HTML that works from a stick, without server "
        "or network. If FILE is a lesson (.toml), its questions come first. If FILE is a folder "
        "with a course.toml, or with lessons, write a page for each of its entries into the "
        "folder --out; the words lessons and datasets stand for all that come with regpath."
    )
    groups = Groups(parser)
    add_reading(groups)
    add_recipe(parser, groups, CHECKED, needs_target=False)
    add_strength(groups)
    groups["output"].add_argument("--title", default="", help="above all")
    groups["output"].add_argument(
        "--text",
        metavar="FILE",
        help="a text file with what is said above the explorer: paragraphs, '# ' headings, "
        "'- ' lists",
    )
    groups["output"].add_argument(
        "--out",
        metavar="FILE",
        help="page to write (default: standard output); of a course, a folder",
    )
    groups["output"].add_argument(
        "--answers",
        action="store_true",
        help="of lessons: put what the data say into the page, to be shown once a prediction is "
        "locked in",
    )


def run(options: argparse.Namespace) -> int:
    """Write the page, or those of a course."""
    if _is_course(options.file):
        return _course(options)
    refuse_own_file(options)
    if Path(options.file).suffix == ".toml":
        return _lesson(options)
    if options.answers:
        raise ParameterError("--answers decides nothing for a file of data.", "Leave it out.")
    if dest_of(FIELDS["target"]) not in vars(options):
        raise ParameterError("A hand-out of a file needs --target.", "Name the column to predict.")
    recipe = recipe_of(options, CHECKED)
    text = "" if options.text is None else Path(options.text).read_text(encoding="utf-8")
    table = table_of(options)
    with explaining(table):
        study = regpath.run_study(table, recipe)
        if options.lam is not None:
            study = study.with_strength(options.lam)
        page = regpath.export.handout(study, title=options.title, text=text, lam=options.lam)
    tell_of_table(table, study.train.notes)
    _write(page, options)
    return 0


def _is_course(place: str) -> bool:
    return Path(place).is_dir() or (place in BUNDLED and not Path(place).exists())


def _write(page: str, options: argparse.Namespace) -> None:
    if options.out is None:
        sys.stdout.buffer.write(page.encode())
    else:
        Path(options.out).write_text(page, encoding="utf-8", newline="\n")


def _lesson(options: argparse.Namespace) -> int:
    _refuse_choices(options, "a lesson: its file says all of them")
    lesson = regpath.lessons.read_lesson(options.file)
    _write(regpath.export.lesson_handout(lesson, answers=options.answers), options)
    return 0


def _refuse_choices(options: argparse.Namespace, what: str) -> None:
    told = vars(options)
    fields = (*FIELDS.values(), *READ_FIELDS.values(), *COLUMN_FIELDS.values())
    said = [flag(field) for field in fields if dest_of(field) in told]
    said += [name for key, name in WORDS.items() if told[key]]
    if said:
        raise ParameterError(
            f"{said[0]} decides nothing for {what}.", "Leave it out, or name a file of data."
        )


def _course(options: argparse.Namespace) -> int:
    _refuse_choices(options, "a folder: its course.toml says what each page asks")
    if options.out is None:
        raise ParameterError("The pages of a course need a folder.", "Name it with --out.")
    pages = regpath.export.handouts(
        options.file, options.out, answers=options.answers, told=lambda page: say([page])
    )
    say([counted(len(pages), "page")])
    return 0
