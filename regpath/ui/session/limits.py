"""How much the app takes on; a shell and Python have no such limits.

The size of an upload is Streamlit's own setting, `server.maxUploadSize`; the others are
environment variables, which `regpath app` sets from its options.
"""

from __future__ import annotations

import streamlit as st

from regpath.cli.environment import CACHE, CELLS, COLUMNS, UPLOADS, told
from regpath.core.problems.problem import Problem
from regpath.errors import DataError
from regpath.io.limits import Limits

# Of a table, until a server is told otherwise: 50 000 features, and a few columns beside them.
MAX_CELLS, MAX_COLUMNS = 1_000_000, 50_010
MEGABYTE = 10**6  # bytes
CACHE_MEGABYTES = 192  # of results that all visits keep together
UPLOADS_MEGABYTES = 400  # of files that all visits hold together: twenty of the largest
UNPACKED = 4  # times the size of an upload; more is no table of a million cells


def upload_megabytes() -> int:
    """The largest upload, as Streamlit is set."""
    return int(st.get_option("server.maxUploadSize"))


def cache_bytes() -> int:
    """What the results of all visits may hold together."""
    return told(CACHE, CACHE_MEGABYTES) * MEGABYTE


def held_bytes() -> int:
    """What the files of all visits may hold together."""
    return told(UPLOADS, UPLOADS_MEGABYTES) * MEGABYTE


def reading_limits() -> Limits:
    """What a reading may take on."""
    n_bytes = upload_megabytes() * MEGABYTE
    return Limits(
        n_bytes=n_bytes,
        n_unpacked=UNPACKED * n_bytes,
        n_cells=told(CELLS, MAX_CELLS),
        n_columns=told(COLUMNS, MAX_COLUMNS),
    )


def refuse_expansion(problem: Problem) -> None:
    """Refuse what has too many columns once levels, gaps and terms have columns of their own."""
    most = told(COLUMNS, MAX_COLUMNS)
    if problem.n_features <= most:
        return
    sizes = {group: problem.groups.count(group) for group in set(problem.groups)}
    largest = max(sizes, key=lambda group: sizes[group])
    raise DataError(
        f"The columns become {problem.n_features:,} features; the app takes up to {most:,}. "
        f"Most of them, {sizes[largest]:,}, come from {largest!r}.",
        "Leave columns of many levels out, pool their rare levels on the Data page, or compute "
        "the path in a shell: 'regpath path FILE --target NAME' has no limit.",
    )
