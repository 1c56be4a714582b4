"""The same functions from a shell: `regpath`, `regpath path`, `regpath datasets`.

Exit codes: 0 done, 1 the data or a file cannot be used, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

import regpath
from regpath.core.regpath import RegPath
from regpath.export import path_csv
from regpath.io.options import KINDS
from regpath.recipe import CODING_CHOICES, FAMILY_CHOICES, MISSING_CHOICES

COMMANDS = ("app", "path", "datasets")
_CHOICES = (
    "features", "family", "missing", "min_level_count", "coding", "terms", "classes", "weights",
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help", "--version")):
        words = ["app", *words]
    options = _parser().parse_args(words)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except regpath.ParameterError as error:
        return _fail(error, 2)
    except (regpath.RegpathError, OSError) as error:
        if isinstance(error, BrokenPipeError):  # the reader, such as `head`, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return _fail(error, 1)
    except KeyboardInterrupt:
        return 130


def _fail(error: Exception, code: int) -> int:
    print(f"regpath: {error}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="regpath",
        description="Regularization paths, every point certified. Without a command: the app.",
    )
    parser.add_argument("--version", action="version", version=f"regpath {regpath.__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    app = commands.add_parser("app", help="start the app in a browser (the default)")
    app.add_argument("--port", type=_port, help="default: 8501, or the next that is free")
    app.add_argument("--host", help="address to listen on (default: 127.0.0.1, this machine alone)")
    app.add_argument("--no-browser", action="store_true", help="do not open a browser")
    app.set_defaults(run=_app)

    path = commands.add_parser(
        "path",
        help="compute the path of a CSV file",
        description="Fit all rows of FILE and write one line per lambda: strength, features "
        "kept, proof, coefficients.",
    )
    path.add_argument("file", metavar="FILE", help="a CSV file, or - for standard input")
    path.add_argument("--target", required=True, help="the column to predict")
    path.add_argument("--features", nargs="+", metavar="COLUMN", help="default: all that can serve")
    path.add_argument("--family", choices=FAMILY_CHOICES, default="auto")
    path.add_argument("--missing", choices=MISSING_CHOICES, default="impute")
    path.add_argument(
        "--min-level-count", type=int, default=1, metavar="ROWS", help="pool levels in fewer rows"
    )
    path.add_argument("--coding", choices=CODING_CHOICES, default="all")
    path.add_argument(
        "--terms", nargs="+", default=(), metavar="TERM", help='such as "age:dose" or "age^2"'
    )
    path.add_argument("--classes", nargs="+", metavar="CLASS", help="the classes in order")
    path.add_argument("--weights", metavar="COLUMN", help="the column with the weights of rows")
    path.add_argument(
        "--kind",
        nargs="+",
        default=(),
        metavar="COLUMN=KIND",
        type=_column_kind,
        help=f"what columns hold: {', '.join(KINDS)}",
    )
    path.add_argument("--l1-ratio", type=float, default=1.0, help="1 lasso (default), 0 ridge")
    path.add_argument("--n-lambdas", type=int, default=100)
    path.add_argument("--min-ratio", type=float, help="default: 1e-4 if rows > features, else 1e-2")
    path.add_argument("--no-standardize", action="store_true")
    path.add_argument("--units", choices=("original", "standardized"), default="original")
    path.add_argument("--out", metavar="CSV", help="file to write (default: standard output)")
    path.set_defaults(run=_path)

    listing = commands.add_parser("datasets", help="list the bundled data sets")
    listing.set_defaults(run=_datasets)
    return parser


def _port(word: str) -> int:
    port = int(word)
    if not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{port} is not between 1 and 65535")
    return port


def _column_kind(word: str) -> tuple[str, str]:
    column, sign, kind = word.rpartition("=")
    if not sign or kind not in KINDS:
        raise argparse.ArgumentTypeError(f"{word} is not COLUMN=KIND with one of {KINDS}")
    return column, kind


def _path(options: argparse.Namespace) -> int:
    _refuse_own_file(options)
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


def _refuse_own_file(options: argparse.Namespace) -> None:
    """Keep --out from replacing the data."""
    files = [Path(word) for word in (options.file, options.out or "")]
    if all(path.is_file() for path in files) and files[0].samefile(files[1]):
        raise regpath.ParameterError(
            f"--out {options.out!r} is the file to read.", "Write to another file."
        )


def _say(notes: Sequence[str], path: RegPath) -> None:
    """Tell a person what was done; standard output is for the table alone."""
    for note in notes:
        print(f"note: {note}", file=sys.stderr)
    print(path, file=sys.stderr)
    if not path.converged.all():
        missed = ", ".join(f"{lam:.4g}" for lam in path.lambdas[~path.converged][:5])
        print(f"warning: not certified at lambda = {missed}", file=sys.stderr)


def _datasets(options: argparse.Namespace) -> int:
    entries = regpath.datasets.catalog()
    width = max(len(entry.name) for entry in entries)
    for entry in entries:
        size = f"{entry.n} x {entry.p}"
        print(f"{entry.name:{width}}  {entry.family:11}  {size:>11}  {entry.teaches}")
    return 0


def _app(options: argparse.Namespace) -> int:
    arguments = [str(app_script())]
    if options.port is not None:
        arguments.append(f"--server.port={options.port}")
    if options.host is not None:
        arguments.append(f"--server.address={options.host}")
    if options.no_browser:
        arguments.append("--server.headless=true")
    return _run(arguments)


def _run(arguments: list[str]) -> int:
    """Run the server in this process: it ends with it, and loads nothing twice."""
    sys.argv[1:] = arguments
    runpy.run_module("regpath.ui.serve", run_name="__main__")
    return 0


def app_script() -> Path:
    """The script that Streamlit runs; its settings lie in `.streamlit` beside it."""
    here = Path(__file__).resolve().parent
    for folder in (here / "_app", here.parent):
        script = folder / "app.py"
        if script.is_file():
            return script
    raise regpath.RegpathError("The app's script is missing.", "Install regpath again.")
