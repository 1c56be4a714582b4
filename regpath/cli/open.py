"""`regpath open`: the app with a saved session, or a file, which is read as options say."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from regpath.cli import app
from regpath.cli.arguments import Groups, typed
from regpath.cli.reading import add_reading_options, reading_of, words_of_reading
from regpath.errors import ParameterError
from regpath.export.options_json import to_json
from regpath.export.session_file import is_session


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Start the app with FILE. What options say of reading stands on its Data page, where it "
        "can be taken back."
    )
    app.configure(parser)
    add_reading_options(Groups(parser))


def run(options: argparse.Namespace) -> int:
    """Start the server, and serve until it is ended."""
    reading = reading_of(options)
    said = words_of_reading(reading)
    os.environ.pop(app.OPEN_READING, None)
    if said:
        option = said[0].partition("=")[0]
        if options.file is None:
            raise ParameterError(f"{option} says how a file is read.", "Name the file, too.")
        if is_session(Path(options.file).read_bytes()):
            raise ParameterError(
                f"{option} decides nothing for a session, which says how its file is read.",
                "Leave it out, or name a file with a table.",
            )
        told = {"words": typed(said), "options": to_json(reading)}
        os.environ[app.OPEN_READING] = json.dumps(told)
    return app.run(options)
