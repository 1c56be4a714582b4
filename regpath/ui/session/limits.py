"""How much the app takes on; a shell and Python have no such limits.

The size of an upload is Streamlit's own setting, `server.maxUploadSize`; the others are
environment variables, which `regpath app` sets from its options.
"""

from __future__ import annotations

import os

import streamlit as st

from regpath.core.problems.problem import Problem
from regpath.errors import DataError
from regpath.io.limits import Limits

CELLS, COLUMNS = "REGPATH_MAX_CELLS", "REGPATH_MAX_COLUMNS"
# Of a table, until a server is told otherwise: 50 000 features, and a few columns beside them.
MAX_CELLS, MAX_COLUMNS = 1_000_000, 50_010
MEGABYTE = 10**6  # bytes
CACHE, CACHE_MEGABYTES = "REGPATH_CACHE_MEGABYTES", 192  # of results that all visits keep together
UNPACKED = 4  # times the size of an upload; more is no table of a million cells


def upload_megabytes() -> int:
    """The largest upload, as Streamlit is set."""
    return int(st.get_option("server.maxUploadSize"))


def cache_bytes() -> int:
    """What the results of all visits may hold together."""
    return _setting(CACHE, CACHE_MEGABYTES) * MEGABYTE


def reading_limits() -> Limits:
    """What a reading may take on."""
    n_bytes = upload_megabytes() * MEGABYTE
    return Limits(
        n_bytes=n_bytes,
        n_unpacked=UNPACKED * n_bytes,
        n_cells=_setting(CELLS, MAX_CELLS),
        n_columns=_setting(COLUMNS, MAX_COLUMNS),
    )


def refuse_expansion(problem: Problem) -> None:
    """Refuse what has too many columns once levels, gaps and terms have columns of their own."""
    most = _setting(COLUMNS, MAX_COLUMNS)
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


def _setting(name: str, usual: int) -> int:
    text = os.environ.get(name, "")
    return int(text) if text.isdigit() and int(text) > 0 else usual
