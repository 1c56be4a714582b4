"""Which engine a caller means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from regpath.engines.dask import SCHEME, Dask
from regpath.engines.engine import Engine
from regpath.engines.processes import Processes
from regpath.engines.serial import Serial
from regpath.errors import ParameterError


def _of_dask(engine: Any) -> bool:
    """Whether it is a name, an address or a client of Dask's."""
    if isinstance(engine, str):
        return engine == "dask" or engine.startswith((SCHEME, "tcp://"))
    return type(engine).__module__.split(".")[0] == "distributed"


@contextmanager
def engine_of(engine: Any) -> Iterator[Engine]:
    """Open what a caller named, and close what was opened for it.

    Parameters
    ----------
    engine : None, "processes", "dask", "dask://HOST:PORT", a Dask client, or an Engine
        None works in this process. Whoever brings an engine or a client closes it.

    Raises
    ------
    ParameterError
        If it is none of these, or the library is not installed.
    """
    if engine is not None and not isinstance(engine, str) and isinstance(engine, Engine):
        yield engine
        return
    opened: Engine
    if engine is None:
        opened = Serial()
    elif isinstance(engine, str) and engine == "processes":
        opened = Processes()
    elif _of_dask(engine):
        opened = Dask(engine)
    else:
        raise ParameterError(
            "The 'engine' parameter must be None, 'processes', 'dask', an address such as "
            f"'dask://127.0.0.1:8786', or a Dask client. Got {engine!r} instead."
        )
    try:
        yield opened
    finally:
        opened.close()
