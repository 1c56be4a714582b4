"""The same functions from a shell: `regpath`, `regpath path`, `regpath cv`.

Exit codes: 0 done, 1 the data or a file cannot be used, 2 wrong usage, 130 interrupted.
Each command is a module with `configure(parser)` and `run(options)`, loaded when it is asked for.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import regpath
from regpath.cli.arguments import Parser
from regpath.errors import ParameterError, RegpathError

COMMANDS = {
    "app": "start the app in a browser (the default)",
    "open": "open a saved session, or a file, in the app",
    "path": "compute the path of a file",
    "cv": "validate the path of a file and choose a strength",
    "stability": "count how often features are selected on halves of the rows",
    "compare": "set several penalties side by side",
    "check": "look for what would fool a path of a file",
    "convert": "write a strength as other systems do",
    "export": "write the model at one strength as a file, SQL, Excel, a card or a script",
    "report": "write what was asked, done and found as one page",
    "handout": "write the explorer as pages that need no server",
    "predict": "score the rows of a file with a saved model",
    "check-codes": "check the completion codes of a class's lessons",
    "datasets": "list the bundled data sets",
}
WITH_FILE = ("path", "cv", "stability", "compare", "check", "export", "report", "handout")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help", "--version")):
        words = ["app", *words]
    try:
        if words[0] == "app" and _parser("app").parse_known_args(words)[0].file is not None:
            words[0] = "open"  # which hears how a file is read; a server alone starts sooner
        if words[0] in WITH_FILE:  # what these need is loaded for them alone
            words = import_module("regpath.cli.renamed").renewed(words)
        options = _parser(words[0]).parse_args(words)
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except ParameterError as error:
        return _fail(error, 2, words[0])
    except (RegpathError, OSError) as error:
        if isinstance(error, BrokenPipeError):  # the reader, such as `head`, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return _fail(error, 1, words[0])
    except KeyboardInterrupt:
        return 130


def _fail(error: Exception, code: int, command: str) -> int:
    answer = ""
    if isinstance(error, RegpathError) and error.option:
        answer = import_module("regpath.cli.reading").answer_to(error)
    told = str(error)
    if isinstance(error, RegpathError):
        told = import_module("regpath.cli.wording").in_options(told, command)
    elif isinstance(error, OSError) and error.filename is not None and error.strerror:
        told = (
            f"{str(error.filename)!r}: {error.strerror}. Check the name, and that you may use it."
        )
    print(f"regpath: {told}{answer}", file=sys.stderr)
    return code


def _parser(asked: str) -> argparse.ArgumentParser:
    parser = Parser(
        prog="regpath",
        description="Regularization paths, every point certified. Without a command: the app.",
    )
    parser.add_argument("--version", action="version", version=f"regpath {regpath.__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, what in COMMANDS.items():
        command = commands.add_parser(name, help=what)
        if name == asked:
            module = import_module(f"regpath.cli.{name.replace('-', '_')}")
            module.configure(command)
            command.set_defaults(run=module.run)
    return parser
