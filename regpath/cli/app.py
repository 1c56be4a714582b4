"""`regpath app`: start the app's server in this process."""

from __future__ import annotations

import argparse
import os
import runpy
import sys
from importlib import import_module
from pathlib import Path

from regpath.cli import environment
from regpath.cli.environment import BOUNDS, whole_number
from regpath.errors import RegpathError

OPEN = "REGPATH_OPEN"  # what the app opens for a new visitor
OPEN_READING = "REGPATH_OPEN_READING"  # and how that file is read, if anything was said
NETWORK = "0.0.0.0"  # every address of this machine
SAID = (  # what the server reads from its environment, each under its name
    *("max_cells", "max_columns", "workers", "job_seconds", "job_megabytes"),
    *("base_path", "embed_from", "trust_origin", "public_url", "metrics"),
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="a saved session (.regpath), or a file with a table, to open; it takes every option "
        "of reading: see 'regpath open --help'",
    )
    parser.add_argument(
        "--lessons", metavar="FOLDER", help="a folder with lessons of your own, shown after ours"
    )
    _configure_server(parser)
    _configure_limits(parser)
    _configure_network(parser)


def _configure_server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port",
        type=whole_number(environment.PORT),
        help="default: 8501, or the next that is free",
    )
    parser.add_argument(
        "--host", help="address to listen on (default: 127.0.0.1, this machine alone)"
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")


def _configure_limits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--max-upload",
        type=whole_number(environment.UPLOAD),
        metavar="MB",
        help="largest upload (default: 20)",
    )
    parser.add_argument(
        "--max-cells",
        type=whole_number(BOUNDS[environment.CELLS]),
        metavar="N",
        help="of an upload (default: 1000000; three times as many where columns outnumber rows)",
    )
    parser.add_argument(
        "--max-columns",
        type=whole_number(BOUNDS[environment.COLUMNS]),
        metavar="N",
        help="before and after coding (default: 50010)",
    )
    parser.add_argument(
        "--workers",
        type=whole_number(BOUNDS[environment.WORKERS]),
        metavar="N",
        help="processes that compute (default: one for each core; 0: the server's own alone)",
    )
    parser.add_argument(
        "--job-seconds",
        type=whole_number(BOUNDS[environment.SECONDS]),
        metavar="N",
        help="longest computation (default: 600)",
    )
    parser.add_argument(
        "--job-megabytes",
        type=whole_number(BOUNDS[environment.MEGABYTES]),
        metavar="MB",
        help="memory of one computation beside what a worker takes anyway (default: 2048)",
    )


def _configure_network(parser: argparse.ArgumentParser) -> None:
    """Say what a server takes that stands behind another, or in another's page."""
    parser.add_argument(
        "--class",
        dest="teaches",
        action="store_true",
        help="teach a class: listen on the network, show a code to join, let screens follow yours",
    )
    parser.add_argument(
        "--public-url", metavar="URL", help="where a class reaches the app, if not at this machine"
    )
    parser.add_argument("--base-path", metavar="PATH", help="serve below a path, as /regpath")
    parser.add_argument(
        "--embed-from",
        metavar="ORIGIN",
        action="append",
        help="let pages of an origin, as https://moodle.example.org, show the app in a frame; "
        "again for more",
    )
    parser.add_argument(
        "--trust-origin",
        metavar="ORIGIN",
        action="append",
        help="take an origin for the app's own, where a proxy changes the name that is asked for",
    )
    parser.add_argument(
        "--metrics",
        choices=("local", "all"),
        help="who may read /metrics: this machine alone (default), or all",
    )


def run(options: argparse.Namespace) -> int:
    """Start the server, and serve until it is ended."""
    arguments = [str(app_script())]
    if options.port is not None:
        arguments.append(f"--server.port={options.port}")
    host = options.host or (NETWORK if options.teaches else None)
    if host is not None:
        arguments.append(f"--server.address={host}")
    if options.no_browser:
        arguments.append("--server.headless=true")
    if options.max_upload is not None:
        arguments.append(f"--server.maxUploadSize={options.max_upload}")
    for name in SAID:
        said = getattr(options, name)
        if said is not None:
            words = said if isinstance(said, list) else [said]
            os.environ[f"REGPATH_{name.upper()}"] = " ".join(map(str, words))
    if options.teaches:
        os.environ["REGPATH_CLASS"] = "yes"
    if options.lessons is not None:
        lessons = import_module("regpath.lessons.catalog")
        lessons.lesson_catalog(options.lessons)  # what is wrong with one is said here already
        import_module("regpath.lessons.presets").presets(options.lessons)
        os.environ[lessons.OWN] = str(Path(options.lessons).resolve())
    if options.file is not None:
        os.environ[OPEN] = str(_checked_file(options.file))
    return serve(arguments)


def _checked_file(name: str) -> Path:
    """The file, if it is there; what is wrong with a session is said here already."""
    content = Path(name).read_bytes()
    files = import_module("regpath.export.session_file")  # a server without one starts at once
    if files.is_session(content):
        files.load_session(content)
    return Path(name).resolve()


def serve(arguments: list[str]) -> int:
    """Run the server in this process: it ends with it, and loads nothing twice."""
    sys.argv[1:] = arguments
    runpy.run_module("regpath.ui.serve", run_name="__main__")
    return 0


def app_script() -> Path:
    """The script that Streamlit runs; its settings lie in `.streamlit` beside it."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_app", package.parent):
        script = folder / "app.py"
        if script.is_file():
            return script
    raise RegpathError("The app's script is missing.", "Install regpath again.")
